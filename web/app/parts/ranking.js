// A round's ideas in their order, with the line drawn through the list, and for each how sure
// its place is.
import { html, useState } from "../view.js";
import { percent, t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { intervalOf } from "../charts/interval.js";
import { aboveLine, boundsOf, lineOf, percentOf } from "../state/result.js";
import { isMeaningful } from "../state/select.js";
import { Outcome } from "./labels.js";
import { Said } from "./said.js";

/** @import { Board, Idea, Ranked, Result } from "../../types/model.js" */

const BELOW_LINE = 10; // ideas shown under the line before one asks for all
const SHORTEST = 20;

/** The text of an idea, with the way to it. @param {{board: Board, n: number}} props */
export function IdeaLink({ board, n }) {
  const idea = board.ideas.get(n);
  return html`<a href=${ideaPath(board.slug, n)}>${idea ? html`<${Said} idea=${idea} />` : `#${n}`}</a>`;
}

/** "entre 41 et 63 %" @param {Pick<Ranked, "low" | "high">} idea */
export function between(idea) {
  const [low, high] = boundsOf(idea);
  return t("result.between", { low: String(low), high: percent(high) });
}

/** @param {{idea: Ranked, line: number | null}} props */
export function Interval({ idea, line: linePpm }) {
  const { low, high, share, line } = intervalOf(idea, linePpm);
  if (idea.judged === 0) return null;
  const words = `${t("score.agree", { percent: percent(percentOf(idea.agree, idea.judged)) })}, ${between(idea)}`;
  return html`<div class="interval">
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=${words}>
      <rect class="interval-scale" y="4.500" width="100" height="1" />
      <rect class="interval-reach" x=${low} y="2.500" width=${Math.max(high - low, 0.5)} height="5" />
      <path class="interval-share" d=${`M${share} 0v10`} />
      ${line != null && html`<path class="interval-line" d=${`M${line} 0v10`} />`}
    </svg>
    <span class="num quiet" aria-hidden="true">${words}</span>
  </div>`;
}

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
