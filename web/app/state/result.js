// What the screens ask of a round's result. Pure.

/** @import { Board, Idea, Ranked, Result, Round, Sample } from "../../types/model.js" */

const HALF_PPM = 500_000;

/** Whole percent. @param {number} part @param {number} whole */
export const percentOf = (part, whole) => (whole > 0 ? Math.round((part * 100) / whole) : 0);

/** The interval in whole percents, never narrower than it is. @param {Pick<Ranked, "low" | "high">} idea @returns {[number, number]} */
export const boundsOf = ({ low, high }) => [Math.floor(low / 100), Math.ceil(high / 100)];

/** @param {Result} result */
export const isFinal = (result) => result.winner !== undefined;

/** Where the line runs on the scale of shares: in a final, half. @param {Result} result */
export const lineOf = (result) => (isFinal(result) ? HALF_PPM : (result.cut?.score_ppm ?? null));

/** How many ideas are above the line, those on a reserved seat aside; 0: there is no line. @param {Result} result */
export function aboveLine(result) {
  if (isFinal(result) || result.promoted.length === 0) return 0;
  const seated = new Set(result.promoted);
  const last = result.cut?.last_in ?? result.ideas.findLast(({ n, reason }) => seated.has(n) && reason !== "quota")?.n;
  return result.ideas.findIndex(({ n }) => n === last) + 1;
}

/**
 * How many minutes the ballots that would settle it take, at the pace since the opening;
 * null: not within a day, or nobody can say.
 * @param {Result} result @param {Round | null | undefined} round @param {number} now
 */
export function settleMinutes(result, round, now) {
  const minutes = (now - Date.parse(round?.opened_at ?? "")) / 60_000;
  const given = result.ideas.reduce((sum, { judged }) => sum + judged, 0);
  if (!result.settle || !(minutes >= 1) || given === 0) return null;
  const needed = Math.ceil((result.settle.ballots * minutes) / given);
  return needed <= 1440 ? needed : null;
}

/** Of a hundred repetitions, how often the idea comes first. @param {Result} result @param {Ranked} idea */
export const firstPlaces = (result, idea) => percentOf(idea.first_place ?? 0, result.resamples ?? 0);

/**
 * The rounds through which an idea went: its rank at the end of each.
 * @param {Sample[]} samples @param {number} n
 * @returns {{round: number, rank: number, judged: number, among: number}[]}
 */
export function stationsOf(samples, n) {
  const ends = samples.filter((sample, i) => samples[i + 1]?.round !== sample.round);
  return ends.flatMap(({ round, ranks }) => {
    const mine = ranks.find(([idea]) => idea === n);
    return mine ? [{ round, rank: mine[1], judged: mine[3], among: ranks.length }] : [];
  });
}

/** What grew from an idea, at any depth, the oldest first. @param {Board} board @param {number} n @returns {Idea[]} */
export function builtOn(board, n) {
  const grown = new Set([n]);
  const found = [];
  for (const idea of [...board.ideas.values()].sort((a, b) => a.n - b.n)) {
    const on = [idea.parent, idea.with].some((one) => one != null && grown.has(one));
    if (!on || idea.state !== "shown") continue;
    grown.add(idea.n);
    found.push(idea);
  }
  return found;
}
