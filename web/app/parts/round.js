// Where the board stands: which round, and how long it still lasts.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { clock } from "../state/session.js";
import { currentRound } from "../state/select.js";

/** @import { Board, Round } from "../../types/model.js" */

const DONE = new Set(["closed", "revealed"]);

/** "encore 6 min" @param {string} closesAt */
function timeLeft(closesAt) {
  const minutes = Math.ceil((new Date(closesAt).getTime() - clock.value) / 60_000);
  if (!Number.isFinite(minutes)) return "";
  if (minutes <= 0) return t("time.ending");
  const [key, n] = minutes <= 90 ? ["minutes", minutes] : minutes <= 2880 ? ["hours", Math.round(minutes / 60)] : ["days", Math.round(minutes / 1440)];
  return t("time.left", { time: t(`time.${key}`, { n }) });
}

/** @param {Round} round @param {number} total */
function nameOf(round, total) {
  if (total < 2) return round.title ?? t("round.open");
  return t(round.allows.includes("vote") ? "round.of" : "round.step", { n: round.n, total });
}

/** @param {{rounds: Round[], current: number}} props */
function Steps({ rounds, current }) {
  if (rounds.length < 2) return null;
  return html`<ol class="steps" aria-label=${t("round.progress")}>
    ${rounds.map(({ n, title, state }) => html`
      <li key=${n} class=${DONE.has(state) ? "done" : n === current ? "now" : ""} aria-current=${n === current ? "step" : undefined}>
        <span class="hidden">${title}</span>
      </li>`)}
  </ol>`;
}

/** @param {{board: Board}} props */
export function RoundLine({ board }) {
  const round = currentRound(board);
  if (!round) {
    const ended = board.state === "closed" || board.state === "archived" || board.rounds.every(({ state }) => DONE.has(state));
    return html`<p class="round quiet">${t(ended ? "round.ended" : "round.none")}</p>`;
  }
  const when = round.state === "paused" ? t("round.paused") : round.closes_at ? timeLeft(round.closes_at) : "";
  return html`<div class="round">
    <p><b>${nameOf(round, board.rounds.length)}</b>${when && html`<span class="num">, ${when}</span>`}</p>
    <${Steps} rounds=${board.rounds} current=${round.n} />
  </div>`;
}
