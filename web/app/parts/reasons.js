// Why: one reason, and words for whoever it is about.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { TextArea } from "./field.js";

const REASONS = /** @type {const} */ (["off-topic", "abuse", "personal-data", "spam", "duplicate", "illegal", "other"]);

/** @param {{value: string, onChange: (reason: string) => void, legend?: string}} props */
export const Reasons = ({ value, onChange, legend = t("report.reason") }) => html`<fieldset>
  <legend>${legend}</legend>
  ${REASONS.map((one) => html`<label key=${one} class="option">
    <input type="radio" name="reason" value=${one} required checked=${one === value} onChange=${() => onChange(one)} />
    ${t(`report.${one}`)}
  </label>`)}
</fieldset>`;

/** @param {{value: string, onInput: (note: string) => void, label: string}} props */
export const Note = ({ value, onInput, label }) => html`<div class="field">
  <label for="note">${label}</label>
  <${TextArea} id="note" rows=${2} value=${value} onInput=${onInput} />
</div>`;
