// Tells, while one is here, what happens to own ideas and to those that are followed: each by
// itself, now and then as a summary, or not at all.
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { remember, remembered } from "../lib/storage.js";
import { effect, signal } from "../view.js";
import { confirmed } from "./board.js";
import { on } from "./session.js";
import { caredFor, hangsOn } from "./since.js";
import { tellDone } from "./toast.js";

/** @import { Board, Idea } from "../../types/model.js" */

export const UPDATES = /** @type {const} */ (["summary", "each", "off"]);
/** @typedef {typeof UPDATES[number]} Updates */

export const updates = signal(/** @type {Updates} */ (UPDATES.find((one) => one === remembered("updates")) ?? "summary"));

const SUMMARY_MS = 60_000;

/** @param {Updates} next */
export function chooseUpdates(next) {
  updates.value = next;
  remember("updates", next);
}

let slug = "";
let seen = new Set(/** @type {number[]} */ ([])); // ideas that everybody could read already
let answered = new Map(/** @type {[number, number][]} */ ([])); // idea → how often the organiser has answered it
let count = 0; // of what the next summary tells
/** @type {any} */
let timer = null;

function tellSummary() {
  timer = null;
  if (count > 0) tellDone(t("update.summary", { n: count }));
  count = 0;
}

/** @param {Board} board @param {Idea[]} replies */
function tell(board, replies) {
  if (replies.length === 0 || updates.value === "off") return;
  if (updates.value === "each") {
    const [reply] = replies;
    const to = board.me.own.includes(reply.parent ?? 0) ? "update.reply" : "update.followed";
    tellDone(t(to, { n: String(reply.parent) }), { href: ideaPath(board.slug, reply.n), label: t("update.see") });
    return;
  }
  count += replies.length;
  timer ??= setTimeout(tellSummary, SUMMARY_MS);
}

/** What the organiser answers to an idea that one cares for is told at once: there are few. @param {Board} board @param {Idea[]} ideas */
function tellAnswers(board, ideas) {
  const cared = caredFor(board);
  for (const { n, followup } of ideas) {
    const last = followup.at(-1);
    if (last && cared.has(n) && followup.length > (answered.get(n) ?? 0) && updates.value !== "off") {
      tellDone(t("update.status", { n: String(n), status: t(`status.${last.status}`) }), { href: ideaPath(board.slug, n), label: t("update.see") });
    }
    answered.set(n, followup.length);
  }
}

export function watchUpdates() {
  effect(() => {
    const known = confirmed.value;
    if (!known || known.slug === slug) return;
    slug = known.slug;
    seen = new Set([...known.ideas.values()].filter(({ state }) => state === "shown").map(({ n }) => n));
    answered = new Map([...known.ideas.values()].map(({ n, followup }) => [n, followup.length]));
    count = 0;
    clearTimeout(timer);
    timer = null;
  });
  on("notification", ({ method, params }) => {
    const known = confirmed.peek();
    if (method !== "board.events" || !known || params.board !== slug) return;
    const ideas = params.events.flatMap((/** @type {any} */ { type, idea }) => (type === "idea" && idea.state === "shown" && !seen.has(idea.n) ? [idea] : []));
    tellAnswers(known, params.events.flatMap((/** @type {any} */ { type, idea }) => (type === "idea" ? [idea] : [])));
    const cared = caredFor(known);
    const others = ideas.filter((/** @type {Idea} */ { n, author }) => !known.me.own.includes(n) && author?.n !== known.me.person);
    for (const { n } of ideas) seen.add(n);
    tell(known, others.filter((/** @type {Idea} */ idea) => hangsOn(idea, cared)));
  });
}
