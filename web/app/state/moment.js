// What there is to do on a board now: where somebody who has just come in is led. Pure.
import { boardPath, judgePath, resultPath, writePath } from "../lib/router.js";
import { allows, currentRound, isCandidate, isOver, isOwn, lastOver } from "./select.js";

/** @import { Board } from "../../types/model.js" */

/** Something is left that this person can judge. @param {Board} board */
function hasToJudge(board) {
  return [...board.ideas.values()].some((idea) => isCandidate(board, idea) && !isOwn(board, idea) && !board.me.ballots[idea.n]);
}

/**
 * The address of the act of the moment: write, judge, finalists or result; the board when
 * there is nothing to do.
 * @param {Board} board
 */
export function momentPath(board) {
  const { slug } = board;
  const round = currentRound(board);
  if (allows(board, "vote") && (round?.final || hasToJudge(board))) return judgePath(slug);
  if (allows(board, "post")) return writePath(slug);
  const over = isOver(round) ? lastOver(board) : null;
  return over?.allows.includes("vote") ? resultPath(slug, over.n) : boardPath(slug);
}
