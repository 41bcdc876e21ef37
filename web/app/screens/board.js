// The question, a place to answer it, and what others have answered.
import { html, lazy, useEffect, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { go, judgePath, leadPath, moderatePath, presenterPath, resultPath, route } from "../lib/router.js";
import { remember, remembered } from "../lib/storage.js";
import { SORTS, allows, currentRound, hasOpenScores, isEliminated, isLead, isOver, isRanked, isStaff, lastOver, orderOf } from "../state/select.js";
import { Composer, composerId, isKept } from "../parts/composer.js";
import { List } from "../parts/list.js";
import { RoundLine } from "../parts/round.js";
import { lastVisit } from "../state/visit.js";
import { Toolbar } from "../parts/toolbar.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Sort } from "../state/select.js" */

const You = lazy(() => import("../parts/you.js"), "You");
const Late = lazy(() => import("../parts/late.js"), "Late");
const Since = lazy(() => import("../parts/since.js"), "Since");
const Entered = lazy(() => import("../parts/entered.js"), "Entered");

/** The organiser has said something of an idea. @param {Board} board */
const hasAnswers = ({ ideas }) => [...ideas.values()].some(({ followup }) => followup?.length > 0);

/** @param {{board: Board}} props */
function Head({ board: known }) {
  const { question, title, about, ideas, more, people, ballots } = known;
  const round = currentRound(known);
  const prompt = isOver(round) ? null : round?.prompt;
  return html`<header class="board-head">
    <${RoundLine} board=${known} />
    <h1 tabindex="-1" dir="auto">${question || title}</h1>
    ${prompt && html`<p class="lead" dir="auto">${prompt}</p>`}
    <p class="meta quiet num">
      <span>${t("count.ideas", { n: ideas.size + more })}</span>
      <span>${t("count.participants", { n: people ?? 0 })}</span>
      ${ballots != null && html`<span>${t("count.ballots", { n: ballots })}</span>`}
      ${isLead(known) && html`<a href=${leadPath(known.slug)}>${t("lead.go")}</a>`}
      ${isStaff(known) && html`<a href=${moderatePath(known.slug)}>${t("moderate.go")}</a>`}
    </p>
    ${about && html`<details class="about"><summary>${t("board.about")}</summary><p dir="auto">${about}</p></details>`}
  </header>`;
}

/** @param {{board: Board}} props */
function Budget({ board: { me } }) {
  if (me.posts_left == null) return null;
  return html`<p class="quiet num">${me.posts_left > 0 ? t("compose.postsLeft", { n: me.posts_left }) : t("compose.noneLeft")}</p>`;
}

/** The way to judging: in lists of a served round there is none. @param {{board: Board}} props */
function Invite({ board: known }) {
  if (!allows(known, "vote")) return null;
  const final = currentRound(known)?.final;
  return html`<div class="invite">
    <a class="button wide" href=${judgePath(known.slug)}>${t(final ? "final.go" : "judge.go")}</a>
    <p class="quiet">${t(final ? "final.why" : "judge.why")}</p>
  </div>`;
}

/** The way to what the latest closed round came to. @param {{board: Board}} props */
function Outcome({ board: known }) {
  const round = lastOver(known);
  if (!round?.allows.includes("vote")) return null;
  const main = isOver(currentRound(known)) && round.state === "revealed";
  return html`<p><a class=${main ? "button wide" : ""} href=${resultPath(known.slug, round.n)}>${t("result.of", { n: String(round.n) })}</a></p>`;
}

/** How to be told elsewhere. @param {{board: Board}} props */
const Subscribe = ({ board: { slug, visibility } }) => (visibility && visibility !== "public" ? null : html`<p class="quiet row subscribe">
  <a href=${`/b/${slug}/agenda.ics`} download>${t("board.agenda")}</a> <a href=${`/b/${slug}/feed.atom`}>${t("board.feed")}</a> <a href=${presenterPath(slug)}>${t("board.screen")}</a>
</p>`);

/** @param {{board: Board}} props */
function Take({ board: known }) {
  const open = allows(known, "post");
  const canPost = open && known.me.posts_left !== 0;
  const first = Boolean(currentRound(known)?.final);
  return html`<div class="take">
    ${known.frozen && html`<p class="notice">${t("round.frozen")}</p>`}
    ${first && html`<${Invite} board=${known} />`}
    ${(canPost || isKept(known.slug)) && html`<${Composer} key=${known.slug} board=${known} label=${t("compose.label")} placeholder=${t("compose.hint")}>
      ${open && html`<${Budget} board=${known} />`}
    </${Composer}>`}
    ${!canPost && open && !isKept(known.slug) && html`<div class="composer"><${Budget} board=${known} /></div>`}
    ${!first && html`<${Invite} board=${known} />`}
    <${Outcome} board=${known} />
    ${known.me.person != null && html`<${You} board=${known} />`}
    ${isStaff(known) && html`<${Entered} board=${known} />`}
  </div>`;
}

/** @param {{board: Board, sort: Sort, filtered: boolean}} props */
function Empty({ board: known, sort, filtered }) {
  if (filtered) return html`<p class="empty">${t("filter.none")}</p>`;
  if (sort === "mine") return html`<p class="empty">${t("list.emptyMine")}</p>`;
  return html`<div class="empty"><p>${t("list.empty")}</p>${allows(known, "post") && html`<p class="quiet">${t("list.emptyHint")}</p>`}</div>`;
}

/** Why there are no numbers. @param {Board} known */
function maskedWords(known) {
  const round = currentRound(known);
  if (isOver(round)) return t("score.later");
  return t(round?.scores === "after-vote" ? "score.afterVote" : "score.closed");
}

/** @param {Board} known @returns {Sort[]} */
function sortsOf(known) {
  const ranked = isRanked(known);
  const dropped = [...known.ideas.values()].some(isEliminated);
  return SORTS.filter((one) => (one === "strongest" ? ranked : one !== "out" || dropped));
}

/** @param {{board: Board}} props */
function Ideas({ board: known }) {
  const [paused, setPaused] = useState(Boolean(remembered(`pause.${known.slug}`)));
  const { query: params } = route.value;
  const ranked = isRanked(known);
  const byDefault = /** @type {Sort} */ (ranked ? "strongest" : "newest");
  const offered = sortsOf(known);
  const asked = offered.find((one) => one === params.get("sort"));
  const view = { sort: asked ?? byDefault, query: params.get("q") ?? "", theme: params.get("theme") ?? "", elsewhere: params.get("elsewhere") === "1" };
  const order = orderOf(known, view);
  const filtered = Boolean(view.query || view.theme || view.elsewhere);
  const pause = (/** @type {boolean} */ on) => {
    setPaused(on);
    remember(`pause.${known.slug}`, on || null);
  };

  return html`<section class="ideas" aria-labelledby="ideas-title">
    <h2 id="ideas-title" class="hidden">${t("board.ideas")}</h2>
    <${Toolbar} board=${known} view=${view} byDefault=${byDefault} offered=${offered} found=${order.length} paused=${paused} onPause=${pause} />
    ${!hasOpenScores(known) && html`<p class="masked quiet">${maskedWords(known)}</p>`}
    ${order.length === 0
      ? html`<${Empty} board=${known} sort=${view.sort} filtered=${filtered} />`
      : html`<${List} board=${known} order=${order} view=${JSON.stringify(view)} paused=${paused} ranked=${view.sort === "strongest" && !filtered} />`}
  </section>`;
}

/** Who came to write finds the cursor where it belongs. @param {boolean} wanted */
function useWriting(wanted) {
  useEffect(() => {
    if (!wanted) return;
    document.getElementById(composerId())?.focus();
    go(location.pathname, { replace: true });
  }, [wanted]);
}

/** @param {{board: Board}} props */
export function BoardScreen({ board: known }) {
  useWriting(route.value.query.get("write") === "idea");
  return html`<main class="wrap board" id="main">
    <${Head} board=${known} />
    <div class="board-grid">
      <${Take} board=${known} />
      <div class="board-main">${hasAnswers(known) && html`<${Late} board=${known} />`}${lastVisit.value && html`<${Since} board=${known} />`}<${Ideas} board=${known} /></div>
    </div>
    <${Subscribe} board=${known} />
  </main>`;
}
