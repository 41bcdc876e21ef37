// What a moderator does: one case after the other, each decision undone within ten seconds.
// Nothing of it is kept beyond the page: what was meant for now is not sent hours later.
import { t } from "../lib/i18n.js";
import { effect, signal, untracked } from "../view.js";
import { board } from "./board.js";
import { client } from "./session.js";
import { offerUndo, tellDone, tellRefused } from "./toast.js";

/** @import { Board, Case, Idea, ReportOf, Subject, Waiting } from "../../types/model.js" */
/** @typedef {{idea: number} | {person: number}} Place */
/** @typedef {{slug: string, stage: "asking" | "open" | "empty", case: Case | null, similar: {idea: Idea, likeness: number}[]}} Desk */

export const desk = signal(/** @type {Desk} */ ({ slug: "", stage: "asking", case: null, similar: [] }));

/** Cases of this visit, for a step back. @type {Place[]} */
let past = [];

/** @param {Waiting | undefined} waiting */
export const countOf = (waiting) => Object.values(waiting ?? {}).reduce((sum, n) => sum + n, 0);

const slugNow = () => board.peek()?.slug ?? "";

/** @param {Case | null} at @returns {Place | null} */
export function placeOf(at) {
  if (!at) return null;
  return at.idea ? { idea: at.idea.n } : { person: /** @type {Subject} */ (at.person).n };
}

/**
 * @param {string} method @param {object} params
 * @param {string} [slug] the board; what is sent later is of the board that it was decided on
 * @returns {Promise<any>} null: it was refused, and said
 */
export async function ask(method, params, slug = slugNow()) {
  try {
    return await client.act(method, { board: slug, ...params }, { transient: true });
  } catch (refusal) {
    tellRefused(refusal);
    return null;
  }
}

/** Asks without changing anything. @param {string} method @param {object} params @returns {Promise<any>} */
export async function look(method, params) {
  try {
    return await client.request(method, { board: slugNow(), ...params });
  } catch (refusal) {
    tellRefused(refusal);
    return null;
  }
}

/** @param {object} params */
async function take(params) {
  const slug = slugNow();
  desk.value = { ...desk.value, slug, stage: desk.value.case && desk.value.slug === slug ? "open" : "asking" };
  const answer = await ask("mod.next", params);
  if (slugNow() !== slug) return;
  if (answer) desk.value = { slug, stage: answer.case ? "open" : "empty", case: answer.case, similar: answer.similar ?? [] };
  else if (!desk.value.case) desk.value = { ...desk.value, stage: "empty" };
}

/** Begins with the case that is named, or goes on where one was. @param {string} slug @param {number} idea 0: none is named */
export function sitDown(slug, idea) {
  if (desk.peek().slug === slug && !idea) return;
  past = [];
  desk.value = { slug, stage: "asking", case: null, similar: [] };
  take(idea ? { idea } : {});
}

/** The next case; the present one waits for others. */
export function next() {
  const place = placeOf(desk.value.case);
  if (place) past.push(place);
  take(place ? ("idea" in place ? { after_idea: place.idea } : { after_person: place.person }) : {});
}

/** The case before. */
export function back() {
  const place = past.pop();
  if (place) take(place);
}

/** One case and no other. @param {Place} place */
export const open = (place) => take(place);

/** What was decided leaves the desk, and the next case comes. @param {Place | null} place */
function move(place) {
  if (place) past.push(place);
  desk.value = { ...desk.value, case: null };
  take({});
}

/**
 * Decides, shows the next case, and offers to undo it for ten seconds.
 * @param {{method: string, params: object, said: string, undo?: {method: string, params: object}}} what
 * @returns {Promise<boolean>}
 */
export async function decide({ method, params, said, undo }) {
  const slug = slugNow();
  const place = placeOf(desk.value.case);
  const touched = place && ("idea" in place ? "idea" in params && params.idea === place.idea : "person" in params && params.person === place.person);
  const answer = await ask(method, params, slug);
  if (!answer) {
    if (touched && slugNow() === slug) take(place); // somebody else was faster: as it is now
    return false;
  }
  if (!undo) tellDone(said);
  else {
    offerUndo(said, async () => {
      if (!(await ask(undo.method, undo.params, slug))) return;
      tellDone(t("mod.undone"));
      if (place && touched && slugNow() === slug) take(place);
    });
  }
  if (touched && slugNow() === slug) move(place);
  return true;
}

/** Sends it in ten seconds, unless it is undone: what cannot be taken back afterwards. @param {{method: string, params: object, said: string, giveBack?: () => void}} what giveBack: what was typed, when it is undone */
export function decideSoon({ method, params, said, giveBack }) {
  const slug = slugNow();
  const place = placeOf(desk.value.case);
  const touched = place && "idea" in place && "idea" in params && params.idea === place.idea;
  const undo = () => {
    tellDone(t("mod.notSent"));
    giveBack?.();
  };
  offerUndo(said, undo, () => ask(method, params, slug));
  if (touched) next();
}

/** @param {Idea} idea @param {string} reason @param {string} note */
export const hide = (idea, reason, note) =>
  decide({ method: "mod.hide", params: { idea: idea.n, reason, ...(note && { note }) }, said: t("mod.did.hide", { n: String(idea.n) }), undo: { method: "mod.undo", params: { idea: idea.n } } });

/** It stays, or comes back. @param {Idea} idea */
export function keep(idea) {
  const [method, said] = idea.state === "hidden" ? ["mod.restore", "mod.did.restore"] : ["mod.approve", "mod.did.approve"];
  return decide({ method, params: { idea: idea.n }, said: t(said, { n: String(idea.n) }), undo: { method: "mod.undo", params: { idea: idea.n } } });
}

/** One report, or an appeal; the case stays while others of it are open. @param {Case} at @param {ReportOf} report @param {"uphold" | "dismiss"} action */
export async function resolve(at, report, action) {
  const slug = slugNow();
  if (!(await ask("report.resolve", { report: report.n, action }, slug))) return;
  const place = placeOf(at);
  offerUndo(t(`mod.did.${action}`), async () => {
    if (!(await ask("mod.undo", { report: report.n }, slug))) return;
    tellDone(t("mod.undone"));
    if (place && slugNow() === slug) take(place);
  });
  if (slugNow() !== slug) return;
  const more = at.reports.some(({ n, resolution }) => n !== report.n && resolution === "open");
  if (more && place) take(place);
  else move(place);
}

/** @param {number} into @param {number[]} ideas */
export async function merge(into, ideas) {
  const slug = slugNow();
  const answer = await ask("mod.merge", { into, ideas }, slug);
  if (!answer) return false;
  offerUndo(t("mod.did.merge", { n: String(into) }), async () => {
    for (const idea of ideas) await ask("mod.unmerge", { into, idea }, slug);
    tellDone(t("mod.undone"));
  });
  const place = placeOf(desk.value.case);
  if (place && "idea" in place && ideas.includes(place.idea)) move(null);
  return true;
}

/** Several at once, one after the other as the server takes them. @param {number[]} ideas @param {"mod.hide" | "mod.approve" | "mod.restore"} method @param {object} more @param {(done: number) => void} progress */
export async function many(ideas, method, more, progress) {
  /** @type {number[]} */
  const done = [];
  const slug = slugNow();
  for (const idea of ideas) {
    if (await ask(method, { idea, ...more }, slug)) done.push(idea);
    progress(done.length);
  }
  offerUndo(t("mod.did.many", { n: done.length }), async () => {
    for (const idea of done) await ask("mod.undo", { idea }, slug);
    tellDone(t("mod.undone"));
  });
}

// Something new waits while the desk is empty: it comes by itself.
effect(() => {
  const known = board.value;
  const waits = countOf(known?.moderation?.waiting) > (known?.moderation?.taken.length ?? 0);
  if (known && waits && desk.value.slug === known.slug && desk.value.stage === "empty") untracked(() => take({}));
});
