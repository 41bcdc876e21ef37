// For the author of an idea in a served round: how many people have read it, of those whom the
// rule guarantees.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { currentRound } from "../state/select.js";

/** @import { Board } from "../../types/model.js" */

/** @param {{board: Board, n: number}} props */
export function Reads({ board, n }) {
  const read = board.me.reads?.[n];
  const guaranteed = currentRound(board)?.rule?.min_judges ?? 0;
  if (read == null) return null;
  return html`<span class="num">${guaranteed > 0 ? t("idea.reads", { n: read, guaranteed }) : t("idea.readBy", { n: read })}</span>`;
}
