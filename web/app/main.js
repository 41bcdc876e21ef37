// Starts the client: first the connection, then – while that opens – the screens. Until there
// is something to show, the page that the server wrote stays.
import { effect, html, loadAll, render } from "./view.js";
import { Around, Footer, Screen, Top, loadScreen } from "./screens/screen.js";
import { lang, loadLanguage, t } from "./lib/i18n.js";
import { kioskOf, storage } from "./lib/storage.js";
import { applyTheme } from "./lib/theme.js";
import { go, kioskPath, route, startRouter } from "./lib/router.js";
import { board, failure, openBoard, watchBoards } from "./state/board.js";
import { boards, loadBoards } from "./state/boards.js";
import { watchIdentity } from "./state/identity.js";
import { on, startSession } from "./state/session.js";
import { watchUpdates } from "./state/updates.js";
import { watchVisits } from "./state/visit.js";

/** An invitation travels in the fragment, which no server and no log ever sees. */
function takeInvitation() {
  const invite = new URLSearchParams(location.hash.slice(1)).get("invite");
  // A kiosk is never anything else.
  if (kioskOf) history.replaceState(null, "", kioskPath(kioskOf) + location.search);
  else if (invite) history.replaceState(null, "", location.pathname + location.search);
  return invite ?? undefined;
}

/** Whoever has done something here is asked before a link makes them another person. @param {string | undefined} invite */
async function mayBecome(invite) {
  if (!invite || storage.getItem("pinson.acted") == null) return invite;
  await loadLanguage(lang.value);
  return confirm(t("transfer.replace")) ? invite : undefined;
}

/** @param {string | undefined} invite */
async function connect(invite) {
  startRouter();
  const client = startSession({ lang: lang.value, invite });
  on("session", ({ board: slug }) => {
    if (slug && !kioskOf && route.value.name === "home") go(`/b/${slug}`, { replace: true });
  });
  watchBoards();
  watchIdentity();
  watchVisits();
  watchUpdates();
  if (kioskOf) (await import("./state/kiosk.js")).watchKiosk(Boolean(invite));
  client.start();
  if (route.value.slug) openBoard(route.value.slug);
  else if (route.value.name === "home") loadBoards();
}

/** The server has written what this address is about: better than a page that says that it is loading. */
function isWritten() {
  const written = document.querySelector("#app main")?.classList;
  return written?.contains(route.value.name) || (Boolean(route.value.slug) && written?.contains("board"));
}

/** Resolves when there is more to show than the server wrote. */
function firstNews() {
  return new Promise((resolve) => {
    if (!isWritten()) resolve(null);
    effect(() => {
      if (route.value.name === "home" ? boards.value : board.value || failure.value) resolve(null);
    });
  });
}

/** @param {string} id @param {any} view */
function draw(id, view) {
  const place = /** @type {HTMLElement} */ (document.getElementById(id));
  place.replaceChildren();
  render(html`<${view} />`, place);
}

/** Where pages are served securely, the shell is kept for when the line is bad. */
function keepShell() {
  if (isSecureContext) navigator.serviceWorker?.register("/sw.js").catch(() => {});
}

async function start() {
  applyTheme();
  connect(await mayBecome(takeInvitation()));
  await Promise.all([loadLanguage(lang.value), loadScreen(route.value.name)]);
  draw("skip", () => t("app.skip"));
  draw("top", Top);
  draw("around", Around);
  draw("foot", Footer);
  // What the server wrote on a page of its own stays as it is.
  if (route.value.name !== "page") firstNews().then(() => draw("app", Screen));
  if (route.value.name !== "presenter") loadAll(); // nobody writes there
  keepShell();
}

start();
