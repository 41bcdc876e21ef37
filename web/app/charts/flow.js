// Who was where, over time: the ranks of the leading ideas as lines that cross. Pure: samples →
// places in a box of width 100 and one unit a rank; the screen draws them and their table.

/** @import { Sample } from "../../types/model.js" */
/** @typedef {{n: number, rank: number, path: string, ranks: (number | null)[]}} Line */
/** @typedef {{x: number, width: number, round: number}} Stretch */
/** @typedef {{samples: Sample[], lines: Line[], stretches: Stretch[], depth: number, columns: number[]}} Flow  depth: lanes of the box */

const WIDTH = 100;
const COLUMNS = 6; // of the table
const POINTS = 40; // of a line: more would be noise

/** @param {Sample} sample @param {number} n */
const rankIn = (sample, n) => sample.ranks.find(([idea]) => idea === n)?.[1] ?? null;

/**
 * A smooth way from point to point, broken where an idea is not ranked.
 * @param {(number | null)[]} ranks @param {number[]} xs @param {number} depth
 */
function pathOf(ranks, xs, depth) {
  const steps = [];
  let last = /** @type {[number, number] | null} */ (null);
  for (const [i, rank] of ranks.entries()) {
    if (rank == null) {
      last = null;
      continue;
    }
    const x = xs[i];
    const y = Math.min(rank, depth + 1) - 0.5; // below the last line: one lane for all
    const middle = last && round((last[0] + x) / 2);
    steps.push(last ? `C${middle} ${last[1]} ${middle} ${y} ${x} ${y}` : `M${x} ${y}`);
    last = [x, y];
  }
  return steps.join("");
}

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;

/** One for each round, as wide as it lasted in samples. @param {Sample[]} samples @param {number[]} xs @returns {Stretch[]} */
function stretchesOf(samples, xs) {
  /** @type {Stretch[]} */
  const stretches = [];
  for (const [i, sample] of samples.entries()) {
    const open = stretches.at(-1);
    if (open?.round === sample.round) open.width = round(xs[i] - open.x);
    else stretches.push({ round: sample.round, x: stretches.length ? xs[i - 1] : 0, width: stretches.length ? round(xs[i] - xs[i - 1]) : 0 });
  }
  return stretches;
}

/** Places of samples, evenly spread, the last of each round among them. @param {Sample[]} samples @param {number} count */
function spreadOver(samples, count) {
  const last = samples.length - 1;
  const ends = samples.flatMap((sample, i) => (i === last || samples[i + 1].round !== sample.round ? [i] : []));
  const spread = Array.from({ length: count }, (_, i) => Math.round((i * last) / (count - 1)));
  return [...new Set([...spread, ...ends])].filter((i) => i >= 0).sort((a, b) => a - b);
}

/**
 * @param {Sample[]} all in the order of the log
 * @param {{depth?: number}} [options] how many ideas, the first of the last sample
 * @returns {Flow | null} null when there is nothing to compare
 */
export function flowOf(all, { depth = 8 } = {}) {
  const samples = spreadOver(all, POINTS).map((i) => all[i]);
  const last = samples.at(-1);
  if (!last || samples.length < 2 || last.ranks.length === 0) return null;
  const leading = [...last.ranks].sort((a, b) => a[1] - b[1]).slice(0, depth);
  const xs = samples.map((_, i) => round((i * WIDTH) / (samples.length - 1)));
  const lines = leading.map(([n, rank]) => {
    const ranks = samples.map((sample) => rankIn(sample, n));
    return { n, rank, ranks, path: pathOf(ranks, xs, leading.length) };
  });
  const below = lines.some(({ ranks }) => ranks.some((rank) => rank != null && rank > leading.length));
  return { samples, lines, stretches: stretchesOf(samples, xs), depth: leading.length + Number(below), columns: spreadOver(samples, COLUMNS) };
}
