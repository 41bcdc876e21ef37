// People, ideas and opinions over time: columns for those who look, a table for everybody.
import { html } from "../view.js";
import { dateTime, number, t, timeOfDay } from "../lib/i18n.js";
import { BOX, columnsOf, rowsOf } from "../charts/pulse.js";

/** @import { Participation } from "../../types/desk.js" */

const DAY_MS = 86_400_000;
const SERIES = ["people", "ideas", "ballots"];

/** @param {number[][]} spans @param {number} which */
const totalOf = (spans, which) => spans.reduce((total, span) => total + span[which], 0);

/** @param {{time: Participation["time"]}} props */
export function OverTime({ time: { begin, step_ms: step, spans } }) {
  if (!begin || spans.length === 0) return html`<p class="quiet">${t("people.noneYet")}</p>`;
  const from = Date.parse(begin);
  const said = (/** @type {number} */ at) => (step * spans.length > DAY_MS ? dateTime(at) : timeOfDay(at));
  return html`
    <div class="multiples" aria-hidden="true">
      ${SERIES.map((name, which) => html`<figure key=${name}>
        <figcaption class="quiet">${t(`people.${name}`)} <b class="num">${number(totalOf(spans, which))}</b></figcaption>
        <svg class=${`measure ${name}`} viewBox=${`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" focusable="false">
          ${columnsOf(spans, which).map((column) => html`<rect key=${column.x} ...${column} />`)}
        </svg>
        <p class="flow-time quiet num"><span>${said(from)}</span><span>${said(from + step * Math.max(spans.length, 12))}</span></p>
      </figure>`)}
    </div>
    <details class="about">
      <summary>${t("people.timeTable")}</summary>
      <div class="scroll" role="group" aria-label=${t("people.time")} tabindex="0">
        <table class="num">
          <thead><tr><th scope="col">${t("people.from")}</th>${SERIES.map((name) => html`<th key=${name} scope="col">${t(`people.${name}`)}</th>`)}</tr></thead>
          <tbody>${rowsOf(spans, from, step).map(({ at, sums }) => html`<tr key=${at}><th scope="row">${said(at)}</th>${sums.map((sum, i) => html`<td key=${i}>${number(sum)}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
    </details>`;
}
