// Above what somebody does on a kiosk: what else there is to do, and the end. A minute of
// stillness ends it too, not without a warning.
import { html, useEffect, useState } from "../view.js";
import { say } from "../lib/announce.js";
import { t } from "../lib/i18n.js";
import { storage } from "../lib/storage.js";
import { namesWith } from "../net/storage.js";
import { choose, doing, leave, remaining, stay } from "../state/kiosk.js";
import { allows } from "../state/select.js";
import { Confirm } from "./confirm.js";
import { Dialog } from "./dialog.js";

/** @import { Board } from "../../types/model.js" */

/** What they can do now. @param {Board} board */
export const thingsToDo = (board) => /** @type {const} */ ([["write", "post"], ["judge", "vote"]]).filter(([, what]) => allows(board, what)).map(([what]) => what);

function Warning() {
  const seconds = remaining.value;
  useEffect(() => say(t("kiosk.idle")), []);
  return html`<${Dialog} title=${t("kiosk.idle")} onClose=${stay}>
    <p class="lead num">${t("kiosk.idleIn", { n: seconds })}</p>
    <div class="row actions">
      <button type="button" onClick=${stay}>${t("kiosk.goOn")}</button>
      <button type="button" class="plain" onClick=${leave}>${t("kiosk.done")}</button>
    </div>
  </${Dialog}>`;
}

/** @param {{board: Board}} props */
export function Bar({ board }) {
  const [asked, setAsked] = useState(false);
  const done = () => (namesWith(storage, "pinson.draft.").length > 0 ? setAsked(true) : leave());
  return html`<nav class="wrap row kiosk-bar" aria-label=${t("kiosk.nav")}>
    ${doing.value !== "choose" && thingsToDo(board).map((what) => html`<button key=${what} type="button" class="plain" aria-pressed=${doing.value === what} onClick=${() => choose(what)}>
      ${t(`kiosk.${what}`)}</button>`)}
    <button type="button" class=${doing.value === "choose" ? "plain end" : "end"} onClick=${done}>${t("kiosk.done")}</button>
    ${asked && html`<${Confirm} title=${t("kiosk.done")} points=${[t("kiosk.unsent")]} label=${t("kiosk.done")} onConfirm=${async () => leave()} onClose=${() => setAsked(false)} />`}
    ${remaining.value > 0 && html`<${Warning} />`}
  </nav>`;
}
