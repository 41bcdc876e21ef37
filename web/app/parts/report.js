// Telling the team that an idea should be read again.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { report } from "../state/sheets.js";
import { Dialog } from "./dialog.js";
import { Note, Reasons } from "./reasons.js";
import { Said } from "./said.js";

/** @import { Idea } from "../../types/model.js" */

/** @param {{idea: Idea, onClose: () => void}} props */
export function Report({ idea, onClose }) {
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [fault, setFault] = useState("");

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    try {
      if (await report({ idea: idea.n, reason, note: note.trim() })) onClose();
    } catch (refusal) {
      setFault(sentence(refusal));
    }
  };

  return html`<${Dialog} title=${t("report.title", { n: String(idea.n) })} onClose=${onClose}>
    <form onSubmit=${submit}>
      <blockquote><${Said} idea=${idea} /></blockquote>
      <p class="quiet">${t("report.lead")}</p>
      <${Reasons} value=${reason} onChange=${setReason} />
      <${Note} value=${note} onInput=${setNote} label=${t("report.note")} />
      <p class="fault" hidden=${!fault}>${fault}</p>
      <div class="row actions">
        <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
        <button type="submit">${t("report.send")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
