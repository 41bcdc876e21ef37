// Gestures that the server has not acknowledged yet, and the ballots that it has. Each gesture
// keeps its op, so that sending it again is always safe; both outlive the page.
import { namesWith, readJson, writeJson } from "./storage.js";

/** @import { Store } from "./storage.js" */
/** @typedef {{op: string, method: string, params: Record<string, any>, sent: boolean, kept?: number}} Gesture kept: since when, by this device's clock */
/** @typedef {{epoch: string | null, ideas: Record<string, {op: string, method: string, params: Record<string, any>}>}} Held */

const OUTBOX = "pinson.outbox.";
const HELD = "pinson.held.";
const KEEP_MS = 24 * 3600 * 1000;
const HELD_MAX = 500;

export class Outbox {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Map<string, Gesture>} */
    this.gestures = new Map();
  }

  get size() {
    return this.gestures.size;
  }

  /** Takes up what a page before this one left unanswered. @param {number} now milliseconds by this device's clock, which may be far from the server's */
  restore(now) {
    for (const name of namesWith(this.store, OUTBOX)) {
      const gesture = readJson(this.store, name);
      if (gesture?.op && now - (gesture.kept ?? now) < KEEP_MS) this.gestures.set(gesture.op, gesture);
      else this.store.removeItem(name);
    }
  }

  /** @param {Gesture} gesture @param {number} now milliseconds by this device's clock */
  put(gesture, now) {
    gesture.kept = now;
    this.gestures.set(gesture.op, gesture);
    writeJson(this.store, OUTBOX + gesture.op, gesture);
  }

  /** @param {Gesture} gesture */
  markSent(gesture) {
    if (gesture.sent) return;
    gesture.sent = true;
    writeJson(this.store, OUTBOX + gesture.op, gesture);
  }

  /** @param {string} op */
  remove(op) {
    this.gestures.delete(op);
    this.store.removeItem(OUTBOX + op);
  }

  /** Keeps the last acknowledged ballot on an idea. @param {Gesture} gesture @param {string | null} epoch */
  hold(gesture, epoch) {
    const { board, idea } = gesture.params;
    const held = this.held(board);
    held.epoch = epoch;
    delete held.ideas[idea]; // the newest goes last, so that the oldest are the first to leave
    held.ideas[idea] = { op: gesture.op, method: gesture.method, params: gesture.params };
    const ideas = Object.entries(held.ideas).sort(([, a], [, b]) => (a.op < b.op ? -1 : 1));
    held.ideas = Object.fromEntries(ideas.slice(-HELD_MAX));
    writeJson(this.store, HELD + board, held);
  }

  /** @param {string} board @returns {Held} */
  held(board) {
    return readJson(this.store, HELD + board) ?? { epoch: null, ideas: {} };
  }

  /**
   * The held ballots, in the order in which they were given, if the board's history is no
   * longer the one in which they were acknowledged.
   * @param {string} board @param {string} epoch @returns {Gesture[]}
   */
  takeLost(board, epoch) {
    const held = this.held(board);
    if (!held.epoch || held.epoch === epoch) return [];
    writeJson(this.store, HELD + board, { epoch, ideas: held.ideas });
    return Object.values(held.ideas)
      .sort((a, b) => (a.op < b.op ? -1 : 1))
      .map((ballot) => ({ ...ballot, sent: false }));
  }

  /** Another person now: what the former one held is not theirs to offer. @param {string} [board] everywhere, unless named */
  forgetHeld(board = "") {
    for (const name of namesWith(this.store, HELD)) if (!board || name === HELD + board) this.store.removeItem(name);
  }
}
