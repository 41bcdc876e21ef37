// Where a lead conducts the rounds: the next step, what the rule would give now, all rounds.
import { html } from "../view.js";
import { number, t } from "../lib/i18n.js";
import { resultPath } from "../lib/router.js";
import { currentRound, isCandidate, isOver } from "../state/select.js";
import { Conduct } from "./conduct.js";
import { conditionWords } from "./conditions.js";
import { Countdown } from "./countdown.js";
import { Foresee } from "./foresee.js";
import { nameOf } from "./round.js";
import { Rule } from "./rule.js";

/** @import { Board, Round } from "../../types/model.js" */

/** @param {{board: Board, round: Round}} props */
function Facts({ board, round }) {
  const facts = /** @type {[string, number | null][]} */ ([
    ["lead.fact.candidates", board.more ? round.candidates : [...board.ideas.values()].filter((idea) => isCandidate(board, idea)).length], ["lead.fact.people", board.people], ["lead.fact.ballots", board.ballots], ["lead.fact.done", round.done],
  ]);
  return html`<dl class="facts-row num">
    ${facts.map(([key, n]) => n != null && html`<div key=${key}><dt class="quiet">${t(key)}</dt><dd>${number(n)}</dd></div>`)}
  </dl>`;
}

/** @param {{board: Board, round: Round}} props */
function Planned({ board, round }) {
  return html`<li class=${`card planned ${round.n === board.round ? "now" : ""}`}>
    <p class="text">${nameOf(round, board.rounds.length)}${round.title ? ` – ${round.title}` : ""}</p>
    <p class="meta quiet num">
      <span class="outcome">${t(`round.state.${round.state}`)}</span>
      <span>${t(`round.scores.${round.scores}`)}</span>
      ${round.minutes && html`<span>${t("time.minutes", { n: round.minutes })}</span>`}
      ${isOver(round) && round.allows.includes("vote") && html`<a href=${resultPath(board.slug, round.n)}>${t("result.see")}</a>`}
    </p>
    <${Rule} round=${round} />
    ${conditionWords(round).map((one) => html`<p key=${one} class="quiet">${one}</p>`)}
  </li>`;
}

/** @param {{board: Board}} props */
export function Steer({ board }) {
  const round = currentRound(board);
  return html`
    <section class="face" aria-labelledby="now">
      <h2 id="now">${round ? html`<span class="whole">${nameOf(round, board.rounds.length)}</span> – ${t(`round.state.${round.state}`)}` : t("lead.notBegun")}</h2>
      ${round && !isOver(round) && html`<${Countdown} round=${round} />`}
      ${round && html`<${Facts} board=${board} round=${round} />`}
      <${Conduct} board=${board} />
    </section>
    ${round && !isOver(round) && html`<${Foresee} board=${board} round=${round} />`}
    <section aria-labelledby="rounds">
      <h2 id="rounds">${t("lead.rounds")}</h2>
      <ol class="cards plan">${board.rounds.map((one) => html`<${Planned} key=${one.n} board=${board} round=${one} />`)}</ol>
    </section>`;
}
