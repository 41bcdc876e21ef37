// What must outlive the page. Every browser may refuse storage, or forget it: then memory
// serves for as long as the page lives.

/** @implements {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} */
export class MemoryStorage {
  constructor() {
    /** @type {Map<string, string>} */
    this.items = new Map();
  }

  get length() {
    return this.items.size;
  }

  /** @param {number} i */
  key(i) {
    return [...this.items.keys()][i] ?? null;
  }

  /** @param {string} name */
  getItem(name) {
    return this.items.get(name) ?? null;
  }

  /** @param {string} name @param {string} value */
  setItem(name, value) {
    this.items.set(name, value);
  }

  /** @param {string} name */
  removeItem(name) {
    this.items.delete(name);
  }
}

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Store */

/** @param {Store} store @param {string} name @returns {any} null when there is none, or it is damaged */
export function readJson(store, name) {
  try {
    return JSON.parse(store.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Store} store @param {string} name @param {unknown} value */
export function writeJson(store, name, value) {
  try {
    store.setItem(name, JSON.stringify(value));
  } catch {
    // Full or forbidden: the gesture still lives in memory.
  }
}

/** @param {Store} store @param {string} prefix @returns {string[]} */
export function namesWith(store, prefix) {
  const names = [];
  for (let i = 0; i < store.length; i++) {
    const name = store.key(i);
    if (name?.startsWith(prefix)) names.push(name);
  }
  return names.sort();
}
