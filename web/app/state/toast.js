// One short message at the foot of the screen, also said aloud. What went well leaves by
// itself; a refusal stays until it has been read.
import { say } from "../lib/announce.js";
import { sentence } from "../lib/i18n.js";
import { signal } from "../view.js";

/** @typedef {{text: string, kind: "done" | "refused", href?: string, label?: string}} Toast */

export const toast = signal(/** @type {Toast | null} */ (null));

const STAY_MS = 8_000;

/** @param {Toast} next */
function show(next) {
  toast.value = next;
  say(next.text);
  if (next.kind === "refused") return;
  setTimeout(() => {
    if (toast.value === next) toast.value = null;
  }, STAY_MS);
}

/** @param {string} text @param {{href?: string, label?: string}} [link] where it leads */
export const tellDone = (text, link = {}) => show({ text, kind: "done", ...link });

/** @param {any} refusal */
export const tellRefused = (refusal) => show({ text: sentence(refusal), kind: "refused" });

export function closeToast() {
  toast.value = null;
}
