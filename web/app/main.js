// Starts the client. Until there is something to show, the page that the server wrote stays.
import { effect, html, render } from "./view.js";
import { lang, loadLanguage, t } from "./lib/i18n.js";
import { route, startRouter } from "./lib/router.js";
import { board, failure, openBoard, watchBoards } from "./state/board.js";
import { watchIdentity } from "./state/identity.js";
import { startSession } from "./state/session.js";
import { watchConnection } from "./parts/banner.js";
import { Footer } from "./parts/footer.js";
import { Top } from "./parts/top.js";
import { Screen } from "./screens/screen.js";
import { boards, loadBoards } from "./screens/home.js";

const PATIENCE_MS = 2_500; // then a page that says that it is loading is better than none

/** An invitation travels in the fragment, which no server and no log ever sees. */
function takeInvitation() {
  const invite = new URLSearchParams(location.hash.slice(1)).get("invite");
  if (invite) history.replaceState(null, "", location.pathname + location.search);
  return invite ?? undefined;
}

async function knownLimits() {
  const constants = await import("./net/constants.js").catch(() => null);
  return constants?.LIMITS ?? {};
}

/** Resolves when the screen that the address names can be drawn, or when waiting has lasted. */
function firstNews() {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
    effect(() => {
      const at = route.value.name;
      if (at === "home" ? boards.value : at === "missing" || at === "join" || board.value || failure.value) resolve(null);
    });
  });
}

/** @param {string} id @param {any} view */
function draw(id, view) {
  const place = /** @type {HTMLElement} */ (document.getElementById(id));
  place.replaceChildren();
  render(html`<${view} />`, place);
}

const [limits] = await Promise.all([knownLimits(), loadLanguage(lang.value)]);
startRouter();
const client = startSession({ lang: lang.value, invite: takeInvitation(), limits });
watchBoards();
watchIdentity();
watchConnection();
client.start();
if (route.value.slug) openBoard(route.value.slug);
else if (route.value.name === "home") loadBoards();
await firstNews();
draw("skip", () => t("app.skip"));
draw("top", Top);
draw("app", Screen);
draw("foot", Footer);
