// What can be joined now.
import { html, useEffect } from "../view.js";
import { t } from "../lib/i18n.js";
import { boardPath, leadPath, newPath } from "../lib/router.js";
import { leaveBoard } from "../state/board.js";
import { boards, loadBoards } from "../state/boards.js";
import { isOver } from "../state/select.js";
import { leadsHere } from "../state/session.js";
import { Join } from "../parts/join.js";

/** @import { BoardLine } from "../../types/model.js" */

const REFRESH_MS = 10_000;
const STEPS = ["propose", "judge", "rise"];

/** @param {{line: BoardLine}} props */
function Line({ line: { slug, title, question, state, round, ideas, people, ballots } }) {
  const now = typeof round === "object" ? round : null;
  return html`<li class="board-link">
    <a href=${state === "draft" ? leadPath(slug) : boardPath(slug)}>
      <span class="quiet" dir="auto">${title}</span>
      <strong dir="auto">${question || title}</strong>
    </a>
    <p class="meta quiet num">
      ${now && now.title && !isOver(now) && html`<b dir="auto">${now.title}</b>`}
      <span>${t("count.ideas", { n: ideas })}</span>
      <span>${t("count.participants", { n: people })}</span>
      ${ballots != null && html`<span>${t("count.ballots", { n: ballots })}</span>`}
    </p>
  </li>`;
}

/** @param {{title: string, lines: BoardLine[]}} props */
function Section({ title, lines }) {
  if (lines.length === 0) return null;
  return html`<section>
    <h2>${title}</h2>
    <ol class="boards">${lines.map((line) => html`<${Line} key=${line.slug} line=${line} />`)}</ol>
  </section>`;
}

function Boards() {
  const all = boards.value;
  if (!all) return html`<div class="ghost"></div>`;
  const isOpen = (/** @type {BoardLine} */ { state }) => state === "open";
  const isDraft = (/** @type {BoardLine} */ { state }) => state === "draft";
  if (all.length === 0) return html`<div class="empty"><p>${t("home.none")}</p><p class="quiet">${t("home.noneHint")}</p></div>`;
  return html`
    <${Section} title=${t("home.drafts")} lines=${all.filter(isDraft)} />
    <${Section} title=${t("home.open")} lines=${all.filter(isOpen)} />
    <${Section} title=${t("home.closed")} lines=${all.filter((line) => !isOpen(line) && !isDraft(line))} />`;
}

export function Home() {
  useEffect(() => {
    leaveBoard();
    loadBoards();
    const timer = setInterval(() => document.hidden || loadBoards(), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  return html`<main class="wrap home" id="main">
    <header class="hero">
      <h1 tabindex="-1">${t("home.title")}</h1>
      <p class="lead">${t("home.lead")}</p>
      <ol class="three">${STEPS.map((step) => html`<li key=${step}><b>${t(`home.${step}`)}</b> <span>${t(`home.${step}.how`)}</span></li>`)}</ol>
    </header>
    <div class="home-grid">
      <${Join} />
      <div class="home-boards">
        ${leadsHere() && html`<p><a class="button" href=${newPath}>${t("home.new")}</a></p>`}
        <${Boards} />
      </div>
    </div>
  </main>`;
}
