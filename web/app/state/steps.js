// What a lead may do with the rounds now, the next step first. Pure.
import { currentRound, isOver } from "./select.js";

/** @import { Board, Round } from "../../types/model.js" */
/**
 * @typedef {object} Step
 * @property {"open" | "resume" | "next" | "close" | "pause" | "extend" | "reveal" | "back" | "cancel"} what
 * @property {"open" | "close" | "pause" | "extend" | "reveal" | "reopen"} method of the round.
 * @property {number} round that the method names
 * @property {boolean} asks confirms first, saying what will happen
 */

export const EXTEND_MINUTES = 2;

/** @param {Step["what"]} what @param {Step["method"]} method @param {number} round @param {boolean} [asks] @returns {Step} */
const step = (what, method, round, asks = true) => ({ what, method, round, asks });

/** @param {Board} board @returns {Step[]} */
export function stepsFor(board) {
  const round = currentRound(board);
  const next = board.rounds.find(({ n }) => n === (board.round ?? 0) + 1);
  if (!round) return next ? [step("open", "open", next.n)] : [];
  return isOver(round) ? afterwards(round, next) : meanwhile(round, next);
}

/** @param {Round} round @param {Round | undefined} next */
function meanwhile({ n, state }, next) {
  const steps = state === "paused"
    ? [step("resume", "open", n, false)]
    : [step("extend", "extend", n, false), step("pause", "pause", n, false)];
  steps.push(step("close", "close", n));
  if (next) steps.push(step("next", "open", next.n));
  if (n > 1) steps.push(step("cancel", "reopen", n - 1));
  return steps;
}

/** @param {Round} round @param {Round | undefined} next */
function afterwards({ n, state }, next) {
  const steps = state === "closed" ? [step("reveal", "reveal", n)] : [];
  if (next) steps.push(step("next", "open", next.n));
  steps.push(step("back", "reopen", n));
  return steps;
}
