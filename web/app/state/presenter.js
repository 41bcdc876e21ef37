// What the screen of a room shows, and in which order one goes through it. Pure.
import { currentRound, isCandidate, isRanked, orderOf } from "./select.js";

/** @import { Board, Idea } from "../../types/model.js" */
/** @typedef {"before" | "gather" | "judge" | "final" | "closed" | "result"} Mode the act of the moment */
/** @typedef {"welcome" | "ideas" | "soon" | "winner" | "ranking" | "holds" | "film" | "words"} What */
/** @typedef {{id: string, what: What, page: number}} Step */
/** @typedef {{n: number, rank: number | null}} Place rank: only where an order may be shown */

export const IDEAS_A_PAGE = 5; // as many as are read from the back of a hall
export const RANKS_A_PAGE = 5;
const PAGES_MAX = 40;

/** @param {Board} board @returns {Mode} */
export function modeOf(board) {
  const round = currentRound(board);
  if (!round || round.state === "planned") return "before";
  const judged = round.allows.includes("vote");
  if (judged && round.state === "closed") return "closed";
  if (judged && round.state === "revealed") return "result";
  if (round.final) return "final";
  return judged ? "judge" : "gather";
}

/** Whether a room may read it. @param {Idea} idea */
const isVetted = ({ vetted, state, text }) => vetted === true && state === "shown" && text != null;

/** The board with nothing in it that a room may not see: no unread text, no name. @param {Board} board @returns {Board} */
export function forRoom(board) {
  const vetted = [...board.ideas.values()].filter(isVetted);
  return { ...board, ideas: new Map(vetted.map((idea) => [idea.n, { ...idea, author: null }])) };
}

/**
 * The ideas that a room may read, in the order of the moment: the newest first while they are
 * gathered, the strongest first where that may be seen, else by number. Ranks are those among
 * all ideas.
 * @param {Board} board @returns {Place[]}
 */
export function roomOrder(board) {
  const ranked = modeOf(board) !== "gather" && isRanked(board);
  const down = modeOf(board) === "gather" ? -1 : 1;
  const order = ranked
    ? orderOf(board, { sort: "strongest" })
    : [...board.ideas.values()].filter((idea) => isCandidate(board, idea)).map(({ n }) => n).sort((a, b) => down * (a - b));
  return order
    .map((n, i) => ({ n, rank: ranked ? i + 1 : null }))
    .filter(({ n }) => isVetted(/** @type {Idea} */ (board.ideas.get(n))));
}

/** @param {What} what @param {number} count of pages @returns {Step[]} */
const pages = (what, count) => Array.from({ length: Math.min(count, PAGES_MAX) }, (_, page) => ({ id: `${what}.${page}`, what, page }));

/** @param {number} items @param {number} each */
const pagesFor = (items, each) => Math.max(1, Math.ceil(items / each));

/**
 * What one goes through with a clicker.
 * @param {Mode} mode
 * @param {{ideas: number, result: {winner: boolean, ranks: number, holds: boolean, film: number, words: boolean} | null}} known
 *   ideas to show; film: in how many steps, 0 while there is none
 * @returns {Step[]} at least one
 */
export function stepsOf(mode, { ideas, result }) {
  if (mode === "before") return pages("welcome", 1);
  if (mode === "closed" || (mode === "result" && !result)) return pages("soon", 1);
  if (mode !== "result" || !result) return pages("ideas", pagesFor(ideas, IDEAS_A_PAGE));
  return [
    ...pages("winner", Number(result.winner)),
    ...pages("ranking", pagesFor(result.ranks, RANKS_A_PAGE)),
    ...pages("holds", Number(result.holds)),
    ...pages("film", result.film),
    ...pages("words", Number(result.words)),
  ];
}

/** Where one is among steps that may have changed meanwhile: on the same, or the last of its kind. @param {Step[]} steps @param {string} id */
export function placeOf(steps, id) {
  const same = steps.findIndex((step) => step.id === id);
  const kind = id.slice(0, id.indexOf("."));
  return Math.max(0, same < 0 ? steps.findLastIndex(({ what }) => what === kind) : same);
}

/**
 * Places on the wall keep what they hold: what may no longer be shown leaves its place, what is
 * new takes a free one.
 * @param {(number | null)[]} wall @param {number[]} newest all that may be shown, the newest first
 * @returns {(number | null)[]}
 */
export function fillWall(wall, newest, size = IDEAS_A_PAGE) {
  const shown = new Set(newest);
  const held = Array.from({ length: size }, (_, i) => (shown.has(wall[i] ?? 0) ? wall[i] : null));
  const free = held.filter((n) => n == null).length;
  const coming = newest.filter((n) => !held.includes(n)).slice(0, free).reverse();
  return held.map((n) => n ?? coming.shift() ?? null);
}

/** Where all places are taken, the oldest gives its own to what waits. @param {(number | null)[]} wall full @param {number[]} newest @returns {(number | null)[]} the same when nothing waits */
export function turnWall(wall, newest, size = IDEAS_A_PAGE) {
  const waiting = newest.slice(0, size).filter((n) => !wall.includes(n)).at(-1);
  const oldest = Math.min(...wall.map((n) => n ?? 0));
  return waiting == null || waiting < oldest ? wall : wall.map((n) => (n === oldest ? waiting : n));
}
