// The board on screen: what the server has confirmed, with the reader's own unconfirmed
// ballots laid over it.
import { batch, computed, signal } from "../view.js";
import { RESYNC, apply, join, withIdeas, withScores } from "./apply.js";
import { client, on } from "./session.js";

/** @import { Board, Choice, Idea } from "../../types/model.js" */

/** What the server has told. */
export const confirmed = signal(/** @type {Board | null} */ (null));

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
  batch(() => {
    confirmed.value = null;
    ballotsOnTheirWay.value = new Map();
    failure.value = null;
  });
}

/** @param {string} code six digits @returns {Promise<string>} the slug of the board that they open */
export async function joinByCode(code) {
  leaveBoard();
  byCode = true;
  try {
    const { slug } = await client.join(code);
    wanted = slug;
    return slug;
  } finally {
    byCode = false;
  }
}

export function watchBoards() {
  on("snapshot", ({ board: slug, joined }) => {
    if (byCode || slug === wanted) take(join(null, joined), slug);
  });
  on("delta", ({ board: slug, joined }) => {
    if (slug === wanted) take(join(confirmed.value, joined), slug);
  });
  on("notification", (notification) => {
    const known = confirmed.value;
    if (known && notification.params?.board === known.slug) take(apply(known, notification), known.slug);
  });
}

/** @param {ReturnType<typeof apply>} next @param {string} slug */
function take(next, slug) {
  if (next === RESYNC) {
    client.resync(slug);
    return;
  }
  const former = confirmed.value;
  const same = former?.slug === next.slug && former.epoch === next.epoch;
  // A snapshot says nothing of announcements and of ideas beyond its five hundred.
  confirmed.value = same && next.ideas.size < former.ideas.size
    ? { ...next, ideas: new Map([...former.ideas, ...next.ideas]), announcement: next.announcement ?? former.announcement }
    : next;
}

/** @param {(known: Board) => Board} change what an answer taught before any notification did */
export function learn(change) {
  if (confirmed.value) confirmed.value = change(confirmed.value);
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
