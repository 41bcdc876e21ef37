// What is said aloud to those who listen to the page: one polite region, at most one message
// every so often, the newest winning. Lists are never live regions.

const PAUSE_MS = 1_000;
let last = 0;
let pending = "";
/** @type {any} */
let timer = null;

/** @param {string} message */
export function say(message) {
  pending = message;
  clearTimeout(timer);
  timer = setTimeout(tell, Math.max(100, last + PAUSE_MS - Date.now()));
}

function tell() {
  last = Date.now();
  const region = document.getElementById("status");
  if (region) region.textContent = pending;
}

const SUMMARY_MS = 20_000;
let lastSummary = 0;

/** For what happens by itself: at most one every twenty seconds. @param {string} message */
export function saySummary(message) {
  if (Date.now() - lastSummary < SUMMARY_MS) return;
  lastSummary = Date.now();
  say(message);
}
