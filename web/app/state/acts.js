// What a person does on a board. Each shows at once, is kept until the server has it, and is
// taken back with a sentence if the server refuses.
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { say } from "../lib/announce.js";
import { effect, signal } from "../view.js";
import { ballotsOnTheirWay, confirmed, learn, learnIdeas } from "./board.js";
import { withMe } from "./apply.js";
import { ensurePerson } from "./identity.js";
import { currentRound, isOver } from "./select.js";
import { client } from "./session.js";
import { tellDone, tellRefused } from "./toast.js";

/** @import { Board, Choice, Idea, Relation } from "../../types/model.js" */
/**
 * @typedef {object} Outgoing a text on its way
 * @property {string} op
 * @property {string} board
 * @property {string} text
 * @property {number | null} parent
 * @property {Relation | null} relation
 * @property {any} refusal
 */

/** Texts on their way, or refused and not yet taken back. */
export const outgoing = signal(/** @type {Outgoing[]} */ ([]));

/** Ideas on which a ballot of this visit was acknowledged. */
export const recorded = signal(/** @type {Set<number>} */ (new Set()));

/** Ballots that came after the end, and were not counted: idea → what was pressed. */
export const late = signal(/** @type {Map<number, Choice | null>} */ (new Map()));

let slug = "";
/** @type {number | null} */
let person = null;

// Numbers mean something on one board, to one person.
effect(() => {
  const known = confirmed.value;
  const now = known?.me.person ?? null;
  if ((known?.slug ?? "") !== slug || (person != null && now == null)) {
    recorded.value = new Set();
    late.value = new Map();
  }
  slug = known?.slug ?? "";
  person = now;
});

/** It came after the end, and not during a pause. @param {any} refusal */
const isLate = (refusal) => refusal.name === "too-late" || (refusal.name === "not-allowed-now" && confirmed.value != null && isOver(currentRound(confirmed.value)));

/** The first act made this person: asks under which name. @param {string} board */
export function meet(board) {
  if (confirmed.value?.slug === board && confirmed.value.me.person == null) client.refresh(board);
}

const slugNow = () => confirmed.value?.slug ?? "";

/**
 * @param {{text: string, theme?: string, parent?: number, with?: number, relation?: Relation, op?: string}} draft
 *   its op tells when it was begun
 * @returns {Promise<boolean>} whether it was sent off: then the composer may be emptied
 */
export async function post({ text, theme, parent, with: crossing, relation, op = client.newOp() }) {
  if (!(await ensurePerson())) return false;
  const board = slugNow();
  const common = { board, text, ...(theme && { theme }) };
  outgoing.value = [...outgoing.value, { op, board, text, parent: parent ?? null, relation: relation ?? null, refusal: null }];

  const answer = parent
    ? client.act("idea.build", { ...common, parent, relation, ...(crossing && { with: crossing }) }, { op })
    : client.act("idea.post", common, { op });
  answer.then((result) => onPosted(op, board, result), (refusal) => onPostRefused(op, refusal));
  return true;
}

/** @param {string} op @param {string} board @param {{idea: Idea | number}} result */
function onPosted(op, board, { idea }) {
  takeBack(op);
  meet(board);
  const n = typeof idea === "number" ? idea : idea.n;
  if (slugNow() === board) {
    learnIdeas([idea]);
    learn((known) => withMe(known, { own: [n] }));
  }
  tellDone(t("post.recorded", { n: String(n) }), { href: ideaPath(board, n), label: t("post.see") });
}

/** @param {string} op @param {any} refusal */
function onPostRefused(op, refusal) {
  outgoing.value = outgoing.value.map((text) => (text.op === op ? { ...text, refusal } : text));
  tellRefused(refusal);
}

/** @param {string} op */
export function takeBack(op) {
  outgoing.value = outgoing.value.filter((text) => text.op !== op);
}

/**
 * Gives, changes or withdraws (null) a ballot.
 * @param {number} idea @param {Choice | null} choice
 * @returns {Promise<boolean>} whether it was recorded
 */
export async function vote(idea, choice) {
  if (!(await ensurePerson())) return false;
  const board = slugNow();
  const op = client.newOp();
  ballotsOnTheirWay.value = new Map(ballotsOnTheirWay.value).set(idea, { op, choice });
  setRecorded(idea, false);
  setLate(idea, undefined);
  try {
    if (choice) await client.act("vote.cast", { board, idea, choice }, { op });
    else await client.act("vote.withdraw", { board, idea }, { op });
  } catch (refusal) {
    settle(idea, op);
    if (slugNow() === board && isLate(refusal)) setLate(idea, choice);
    tellRefused(refusal);
    return false;
  }
  if (slugNow() === board) learn((known) => withMe(known, { ballots: { [idea]: choice } }));
  meet(board);
  if (settle(idea, op) && slugNow() === board) {
    setRecorded(idea, true);
    say(t(choice ? "ballot.recorded" : "ballot.withdrawn"));
  }
  return true;
}

/** Takes a ballot off its way, unless a later one followed it. @param {number} idea @param {string} op */
function settle(idea, op) {
  if (ballotsOnTheirWay.value.get(idea)?.op !== op) return false;
  const rest = new Map(ballotsOnTheirWay.value);
  rest.delete(idea);
  ballotsOnTheirWay.value = rest;
  return true;
}

/** @param {number} idea @param {boolean} is */
function setRecorded(idea, is) {
  const all = new Set(recorded.value);
  if (is) all.add(idea);
  else all.delete(idea);
  recorded.value = all;
}

/** @param {number} idea @param {Choice | null | undefined} choice undefined: it is not late */
function setLate(idea, choice) {
  if (choice === undefined && !late.value.has(idea)) return;
  const all = new Map(late.value);
  if (choice === undefined) all.delete(idea);
  else all.set(idea, choice);
  late.value = all;
}

/** Wants to hear of an idea, or no more. @param {number} idea @param {boolean} on */
export async function follow(idea, on) {
  if (!(await ensurePerson())) return;
  const board = slugNow();
  const to = (/** @type {boolean} */ wanted) => learn((known) => {
    const others = known.me.follows.filter((n) => n !== idea);
    return withMe(known, { follows: wanted ? [...others, idea] : others });
  });
  to(on);
  try {
    await client.act("idea.follow", { board, idea, on });
    meet(board);
    say(t(on ? "follow.on" : "follow.off"));
  } catch (refusal) {
    if (slugNow() === board) to(!on);
    tellRefused(refusal);
  }
}

/** Says to have finished the present round; one may go on all the same. @param {Board} board */
export async function finish({ slug: board, round }) {
  if (!(await ensurePerson())) return;
  try {
    await client.act("person.done", { board, round });
    if (slugNow() === board) learn((known) => withMe(known, { done: round }));
    meet(board);
    tellDone(t("final.finished"));
  } catch (refusal) {
    tellRefused(refusal);
  }
}

/** Says to which of the board's groups one belongs: once, and never shown by person. @param {string[]} groups @returns {Promise<boolean>} */
export async function declare(groups) {
  if (!(await ensurePerson())) return false;
  const board = slugNow();
  try {
    await client.act("person.declare", { board, groups });
    if (slugNow() === board) learn((known) => withMe(known, { declared: true }));
    tellDone(t("groups.recorded"));
    return true;
  } catch (refusal) {
    tellRefused(refusal);
    return false;
  }
}
