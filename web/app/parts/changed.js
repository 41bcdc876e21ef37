// "Ce que vous avez changé": for whoever took part, computed on their device.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { changedBy } from "../state/changed.js";
import { IdeaLink } from "./share-of.js";

/** @import { Board, Idea, Result } from "../../types/model.js" */

/** @param {{board: Board, title: string, ideas: Idea[]}} props */
function Named({ board, title, ideas }) {
  if (ideas.length === 0) return null;
  return html`<li>${title}<ul class="points">${ideas.map(({ n }) => html`<li key=${n}><${IdeaLink} board=${board} n=${n} /> <span class="quiet">#${n}</span></li>`)}</ul></li>`;
}

/** @param {{board: Board, result: Result}} props */
export function Changed({ board, result }) {
  const { judged, agreed, chosen, own, path } = changedBy(board, result);
  if (judged === 0 && own.length === 0 && path.length === 0) return null;
  return html`<section class="changed" aria-labelledby="changed">
    <h2 id="changed">${t("changed.title")}</h2>
    <ul class="points num">
      ${judged > 0 && html`<li>${t("changed.judged", { n: judged, all: result.ideas.length })}</li>`}
      ${chosen > 0 && html`<li>${t("changed.agreed", { n: chosen, agreed })}</li>`}
      <${Named} board=${board} title=${t("changed.own")} ideas=${own} />
      <${Named} board=${board} title=${t("changed.path")} ideas=${path} />
    </ul>
    <p class="quiet">${t("changed.private")}</p>
  </section>`;
}
