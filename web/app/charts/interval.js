// A share and how far it can be trusted, on a scale from 0 to 100. Pure.

/** @import { Ranked } from "../../types/model.js" */
/** @typedef {{low: number, high: number, share: number, line: number | null}} Interval */

/**
 * @param {Pick<Ranked, "agree" | "judged" | "low" | "high">} idea low and high in ten-thousandths
 * @param {number | null} linePpm where the line is, in millionths
 * @returns {Interval}
 */
export function intervalOf({ agree, judged, low, high }, linePpm) {
  const share = judged > 0 ? (agree * 100) / judged : 0;
  return { low: low / 100, high: high / 100, share, line: linePpm == null ? null : linePpm / 10_000 };
}
