// The one change of name.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { board } from "../state/board.js";
import { rename } from "../state/identity.js";
import { tellDone } from "../state/toast.js";
import { Dialog } from "./dialog.js";

/** @param {{onClose: () => void}} props */
export function Rename({ onClose }) {
  const name = board.value?.me.name ?? "";
  const [next, setNext] = useState(name);
  const [fault, setFault] = useState("");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (next.trim() === name) return onClose();
    const refusal = await rename(next.trim()).then(() => null, (why) => why);
    if (refusal) return setFault(sentence(refusal));
    tellDone(t("who.renamed"));
    return onClose();
  };
  return html`<${Dialog} title=${t("who.rename")} onClose=${onClose}>
    <form onSubmit=${submit}>
      <div class="field">
        <label for="rename"><b>${t("who.name")}</b></label>
        <input id="rename" autocomplete="off" dir="auto" required value=${next} aria-describedby="rename-hint rename-fault"
          aria-invalid=${fault ? "true" : undefined} onInput=${(/** @type {any} */ event) => setNext(event.target.value)} />
        <p id="rename-fault" class="fault" hidden=${!fault}>${fault}</p>
        <p id="rename-hint" class="quiet">${t("who.renameOnce")}</p>
      </div>
      <div class="row actions">
        <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
        <button type="submit">${t("app.save")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
