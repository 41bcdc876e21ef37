// The browser's storage, or memory where it is refused.
import { MemoryStorage, readJson, writeJson } from "../net/storage.js";

/** @import { Store } from "../net/storage.js" */

/** @param {"localStorage" | "sessionStorage"} kind @returns {Store} */
function open(kind) {
  try {
    const store = globalThis[kind];
    store.setItem("pinson.try", "1");
    store.removeItem("pinson.try");
    return store;
  } catch {
    return new MemoryStorage();
  }
}

export const storage = open("localStorage");

/** Of this page alone: it outlives a reload, not the tab. */
export const pageStorage = open("sessionStorage");

/** @param {string} name */
export const remembered = (name) => readJson(storage, `pinson.${name}`);

/** @param {string} name @param {unknown} value null forgets */
export function remember(name, value) {
  if (value == null || value === "") storage.removeItem(`pinson.${name}`);
  else writeJson(storage, `pinson.${name}`, value);
}
