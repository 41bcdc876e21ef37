// One line to write, with its label, a hint, and what is wrong with it.
import { html } from "../view.js";

/**
 * @param {{id: string, label: string, value: string, onInput: (text: string) => void, hint?: string, fault?: string, type?: string,
 *   min?: number | string, max?: number, required?: boolean}} props
 */
export const Line = ({ id, label, value, onInput, hint, fault, type = "text", min, max, required }) => html`<div class="field">
  <label for=${id}>${label}</label>
  <input id=${id} type=${type} dir=${type === "text" ? "auto" : undefined} value=${value} min=${min} max=${max} autocomplete="off" required=${required}
    aria-describedby=${hint || fault ? `${id}-note` : undefined} aria-invalid=${fault ? "true" : undefined} onInput=${(/** @type {any} */ event) => onInput(event.target.value)} />
  ${(fault || hint) && html`<p id=${`${id}-note`} class=${fault ? "fault" : "quiet"}>${fault || hint}</p>`}
</div>`;
