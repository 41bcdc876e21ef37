// Taking an idea out: for a reason, with words to its author.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { hide } from "../state/moderate.js";
import { Dialog } from "./dialog.js";
import { Note, Reasons } from "./reasons.js";
import { Said } from "./said.js";

/** @import { Idea } from "../../types/model.js" */

/** @param {{idea: Idea, onClose: () => void}} props */
export function Hide({ idea, onClose }) {
  const [reason, setReason] = useState(idea.reason && idea.state === "pending" ? String(idea.reason) : "");
  const [note, setNote] = useState("");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (await hide(idea, reason, note.trim())) onClose();
  };
  return html`<${Dialog} title=${t("mod.hideTitle", { n: String(idea.n) })} onClose=${onClose}>
    <form onSubmit=${submit}>
      <blockquote><${Said} idea=${idea} /></blockquote>
      <${Reasons} value=${reason} onChange=${setReason} />
      <${Note} value=${note} onInput=${setNote} label=${t("mod.note")} />
      <p class="quiet">${t("mod.hideWhat")}</p>
      <div class="row actions">
        <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
        <button type="submit">${t("mod.hide")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
