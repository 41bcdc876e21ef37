// Which finalists there are, and in what order one person sees them. Pure.
import { isCandidate, isOwn } from "./select.js";

/** @import { Board, Idea } from "../../types/model.js" */

/** In the order that the server drew for this person; what it does not name, by number. @param {Board} board @returns {Idea[]} */
export function ownOrder(board) {
  const places = new Map((board.me.finalists ?? []).map((n, i) => [n, i]));
  const place = (/** @type {Idea} */ { n }) => places.get(n) ?? places.size;
  return [...board.ideas.values()]
    .filter((idea) => isCandidate(board, idea))
    .sort((a, b) => place(a) - place(b) || a.n - b.n);
}

/** How many finalists still wait for this person. @param {Board} board */
export function openFinalists(board) {
  return [...board.ideas.values()].filter((idea) => isCandidate(board, idea) && !isOwn(board, idea) && !board.me.ballots[idea.n]).length;
}
