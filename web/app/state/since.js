// What has happened on a board since somebody was last there. Pure; what is remembered of a
// visit stays on the device.

/** @import { Board, Idea } from "../../types/model.js" */
/** @typedef {{at: number, fates: Record<string, string>}} Visit at: milliseconds by the server's clock; fates: of the ideas that are cared for */
/** @typedef {{ideas: Idea[], replies: Idea[], fates: Idea[]}} Since replies and fates: of what is cared for */

const CARED_MAX = 200;

/** Own ideas, and those that are followed. @param {Board} board @returns {Set<number>} */
export const caredFor = ({ me }) => new Set([...me.own, ...me.follows].slice(-CARED_MAX));

/** What became of an idea, as one word. @param {Idea} idea */
const fateOf = ({ state, round, round_state: outcome, followup }) => [state, round, outcome, followup.length].join(" ");

/** What to remember of this visit. @param {Board} board @param {number} now @returns {Visit} */
export function visitOf(board, now) {
  const cared = [...caredFor(board)].flatMap((n) => board.ideas.get(n) ?? []);
  return { at: now, fates: Object.fromEntries(cared.map((idea) => [idea.n, fateOf(idea)])) };
}

/** Whether a reply hangs on one of these ideas. @param {Idea} idea @param {Set<number>} on */
export const hangsOn = ({ parent, with: crossed }, on) => [parent, crossed].some((n) => n != null && on.has(n));

/** @param {Board} board @param {Visit} visit @returns {Since} the newest first */
export function since(board, visit) {
  const cared = caredFor(board);
  const mine = new Set(board.me.own);
  const all = [...board.ideas.values()].reverse();
  const fresh = all.filter(({ n, at, state }) => Date.parse(at) > visit.at && state === "shown" && !mine.has(n));
  return {
    ideas: fresh,
    replies: fresh.filter((idea) => hangsOn(idea, cared)),
    fates: all.filter((idea) => cared.has(idea.n) && visit.fates[idea.n] != null && visit.fates[idea.n] !== fateOf(idea)),
  };
}

/** @param {Since} news */
export const isEmpty = ({ ideas, fates }) => ideas.length === 0 && fates.length === 0;
