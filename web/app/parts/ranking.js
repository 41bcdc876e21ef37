// A round's ideas in their order, with the line drawn through the list, and for each how sure
// its place is.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { aboveLine, lineOf } from "../state/result.js";
import { isMeaningful } from "../state/select.js";
import { Outcome } from "./labels.js";
import { IdeaLink, Interval } from "./share-of.js";

/** @import { Board, Idea, Ranked, Result } from "../../types/model.js" */

const BELOW_LINE = 10; // ideas shown under the line before one asks for all
const SHORTEST = 20;

/** @param {Ranked} idea @param {number} minJudges */
const missing = ({ outcome, judged }, minJudges) => (outcome === "carried_over" ? Math.max(0, minJudges - judged) : 0);

/** @param {{board: Board, idea: Ranked, line: number | null, close: boolean, minJudges: number}} props */
function Row({ board, idea, line, close, minJudges }) {
  const { n, rank, agree, pass, disagree, judged, outcome, reason } = idea;
  return html`<li class=${`card ranked ${close ? "close" : ""}`}>
    <span class="rank num"><span class="hidden">${t("score.rank", { n: rank })}</span><span aria-hidden="true">${rank}</span></span>
    <p class="text"><${IdeaLink} board=${board} n=${n} /></p>
    <${Interval} idea=${idea} line=${line} />
    <p class="meta quiet">
      <${Outcome} outcome=${outcome} reason=${reason} missing=${missing(idea, minJudges)} />
      ${close && html`<b>${t("result.close")}</b>`}
      <span class="num">#${n}</span>
      <span class="num">${judged > 0 ? t("score.full", { agree, pass, disagree, n: judged }) : t("score.none")}</span>
      ${judged > 0 && !isMeaningful({ agree, pass, disagree, judged }) && html`<span>${t("result.few")}</span>`}
    </p>
  </li>`;
}

/** @param {{n: number}} props */
const Line = ({ n }) => html`<li class="cut">${t("result.line")}${n > 0 ? ` – ${t("result.uncertain", { n })}` : ""}</li>`;

/** @param {{board: Board, result: Result}} props */
export function Ranking({ board, result }) {
  const [all, setAll] = useState(false);
  const above = aboveLine(result);
  const close = new Set(result.cut?.uncertain ?? []);
  const line = lineOf(result);
  const minJudges = board.rounds.find(({ n }) => n === result.round)?.rule?.min_judges ?? 0;
  const shown = all ? result.ideas : result.ideas.slice(0, Math.max(SHORTEST, above + BELOW_LINE));
  const row = (/** @type {Ranked} */ idea) => html`<${Row} key=${idea.n} board=${board} idea=${idea} line=${line} close=${close.has(idea.n)} minJudges=${minJudges} />`;
  return html`
    <ol class="cards ranking" aria-label=${t("result.ranking")}>
      ${shown.slice(0, above).map(row)}
      ${above > 0 && html`<${Line} key="line" n=${close.size} />`}
      ${shown.slice(above).map(row)}
    </ol>
    ${shown.length < result.ideas.length && html`<div class="more">
      <button type="button" class="plain" onClick=${() => setAll(true)}>${t("result.all", { n: result.ideas.length })}</button>
    </div>`}
    <p class="quiet">${t("result.margin")}</p>`;
}
