// Which screen the address asks for, its title, and where the focus goes when it changes.
import { html, lazy, useEffect, useRef } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { boardPath, go, route, screenKey } from "../lib/router.js";
import { board, failure, joinByCode, openBoard } from "../state/board.js";
import { closeToast } from "../state/toast.js";
import { Banner, watchConnection } from "../parts/banner.js";
import { Dialogs } from "../parts/dialogs.js";
import { Toast } from "../parts/toast.js";

export { Footer, Top } from "../parts/top.js";
import { BoardScreen } from "./board.js";
import { Loading, Missing } from "./missing.js";

const Home = lazy(() => import("./home.js"), "Home");
const IdeaScreen = lazy(() => import("./idea.js"), "IdeaScreen");
const JudgeScreen = lazy(() => import("./judge.js"), "JudgeScreen");
const LeadScreen = lazy(() => import("./lead.js"), "LeadScreen", { ahead: false });
const ResultScreen = lazy(() => import("./result.js"), "ResultScreen", { ahead: false });
const News = lazy(() => import("../parts/news.js"), "News");
const ON_BOARD = new Set(["board", "idea", "judge", "lead", "result"]);

function Current() {
  const at = route.value;
  if (at.name === "home") return html`<${Home} />`;
  if (failure.value) return html`<${Missing} why=${sentence(failure.value)} />`;
  if (at.name === "missing") return html`<${Missing} why="" />`;
  const known = board.value;
  if (!known || (at.slug && known.slug !== at.slug)) return html`<${Loading} />`;
  if (at.name === "idea") return html`<${IdeaScreen} board=${known} n=${at.n} />`;
  if (at.name === "judge") return html`<${JudgeScreen} board=${known} />`;
  if (at.name === "lead") return html`<${LeadScreen} board=${known} />`;
  if (at.name === "result") return html`<${ResultScreen} board=${known} n=${at.n} />`;
  return html`<${BoardScreen} board=${known} />`;
}

/** Joins what the address names. @param {import("../lib/router.js").Route} at */
function follow(at) {
  if (ON_BOARD.has(at.name)) openBoard(at.slug);
  if (at.name !== "join") return;
  joinByCode(at.code.replace(/\D/g, "")).then(
    (slug) => go(boardPath(slug), { replace: true }),
    (refusal) => {
      failure.value = refusal;
    },
  );
}

function titleOf() {
  const at = route.value;
  const known = board.value;
  const question = known?.question || known?.title;
  if (!known || at.name === "home" || !question) return t("app.name");
  if (at.name === "idea") return `${known.ideas.get(at.n)?.text ?? t("idea.title", { n: String(at.n) })} – ${t("app.name")}`;
  if (at.name === "judge") return `${t("judge.title")} – ${question} – ${t("app.name")}`;
  if (at.name === "lead" || at.name === "result") return `${t(`${at.name}.title`)} – ${question} – ${t("app.name")}`;
  return `${question} – ${t("app.name")}`;
}

export function Screen() {
  const key = screenKey(route.value);
  const ready = ON_BOARD.has(route.value.name) ? board.value != null : true;
  const shown = useRef("");
  const title = titleOf();

  useEffect(watchConnection, []);
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

  return html`<div class="banners"><${Banner} /></div><${Current} /><${Toast} /><${Dialogs} /><${News} />`;
}
