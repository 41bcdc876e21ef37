// The one client of this page, and what it says of the connection and of the person.
import { Client } from "../net/client.js";
import { PROTOCOL } from "../net/constants.js";
import { kioskOf, storage } from "../lib/storage.js";
import { signal } from "../view.js";

/** @import { Site } from "../../types/model.js" */

export const connection = signal({ state: "connecting", outbox: 0 });
/** Roles of this session: by board, "*" on the installation. */
export const roles = signal(/** @type {Record<string, string>} */ ({}));
export const session = signal({ name: /** @type {string | null} */ (null), limits: /** @type {Record<string, number>} */ ({}) });
export const site = signal(/** @type {Site} */ ({ responsible: null, contact: null, keep_months: null }));

/** What the server says of itself: draining, degraded, restored – or that a session or invitation is over. */
export const serverNotice = signal("");

/** Why there is no connection although a page came: a network that blocks it, or a server that is away. */
export const obstacle = signal(/** @type {"" | "blocked" | "away"} */ (""));

const OBSTACLE_MS = 2_500; // together with the question, within five seconds
const ASK_MS = 1_000;

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
    if (detail.state === "open") obstacle.value = "";
  });
  on("session", (detail) => {
    session.value = { name: detail.name, limits: detail.limits };
    roles.value = detail.roles;
    if (detail.site) site.value = detail.site;
    clock.value = client.now();
  });
  on("notification", ({ method, params }) => {
    if (method === "session.changed") roles.value = params.roles;
  });
  on("notice", ({ kind }) => {
    serverNotice.value = kind === "restored" ? "" : kind;
  });

  on("acted", keepCookie);
  setTimeout(findObstacle, OBSTACLE_MS);
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

/** Whether this person may make boards here. */
export const leadsHere = () => ["lead", "admin"].includes(roles.value["*"] ?? "");

/** Plain requests pass, and the live connection does not? */
async function findObstacle() {
  if (connection.value.state !== "connecting") return;
  const answers = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(ASK_MS) }).then(({ ok }) => ok, () => false);
  if (connection.value.state === "connecting") obstacle.value = answers ? "blocked" : "away";
}

/** Some browsers delete what scripts keep after a week: a cookie that no script can read stays. @param {{token: string}} session */
function keepCookie({ token }) {
  if (kioskOf) return; // of whoever comes next it is none
  fetch("/api/session", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ token }) }).catch(() => {});
}
