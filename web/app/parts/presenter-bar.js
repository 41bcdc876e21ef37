// Above and below what a room looks at: the act of the moment, who is here, and the buttons of
// whoever leads through it.
import { html } from "../view.js";
import { number, t } from "../lib/i18n.js";
import { boardPath } from "../lib/router.js";
import { connection } from "../state/session.js";
import { currentRound, hasOpenScores, isOver } from "../state/select.js";
import { modeOf } from "../state/presenter.js";
import { canFill } from "./presenter-stage.js";
import { nameOf } from "./round.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Act } from "./presenter-keys.js" */

/** "Tour 2 sur 3 – Donner son avis" @param {{board: Board}} props */
export function ActLine({ board }) {
  const round = currentRound(board);
  if (!round) return html`<p class="room-act" dir="auto">${board.title}</p>`;
  const name = nameOf(round, board.rounds.length);
  const title = round.title && round.title !== name ? round.title : "";
  const state = modeOf(board) === "result" ? t("result.title") : isOver(round) ? t("round.over") : round.state === "paused" ? t("round.paused") : "";
  return html`<p class="room-act"><b>${name}</b>${title && html` – <span dir="auto">${title}</span>`}${state && html` – ${state}`}</p>`;
}

/** Of opinions only how many, and only where everybody may know: whoever leads knows more. @param {{board: Board}} props */
export function Counts({ board }) {
  if (connection.value.state !== "open") return html`<p class="room-counts"><i class="dot off"></i> ${t("connection.reconnecting")}</p>`;
  const { watching, people, ideas, more, ballots } = board;
  const counts = /** @type {[string, number][]} */ ([
    ["count.watching", watching], ["count.participants", people ?? 0], ["count.ideas", ideas.size + more], ["count.ballots", hasOpenScores(board) ? (ballots ?? 0) : 0],
  ]);
  return html`<ul class="room-counts num">${counts.map(([key, n]) => n > 0 && html`<li key=${key}>${t(key, { n })}</li>`)}</ul>`;
}

/** @param {{label: string, words?: string, sign?: string, pressed?: boolean, off?: boolean, onPress: () => void}} props */
function Control({ label, words, sign, pressed, off, onPress }) {
  /** @param {any} event a press with the pointer leaves the space bar to whoever leads on */
  const press = (event) => {
    if (event.detail > 0) event.currentTarget.blur();
    onPress();
  };
  return html`<button type="button" class="plain" aria-label=${label} title=${label} aria-pressed=${pressed} aria-disabled=${off} onClick=${press}>
    ${sign ? html`<span aria-hidden="true">${sign}</span>` : words}
  </button>`;
}

/** @param {{board: Board, acts: Record<Act, () => void>, place: number, total: number, neutral: boolean, full: boolean}} props */
export function Controls({ board, acts, place, total, neutral, full }) {
  return html`<div class="room-controls" role="group" aria-label=${t("presenter.controls")}>
    <${Control} label=${t("presenter.key.previous")} sign="←" off=${place === 0} onPress=${acts.previous} />
    <span class="num room-page" aria-hidden="true">${number(place + 1)} / ${number(total)}</span>
    <${Control} label=${t("presenter.key.next")} sign="→" off=${place === total - 1} onPress=${acts.next} />
    <${Control} label=${t("presenter.key.neutral")} words=${t("presenter.neutral")} pressed=${neutral} onPress=${acts.neutral} />
    ${canFill() && html`<${Control} label=${t("presenter.key.full")} words=${t("presenter.full")} pressed=${full} onPress=${acts.full} />`}
    <${Control} label=${t("presenter.key.keys")} sign="?" onPress=${acts.keys} />
    <a class="button plain" href=${boardPath(board.slug)}>${t("presenter.leave")}</a>
  </div>`;
}
