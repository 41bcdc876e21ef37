// Which ideas are owed an answer, and which of them first. Pure.
import { lastOver } from "./select.js";

/** @import { Board, Idea } from "../../types/model.js" */

const RETAINED = new Set(["promoted", "finalist", "winner"]);

/** When the next answer was promised: its last moment. @param {Idea} idea @returns {number | null} */
export const dueOf = ({ followup }) => {
  const day = followup.at(-1)?.next_by;
  return day ? Date.parse(`${day}T23:59:59`) : null;
};

/** @param {Idea} idea @param {number} now */
export const isOverdue = (idea, now) => (dueOf(idea) ?? Infinity) < now;

/**
 * Ideas that the last round kept, or that were answered before: overdue ones first, then those
 * that nobody has answered yet, then by their date.
 * @param {Board} board @returns {Idea[]}
 */
export function owedAnswers(board) {
  const over = lastOver(board);
  const owed = [...board.ideas.values()].filter((idea) => idea.followup.length > 0
    || (over != null && idea.round === over.n && idea.state === "shown" && RETAINED.has(idea.round_state ?? "")));
  const order = (/** @type {Idea} */ idea) => dueOf(idea) ?? (idea.followup.length === 0 ? 0 : Infinity);
  const rank = (/** @type {Idea} */ idea) => (idea.round_state === "winner" ? 0 : 1);
  return owed.sort((a, b) => order(a) - order(b) || rank(a) - rank(b) || a.n - b.n);
}
