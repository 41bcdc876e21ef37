// Where the board stands: which round, and how long it still lasts.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { clock } from "../state/session.js";
import { currentRound, isOver } from "../state/select.js";
import { asClock, inWords, msLeft } from "../state/timer.js";

/** @import { Board, Round } from "../../types/model.js" */

const SOON_MS = 60_000;

/** "encore 6 min", "encore 4:05" @param {number} ms */
export function timeLeft(ms) {
  const { unit, n } = inWords(ms);
  if (unit === "ending") return t("time.ending");
  return t("time.left", { time: unit === "seconds" ? asClock(n) : t(`time.${unit}`, { n }) });
}

/** "Tour 2 sur 3"; where nobody votes it is a step. @param {Round} round @param {number} total */
export function nameOf(round, total) {
  if (total < 2) return round.title ?? t("round.open");
  return t(round.allows.includes("vote") ? "round.of" : "round.step", { n: round.n, total });
}

/** @param {{rounds: Round[], current: number}} props */
function Steps({ rounds, current }) {
  if (rounds.length < 2) return null;
  return html`<ol class="steps" aria-label=${t("round.progress")}>
    ${rounds.map((round) => html`
      <li key=${round.n} class=${isOver(round) ? "done" : round.n === current ? "now" : ""} aria-current=${round.n === current ? "step" : undefined}>
        <span class="hidden">${round.title ?? nameOf(round, rounds.length)}</span>
      </li>`)}
  </ol>`;
}

/** @param {{round: Round}} props */
function When({ round }) {
  if (round.state === "paused") return html`<span>, ${t("round.paused")}</span>`;
  if (isOver(round)) return html`<span>, ${t("round.over")}</span>`;
  const left = round.closes_at ? msLeft(round, clock.value) : null;
  return left == null ? null : html`<span class=${`num ${left <= SOON_MS ? "soon" : ""}`} role="timer">, ${timeLeft(left)}</span>`;
}

/** @param {{board: Board}} props */
export function RoundLine({ board }) {
  const round = currentRound(board);
  const ended = board.state === "closed" || board.state === "archived" || (board.rounds.length > 0 && board.rounds.every(({ state }) => state === "revealed"));
  if (!round || ended) return html`<p class="round quiet">${t(ended ? "round.ended" : "round.none")}</p>`;
  return html`<div class="round">
    <p><b>${nameOf(round, board.rounds.length)}</b><${When} round=${round} /></p>
    <${Steps} rounds=${board.rounds} current=${round.n} />
  </div>`;
}
