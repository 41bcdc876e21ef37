// The rank flow: lines for those who look, a table for everybody.
import { html } from "../view.js";
import { t, timeOfDay } from "../lib/i18n.js";
import { flowOf } from "../charts/flow.js";
import { Table } from "./flow-table.js";
import { IdeaLink } from "./share-of.js";

/** @import { Board, Sample } from "../../types/model.js" */
/** @import { Flow as Drawing } from "../charts/flow.js" */

/** @param {{flow: Drawing, best: number | null}} props */
function Drawn({ flow, best }) {
  const { depth, lines, stretches } = flow;
  const last = [...lines].sort((a, b) => Number(a.n === best) - Number(b.n === best)); // drawn last, on top
  return html`<svg class="flow" viewBox=${`0 0 100 ${depth}`} preserveAspectRatio="none" aria-hidden="true" focusable="false" style=${{ blockSize: `${depth * 2.75}rem` }}>
    ${stretches.slice(1).map(({ x }) => html`<path key=${x} class="flow-round" d=${`M${x} 0v${depth}`} />`)}
    ${last.map(({ n, path }) => html`<path key=${n} class=${n === best ? "flow-line best" : "flow-line"} d=${path} />`)}
  </svg>`;
}

/** @param {{board: Board, samples: Sample[], best: number | null}} props best: the line to follow */
export function Flow({ board, samples, best }) {
  const flow = flowOf(samples);
  if (!flow) return null;
  return html`<section aria-labelledby="flow">
    <h2 id="flow">${t("flow.title")}</h2>
    <p class="quiet">${t("flow.lead")}</p>
    <div class="flow-grid">
      <div>
        <${Drawn} flow=${flow} best=${best} />
        <p class="flow-time quiet num" aria-hidden="true"><span>${timeOfDay(samples[0].at)}</span><span>${timeOfDay(/** @type {Sample} */ (samples.at(-1)).at)}</span></p>
      </div>
      <ol class="flow-names">${flow.lines.map(({ n, rank }) => html`<li key=${n} class=${n === best ? "best" : ""}>
        <span class="num">${rank}.</span> <${IdeaLink} board=${board} n=${n} />
      </li>`)}</ol>
    </div>
    <${Table} board=${board} flow=${flow} />
  </section>`;
}
