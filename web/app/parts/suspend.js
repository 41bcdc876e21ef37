// Keeping somebody from writing and judging for a while.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { decide } from "../state/moderate.js";
import { client } from "../state/session.js";
import { Dialog } from "./dialog.js";
import { Note, Reasons } from "./reasons.js";
import { SubjectLine } from "./subject.js";

/** @import { Subject } from "../../types/model.js" */

const HOURS = [1, 24, 24 * 7, 24 * 30];

/** @param {{subject: Subject, onClose: () => void}} props */
export function Suspend({ subject, onClose }) {
  const [hours, setHours] = useState(24);
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const until = new Date(client.now() + hours * 3_600_000).toISOString();
    const done = await decide({
      method: "person.suspend", params: { person: subject.n, reason, until, ...(note.trim() && { note: note.trim() }) },
      said: t("mod.did.suspend", { name: subject.name ?? "" }), undo: { method: "person.restore", params: { person: subject.n } },
    });
    if (done) onClose();
  };
  return html`<${Dialog} title=${t("mod.suspendTitle", { name: subject.name ?? "" })} onClose=${onClose}>
    <form onSubmit=${submit}>
      <${SubjectLine} subject=${subject} />
      <fieldset><legend>${t("mod.howLong")}</legend>
        ${HOURS.map((one) => html`<label key=${one} class="option"><input type="radio" name="hours" checked=${one === hours} onChange=${() => setHours(one)} /> ${one < 24 ? t("mod.hours", { n: one }) : t("mod.days", { n: one / 24 })}</label>`)}
      </fieldset>
      <${Reasons} value=${reason} onChange=${setReason} />
      <${Note} value=${note} onInput=${setNote} label=${t("mod.noteTo")} />
      <p class="quiet">${t("mod.suspendWhat")}</p>
      <div class="row actions">
        <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
        <button type="submit">${t("mod.suspend")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
