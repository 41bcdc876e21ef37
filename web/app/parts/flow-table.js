// The rank flow for everybody: the same as its drawing, in a table.
import { html } from "../view.js";
import { number, t, timeOfDay } from "../lib/i18n.js";
import { IdeaLink } from "./share-of.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Flow as Drawing } from "../charts/flow.js" */

/** @param {{board: Board, flow: Drawing}} props */
export function Table({ board, flow }) {
  return html`<details class="about">
    <summary>${t("flow.table")}</summary>
    <div class="scroll" role="group" aria-label=${t("flow.title")} tabindex="0">
      <table class="num">
        <thead><tr><th scope="col">${t("flow.idea")}</th>
          ${flow.columns.map((i) => html`<th key=${i} scope="col">${t("flow.column", { round: String(flow.samples[i].round), time: timeOfDay(flow.samples[i].at) })}</th>`)}</tr></thead>
        <tbody>${flow.lines.map(({ n, ranks }) => html`<tr key=${n}>
          <th scope="row"><${IdeaLink} board=${board} n=${n} /></th>
          ${flow.columns.map((i) => html`<td key=${i}>${ranks[i] == null ? html`<span aria-hidden="true">–</span><span class="hidden">${t("flow.absent")}</span>` : number(ranks[i])}</td>`)}
        </tr>`)}</tbody>
      </table>
    </div>
  </details>`;
}
