// What the web tests share: a board as the server sends it, a socket that never leaves the
// process, and constants as the build writes them.

export const PROTOCOL = 'pinson.v1';
export const ERRORS = {
  parse: '', request: '', method: '', params: '', 'not-open': '', 'unknown-board': '', 'unknown-idea': '', 'unknown-person': '', forbidden: '', 'signed-out': '', gone: '',
  'too-long': '', 'too-short': '', empty: '', 'bad-text': '', 'not-allowed-now': '', 'own-idea': '', 'over-budget': '',
  'too-fast': '', full: '', conflict: '', 'too-late': '', unavailable: '',
};

/** @param {number} n @param {object} [fields] */
export function idea(n, fields = {}) {
  return {
    n, text: `Idée ${n}`, lang: 'fr', theme: null, kind: 'idea', parent: null, with: null, root: n, depth: 0, source: null,
    author: { n: 1, name: 'Loutre 12' }, at: '2026-11-23T10:00:00.000Z', state: 'shown', seed: false, replies: 0,
    round: null, round_state: null, reason: null, judges: 0, vetted: true, followup: [], ...fields,
  };
}

/** @param {object} [fields] */
export function round(fields = {}) {
  return {
    n: 1, title: 'Tour 1', prompt: null, state: 'open', final: false, allows: ['post', 'build', 'vote'], compete: ['idea', 'expand', 'adapt'],
    ballots: 'any', scores: 'live', counts: 'standing', posts_per_person: null, votes_per_person: null, opens_at: null, closes_at: null, reopenings: 0, ...fields,
  };
}

/** @param {object} [fields] */
export function snapshot(fields = {}) {
  return {
    slug: 'ecole', title: 'École', question: 'Comment ?', about: null, lang: 'fr', themes: [], groups: [], entry: 'open', state: 'open',
    rounds: [round()], round: 1, ideas: [idea(1), idea(2)], more: 0, scores: [[1, 3, 1, 0, 600000]], pool: [3, 4],
    me: { person: null, name: null, roles: [], ballots: {}, posts_left: null, votes_left: null, own: [], follows: [] },
    watching: 1, people: 2, ballots: 4, ...fields,
  };
}

/** Lets promises and the timers of this turn run. */
export const settle = () => new Promise((resolve) => {
  setImmediate(resolve);
});

/**
 * A WebSocket class whose instances are in `sockets`; the test plays the server.
 */
export function fakeSockets() {
  /** @type {any[]} */
  const sockets = [];
  class FakeSocket {
    /** @param {string} url @param {string} protocol */
    constructor(url, protocol) {
      Object.assign(this, { url, protocol, readyState: 0 });
      /** @type {any[]} */
      this.sent = [];
      sockets.push(this);
    }

    /** @param {string} text */
    send(text) {
      this.sent.push(JSON.parse(text));
    }

    close() {
      this.readyState = 3;
    }

    open() {
      this.readyState = 1;
      /** @type {any} */ (this).onopen();
    }

    /** @param {object} message */
    tell(message) {
      /** @type {any} */ (this).onmessage({ data: JSON.stringify({ jsonrpc: '2.0', ...message }) });
    }

    /** @param {number} code */
    lose(code) {
      this.readyState = 3;
      /** @type {any} */ (this).onclose({ code });
    }

    /** The latest call of a method. @param {string} method */
    last(method) {
      return this.sent.filter((call) => call.method === method).at(-1);
    }

    /** @param {string} method @param {object} result */
    answer(method, result) {
      this.tell({ id: this.last(method).id, result });
    }

    /** @param {string} method @param {string} error @param {object} [data] */
    refuse(method, error, data = {}) {
      this.tell({ id: this.last(method).id, error: { code: -32000, message: 'No.', data: { error, ...data } } });
    }
  }
  return { sockets, FakeSocket };
}
