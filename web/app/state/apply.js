// What the server tells → the board that the client holds. Pure: every function returns a new
// board and leaves the old one as it was. The corpus of the C fold holds the two together.

/** @import { Board, BoardEvent, Idea, Joined, Me, Notification, Pool, Round, Score, Snapshot } from "../../types/model.js" */

/** Returned instead of a board when there is a gap that only a snapshot can fill. */
export const RESYNC = Symbol("resync");

const BOARD_FIELDS = new Set([
  "title", "question", "about", "lang", "themes", "groups", "entry", "rounds", "round", "state", "people", "ballots",
  "visibility", "pool", "publish_log", "idea_min", "idea_max", "frozen",
]);
const OPEN = new Set(["open", "paused"]);

/**
 * @param {Snapshot} snapshot
 * @param {{epoch: string | null, version: number}} place
 * @returns {Board}
 */
export function fromSnapshot(snapshot, { epoch, version }) {
  return {
    ...snapshot,
    me: meOf(snapshot.me),
    ideas: new Map(snapshot.ideas.map((idea) => [idea.n, idea])),
    scores: new Map((snapshot.scores ?? []).map((score) => [score[0], score])),
    epoch,
    version,
    announcement: null,
    notice: null,
  };
}

/** @param {Partial<Me> | null | undefined} me @returns {Me} */
function meOf(me) {
  return { person: null, name: null, roles: [], ballots: {}, posts_left: null, votes_left: null, own: [], ...me };
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
  if (joined.me) next = { ...next, me: { ...next.me, ...joined.me } }; // whole: what is not there is gone
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
      return withRound(board, event.round, event.outcomes ?? event.results ?? []);
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
 * @param {Board} board @param {Round} round
 * @param {{idea: number, outcome: string, reason: string | null}[]} outcomes
 * @returns {Board}
 */
function withRound(board, round, outcomes) {
  const rounds = board.rounds.filter(({ n }) => n !== round.n).concat(round);
  rounds.sort((a, b) => a.n - b.n);
  const closedNow = board.round === round.n && !OPEN.has(round.state);
  const current = OPEN.has(round.state) ? round.n : closedNow ? null : board.round;

  const changed = outcomes.flatMap(({ idea, outcome, reason }) => {
    const known = board.ideas.get(idea);
    return known ? [{ ...known, round_state: outcome, reason: reason ?? null }] : [];
  });
  return withIdeas({ ...board, rounds, round: current }, changed);
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

/**
 * Personal things: what is named replaces, except that ballots and own ideas add up, and a
 * ballot of null was withdrawn.
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
  for (const name of /** @type {const} */ (["person", "name", "roles", "posts_left", "votes_left"])) {
    if (news[name] !== undefined) Object.assign(next, { [name]: news[name] });
  }
  const changed = { ...board, me: next, notice: news.notice ?? board.notice };
  return withScores(changed, news.scores ?? []);
}
