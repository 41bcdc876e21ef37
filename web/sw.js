// The service worker: keeps the shell, so that a page opens where the line is bad. Never what
// people say: that is the server's alone, and always asked for.
/* global FILES, BUILD -- put in by build.js */

/** @type {any} */
const worker = self;
const PATIENCE_MS = 6_000; // then what is kept is better than a line that hangs
const AWAY = 502; // and above: who stands before the server says that it is away
const SHELL = "/";
const NAME = `shell-${BUILD}`;
const files = new Set(FILES);

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([SHELL, ...files])).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  const old = (/** @type {string[]} */ names) => names.filter((name) => name !== NAME);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => worker.clients.claim()));
});

/** What the server says; what is kept when it says nothing. @param {Request} request @param {string} kept */
async function askFirst(request, kept) {
  const late = new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
  });
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  if (answer && answer.status < AWAY) return answer;
  return (await caches.match(kept)) ?? answer ?? Response.error();
}

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (files.has(pathname)) event.respondWith(askFirst(request, pathname));
  else if (request.mode === "navigate" && (pathname === SHELL || /^\/(b|join)\//.test(pathname)) && !pathname.includes(".")) event.respondWith(askFirst(request, SHELL));
});
