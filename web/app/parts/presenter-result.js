// What a round came to, one thing after the other, so that a room can follow.
import { html, useRef } from "../view.js";
import { number, percent, t } from "../lib/i18n.js";
import { aboveLine, isFinal, lineOf, percentOf } from "../state/result.js";
import { RANKS_A_PAGE } from "../state/presenter.js";
import { Bar } from "./bar.js";
import { Outcome } from "./labels.js";
import { useFit } from "./presenter-fit.js";
import { sizeOf } from "./presenter-ideas.js";
import { Interval, between } from "./share-of.js";
import { Said } from "./said.js";
import { headline } from "./headline.js";

/** @import { Board, Ranked, Reason, Result } from "../../types/model.js" */

const BELOW_LINE = 10; // ideas shown under the line
const TOLD = new Set(/** @type {(Reason | null)[]} */ (["quota", "displaced_by_quota", "too_few_judges"])); // the rest the line says

/** The text where a room may read it, else the number. @param {{room: Board, n: number}} props */
export function IdeaText({ room, n }) {
  const idea = room.ideas.get(n);
  return idea ? html`<${Said} idea=${idea} />` : html`<span class="num">${t("idea.title", { n: String(n) })}</span>`;
}

/** The result is there, and not to be seen yet. */
export const Soon = () => html`<section class="room-scene room-calm" aria-label=${t("result.title")}>
  <p class="room-big">${t("presenter.soon")}</p>
  <p class="room-note">${t("presenter.allIn")}</p>
</section>`;

/** @param {{room: Board, result: Result}} props */
export function Winner({ room, result }) {
  const scene = useRef(/** @type {HTMLElement | null} */ (null));
  const idea = result.ideas.find(({ n }) => n === result.winner);
  useFit(scene, String(idea?.n));
  if (!idea) return html`<section class="room-scene room-calm"><p class="room-big">${t("verdict.none")}</p></section>`;
  const { verdict, participants } = result;
  const { n, agree, judged } = idea;
  return html`<section ref=${scene} class="room-scene room-winner" aria-labelledby="room-winner" data-size=${sizeOf(room.ideas.get(n)?.text)}>
    <p class="outcome winner">${t("idea.winner")} <span class="num">#${n}</span></p>
    <h2 id="room-winner" class="room-big"><${IdeaText} room=${room} n=${n} /></h2>
    <${Bar} tally=${idea} detailed />
    <div class="room-figures num">
      <p>${t("verdict.share", { percent: percent(percentOf(agree, judged)), between: between(idea), n: judged })}</p>
      <p>${t("verdict.ofAll", { agree: number(agree), percent: percent(percentOf(agree, participants)), n: participants })}</p>
    </div>
    ${verdict && html`<p class=${`headline ${verdict.robust ? "robust" : ""}`}><b>${headline(verdict)}</b></p>`}
    <p class="room-note">${t("result.margin")}</p>
  </section>`;
}

/** How many rows a ranking has for a room. @param {Result} result */
export const ranksOf = (result) => Math.min(result.ideas.length, Math.max(RANKS_A_PAGE, aboveLine(result) + BELOW_LINE));

/** @param {{room: Board, idea: Ranked, line: number | null, close: boolean}} props */
function Row({ room, idea, line, close }) {
  const { n, rank, outcome, reason } = idea;
  const told = outcome === "winner" || outcome === "carried_over" || TOLD.has(reason);
  return html`<li class="room-ranked" data-size=${sizeOf(room.ideas.get(n)?.text)}>
    <span class="room-rank num"><span class="hidden">${t("score.rank", { n: rank })}</span><span aria-hidden="true">${rank}</span></span>
    <div>
      <p class="room-text"><${IdeaText} room=${room} n=${n} /></p>
      ${(told || close) && html`<p class="room-meta">${told && html`<${Outcome} outcome=${outcome} reason=${reason} />`} ${close && html`<b>${t("result.close")}</b>`}</p>`}
    </div>
    <div class="room-share"><${Interval} idea=${idea} line=${line} /><p class="room-note num">${t("count.ballots", { n: idea.judged })}</p></div>
  </li>`;
}

/** @param {{room: Board, result: Result, page: number}} props */
export function RoomRanking({ room, result, page }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const close = new Set(result.cut?.uncertain ?? []);
  const above = aboveLine(result);
  const first = page * RANKS_A_PAGE;
  const rows = result.ideas.slice(first, Math.min(first + RANKS_A_PAGE, ranksOf(result)));
  useFit(list, rows.map(({ n }) => n).join());
  return html`<section class="room-scene" aria-labelledby="room-ranking">
    <h2 id="room-ranking" class="room-title">${t(isFinal(result) ? "result.finalists" : "result.ranking")}</h2>
    <ol ref=${list} class="room-ranking">${rows.map((idea, i) => html`
      <${Row} key=${idea.n} room=${room} idea=${idea} line=${lineOf(result)} close=${close.has(idea.n)} />
      ${first + i + 1 === above && html`<li key="line" class="cut">${t("result.line")}${close.size > 0 ? ` – ${t("result.uncertain", { n: close.size })}` : ""}</li>`}`)}
    </ol>
    <p class="room-note">${t("result.margin")}</p>
  </section>`;
}
