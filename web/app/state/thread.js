// A whole thread as an outline: the root, and under each idea what hangs on it. Pure.
import { GONE } from "./select.js";

/** @import { Board, Idea } from "../../types/model.js" */
/** @typedef {{idea: Idea, children: Branch[]}} Branch */

const THREAD_MAX = 400; // ideas; more would be no outline

/**
 * @param {Board} board @param {Idea} idea any of the thread
 * @returns {{root: Branch, count: number, cut: boolean} | null} null when its root is not known
 */
export function threadOf(board, idea) {
  const root = board.ideas.get(idea.root);
  if (!root) return null;
  /** @type {Map<number, Idea[]>} */
  const children = new Map();
  for (const one of board.ideas.values()) {
    if (one.root === root.n && one.parent != null) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  }
  // What was taken away keeps its place where something hangs on it.
  const stays = (/** @type {Idea} */ { n, state }) => !GONE.has(state) || children.has(n);
  let count = 0;
  let cut = false;
  /** @param {Idea} at @returns {Branch} */
  const branch = (at) => {
    count++;
    const below = (children.get(at.n) ?? []).filter(stays).sort((a, b) => a.n - b.n);
    const shown = below.flatMap((one) => (count < THREAD_MAX ? [branch(one)] : []));
    cut ||= shown.length < below.length;
    return { idea: at, children: shown };
  };
  const grown = branch(root);
  return { root: grown, count, cut };
}
