// What a room sees whatever else is shown: how to join, and the time that is left.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { boardPath } from "../lib/router.js";
import { spacedCode } from "../lib/text.js";
import { clock } from "../state/session.js";
import { currentRound } from "../state/select.js";
import { asClock, inWords, msLeft } from "../state/timer.js";

/** @import { Board } from "../../types/model.js" */

const LAST_MS = 60_000;
const CLOCK_MS = 100 * 60_000; // what two digits of minutes can say

/** Where a phone goes: with the code the front page is enough. @param {Board} board */
export const addressOf = (board) => location.host + (board.join_code ? "" : boardPath(board.slug));

/** @param {{board: Board}} props */
function Qr({ board }) {
  const [broken, setBroken] = useState(false);
  if (broken) return null;
  return html`<img class="room-qr" src=${`${boardPath(board.slug)}/qr.svg`} width="300" height="300" alt=${t("presenter.qr", { address: addressOf(board) })} onError=${() => setBroken(true)} />`;
}

/** @param {{board: Board}} props */
function Timer({ board }) {
  const round = currentRound(board);
  if (round?.state === "paused") return html`<p class="room-timer words">${t("presenter.paused")}</p>`;
  const left = msLeft(round, clock.value);
  if (left == null) return null;
  if (left <= 0) return html`<p class="room-timer words warn">${t("round.warn0")}</p>`;
  const last = left <= LAST_MS;
  const { unit, n } = inWords(left);
  const words = left < CLOCK_MS ? asClock(Math.ceil(left / 1_000)) : t(`time.${unit}`, { n });
  return html`<p class=${`room-timer num ${last ? "warn" : ""}`} role="timer">
    <span class="room-timer-label">${t(last ? "presenter.lastMinute" : "presenter.timeLeft")}</span>${words}
  </p>`;
}

/** @param {{board: Board}} props */
export function Side({ board }) {
  const { join_code: code } = board;
  return html`<aside class="room-side" aria-label=${t("presenter.join")}>
    <div class="room-join">
      <${Qr} key=${board.slug} board=${board} />
      <p class="room-host">${addressOf(board)}</p>
      ${code && html`<p class="room-code num"><span class="room-label">${t("presenter.code")}</span>${spacedCode(code)}</p>`}
    </div>
    <${Timer} board=${board} />
  </aside>`;
}
