// What one person has changed in a result: own opinions held against the outcome, own ideas
// and replies, and where they stand in the path of the winners. Computed on the device, from
// what only this person is told. Pure.
import { ancestors, isOwn } from "./select.js";
import { builtOn, isFinal } from "./result.js";

/** @import { Board, Idea, Result } from "../../types/model.js" */
/**
 * @typedef {object} Changed
 * @property {number} judged how many ideas of the round this person judged
 * @property {number} agreed of the chosen ones, how many they were for
 * @property {number} chosen of the chosen ones, how many they judged
 * @property {Idea[]} own own ideas that were chosen
 * @property {Idea[]} path own ideas and replies from which a chosen one grew, or that hang on one
 */

/** The ideas that the round chose. @param {Result} result */
const chosenOf = (result) => (isFinal(result) ? [result.winner].filter((n) => n != null) : result.promoted);

/** @param {Board} board @param {Result} result @returns {Changed} */
export function changedBy(board, result) {
  const { ballots } = board.me;
  const chosen = /** @type {number[]} */ (chosenOf(result));
  const ideas = chosen.flatMap((n) => board.ideas.get(n) ?? []);
  const near = ideas.flatMap((idea) => [...ancestors(board, idea), ...(idea.with ? [board.ideas.get(idea.with)] : []), ...builtOn(board, idea.n)]);
  const mine = (/** @type {(Idea | undefined)[]} */ all) => [...new Set(all)].filter((idea) => idea != null && isOwn(board, idea));
  const own = /** @type {Idea[]} */ (mine(ideas));
  return {
    judged: result.ideas.filter(({ n }) => ballots[n]).length,
    agreed: chosen.filter((n) => ballots[n] === "agree").length,
    chosen: chosen.filter((n) => ballots[n]).length,
    own,
    path: /** @type {Idea[]} */ (mine(near)).filter((idea) => !own.includes(idea)),
  };
}
