// Numbers side by side: a table, in which each row has its bar.
import { html } from "../view.js";
import { number } from "../lib/i18n.js";

/** @typedef {{name: string, value: number, more?: (string | number)[], lacks?: boolean}} Row */

/** @param {{value: number, most: number, lacks?: boolean}} props */
const Bar = ({ value, most, lacks }) => html`<svg class=${lacks ? "measure lacks" : "measure"} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
  <rect width=${most > 0 ? (100 * value) / most : 0} height="10" /></svg>`;

/** @param {{id: string, caption: string, heads: string[], rows: Row[], most?: number}} props heads: of the names, the values, and of what else there is */
export function Bars({ id, caption, heads, rows, most }) {
  const top = most ?? Math.max(1, ...rows.map(({ value }) => value));
  return html`<div class="scroll" role="group" aria-labelledby=${id} tabindex="0">
    <table class="num bars">
      <caption id=${id} class="hidden">${caption}</caption>
      <thead><tr>${heads.map((head, i) => html`<th key=${head} scope="col">${head}</th>${i === 1 && html`<td></td>`}`)}</tr></thead>
      <tbody>${rows.map(({ name, value, more = [], lacks }) => html`<tr key=${name}>
        <th scope="row" dir="auto">${name}</th><td>${number(value)}</td><td><${Bar} value=${value} most=${top} lacks=${lacks} /></td>
        ${more.map((one, i) => html`<td key=${i}>${typeof one === "number" ? number(one) : one}</td>`)}
      </tr>`)}</tbody>
    </table>
  </div>`;
}
