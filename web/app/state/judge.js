// Judging one idea at a time. The next two ideas are always here, and no more, so that the
// answer to one never waits for the network and what is served is what the round needs now.
import { batch, effect, signal, untracked } from "../view.js";
import { pageStorage } from "../lib/storage.js";
import { readJson, writeJson } from "../net/storage.js";
import { meet, vote } from "./acts.js";
import { confirmed, learnIdeas } from "./board.js";
import { ensurePerson } from "./identity.js";
import { currentRound, isCandidate } from "./select.js";
import { client } from "./session.js";
import { tellRefused } from "./toast.js";

/** @import { Board, Choice, Idea } from "../../types/model.js" */

const AHEAD = 2;

/** The idea to judge now, then those that follow. */
export const queue = signal(/** @type {Idea[]} */ ([]));

/** Servings that the server would still give beyond the queue. */
export const left = signal(0);

/** Answers of this visit, the latest last; null is "later". */
export const given = signal(/** @type {{idea: Idea, choice: Choice | null}[]} */ ([]));

/** Ideas put aside for later, when nothing else is left. */
export const parked = signal(/** @type {Idea[]} */ ([]));

/** idle: not begun · open: judging · over: nothing left to read */
export const stage = signal(/** @type {"idle" | "open" | "over"} */ ("idle"));

/** @type {Set<Promise<unknown>>} */
const sending = new Set();
let slug = "";
let asking = false;
let dry = false;
let phase = ""; // of which round the queue is

/** Refusals that the screen explains by itself: the round has just ended or paused. */
const ENDED = new Set(["not-allowed-now", "too-late", "not-open"]);

const KEPT = "pinson.queue.";

// What was served and not answered is still this person's to read after a reload.
effect(() => {
  const numbers = queue.value.map(({ n }) => n);
  if (slug && stage.value !== "idle") writeJson(pageStorage, KEPT + slug, numbers);
});

/** Ideas of before a reload that are still to be judged. @returns {Idea[]} */
function keptQueue() {
  const board = confirmed.value;
  const kept = /** @type {number[]} */ (readJson(pageStorage, KEPT + slug) ?? []);
  return kept.flatMap((n) => {
    const idea = board?.ideas.get(n);
    return board && idea && isCandidate(board, idea) && !board.me.ballots[n] ? [idea] : [];
  });
}

// What is hidden, merged, or out of the round leaves the queue at once; another round begins
// with an empty one.
effect(() => {
  const known = confirmed.value;
  if (known && known.slug === slug) untracked(() => followBoard(known));
});

/** @param {Board} known */
const phaseOf = (known) => `${known.round}.${currentRound(known)?.reopenings ?? 0}`;

let wasKnown = false;

/** @param {Board} known */
function followBoard(known) {
  const isKnown = known.me.person != null;
  const gone = wasKnown && !isKnown; // erased: somebody else begins anew
  wasKnown = isKnown;
  if (gone || phase !== phaseOf(known)) return forget(known);
  const stays = (/** @type {Idea} */ { n }) => {
    const now = known.ideas.get(n);
    return !now || isCandidate(known, now);
  };
  if (!parked.value.every(stays)) parked.value = parked.value.filter(stays);
  if (queue.value.every(stays)) return undefined;
  queue.value = queue.value.filter(stays);
  dry = false;
  return ask();
}

/** Forgets the queue of another board. @param {string} board */
export function enterJudging(board) {
  if (slug === board) return;
  slug = board;
  forget(confirmed.value);
}

/** @param {Board | null} known */
function forget(known) {
  phase = known ? phaseOf(known) : "";
  asking = false;
  batch(() => {
    queue.value = [];
    given.value = [];
    parked.value = [];
    left.value = 0;
    stage.value = "idle";
  });
}

export async function startJudging() {
  if (!(await ensurePerson())) return;
  dry = false;
  const kept = queue.value.length === 0 && parked.value.length === 0 ? keptQueue() : [];
  batch(() => {
    stage.value = "open";
    queue.value = [...kept, ...queue.value, ...parked.value];
    given.value = given.value.filter(({ idea }) => !parked.value.includes(idea));
    parked.value = [];
  });
  await ask();
}

/** Asks for what the queue lacks. */
async function ask() {
  const count = AHEAD + 1 - queue.value.length;
  if (asking || dry || stage.value !== "open" || count <= 0) return;
  asking = true;
  const board = slug;
  const here = phase;
  const isHere = () => board === slug && here === phase;
  // With nothing left to show, an answer under way could be served again.
  if (queue.value.length === 0) await Promise.allSettled(sending);
  try {
    const served = await client.act("judge.next", { board, count }, { transient: true });
    if (isHere()) onServed(served);
    meet(board);
  } catch (refusal) {
    if (isHere()) stage.value = "over";
    if (!ENDED.has(refusal.name)) tellRefused(refusal);
  } finally {
    if (isHere()) asking = false;
  }
  if (isHere()) await ask(); // answers were given in the meantime
}

/** @param {{ideas: Idea[], left: number}} served */
function onServed(served) {
  const here = new Set(queue.value.map(({ n }) => n));
  const said = new Map(given.value.map(({ idea, choice }) => [idea.n, choice]));
  const fresh = served.ideas.filter(({ n }) => !here.has(n) && !said.has(n));
  learnIdeas(served.ideas.filter(({ n }) => !confirmed.value?.ideas.has(n)));
  batch(() => {
    left.value = served.left ?? 0;
    queue.value = [...queue.value, ...fresh];
    dry = fresh.length === 0;
    if (queue.value.length > 0) return;
    parked.value = served.ideas.filter(({ n }) => said.get(n) === null);
    stage.value = "over";
  });
}

/** @param {Choice | null} choice null: later */
export function answer(choice) {
  const [idea, ...rest] = queue.value;
  if (!idea) return;
  const sent = choice ? vote(idea.n, choice) : skip(idea.n);
  sending.add(sent);
  sent.then((recorded) => {
    sending.delete(sent);
    if (!recorded) given.value = given.value.filter((one) => one.idea !== idea);
  });
  batch(() => {
    queue.value = rest;
    given.value = [...given.value, { idea, choice }];
  });
  if (rest.length === 0) dry = false;
  ask();
}

/** @param {number} idea */
async function skip(idea) {
  try {
    await client.act("judge.skip", { board: slug, idea }, { transient: true });
    return true;
  } catch (refusal) {
    tellRefused(refusal);
    return false;
  }
}

/** Puts the last idea back in front, and takes back what was said of it. */
export function undo() {
  const last = given.value.at(-1);
  if (!last) return;
  batch(() => {
    given.value = given.value.slice(0, -1);
    queue.value = [last.idea, ...queue.value.filter(({ n }) => n !== last.idea.n)];
    stage.value = "open";
  });
  if (last.choice) vote(last.idea.n, null);
}
