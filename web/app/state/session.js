// The one client of this page, and what it says of the connection and of the person.
import { Client } from "../net/client.js";
import { PROTOCOL } from "../net/constants.js";
import { storage } from "../lib/storage.js";
import { signal } from "../view.js";

export const connection = signal({ state: "connecting", outbox: 0 });
export const session = signal({ name: /** @type {string | null} */ (null), limits: /** @type {Record<string, number>} */ ({}) });

/** What the server says of itself: draining, degraded, restored – or that a session or invitation is over. */
export const serverNotice = signal("");

/** The server's clock, for what is counted down. */
export const clock = signal(Date.now());

/** @type {Client} */
export let client;

/** @param {{lang: string, invite?: string}} options */
export function startSession({ lang, invite }) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const url = `${scheme}//${location.host}/ws`;
  client = new Client({ url, WebSocket, storage, lang, invite, protocol: PROTOCOL });
  on("state", (detail) => {
    connection.value = detail;
  });
  on("session", (detail) => {
    session.value = { name: detail.name, limits: detail.limits };
    clock.value = client.now();
  });
  on("notice", ({ kind }) => {
    serverNotice.value = kind === "restored" ? "" : kind;
  });

  addEventListener("online", () => client.wake());
  document.addEventListener("visibilitychange", () => document.hidden || client.wake());
  setInterval(() => {
    clock.value = client.now();
  }, 1_000);
  return client;
}

/** @param {string} type @param {(detail: any) => void} listener */
export function on(type, listener) {
  client.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail));
}

/** @param {string} name @param {number} otherwise */
export function limit(name, otherwise) {
  return session.value.limits[name] ?? otherwise;
}
