// The client of pinson.v1: a session, joined boards that resume by themselves, and gestures
// that count once whatever happens to the connection. No DOM: the WebSocket is given.
//
// Events, each with its news in `detail`:
//   state         {state: connecting|open|reconnecting|closed, outbox: gestures not yet acknowledged}
//   session       {name, roles, limits, fresh: another person than before, board: that an invitation was for}
//   snapshot      {board, joined}      delta  {board, joined}
//   notification  {method, params}     notice {kind}
//   acted         {token}: something of this session was acknowledged, for the first time on this page
import { Backoff } from "./backoff.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { MemoryStorage } from "./storage.js";
import { Refusal } from "./refusal.js";
import { createUlid } from "./ulid.js";

/** @import { Gesture } from "./outbox.js" */
/** @import { Store } from "./storage.js" */
/** @import { Joined } from "../../types/model.js" */
/**
 * @typedef {object} Call what was asked and is not answered for good yet
 * @property {string} method
 * @property {Record<string, any>} params
 * @property {Gesture | null} gesture
 * @property {boolean} inFlight
 * @property {number} notBefore milliseconds
 * @property {Backoff} backoff
 * @property {(result: any) => void} resolve
 * @property {(refusal: Refusal) => void} reject
 */
/** @typedef {{slug: string, epoch: string, version: number}} Place where a joined board can be resumed */

const TOKEN = "pinson.token";
const ACTED = "pinson.acted"; // this session has done something: its end is news
const IN_FLIGHT_MAX = 32; // the server takes 64 on a connection
const PROBE_MS = 5_000;
const LATE_MAX_MS = 5_000;
const SILENCE_MS = 90_000; // a quiet board and a dead line look alike: ask
const RETRY = { first: 1_000, max: 10_000 };
const FIRST = new Set(["board.join", "board.list"]);
const BALLOT = new Set(["vote.cast", "vote.withdraw"]);

/**
 * What a ballot is about. A later one waits for the earlier: sent again after an outage, the
 * earlier would otherwise come last, and count.
 * @param {Call} call
 */
function subjectOf({ gesture }) {
  return gesture && BALLOT.has(gesture.method) ? `${gesture.params.board} ${gesture.params.idea}` : null;
}

export class Client extends EventTarget {
  /**
   * @param {{url: string, WebSocket: any, storage?: Store, lang?: string, invite?: string,
   *          protocol?: string, random?: () => number}} options
   */
  constructor({ url, WebSocket, storage = new MemoryStorage(), lang, invite, protocol = "pinson.v1", random }) {
    super();
    this.storage = storage;
    this.lang = lang;
    this.invite = invite;
    /** @type {{resolve: (session: any) => void, reject: (refusal: Refusal) => void} | null} who waits for what an invitation opens */
    this.redeeming = null;
    /** @type {Map<string, string>} board → the code by which it was joined: some let nobody act who came without */
    this.codes = new Map();
    this.state = "connecting";
    this.offset = 0;
    /** @type {string | null} */
    this.token = null;
    /** @type {string | null} */
    this.acted = null;
    /** @type {Record<string, number>} */
    this.limits = {};
    /** @type {Set<Call>} */
    this.calls = new Set();
    /** @type {Map<string, Place>} */
    this.places = new Map();
    this.outbox = new Outbox(storage);
    this.newOp = createUlid(() => this.now());
    this.pumping = false;
    this.link = new Link({ url, protocol, WebSocket, random });
    this.link.addEventListener("open", () => this.openSession());
    this.link.addEventListener("close", () => this.onLost());
    this.link.addEventListener("tick", () => this.onTick());
    this.link.addEventListener("notification", (event) => this.onNotification(/** @type {CustomEvent} */ (event).detail));
  }

  start() {
    this.outbox.restore(Date.now());
    for (const gesture of this.outbox.gestures.values()) this.enqueue(gesture.method, gesture.params, gesture).catch(() => {});
    this.link.start();
    return this;
  }

  close() {
    this.link.stop();
    this.setState("closed");
  }

  /** The line may be back, or the page was just looked at again. */
  wake() {
    if (!this.link.isOpen) {
      this.link.connect();
    } else if (this.state === "open" && this.places.size > 0) {
      this.link.expectWithin(PROBE_MS);
      this.rejoin();
    }
  }

  /** Milliseconds since 1970 by the server's clock. */
  now() {
    return Date.now() + this.offset;
  }

  /** A question: asked again after a loss, until it is answered. @param {string} method @param {Record<string, any>} [params] */
  request(method, params = {}) {
    return this.enqueue(method, params, null);
  }

  /**
   * A gesture that changes a board. It carries an op, and is kept until it is acknowledged.
   * @param {string} method @param {Record<string, any>} params
   * @param {{op?: string, transient?: boolean}} [options] transient: not worth outliving the page
   * @returns {Promise<any>} rejects with a Refusal
   */
  act(method, params, { op = this.newOp(), transient = false } = {}) {
    /** @type {Gesture} */
    const gesture = { op, method, params: { ...params, op }, sent: false };
    if (!transient) this.outbox.put(gesture, Date.now());
    this.remember(ACTED, "1");
    const answer = this.enqueue(method, gesture.params, gesture);
    this.tellState();
    return answer;
  }

  /** A question for now alone: not asked again after a loss. @param {string} method @param {Record<string, any>} params @returns {Promise<any>} */
  ask(method, params) {
    return this.link.call(method, params);
  }

  /** What this person still had on the way to a board is not sent any more. @param {string} [board] everywhere, unless named */
  dropGestures(board) {
    this.outbox.forgetHeld(board);
    for (const call of [...this.calls]) {
      if (call.gesture && (!board || call.params.board === board)) this.finish(call, () => call.reject(new Refusal("signed-out")));
    }
  }

  /** @param {string} board slug or code @returns {Promise<Joined & {slug: string}>} */
  async join(board) {
    const joined = await this.request("board.join", { board: this.codes.get(board) ?? board });
    const slug = joined.snapshot?.slug ?? board;
    if (slug !== board) this.codes.set(slug, board);
    return this.onJoined(slug, joined);
  }

  /**
   * Becomes whom a link or a ticket's code is for. Who one was stays where the code is none.
   * @param {string} invite @returns {Promise<{board: string | null, roles: Record<string, string>}>} rejects with a Refusal
   */
  redeem(invite) {
    this.redeeming?.reject(new Refusal("gone"));
    this.invite = invite;
    return new Promise((resolve, reject) => {
      this.redeeming = { resolve, reject };
      this.link.drop();
      this.link.connect();
    });
  }

  /** What is held of this board cannot be trusted: take it anew. @param {string} slug */
  resync(slug) {
    return this.join(slug).catch(() => {});
  }

  /** @param {string} slug */
  leave(slug) {
    if (this.places.delete(slug)) this.request("board.leave", { board: slug }).catch(() => {});
  }

  async openSession() {
    const mine = this.token ?? this.storage.getItem(TOKEN);
    const { lang, invite } = this;
    const params = { ...(mine && { token: mine }), ...(invite && { invite }), ...(lang && { lang }) };
    const asked = Date.now();
    try {
      const opening = this.link.call("session.open", params);
      // A newcomer's session opens at once: the first board need not wait for the answer.
      for (const call of this.calls) if (FIRST.has(call.method)) this.send(call);
      const session = await opening;
      this.onSession(session, asked, mine);
    } catch (refusal) {
      this.onSessionRefused(refusal);
    }
  }

  /** @param {any} session @param {number} asked @param {string | null} mine */
  onSession(session, asked, mine) {
    this.invite = undefined;
    const another = mine != null && session.token !== mine;
    if (another) this.dropGestures(); // they were somebody else's
    const now = typeof session.now === "number" ? session.now : Date.parse(session.now);
    if (Number.isFinite(now)) this.offset = now - (asked + Date.now()) / 2;
    const elsewhere = this.storage.getItem(TOKEN);
    this.token = session.token;
    if (!elsewhere || elsewhere === mine || mine) this.keepToken();
    this.limits = session.limits ?? {};
    this.link.settled();
    this.setState("open");
    const detail = { name: session.person_name ?? null, roles: session.roles ?? {}, limits: this.limits, site: session.site ?? null, fresh: !mine || another, board: session.board ?? null };
    this.dispatchEvent(new CustomEvent("session", { detail }));
    this.redeeming?.resolve({ board: detail.board, roles: detail.roles });
    this.redeeming = null;
    this.rejoin();
    this.pump();
  }

  onActed() {
    this.keepToken();
    if (this.acted === this.token) return;
    this.acted = this.token;
    this.dispatchEvent(new CustomEvent("acted", { detail: { token: this.token } }));
  }

  /** From now on this browser is this person. */
  keepToken() {
    if (this.token) this.remember(TOKEN, this.token);
  }

  /** @param {string} name @param {string} value */
  remember(name, value) {
    try {
      this.storage.setItem(name, value);
    } catch {
      // Forbidden: it lasts as long as the page.
    }
  }

  /** @param {Refusal} refusal */
  onSessionRefused(refusal) {
    if (refusal.data.lost) return;
    if (this.redeeming && (refusal.name === "gone" || refusal.name === "too-fast")) {
      this.invite = undefined;
      this.redeeming.reject(refusal);
      this.redeeming = null;
      this.openSession();
      return;
    }
    const isNews = refusal.name === "gone" || this.storage.getItem(ACTED) !== null;
    if (refusal.name === "signed-out") this.forgetSession();
    if (refusal.name === "gone") this.invite = undefined;
    if (refusal.name === "signed-out" || refusal.name === "gone") {
      if (isNews) this.dispatchEvent(new CustomEvent("notice", { detail: { kind: refusal.name } }));
      this.openSession();
    } else {
      this.link.drop();
    }
  }

  /** This session is over. What it had sent may have counted, so that another person must not send it again. */
  forgetSession() {
    if (this.storage.getItem(TOKEN) === this.token || !this.token) this.storage.removeItem(TOKEN);
    this.token = null;
    this.storage.removeItem(ACTED);
    this.outbox.forgetHeld();
    for (const call of [...this.calls]) {
      if (call.gesture?.sent) this.finish(call, () => call.reject(new Refusal("signed-out")));
    }
  }

  /** Takes up every joined board where it was left. */
  rejoin() {
    for (const slug of this.places.keys()) this.refresh(slug);
  }

  /** An answer cannot come from the future, nor be long on its way. @param {string | number | undefined} now */
  correctClock(now) {
    const late = this.now() - (typeof now === "number" ? now : Date.parse(now ?? ""));
    if (late < 0 || late > LATE_MAX_MS) this.offset -= late;
  }

  /** Asks for all that changed on a joined board, and for what only this person sees. @param {string} slug */
  refresh(slug) {
    const place = this.places.get(slug);
    if (!place) return;
    const { epoch, version } = place;
    this.link
      .call("board.join", { board: this.codes.get(slug) ?? slug, since: { epoch, version } })
      .then((joined) => this.onJoined(slug, joined))
      .catch((refusal) => {
        if (!refusal.data.lost) this.resync(slug);
      });
  }

  /** @param {string} slug @param {Joined} joined */
  onJoined(slug, joined) {
    const { epoch, version } = joined;
    this.correctClock(joined.now);
    this.places.set(slug, { slug, epoch, version });
    const type = joined.snapshot ? "snapshot" : "delta";
    this.dispatchEvent(new CustomEvent(type, { detail: { board: slug, joined } }));
    for (const ballot of this.outbox.takeLost(slug, epoch)) {
      this.enqueue(ballot.method, ballot.params, ballot).catch(() => {});
    }
    return { ...joined, slug };
  }

  /** @param {{method: string, params: any}} notification */
  onNotification({ method, params }) {
    const place = this.places.get(params?.board);
    if (method === "board.resync") {
      if (place) this.resync(place.slug);
      return;
    }
    if (method === "server.notice") {
      if (params.kind === "draining") this.link.draining = true;
      this.dispatchEvent(new CustomEvent("notice", { detail: params }));
      return;
    }
    this.dispatchEvent(new CustomEvent("notification", { detail: { method, params } }));
    if (method === "board.events" && place && params.from <= place.version) {
      place.epoch = params.epoch;
      place.version = Math.max(place.version, params.version);
    }
  }

  /**
   * @param {string} method @param {Record<string, any>} params @param {Gesture | null} gesture
   * @returns {Promise<any>}
   */
  enqueue(method, params, gesture) {
    return new Promise((resolve, reject) => {
      this.calls.add({ method, params, gesture, inFlight: false, notBefore: 0, backoff: new Backoff(RETRY), resolve, reject });
      this.pump();
    });
  }

  /** Sends what may be sent now. */
  pump() {
    if (this.state !== "open") return;
    let room = IN_FLIGHT_MAX;
    for (const call of this.calls) if (call.inFlight) room--;
    const earlier = new Set();
    for (const call of this.calls) {
      if (room <= 0) break;
      const subject = subjectOf(call);
      const waits = subject !== null && earlier.has(subject);
      if (subject !== null) earlier.add(subject);
      if (call.inFlight || waits || call.notBefore > Date.now()) continue;
      room--;
      this.send(call);
    }
  }

  /** @param {Call} call */
  send(call) {
    call.inFlight = true;
    if (call.gesture && this.outbox.gestures.has(call.gesture.op)) this.outbox.markSent(call.gesture);
    this.link.call(call.method, call.params).then(
      (result) => this.finish(call, () => this.onDone(call, result)),
      (refusal) => this.onRefused(call, refusal),
    );
  }

  /** @param {Call} call @param {any} result */
  onDone(call, result) {
    const { gesture } = call;
    if (gesture) this.onActed();
    if (gesture && BALLOT.has(gesture.method)) {
      this.outbox.hold(gesture, this.places.get(gesture.params.board)?.epoch ?? null);
    }
    call.resolve(result);
  }

  /** @param {Call} call @param {Refusal} refusal */
  onRefused(call, refusal) {
    call.inFlight = false;
    if (refusal.data.lost) return; // sent again once the session is open
    if (refusal.name === "not-open" && this.state !== "open") return; // too early: likewise
    if (refusal.name === "unavailable" || refusal.name === "too-fast") {
      const wait = refusal.data.retry_ms ?? RETRY.first / 2 + call.backoff.next();
      call.notBefore = Date.now() + wait;
      setTimeout(() => this.pump(), wait + 1);
      return;
    }
    this.finish(call, () => call.reject(refusal));
    if (refusal.name === "signed-out") {
      this.forgetSession();
      this.link.drop();
    }
  }

  /** @param {Call} call @param {() => void} settle */
  finish(call, settle) {
    this.calls.delete(call);
    if (call.gesture) this.outbox.remove(call.gesture.op);
    settle();
    if (call.gesture) this.tellState();
    this.pump();
  }

  onLost() {
    for (const call of this.calls) call.inFlight = false;
    if (this.state !== "closed") this.setState(this.state === "connecting" ? "connecting" : "reconnecting");
  }

  onTick() {
    if (this.state === "open" && Date.now() - this.link.lastArrival > SILENCE_MS) this.wake();
    this.pump();
  }

  /** @param {string} state */
  setState(state) {
    this.state = state;
    this.tellState();
  }

  tellState() {
    const detail = { state: this.state, outbox: this.outbox.size };
    this.dispatchEvent(new CustomEvent("state", { detail }));
  }
}
