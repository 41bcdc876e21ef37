// The switch of the keys that are a letter.
import { html } from "../view.js";
import { letters, useLetters } from "../lib/letters.js";

/** @param {{label: string}} props which letters, in words */
export const Letters = ({ label }) => html`<label class="option letters">
  <input type="checkbox" checked=${letters.value} onChange=${(/** @type {any} */ { target }) => useLetters(target.checked)} />${label}
</label>`;
