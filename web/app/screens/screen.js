// Which screen the address asks for, its title, and where the focus goes when it changes.
import { html, lazy, useEffect, useRef } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { go, route, screenKey } from "../lib/router.js";
import { remembered } from "../lib/storage.js";
import { board, confirmed, failure, joinByCode, openBoard } from "../state/board.js";
import { momentPath } from "../state/moment.js";
import { closeToast } from "../state/toast.js";
import { Banner, watchConnection } from "../parts/banner.js";
import { Dialogs } from "../parts/dialogs.js";
import { asked } from "../state/asked.js";
import { Toast } from "../parts/toast.js";

export { Footer, Top } from "../parts/top.js";
import { Loading } from "../parts/loading.js";

const Missing = lazy(() => import("./missing.js"), "Missing");
const News = lazy(() => import("../parts/news.js"), "News", { ahead: true });

const SCREENS = {
  home: lazy(() => import("./home.js"), "Home"),
  board: lazy(() => import("./board.js"), "BoardScreen"),
  idea: lazy(() => import("./idea.js"), "IdeaScreen"),
  kiosk: lazy(() => import("./kiosk.js"), "KioskScreen"),
  import: lazy(() => import("./import.js"), "ImportScreen"),
  judge: lazy(() => import("./judge.js"), "JudgeScreen"),
  lead: lazy(() => import("./lead.js"), "LeadScreen"),
  me: lazy(() => import("./me.js"), "MeScreen"),
  moderate: lazy(() => import("./moderate.js"), "ModerateScreen"),
  new: lazy(() => import("./new.js"), "NewScreen"),
  presenter: lazy(() => import("./presenter.js"), "PresenterScreen"),
  record: lazy(() => import("./record.js"), "RecordScreen"),
  result: lazy(() => import("./result.js"), "ResultScreen"),
  tickets: lazy(() => import("./tickets.js"), "TicketsScreen"),
};
/** @typedef {keyof typeof SCREENS} Place */

/** Screens that are called by their own title. */
const TITLED = new Set(["lead", "import", "moderate", "record", "result", "me"]);

/** Of which board is spoken here. @param {string} name */
const isOnBoard = (name) => name in SCREENS && name !== "home" && name !== "new";

/** Fetches the screen that an address asks for. @param {string} name */
export async function loadScreen(name) {
  await SCREENS[/** @type {Place} */ (name === "join" ? "board" : name)]?.load().catch(() => {}); // tried again when it is drawn
}

function Current() {
  const at = route.value;
  if (at.name === "home") return html`<${SCREENS.home} />`;
  if (at.name === "new") return html`<${SCREENS.new} />`;
  if (failure.value) return html`<${Missing} why=${sentence(failure.value)} code=${failure.value.name === "unknown-board"} />`;
  if (at.name === "missing") return html`<${Missing} why="" />`;
  const known = board.value;
  if (!known || !isOnBoard(at.name) || known.slug !== at.slug) return html`<${Loading} />`;
  return html`<${SCREENS[/** @type {Place} */ (at.name)]} board=${known} n=${at.n} />`;
}

/** Joins what the address names. @param {import("../lib/router.js").Route} at */
function follow(at) {
  if (isOnBoard(at.name)) openBoard(at.slug);
  if (at.name !== "join") return;
  const here = () => screenKey(route.value) === screenKey(at); // nobody is pulled back from where they have gone meanwhile
  joinByCode(at.code.replace(/\D/g, "")).then(
    () => here() && confirmed.value && go(momentPath(confirmed.value), { replace: true }),
    (refusal) => {
      if (here()) failure.value = refusal;
    },
  );
}

function titleOf() {
  const at = route.value;
  const known = board.value;
  const question = known?.question || known?.title;
  if (at.name === "new") return `${t("new.heading")} – ${t("app.name")}`;
  if (!known || at.name === "home" || !question) return t("app.name");
  if (at.name === "idea") return `${known.ideas.get(at.n)?.text ?? t("idea.title", { n: String(at.n) })} – ${t("app.name")}`;
  if (at.name === "judge") return `${t("judge.title")} – ${question} – ${t("app.name")}`;
  if (at.name === "kiosk" || at.name === "tickets") return `${t(`${at.name}.title`)} – ${question} – ${t("app.name")}`;
  if (at.name === "presenter") return `${t("presenter.title")} – ${question} – ${t("app.name")}`;
  if (TITLED.has(at.name)) return `${t(`${at.name}.title`)} – ${question} – ${t("app.name")}`;
  return `${question} – ${t("app.name")}`;
}

/** "?" tells what the keys do, unless somebody is writing; the screen for a room has keys of its own. @param {KeyboardEvent} event */
function onKeyDown(event) {
  const at = /** @type {Element} */ (event.target);
  if (route.value.name === "presenter" || event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || remembered("letters") || at.closest?.("input, textarea, select, dialog")) return;
  event.preventDefault();
  asked.value = { what: "keys" };
}

/** Banners, messages and sheets, whatever the screen. */
export function Around() {
  useEffect(watchConnection, []);
  useEffect(() => {
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  // What is said to one person is nothing for a room.
  const room = route.value.name === "presenter";
  return html`<div class="banners"><${Banner} /></div>${!room && html`<${Toast} /><${News} />`}<${Dialogs} />`;
}

export function Screen() {
  const key = screenKey(route.value);
  const ready = isOnBoard(route.value.name) ? board.value != null : true;
  const shown = useRef("");
  const title = titleOf();

  useEffect(() => follow(route.value), [key]);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (!ready) return;
    // On the first screen the browser has put the focus where it belongs already.
    if (shown.current && shown.current !== key) {
      scrollTo(0, 0);
      closeToast();
      document.querySelector("h1")?.focus({ preventScroll: true });
    }
    shown.current = key;
  }, [key, ready]);

  return html`<${Current} />`;
}
