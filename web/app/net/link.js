// One WebSocket after another, carrying JSON-RPC 2.0: comes back by itself, notices a dead
// peer, matches answers to calls. It knows nothing of sessions and boards.
import { Backoff } from "./backoff.js";
import { Refusal, refusalOf } from "./refusal.js";

/** @typedef {{resolve: (result: any) => void, reject: (refusal: Refusal) => void, at: number}} Waiting */

const PATIENCE_MS = 45_000; // nothing came for so long while a call waited: the peer is gone
const CHECK_MS = 1_000;
const FIRST_WAIT_MS = 1_000;
const DRAINED_WAIT_MS = 5_000; // the whole room was sent away: spread out
const MAX_WAIT_MS = 60_000;
const SENT_AWAY = new Set([1008, 1012, 1013]);
const LOST = "unavailable";

export class Link extends EventTarget {
  /** @param {{url: string, protocol: string, WebSocket: any, random?: () => number}} options */
  constructor({ url, protocol, WebSocket, random }) {
    super();
    this.url = url;
    this.protocol = protocol;
    this.WebSocket = WebSocket;
    this.backoff = new Backoff({ first: FIRST_WAIT_MS, max: MAX_WAIT_MS, random });
    /** @type {any} */
    this.socket = null;
    /** @type {Map<number, Waiting>} */
    this.waiting = new Map();
    this.lastId = 0;
    this.lastArrival = 0;
    this.patience = PATIENCE_MS;
    this.draining = false;
    this.wanted = false;
    /** @type {any} */
    this.retry = null;
    /** @type {any} */
    this.watch = null;
  }

  get isOpen() {
    return this.socket?.readyState === 1;
  }

  start() {
    this.wanted = true;
    this.connect();
  }

  stop() {
    this.wanted = false;
    clearTimeout(this.retry);
    this.drop(1000);
  }

  /** Now rather than at the end of the wait. */
  connect() {
    clearTimeout(this.retry);
    if (!this.wanted || this.socket) return;
    const socket = new this.WebSocket(this.url, this.protocol);
    this.socket = socket;
    socket.onopen = () => this.onOpen();
    socket.onmessage = (/** @type {{data: any}} */ event) => this.onMessage(event.data);
    socket.onclose = (/** @type {{code: number}} */ event) => this.onClose(event.code);
    socket.onerror = () => {}; // a close follows
    this.watchOver();
  }

  /** Abandons the socket without waiting for a farewell that a dead peer cannot send. @param {number} [code] */
  drop(code = 1006) {
    const socket = this.socket;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    try {
      socket.close();
    } catch {
      // Not open yet: nothing to close.
    }
    this.onClose(code);
  }

  /** Something must arrive within so long, or the peer is taken for dead. @param {number} ms */
  expectWithin(ms) {
    this.patience = ms;
    this.lastArrival = Date.now();
  }

  /** @param {string} method @param {object} params @returns {Promise<any>} */
  call(method, params) {
    if (!this.isOpen) return Promise.reject(new Refusal(LOST));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, at: Date.now() });
      this.socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  /** The session is open: the next loss starts from a short wait again. */
  settled() {
    this.backoff.reset();
    this.draining = false;
  }

  onOpen() {
    this.lastArrival = Date.now();
    this.patience = PATIENCE_MS;
    this.dispatchEvent(new Event("open"));
  }

  /** @param {any} data */
  onMessage(data) {
    this.lastArrival = Date.now();
    this.patience = PATIENCE_MS;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    if (message.method) this.dispatchEvent(new CustomEvent("notification", { detail: message }));
    else this.onAnswer(message);
  }

  /** @param {{id: number, result?: any, error?: any}} message */
  onAnswer({ id, result, error }) {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    if (error) waiting.reject(refusalOf(error));
    else waiting.resolve(result);
  }

  /** @param {number} code */
  onClose(code) {
    this.socket = null;
    clearInterval(this.watch);
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(new Refusal(LOST, LOST, { lost: true }));

    if (this.draining || SENT_AWAY.has(code)) this.backoff.reset(Math.max(this.backoff.bound, DRAINED_WAIT_MS));
    this.draining = false;
    if (this.wanted) this.retry = setTimeout(() => this.connect(), this.backoff.next());
    this.dispatchEvent(new CustomEvent("close", { detail: { code } }));
  }

  watchOver() {
    clearInterval(this.watch);
    const since = Date.now();
    this.lastArrival = since;
    this.watch = setInterval(() => {
      const oldest = Math.min(...[...this.waiting.values()].map((call) => call.at));
      const silent = Date.now() - Math.max(this.lastArrival, this.isOpen ? oldest : since);
      if (silent > this.patience) this.drop();
      else this.dispatchEvent(new Event("tick"));
    }, CHECK_MS);
    this.watch.unref?.(); // in Node: must not keep a finished process alive
  }
}
