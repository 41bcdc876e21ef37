// The path of an idea over the rounds: in which it took part, and what became of it in the last.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { resultPath } from "../lib/router.js";
import { isOver, missingJudges } from "../state/select.js";
import { Outcome } from "./labels.js";
import { nameOf } from "./round.js";

/** @import { Board, Idea, Round } from "../../types/model.js" */

/** @param {Board} board @param {Idea} idea @param {Round} round */
function fateIn(board, idea, round) {
  if (round.n < (idea.round ?? 0)) return t("path.wentOn");
  if (!isOver(round)) return t("path.takesPart");
  return idea.round_state ? html`<${Outcome} outcome=${idea.round_state} reason=${idea.reason} missing=${missingJudges(board, idea)} />` : t("path.undecided");
}

/** @param {{board: Board, idea: Idea}} props */
export function Rounds({ board, idea }) {
  const from = board.rounds.find(({ opened_at: opened, closed_at: closed }) => opened && (!closed || closed >= idea.at))?.n ?? 1;
  const through = board.rounds.filter(({ n, opened_at: opened, allows }) => opened && n >= from && n <= (idea.round ?? 0) && allows.includes("vote"));
  if (through.length === 0 || board.rounds.length < 2) return null;
  return html`<section aria-labelledby="rounds">
    <h2 id="rounds">${t("path.rounds")}</h2>
    <ol class="points">${through.map((round) => html`<li key=${round.n}>
      ${round.state === "revealed" ? html`<a href=${resultPath(board.slug, round.n)}>${nameOf(round, board.rounds.length)}</a>` : nameOf(round, board.rounds.length)} – ${fateIn(board, idea, round)}
    </li>`)}</ol>
  </section>`;
}
