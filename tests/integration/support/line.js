// One WebSocket that speaks JSON-RPC 2.0 as it is told to: nothing is retried, nothing is hidden.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createUlid } from '../../../web/app/net/ulid.js';
import { atEnd } from './processes.js';

export const newOp = createUlid(() => Date.now());

const PATIENCE_MS = 20_000;

/** An error that the server answered. */
export class Refused extends Error {
  /** @param {{code: number, message: string, data?: any}} error */
  constructor({ code, message, data = {} }) {
    super(`${code} ${data.error}: ${message} ${data.field ?? ''}`);
    this.code = code;
    this.data = data;
    this.error = data.error;
    this.field = data.field;
  }
}

/** @template T @param {Promise<T>} promise @param {() => string} what @returns {Promise<T>} */
export function within(promise, what, ms = PATIENCE_MS) {
  /** @type {NodeJS.Timeout} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms for ${what()}`)), ms);
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, late])).finally(() => clearTimeout(timer));
}

export class Line {
  /** @param {WebSocket} socket */
  constructor(socket) {
    this.socket = socket;
    this.lastId = 0;
    /** @type {Map<unknown, (message: any) => void>} */
    this.waiting = new Map();
    /** @type {any[]} answers that no call waits for */
    this.strays = [];
    /** @type {{method: string, params: any}[]} */
    this.notifications = [];
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    /** @type {any} */
    this.session = null;
    /** @type {Promise<number>} */
    this.closed = new Promise((resolve) => { socket.on('close', resolve); });
    socket.on('message', (data) => this.take(JSON.parse(String(data))));
    socket.on('error', () => {}); // a close follows
  }

  /** @param {any} message */
  take(message) {
    if (message.method) {
      this.notifications.push(message);
    } else if (this.waiting.has(message.id)) {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    } else {
      this.strays.push(message);
    }
    for (const look of [...this.watchers]) look();
  }

  /** Resolves as soon as find gives something. @template T @param {() => T} find @returns {Promise<NonNullable<T>>} */
  until(find) {
    const found = new Promise((resolve) => {
      const look = () => {
        const value = find();
        if (value === undefined || value === null || value === false) return;
        this.watchers.delete(look);
        resolve(value);
      };
      this.watchers.add(look);
      look();
    });
    return within(found, () => `${find}, having got ${JSON.stringify(this.notifications.slice(-3))}`);
  }

  /** The first notification of that name for which the test holds. @param {string} method @param {(params: any) => boolean} [test] */
  async notified(method, test = () => true) {
    return (await this.until(() => this.notifications.find((n) => n.method === method && test(n.params)))).params;
  }

  /** The whole answer, refused or not. @param {string} method @param {object} [params] @returns {Promise<any>} */
  ask(method, params = {}) {
    const id = ++this.lastId;
    const answer = new Promise((resolve) => { this.waiting.set(id, resolve); });
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return within(Promise.race([answer, this.closed.then((code) => ({ closed: code }))]), () => method);
  }

  /** @param {string} method @param {object} [params] @returns {Promise<any>} */
  async call(method, params) {
    const answer = await this.ask(method, params);
    if (answer.closed) throw new Error(`closed with ${answer.closed} before ${method} was answered`);
    if (answer.error) throw new Refused(answer.error);
    return answer.result;
  }

  /** A call that changes a board. @param {string} method @param {object} params */
  act(method, params) {
    return this.call(method, { op: newOp(), ...params });
  }

  /** Sends bytes as they are, and gives the answer that no call waits for. @param {string | Buffer} text */
  async say(text, options = {}) {
    const count = this.strays.length;
    this.socket.send(text, options);
    return this.until(() => this.strays[count]);
  }

  /** @param {string} board */
  async join(board, since = undefined) {
    return this.call('board.join', { board, ...(since && { since }) });
  }

  async close() {
    this.socket.close();
    await this.closed;
  }
}

/** A connection without a session. @param {{ws: string}} server @param {object} [options] of the WebSocket */
export async function connect(server, options = {}) {
  const socket = new WebSocket(server.ws, 'pinson.v1', { perMessageDeflate: false, ...options });
  atEnd(() => socket.terminate());
  const line = new Line(socket);
  await within(once(socket, 'open'), () => 'the WebSocket to open');
  return line;
}

/** A connection with a session. @param {{ws: string}} server @param {{token?: string, invite?: string, lang?: string}} [params]
 * @param {object} [options] of the WebSocket */
export async function enter(server, params = {}, options = {}) {
  const line = await connect(server, options);
  line.session = await line.call('session.open', params);
  return line;
}
