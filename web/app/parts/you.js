// Who one is on this board.
import { html, lazy, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { mayRename } from "../state/identity.js";

/** @import { Board } from "../../types/model.js" */

const Rename = lazy(() => import("./rename.js"), "Rename");

/** @param {{board: Board}} props */
export function You({ board: { me, slug } }) {
  const [open, setOpen] = useState(false);
  if (!me.name) return null;
  return html`<p class="you quiet">
    <bdi>${t("who.you", { name: me.name })}</bdi>
    ${mayRename(slug) && html`<button type="button" class="bare" onClick=${() => setOpen(true)}>${t("who.rename")}</button>`}
    ${open && html`<${Rename} name=${me.name} onClose=${() => setOpen(false)} />`}
  </p>`;
}
