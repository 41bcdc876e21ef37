// The browser's storage, or memory where it is refused.
import { MemoryStorage, namesWith, readJson, writeJson } from "../net/storage.js";

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

const KIOSK = "pinson.kiosk";
const device = open("localStorage");

/** The board that this device is a kiosk of; "": of none. */
export const kioskOf = device.getItem(KIOSK) ?? "";

/** On a kiosk nothing of anybody outlives the page. */
export const storage = kioskOf ? new MemoryStorage() : device;

/** Of this page alone: it outlives a reload, not the tab. */
export const pageStorage = kioskOf ? new MemoryStorage() : open("sessionStorage");

/** All but that the device is a kiosk. */
function forgetAll() {
  for (const store of [device, open("sessionStorage")]) {
    for (const name of namesWith(store, "pinson.")) if (name !== KIOSK) store.removeItem(name);
  }
}

if (kioskOf) forgetAll(); // what the page before it wrote as it went

/** Forgets whose device this was. @param {string} slug */
export function becomeKiosk(slug) {
  forgetAll();
  device.setItem(KIOSK, slug);
}

/** It is a device of staff again. @param {string} token of their session */
export function endKiosk(token) {
  device.removeItem(KIOSK);
  device.setItem("pinson.token", token);
}

/** @param {string} name */
export const remembered = (name) => readJson(storage, `pinson.${name}`);

/** @param {string} name @param {unknown} value null forgets */
export function remember(name, value) {
  if (value == null || value === "") storage.removeItem(`pinson.${name}`);
  else writeJson(storage, `pinson.${name}`, value);
}
