// One short message at the foot of the screen, also said aloud. What went well leaves by
// itself; a refusal stays until it has been read. What can be undone says so for ten seconds.
import { say } from "../lib/announce.js";
import { sentence } from "../lib/i18n.js";
import { signal } from "../view.js";

/** @typedef {{text: string, kind: "done" | "refused", href?: string, label?: string, undo?: () => void}} Toast */

export const toast = signal(/** @type {Toast | null} */ (null));

const STAY_MS = 8_000;
const UNDO_MS = 10_000;

/** What waits to be sent, until nobody can undo it any more. @type {{send: () => unknown, timer: any} | null} */
let waiting = null;

/** @param {Toast} next @param {number} [stay] */
function show(next, stay = STAY_MS) {
  toast.value = next;
  say(next.text);
  if (next.kind === "refused") return;
  setTimeout(() => {
    if (toast.value === next) toast.value = null;
  }, stay);
}

/** Sends at once what waits for its ten seconds. */
export function sendWaiting() {
  if (!waiting) return;
  const { send, timer } = waiting;
  waiting = null;
  clearTimeout(timer);
  send();
}

/**
 * @param {string} text
 * @param {() => void} undo
 * @param {() => unknown} [send] what is only done when the time to undo it is over, or the page goes
 */
export function offerUndo(text, undo, send) {
  sendWaiting();
  if (send) waiting = { send, timer: setTimeout(sendWaiting, UNDO_MS) };
  const run = () => {
    if (send && waiting?.send !== send) return; // it has gone
    if (send) clearTimeout(waiting?.timer);
    if (send) waiting = null;
    closeToast();
    undo();
  };
  show({ text, kind: "done", undo: run }, UNDO_MS);
}

globalThis.addEventListener?.("pagehide", sendWaiting);

/** @param {string} text @param {{href?: string, label?: string}} [link] where it leads */
export const tellDone = (text, link = {}) => show({ text, kind: "done", ...link });

/** @param {any} refusal */
export const tellRefused = (refusal) => show({ text: sentence(refusal), kind: "refused" });

export function closeToast() {
  toast.value = null;
}
