// A list of short names, one a line.
import { html } from "../view.js";

/** @param {string} text @returns {string[]} */
export const namesOf = (text) => [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];

/** @param {{id: string, label: string, hint: string, value: string, onInput: (text: string) => void}} props */
export const Names = ({ id, label, hint, value, onInput }) => html`<div class="field">
  <label for=${id}>${label}</label>
  <textarea id=${id} rows="3" dir="auto" value=${value} aria-describedby=${`${id}-hint`} onInput=${(/** @type {any} */ event) => onInput(event.target.value)}></textarea>
  <p id=${`${id}-hint`} class="quiet">${hint}</p>
</div>`;
