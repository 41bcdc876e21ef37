// A device of staff on which people take part one after the other. Nothing of one is left for
// the next: what they write is kept in memory alone, and when they have done the page is begun
// anew. Only a link or a code of staff ends it, so that what it takes is theirs, not a secret
// of the device.
import { effect, signal } from "../view.js";
import { becomeKiosk, endKiosk, kioskOf } from "../lib/storage.js";
import { boardPath, keepIn, kioskPath } from "../lib/router.js";
import { t } from "../lib/i18n.js";
import { client, connection } from "./session.js";
import { tellDone } from "./toast.js";

const STAFF = new Set(["moderator", "lead", "admin"]);
const IDLE_MS = 60_000;
const WARN_MS = 20_000; // of them, with a warning on screen

/** Somebody is here with their ticket. */
export const present = signal(false);

/** @typedef {"choose" | "write" | "judge"} Doing */

/** What they are doing. */
export const doing = signal(/** @type {Doing} */ ("choose"));

/** @param {Doing} what */
export function choose(what) {
  doing.value = what;
}

/** They have done, and what they sent last is on its way. */
export const leaving = signal(false);

/** Seconds until the page is begun anew; 0: no need to say so. */
export const remaining = signal(0);

let lastSign = Date.now();

/** A sign of life. */
export function stay() {
  lastSign = Date.now();
  remaining.value = 0;
}

/** @param {string} slug @param {string} [fault] why, for the next to read */
const beginAnew = (slug, fault) => location.replace(kioskPath(slug) + (fault ? `?fault=${fault}` : ""));

/** The device forgets whose it was. @param {string} slug */
export async function start(slug) {
  await fetch("/api/session", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ token: null }) }).catch(() => {});
  client.close();
  becomeKiosk(slug);
  beginAnew(slug);
}

/** Everything of this person goes, once all that they sent has arrived. */
export function leave() {
  leaving.value = true;
}

/** What a link or a code has opened: a ticket's person, or staff. @param {string | null} board that it was for */
async function onOpened(board) {
  const { snapshot } = await client.request("board.join", { board: kioskOf });
  if (snapshot.me.roles.some((/** @type {string} */ role) => STAFF.has(role))) {
    endKiosk(client.token ?? "");
    location.replace(boardPath(kioskOf));
  } else if (board === kioskOf) {
    stay();
    doing.value = "choose";
    present.value = true;
  } else {
    beginAnew(kioskOf, "other");
  }
}

/** As it is typed, or as a scanner types what it reads of a slip. @param {string} typed @returns {Promise<void>} rejects with a Refusal */
export async function enterCode(typed) {
  const [, link] = typed.split("invite=");
  const { board } = await client.redeem(link?.trim() ?? typed.replace(/\D/g, ""));
  await onOpened(board);
}

/** Whether there is such a place on a kiosk; then one is there. @param {string} href */
function leads(href) {
  const { pathname, searchParams } = new URL(href, location.href);
  if (pathname === kioskPath(kioskOf)) return true;
  const judges = searchParams.get("mode") === "judge";
  if (pathname !== boardPath(kioskOf) || (searchParams.get("mode") && !judges)) return false;
  doing.value = judges ? "judge" : searchParams.get("write") ? "write" : "choose";
  return true;
}

/** Where an address leads on a kiosk; "": to no other page. @param {string} href */
const through = (href) => (leads(href) && new URL(href, location.href).pathname === kioskPath(kioskOf) ? href : "");

/** No link leads out, which is said to whoever tries. @param {Event} event */
function onClick(event) {
  const link = /** @type {Element} */ (event.target).closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  event.stopPropagation();
  if (link.origin !== location.origin || !leads(link.pathname + link.search)) tellDone(t("kiosk.noLinks"));
}

function look() {
  if (!present.value || leaving.value) return;
  const left = lastSign + IDLE_MS - Date.now();
  remaining.value = left < WARN_MS ? Math.max(1, Math.ceil(left / 1000)) : 0;
  if (left <= 0) leave();
}

/** @param {boolean} invited the page was opened by a link */
export function watchKiosk(invited) {
  keepIn(through);
  if (invited) client.addEventListener("session", (event) => onOpened(/** @type {CustomEvent} */ (event).detail.board), { once: true });
  document.addEventListener("click", onClick, true);
  for (const sign of ["pointerdown", "keydown", "input", "wheel"]) document.addEventListener(sign, stay, { capture: true, passive: true });
  setInterval(look, 1_000);
  effect(() => {
    if (leaving.value && connection.value.outbox === 0) beginAnew(kioskOf);
  });
}
