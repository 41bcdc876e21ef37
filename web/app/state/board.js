// The board on screen: what the server has confirmed, with the reader's own unconfirmed
// ballots laid over it.
import { storage } from "../lib/storage.js";
import { batch, computed, signal } from "../view.js";
import { RESYNC, apply, join, withIdeas, withScores } from "./apply.js";
import { client, on } from "./session.js";

/** @import { Board, Choice, Idea, Notification } from "../../types/model.js" */

/** What the server has told, as far as it is on screen. */
export const confirmed = signal(/** @type {Board | null} */ (null));

/** What the server has told: some of it may not be on screen yet. @type {Board | null} */
let latest = null;

const CROWD = new Set(["board.events", "board.scores", "board.presence"]);
const CALM_MS = 200; // a crowd's news come on screen together, at most so often
let shownAt = 0;
/** @type {any} */
let timer = null;

function show() {
  clearTimeout(timer);
  timer = null;
  shownAt = Date.now();
  confirmed.value = latest;
}

/** Puts what waits on screen. */
export function catchUp() {
  if (timer) show();
}

/** What others do may wait a moment; what oneself does never. @param {boolean} waits */
function showSoon(waits) {
  const rest = shownAt + CALM_MS - Date.now();
  if (!waits || rest <= 0) show();
  else timer ??= setTimeout(show, rest);
}

/** Ballots on their way: idea → what was pressed, null for a withdrawal. */
export const ballotsOnTheirWay = signal(/** @type {Map<number, {op: string, choice: Choice | null}>} */ (new Map()));

/** The refusal that met the attempt to open a board. */
export const failure = signal(/** @type {Error | null} */ (null));

export const board = computed(() => {
  const known = confirmed.value;
  const own = ballotsOnTheirWay.value;
  if (!known || own.size === 0) return known;
  const ballots = { ...known.me.ballots };
  for (const [idea, { choice }] of own) {
    if (choice) ballots[idea] = choice;
    else delete ballots[idea];
  }
  return { ...known, me: { ...known.me, ballots } };
});

let wanted = "";
let byCode = false;

/** @param {string} slug */
export async function openBoard(slug) {
  if (wanted === slug) return;
  leaveBoard();
  wanted = slug;
  try {
    await client.join(slug);
    if (wanted !== slug) client.leave(slug); // gone on before it came
  } catch (refusal) {
    if (wanted === slug) failure.value = refusal;
  }
}

export function leaveBoard() {
  if (wanted) client.leave(wanted);
  wanted = "";
  latest = null;
  batch(() => {
    show();
    ballotsOnTheirWay.value = new Map();
    failure.value = null;
  });
}

/** What is on screen stays until the code has opened another. @param {string} code digits @returns {Promise<string>} the slug of the board that they open */
export async function joinByCode(code) {
  const former = wanted;
  byCode = true;
  try {
    const { slug } = await client.join(code);
    if (former && former !== slug) client.leave(former);
    wanted = slug;
    failure.value = null;
    storage.setItem(`pinson.code.${slug}`, code);
    return slug;
  } finally {
    byCode = false;
  }
}

/** Ideas and numbers of a crowd; what a round does, and what is for oneself, does not wait. @param {Notification} notification */
const isOfCrowd = ({ method, params }) => CROWD.has(method) && (params.events ?? []).every((/** @type {{type: string}} */ { type }) => type === "idea");

export function watchBoards() {
  on("snapshot", ({ board: slug, joined }) => {
    if (byCode || slug === wanted) take(join(null, joined), slug);
  });
  on("delta", ({ board: slug, joined }) => {
    if (slug === wanted) take(join(latest, joined), slug);
  });
  on("notification", (notification) => {
    if (latest && notification.params?.board === latest.slug) take(apply(latest, notification), latest.slug, isOfCrowd(notification));
  });
}

/** @param {ReturnType<typeof apply>} next @param {string} slug @param {boolean} [waits] */
function take(next, slug, waits = false) {
  if (next === RESYNC) {
    client.resync(slug);
    return;
  }
  const former = latest;
  const same = former?.slug === next.slug && former.epoch === next.epoch;
  // A snapshot says nothing of ideas beyond its five hundred.
  latest = same && next.ideas.size < former.ideas.size
    ? { ...next, ideas: new Map([...former.ideas, ...next.ideas]) }
    : next;
  showSoon(waits);
}

/** @param {(known: Board) => Board} change what an answer taught before any notification did */
export function learn(change) {
  if (!latest) return;
  latest = change(latest);
  show();
}

/** @param {(Idea | number | null | undefined)[]} ideas */
export function learnIdeas(ideas) {
  const whole = ideas.filter((idea) => idea != null && typeof idea === "object");
  learn((known) => withIdeas(known, whole));
}

let fetching = false;

/** @param {string} slug @param {number} after number of the last idea of the page before, 0 for the first page @returns {Promise<number>} the same of this one, 0 at the end */
async function loadPage(slug, after) {
  const page = await client.request("idea.list", { board: slug, sort: "newest", count: 200, ...(after && { after }) });
  learnIdeas(page.ideas.filter((/** @type {Idea} */ { n }) => !confirmed.value?.ideas.has(n)));
  learn((known) => withScores(known, page.scores ?? []));
  return page.more ? (page.ideas.at(-1)?.n ?? 0) : 0;
}

/** Fetches the ideas that the snapshot left out. */
export async function loadRest() {
  const slug = wanted;
  if (fetching || !confirmed.value?.more) return;
  fetching = true;
  try {
    let after = 0;
    do after = await loadPage(slug, after);
    while (after > 0 && confirmed.value?.slug === slug);
    learn((known) => (known.slug === slug ? { ...known, more: 0 } : known));
  } finally {
    fetching = false;
  }
}
