// The rank flow as a film: where each idea stands at any moment between the first sample and the
// last. Pure: samples and a time → places in a box one unit wide and one unit a lane.

/** @import { Sample } from "../../types/model.js" */
/** @typedef {{n: number, places: number[], path: string}} Line places: one a sample, from 1 downwards */
/** @typedef {{x: number, round: number}} Mark where a round begins */
/** @typedef {{times: number[], rounds: number[], lines: Line[], lanes: number, marks: Mark[], ends: number[]}} Film ends: where each round ends */

export const FILM_MS = 60_000;
export const WIDTH = 1_000; // of the drawing; its height is the number of lanes
const LANES = 8;
const LINES = 12;

/** Before the first opinion there is no order. @param {Sample} sample */
const isOrder = ({ ranks }) => ranks.some(([, , , judged]) => judged > 0);

/** @param {number} value */
const rounded = (value) => Math.round(value * 100) / 100;

/** The ideas that it follows: those of the end in their order, then whoever stood highest for longest. @param {Sample[]} samples @param {number} count */
function followed(samples, count) {
  const last = /** @type {Sample} */ (samples.at(-1));
  const end = [...last.ranks].sort((a, b) => a[1] - b[1]).map(([n]) => n);
  /** @type {Map<number, number>} */
  const heights = new Map();
  for (const { ranks } of samples) for (const [n, rank] of ranks) heights.set(n, (heights.get(n) ?? 0) + 1 / rank);
  const others = [...heights].filter(([n]) => !end.includes(n)).sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([n]) => n);
  return [...end, ...others].slice(0, count);
}

/** From sample to sample, flat where it leaves and where it arrives. @param {number[]} places */
function pathOf(places) {
  const step = WIDTH / (places.length - 1);
  return places.map((place, i) => {
    const x = rounded(i * step);
    const y = place - 0.5;
    if (i === 0) return `M0 ${y}`;
    return y === places[i - 1] - 0.5 ? `H${x}` : `C${rounded(x - (2 * step) / 3)} ${places[i - 1] - 0.5} ${rounded(x - step / 3)} ${y} ${x} ${y}`;
  }).join("");
}

/**
 * @param {Sample[]} all in the order of the log
 * @param {{lanes?: number, lines?: number}} [options]
 * @returns {Film | null} null when there is nothing that could move
 */
export function filmOf(all, { lanes: most = LANES, lines = LINES } = {}) {
  const samples = all.filter(isOrder);
  const last = samples.at(-1);
  if (!last || samples.length < 2) return null;
  const lanes = Math.min(most, Math.max(...samples.map(({ ranks }) => ranks.length)));
  const end = samples.length - 1;
  const out = lanes + 1; // below the last lane, out of sight
  const marks = samples.flatMap(({ round }, i) => (i === 0 || samples[i - 1].round !== round ? [{ x: Math.max(0, i - 1) / end, round }] : []));
  return {
    times: samples.map(({ at }) => Date.parse(at)),
    rounds: samples.map(({ round }) => round),
    lines: followed(samples, lines).map((n) => {
      const places = samples.map(({ ranks }) => Math.min(ranks.find(([idea]) => idea === n)?.[1] ?? out, out));
      return { n, places, path: pathOf(places) };
    }),
    lanes,
    marks,
    ends: samples.flatMap(({ round }, i) => (samples[i + 1]?.round === round ? [] : [i / end])),
  };
}

/** Between which samples a moment lies. @param {Film} film @param {number} x from 0 to 1 @returns {[number, number]} the earlier, and how far from it */
function between({ times }, x) {
  const at = Math.min(Math.max(x, 0), 1) * (times.length - 1);
  const i = Math.min(Math.floor(at), times.length - 2);
  return [i, at - i];
}

/** Where each line is: on its path. @param {Film} film @param {number} x from 0 to 1 @returns {number[]} */
export function placesAt(film, x) {
  const [i, part] = between(film, x);
  const eased = part * part * (3 - 2 * part);
  return film.lines.map(({ places }) => places[i] + (places[i + 1] - places[i]) * eased);
}

/** @param {Film} film @param {number} x from 0 to 1 @returns {{at: number, round: number}} milliseconds since 1970 */
export function momentAt(film, x) {
  const [i, part] = between(film, x);
  return { at: film.times[i] + (film.times[i + 1] - film.times[i]) * part, round: film.rounds[part > 0 ? i + 1 : i] };
}
