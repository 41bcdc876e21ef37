// How long a round still lasts, and when to say so. Pure.

/** @import { Round } from "../../types/model.js" */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CLOCK_FROM = 5 * MINUTE; // from here on every second counts

/** Before the end, when those who listen are told: at five minutes, at one, and at the end. */
const WARNINGS = [5 * MINUTE, MINUTE, 0];

/**
 * @param {Round | null} round @param {number} now milliseconds by the server's clock
 * @returns {number | null} null: it ends when the lead ends it
 */
export function msLeft(round, now) {
  if (round?.state !== "open" || !round.closes_at) return null;
  const left = Date.parse(round.closes_at) - now;
  return Number.isFinite(left) ? left : null;
}

/**
 * In which unit, and how many: of seconds there is "4:05", too.
 * @param {number} ms @returns {{unit: "ending" | "seconds" | "minutes" | "hours" | "days", n: number}}
 */
export function inWords(ms) {
  if (ms <= 0) return { unit: "ending", n: 0 };
  if (ms <= CLOCK_FROM) return { unit: "seconds", n: Math.ceil(ms / SECOND) };
  if (ms <= 90 * MINUTE) return { unit: "minutes", n: Math.ceil(ms / MINUTE) };
  if (ms <= 2 * DAY) return { unit: "hours", n: Math.round(ms / HOUR) };
  return { unit: "days", n: Math.round(ms / DAY) };
}

/** 245 → "4:05" @param {number} seconds */
export const asClock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/**
 * The warning that is due when so much was left, and now is so much; the latest if several are.
 * @param {number | null} before @param {number | null} after
 * @returns {number | null} milliseconds before the end
 */
export function warningDue(before, after) {
  if (before == null || after == null) return null;
  return WARNINGS.findLast((at) => before > at && after <= at) ?? null;
}

/** Whether a text begun at that time is still taken although its round has closed. @param {Round | null} closed @param {number} begun @param {number} now @param {number} graceMs */
export function isInGrace(closed, begun, now, graceMs) {
  const at = Date.parse(closed?.closed_at ?? "");
  return begun < at && now <= at + graceMs;
}
