// What the screens ask of a board. Pure.

/** @import { Board, Choice, Idea, Pool, Relation, Round, Score } from "../../types/model.js" */

export const RELATIONS = /** @type {const} */ (["expand", "counter", "adapt", "explore"]);
export const SORTS = /** @type {const} */ (["strongest", "newest", "active", "mine", "out"]);
/** @typedef {typeof SORTS[number]} Sort */
/** @typedef {{agree: number, disagree: number, pass: number, judged: number}} Tally */

const K0 = 6; // weight of the round's mean in a score
const PRIOR_AGREE = 5;
const PRIOR_JUDGED = 10;
const RELEVANT_MIN = 10; // below so many ballots a percentage says more than is known
export const GONE = new Set(["hidden", "merged", "withdrawn"]);
const OVER = new Set(["closed", "revealed"]);
const LEADS = new Set(["lead", "admin"]);
const STAFF = new Set(["moderator", ...LEADS]);

/** @param {Score | undefined} score @returns {Tally | null} */
export function tallyOf(score) {
  if (!score) return null;
  const [, agree, disagree, pass] = score;
  return { agree, disagree, pass, judged: agree + disagree + pass };
}

/**
 * Whether i ranks before j: i.X·(j.n + k0) > j.X·(i.n + k0) with X = A·SN + k0·SA; then more
 * ballots, then the lower number. Exact: integers are compared, never fractions.
 * @param {Map<number, Score>} scores
 * @param {Pool | null} pool support and ballots of the round at its last refresh
 * @param {boolean} [final] then the plain share decides: i.A·j.n > j.A·i.n
 * @returns {(a: number, b: number) => number}
 */
export function byStrength(scores, pool, final = false) {
  const [agree, judged] = pool ?? [0, 0];
  const SA = agree + PRIOR_AGREE;
  const SN = judged + PRIOR_JUDGED;
  const of = (/** @type {number} */ n) => tallyOf(scores.get(n)) ?? { agree: 0, judged: 0 };

  return (i, j) => {
    const a = of(i);
    const b = of(j);
    if (final) return compareProducts([a.agree, Math.max(b.judged, 1)], [b.agree, Math.max(a.judged, 1)]) || b.judged - a.judged || i - j;
    return compareProducts(
      [a.agree * SN + K0 * SA, b.judged + K0],
      [b.agree * SN + K0 * SA, a.judged + K0],
    ) || b.judged - a.judged || i - j;
  };
}

/**
 * The greater product first.
 * @param {[number, number]} a
 * @param {[number, number]} b
 */
function compareProducts(a, b) {
  const p = a[0] * a[1];
  const q = b[0] * b[1];
  if (p <= Number.MAX_SAFE_INTEGER && q <= Number.MAX_SAFE_INTEGER) return q - p;
  const difference = BigInt(b[0]) * BigInt(b[1]) - BigInt(a[0]) * BigInt(a[1]);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** The round that was opened last: its state says whether it still is. @param {Board} board @returns {Round | null} */
export function currentRound(board) {
  return board.rounds.find(({ n }) => n === board.round) ?? null;
}

/** @param {Round | null | undefined} round */
export const isOver = (round) => round != null && OVER.has(round.state);

/** The latest round that has closed. @param {Board} board @returns {Round | null} */
export const lastOver = (board) => board.rounds.filter(isOver).at(-1) ?? null;

/** Whether this person says to have finished the present round. @param {Board} board */
export const hasFinished = ({ me, round }) => round != null && me.done === round;

/** Whether this person follows an idea, one's own apart. @param {Board} board @param {number} n */
export const isFollowed = ({ me }, n) => me.follows.includes(n);


/** @param {Board} board */
export const isLead = (board) => board.me.roles.some((role) => LEADS.has(role));

/** @param {Board} board */
export const isStaff = (board) => board.me.roles.some((role) => STAFF.has(role));

/** Whether what is written now waits until staff have read it. @param {Board} board @param {number} now */
export function isReadFirst(board, now) {
  const hours = board.premoderation;
  if (!hours || isStaff(board)) return false;
  const minute = Math.floor(now / 60_000) % 1_440;
  if (hours.from === hours.until) return true;
  return hours.from < hours.until ? minute >= hours.from && minute < hours.until : minute >= hours.from || minute < hours.until;
}

/** While contributions are suspended ideas are judged on. @param {Board} board @param {string} what post, build or vote */
export function allows(board, what) {
  const round = currentRound(board);
  const frozen = board.frozen && what !== "vote" && !isStaff(board);
  return board.state === "open" && !frozen && round?.state === "open" && round.allows.includes(what);
}

/** Whether an order by strength may be shown. @param {Board} board */
export function hasOpenScores(board) {
  const round = currentRound(board);
  return !round || round.scores === "live" || round.state === "revealed";
}

/** Whether there is such an order at all: not in a step where nobody has judged and nobody can. @param {Board} board */
export function isRanked(board) {
  return hasOpenScores(board) && (currentRound(board)?.allows.includes("vote") !== false || (board.ballots ?? 0) > 0);
}

/**
 * The score of an idea, where it may be shown: after-vote to whoever has judged it. A lead is
 * told more; on a screen that others may look at it is masked all the same.
 * @param {Board} board @param {number} n
 */
export function scoreOf(board, n) {
  const shown = hasOpenScores(board) || (currentRound(board)?.scores === "after-vote" && board.me.ballots[n]);
  return shown ? board.scores.get(n) : undefined;
}

/** Whether the present round is about this idea. @param {Board} board @param {Idea} idea */
export function isCandidate(board, idea) {
  if (board.round == null) return idea.state === "shown" && idea.kind === "idea";
  return idea.state === "shown" && idea.round === board.round;
}

/** Whether a ballot can be given where the idea stands, in a list or on its page: where ideas
 * are served, and in a final, everybody is led to all of them alike. @param {Board} board @param {Idea} idea */
export function takesBallot(board, idea) {
  const round = currentRound(board);
  return round?.ballots === "any" && !round.final && allows(board, "vote") && isCandidate(board, idea) && !isOwn(board, idea);
}

/** Not qualified in the round that it last took part in. @param {Idea | undefined} idea */
export const isEliminated = (idea) => idea?.round_state === "eliminated";

/** How many judges a carried idea lacked when its round ended; 0: not known. @param {Board} board @param {Idea} idea */
export function missingJudges(board, idea) {
  if (idea.round_state !== "carried_over" || idea.judges == null) return 0;
  const round = board.rounds.findLast((one) => isOver(one) && one.n <= (idea.round ?? 0));
  return Math.max(0, (round?.rule?.min_judges ?? 0) - idea.judges);
}

/** @param {Board} board @param {Idea} idea */
export function isOwn(board, idea) {
  return board.me.own.includes(idea.n) || (board.me.person != null && idea.author?.n === board.me.person);
}

/** It was done in another place already. @param {Idea} idea */
export const isElsewhere = ({ source }) => Boolean(source?.place || source?.result);

/** Lower case, without accents: « ecole » finds « École ». @param {string | null} text */
export function folded(text) {
  return (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {Idea} idea @param {string} query every word of it, or #n */
export function matches(idea, query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const text = folded(`${idea.text} ${idea.author?.name ?? ""} ${idea.theme ?? ""}`);
  return words.every((word) => (word.startsWith("#") ? `#${idea.n}` === word : text.includes(word)));
}

/**
 * The numbers of the ideas to show, in order.
 * @param {Board} board
 * @param {{sort: Sort, query?: string, theme?: string, elsewhere?: boolean}} view
 * @returns {number[]}
 */
export function orderOf(board, { sort, query = "", theme = "", elsewhere = false }) {
  const found = [...board.ideas.values()].filter((idea) => {
    if (sort === "mine" ? !isOwn(board, idea) || idea.state === "merged" : GONE.has(idea.state)) return false;
    if (sort === "strongest" && !isCandidate(board, idea)) return false;
    if (sort === "out" && !isEliminated(idea)) return false;
    return (!theme || idea.theme === theme) && (!elsewhere || isElsewhere(idea)) && (!query || matches(idea, query));
  });
  return found.map(({ n }) => n).sort(comparator(board, sort));
}

/** @param {Board} board @param {Sort} sort @returns {(a: number, b: number) => number} */
function comparator(board, sort) {
  if (sort === "strongest") return byStrength(board.scores, board.pool, currentRound(board)?.final);
  if (sort === "active") {
    const children = childCounts(board);
    const replies = (/** @type {number} */ n) => Math.max(board.ideas.get(n)?.replies ?? 0, children.get(n) ?? 0);
    return (a, b) => replies(b) - replies(a) || b - a;
  }
  return (a, b) => b - a;
}

/** Replies by the idea that they hang on. @param {Board} board */
export function childCounts(board) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { parent } of board.ideas.values()) if (parent) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  return counts;
}

/** The replies of one kind under an idea, those that cross it with another included. @param {Board} board @param {number} n @param {Relation} relation */
export function repliesTo(board, n, relation) {
  const strength = byStrength(board.scores, board.pool);
  return [...board.ideas.values()]
    .filter((idea) => idea.kind === relation && (idea.parent === n || idea.with === n) && !GONE.has(idea.state))
    .sort((a, b) => strength(a.n, b.n));
}

/** From the root of the chain down to the parent of an idea. @param {Board} board @param {Idea} idea @returns {Idea[]} */
export function ancestors(board, idea) {
  /** @type {Idea[]} */
  const chain = [];
  for (let at = idea.parent; at != null && chain.length < 100; ) {
    const parent = board.ideas.get(at);
    if (!parent) break;
    chain.unshift(parent);
    at = parent.parent;
  }
  return chain;
}

/**
 * Whole percentages that add up to 100: what rounding leaves goes to the largest remainders.
 * @param {Tally} tally
 * @returns {{agree: number, pass: number, disagree: number}}
 */
export function percentages({ agree, pass, disagree, judged }) {
  const parts = /** @type {[Choice, number][]} */ ([["agree", agree], ["pass", pass], ["disagree", disagree]]);
  const shares = parts.map(([name, count]) => ({ name, whole: Math.floor((count * 100) / (judged || 1)), rest: (count * 100) % (judged || 1) }));
  let left = judged ? 100 - shares.reduce((sum, { whole }) => sum + whole, 0) : 0;
  for (const share of [...shares].sort((a, b) => b.rest - a.rest)) if (left-- > 0) share.whole++;
  return /** @type {any} */ (Object.fromEntries(shares.map(({ name, whole }) => [name, whole])));
}

/** @param {Tally} tally */
export function isMeaningful({ judged }) {
  return judged >= RELEVANT_MIN;
}
