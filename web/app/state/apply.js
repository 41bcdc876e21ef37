// What the server tells → the board that the client holds. Pure: every function returns a new
// board and leaves the old one as it was. The corpus of the C fold holds the two together.

/** @import { Board, BoardEvent, Idea, Joined, Me, Notification, Outcome, Pool, Reason, Round, Score, Snapshot } from "../../types/model.js" */

/** Returned instead of a board when there is a gap that only a snapshot can fill. */
export const RESYNC = Symbol("resync");

const BOARD_FIELDS = new Set([
  "title", "question", "about", "lang", "licence", "themes", "groups", "entry", "rounds", "round", "state", "people", "ballots",
  "visibility", "pool", "publish_log", "join_code", "idea_min", "idea_max", "frozen",
  "premoderation", "announcement", "imports",
]);
const LEADS = new Set(["lead", "admin"]);
const OVER = new Set(["closed", "revealed"]);

/**
 * @param {Snapshot} snapshot
 * @param {{epoch: string | null, version: number}} place
 * @returns {Board}
 */
export function fromSnapshot(snapshot, { epoch, version }) {
  const scores = [...(snapshot.scores ?? []), ...(snapshot.me?.scores ?? [])];
  return {
    ...snapshot,
    me: meOf(snapshot.me),
    ideas: new Map(snapshot.ideas.map((idea) => [idea.n, idea])),
    scores: new Map(scores.map((score) => [score[0], score])),
    epoch,
    version,
    earlier: new Map(),
    announcement: snapshot.announcement ?? null,
    notice: null,
  };
}

/** @param {Partial<Me> | null | undefined} me @returns {Me} */
function meOf(me) {
  const { scores: _, ...rest } = me ?? {}; // they are with the others
  return { person: null, name: null, roles: [], ballots: {}, posts_left: null, votes_left: null, own: [], follows: [], ...rest };
}

/**
 * The answer to board.join, whichever of its two forms it has.
 * @param {Board | null} board
 * @param {Joined} joined
 * @returns {Board | typeof RESYNC}
 */
export function join(board, joined) {
  const { epoch, version } = joined;
  if (joined.snapshot) return fromSnapshot(joined.snapshot, { epoch, version });
  if (!board || board.epoch !== epoch) return RESYNC;
  let next = foldEvents(board, joined.events ?? []);
  next = withScores(next, joined.scores ?? [], joined.pool);
  if (joined.moderation) next = { ...next, moderation: joined.moderation };
  if (joined.me) {
    const { outside: _, ...before } = next.me;
    next = { ...next, me: meOf({ ...before, ...joined.me }) }; // whole: what is not there is gone
    next = withScores(next, joined.me.scores ?? []);
  }
  return { ...next, version: Math.max(next.version, version) };
}

/**
 * @param {Board} board
 * @param {Notification} notification
 * @returns {Board | typeof RESYNC}
 */
export function apply(board, { method, params }) {
  if (params.board !== board.slug) return board;
  switch (method) {
    case "board.events":
      return withEvents(board, params);
    case "board.scores":
      return withCounts(withScores(board, params.scores ?? [], params.pool), params);
    case "board.me":
      return withMe(board, params);
    case "board.moderation":
      return { ...board, moderation: { waiting: params.waiting, taken: params.taken } };
    case "board.presence":
      return withCounts({ ...board, watching: params.watching }, params);
    default:
      return board;
  }
}

/**
 * @param {Board} board
 * @param {{epoch?: string, from: number, version: number, events: BoardEvent[], people?: number, ballots?: number}} params
 */
function withEvents(board, params) {
  if (params.epoch != null && board.epoch != null && params.epoch !== board.epoch) return RESYNC;
  if (params.version <= board.version) return board;
  if (params.from > board.version) return RESYNC;
  const next = foldEvents(board, params.events);
  return withCounts({ ...next, version: params.version }, params);
}

/** @param {Board} board @param {BoardEvent[]} events */
function foldEvents(board, events) {
  return events.filter((event) => event.v > board.version).reduce(withEvent, board);
}

/** @param {Board} board @param {BoardEvent} event @returns {Board} */
function withEvent(board, event) {
  switch (event.type) {
    case "idea":
      return withIdeas(board, [event.idea]);
    case "round":
      return withRound(board, /** @type {any} */ (event));
    case "board":
      return withFields(board, event.board ?? event);
    case "announce":
      return { ...board, announcement: event.text ? { v: event.v, text: event.text, at: event.at ?? null } : null };
    default:
      return board;
  }
}

/** @param {Board} board @param {Idea[]} ideas new ones, or whole ones that changed @returns {Board} */
export function withIdeas(board, ideas) {
  if (ideas.length === 0) return board;
  const all = new Map(board.ideas);
  const scores = new Map(board.scores);
  for (const idea of ideas) {
    all.set(idea.n, idea);
    if (idea.state !== "shown") scores.delete(idea.n); // out of the ranking, until its score is sent again
  }
  return { ...board, ideas: all, scores };
}

/**
 * A round has changed: with it which one is the present one, what its ideas became, which
 * ideas are in it, and what may be seen.
 * @param {Board} board
 * @param {{round: Round, current?: number | null, outcomes?: [number, Outcome, Reason | null][], candidates?: number[]}} event
 *   current: the round that was opened last; outcomes: once the round is closed and may be seen;
 *   candidates: all that take part in the present round
 * @returns {Board}
 */
function withRound(board, { round, current = board.round, outcomes = [], candidates }) {
  const before = board.rounds.find(({ n }) => n === round.n);
  const rounds = board.rounds.filter(({ n }) => n !== round.n).concat(round);
  rounds.sort((a, b) => a.n - b.n);
  const ends = OVER.has(round.state) && !OVER.has(before?.state ?? "");
  let next = withOutcomes(ends ? keepFates(board, round.n) : board, outcomes);
  if (round.state === "closed" && outcomes.length === 0) next = withFates(next, round.n, () => null); // the lead's alone, until the reveal
  next = { ...next, rounds, round: current };
  if (current !== board.round) next = { ...next, me: withoutRound(next.me) };
  if (candidates) next = withCandidates(next, current, new Set(candidates));
  // A step back: the round goes on as if it had never closed.
  if (before && round.state === "open" && round.reopenings > before.reopenings) next = withFates(next, round.n, ({ n }) => board.earlier.get(`${round.n}.${n}`));
  return withVisibility(board, next);
}

/** @param {Board} board @param {[number, Outcome, Reason | null][]} outcomes @returns {Board} */
function withOutcomes(board, outcomes) {
  return withIdeas(board, outcomes.flatMap(([n, outcome, reason]) => {
    const idea = board.ideas.get(n);
    return idea ? [{ ...idea, round_state: outcome, reason: reason ?? null }] : [];
  }));
}

/** @param {Board} board @param {number} round @returns {Idea[]} */
const ideasIn = (board, round) => [...board.ideas.values()].filter((idea) => idea.round === round);

/** Keeps what ideas had become before a round came to its end. @param {Board} board @param {number} round @returns {Board} */
function keepFates(board, round) {
  const earlier = new Map(board.earlier);
  for (const idea of ideasIn(board, round)) earlier.set(`${round}.${idea.n}`, idea);
  return { ...board, earlier };
}

/** @param {Board} board @param {number} round @param {(idea: Idea) => Idea | null | undefined} of as which an idea stands there @returns {Board} */
function withFates(board, round, of) {
  return withIdeas(board, ideasIn(board, round).map((idea) => {
    const as = of(idea);
    return { ...idea, round_state: as?.round_state ?? null, reason: as?.reason ?? null };
  }));
}

/** What is in the present round, and nothing else, has a score. @param {Board} board @param {number | null} round @param {Set<number>} candidates @returns {Board} */
function withCandidates(board, round, candidates) {
  const entering = [...board.ideas.values()].filter((idea) => candidates.has(idea.n) && idea.round !== round);
  const next = withIdeas(board, entering.map((idea) => ({ ...idea, round })));
  return { ...next, scores: new Map([...next.scores].filter(([n]) => candidates.has(n))) };
}

/** What only some rounds have. @param {Me} me */
function withoutRound(me) {
  const { finalists: _, reads: __, ...rest } = me;
  return rest;
}

/** Closed scores leave the board; what may be seen again comes by itself. @param {Board} before @param {Board} board @returns {Board} */
function withVisibility(before, board) {
  if (isMasked(board)) return board.round !== before.round || !isMasked(before) ? withoutScores(board) : board;
  if (!isMasked(before)) return board;
  // What never was in a round has no judges; of the others the scores tell.
  const ideas = new Map([...board.ideas].map(([n, idea]) => [n, idea.round == null ? { ...idea, judges: idea.judges ?? 0 } : idea]));
  return { ...board, ideas };
}

/** Whether the present round keeps its scores from this person. @param {Board} board */
function isMasked({ rounds, round, me }) {
  const present = rounds.find(({ n }) => n === round);
  return present != null && present.scores !== "live" && present.state !== "revealed" && !me.roles.some((role) => LEADS.has(role));
}

/** @param {Board} board @returns {Board} */
function withoutScores(board) {
  const ideas = new Map([...board.ideas].map(([n, idea]) => [n, { ...idea, judges: null }]));
  return { ...board, ideas, scores: new Map(), pool: null, ballots: null };
}

/** @param {Board} board @param {Record<string, any>} fields @returns {Board} */
function withFields(board, fields) {
  const known = Object.entries(fields).filter(([name]) => BOARD_FIELDS.has(name));
  return { ...board, ...Object.fromEntries(known) };
}

/** @param {Board} board @param {{people?: number, ballots?: number}} params @returns {Board} */
function withCounts(board, { people, ballots }) {
  if (people == null && ballots == null) return board;
  return { ...board, people: people ?? board.people, ballots: ballots ?? board.ballots };
}

/**
 * @param {Board} board @param {Score[]} scores those that changed @param {Pool | null} [pool]
 * @returns {Board}
 */
export function withScores(board, scores, pool = board.pool) {
  if (scores.length === 0) return pool === board.pool ? board : { ...board, pool };
  const all = new Map(board.scores);
  const ideas = new Map(board.ideas);
  for (const score of scores) {
    const [n, agree, disagree, pass] = score;
    const idea = ideas.get(n);
    all.set(n, score);
    if (idea) ideas.set(n, { ...idea, judges: agree + disagree + pass });
  }
  return { ...board, ideas, scores: all, pool };
}

const PERSONAL = /** @type {const} */ (["person", "name", "roles", "posts_left", "votes_left", "declared", "done", "finalists", "follows", "reads", "suspended"]);

/**
 * Personal things: what is named replaces, except that ballots and own ideas add up, and a
 * ballot of null was withdrawn. Scores, where they are told, are all that this person may see.
 * @param {Board} board
 * @param {Record<string, any>} news
 * @returns {Board}
 */
export function withMe(board, news) {
  const { me } = board;
  const ballots = { ...me.ballots, ...news.ballots };
  for (const [idea, choice] of Object.entries(ballots)) if (choice == null) delete ballots[idea];
  const own = news.own ? [...new Set([...me.own, ...news.own])].sort((a, b) => a - b) : me.own;
  const next = { ...me, ballots, own };
  for (const name of PERSONAL) if (news[name] !== undefined) Object.assign(next, { [name]: news[name] });
  const changed = { ...board, me: next, notice: news.notice ?? board.notice };
  if (!news.scores) return changed;
  return withScores(isMasked(board) ? withoutScores(changed) : changed, news.scores);
}
