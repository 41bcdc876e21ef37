// What happened when: columns over time. Pure: spans → places in a box of 100 × 30, and at most
// so many rows of a table.

/** @typedef {[number, number, number]} Span people, ideas, opinions */
/** @typedef {{x: number, y: number, width: number, height: number}} Column */
/** @typedef {{at: number, sums: Span}} Row */

export const BOX = { width: 100, height: 30 };
const ROWS = 12;

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;

/** @param {Span[]} spans @param {number} which @returns {Column[]} */
export function columnsOf(spans, which) {
  const most = Math.max(1, ...spans.map((span) => span[which]));
  const step = BOX.width / Math.max(spans.length, 12); // few columns stay narrow
  return spans.flatMap((span, i) => {
    const height = (span[which] / most) * BOX.height;
    return height === 0 ? [] : [{ x: round(i * step), y: round(BOX.height - height), width: round(step * 0.8), height: round(height) }];
  });
}

/** Neighbours together, until there are few. @param {Span[]} spans @param {number} begin @param {number} stepMs @returns {Row[]} */
export function rowsOf(spans, begin, stepMs) {
  const each = Math.max(1, Math.ceil(spans.length / ROWS));
  return Array.from({ length: Math.ceil(spans.length / each) }, (_, i) => {
    const part = spans.slice(i * each, (i + 1) * each);
    const sum = (/** @type {number} */ which) => part.reduce((total, span) => total + span[which], 0);
    return { at: begin + i * each * stepMs, sums: /** @type {Span} */ ([sum(0), sum(1), sum(2)]) };
  });
}
