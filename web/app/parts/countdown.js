// How long the round still lasts, for whoever conducts it. At five minutes, at one and at the end
// it is said aloud as to everybody else: this line stays silent.
import { html } from "../view.js";
import { t, timeOfDay } from "../lib/i18n.js";
import { clock } from "../state/session.js";
import { inWords, msLeft } from "../state/timer.js";

/** @import { Round } from "../../types/model.js" */

const MINUTE_S = 60;
const SOON_MS = 60_000;
const DAY_MS = 86_400_000;

/** "4 minutes 5 secondes" @param {number} seconds */
function exact(seconds) {
  const minutes = Math.floor(seconds / MINUTE_S);
  const rest = seconds % MINUTE_S;
  const parts = [...(minutes ? [t("timer.minutes", { n: minutes })] : []), ...(rest || !minutes ? [t("timer.seconds", { n: rest })] : [])];
  return parts.join(" ");
}

/** @param {number} ms */
function words(ms) {
  const { unit, n } = inWords(ms);
  if (unit === "ending") return t("timer.over");
  return t("timer.left", { time: unit === "seconds" ? exact(n) : t(`timer.${unit}`, { n }) });
}

/** @param {{round: Round}} props */
export function Countdown({ round }) {
  if (round.state === "paused") return html`<p class="countdown"><b>${t("timer.paused")}</b></p>`;
  const left = round.closes_at ? msLeft(round, clock.value) : null;
  if (left == null || !round.closes_at) return html`<p class="countdown quiet">${t("timer.none")}</p>`;
  return html`<p class=${left <= SOON_MS ? "countdown soon" : "countdown"}>
    <b class="num" role="timer">${words(left)}</b>${left > 0 && left < DAY_MS && html` <span class="quiet num">${t("timer.until", { time: timeOfDay(round.closes_at) })}</span>`}
  </p>`;
}
