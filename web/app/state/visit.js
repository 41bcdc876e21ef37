// When this device was last on a board, and what it cared for there.
import { pageStorage, remember, remembered } from "../lib/storage.js";
import { readJson, writeJson } from "../net/storage.js";
import { effect, signal } from "../view.js";
import { catchUp, confirmed } from "./board.js";
import { client } from "./session.js";
import { visitOf } from "./since.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Visit } from "./since.js" */

/** The visit before this one; null: the first, or its news has been read. */
export const lastVisit = signal(/** @type {Visit | null} */ (null));

let slug = "";
/** @type {Board | null} */
let seen = null;

const KEPT = "pinson.since."; // of this tab: a reload is no new visit

/** What is true now is what the next visit is compared with. */
function keep() {
  catchUp();
  if (seen) remember(`visit.${seen.slug}`, visitOf(seen, client.now()));
}

/** @param {string} board */
function enter(board) {
  slug = board;
  const kept = readJson(pageStorage, KEPT + board) ?? remembered(`visit.${board}`);
  lastVisit.value = kept;
  if (kept) writeJson(pageStorage, KEPT + board, kept);
}

export function markRead() {
  const known = confirmed.peek();
  if (known) writeJson(pageStorage, KEPT + slug, visitOf(known, client.now()));
  lastVisit.value = null;
}

export function watchVisits() {
  effect(() => {
    const known = confirmed.value;
    if (seen && seen.slug !== known?.slug) remember(`visit.${seen.slug}`, visitOf(seen, client.now()));
    seen = known;
    if (known && known.slug !== slug) enter(known.slug);
  });
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}
