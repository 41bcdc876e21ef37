// Who one is on this board, and the way to what is one's own.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { mePath } from "../lib/router.js";
import { mayRename } from "../state/identity.js";
import { asked } from "../state/asked.js";

/** @import { Board } from "../../types/model.js" */

/** @param {{board: Board}} props */
export function You({ board: { me, slug } }) {
  if (me.person == null) return null;
  const rename = () => {
    asked.value = { what: "rename" };
  };
  return html`<p class="you quiet">
    ${me.name && html`<bdi>${t("who.you", { name: me.name })}</bdi>`}
    ${me.name && mayRename(slug) && html`<button type="button" class="bare" onClick=${rename}>${t("who.rename")}</button>`}
    <a href=${mePath(slug)}>${t("me.title")}</a>
  </p>`;
}
