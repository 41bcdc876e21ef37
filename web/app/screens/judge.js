// One idea at a time. Everything else is out of the way.
import { html, lazy, useEffect, useRef, useState } from "../view.js";
import { say } from "../lib/announce.js";
import { t } from "../lib/i18n.js";
import { boardPath, go, ideaPath, resultPath, writePath } from "../lib/router.js";
import { allows, currentRound, hasFinished, isCandidate, isOver, isOwn, scoreOf, tallyOf } from "../state/select.js";
import { answer, enterJudging, given, left, parked, queue, stage, startJudging, undo } from "../state/judge.js";
import { finish, late, recorded } from "../state/acts.js";
import { connection } from "../state/session.js";
import { Bar } from "../parts/bar.js";
import { Groups, asksGroups } from "../parts/groups.js";
import { asked } from "../state/asked.js";
import { RoundLine } from "../parts/round.js";
import { Said } from "../parts/said.js";

/** @import { Board, Choice, Idea } from "../../types/model.js" */

const Finalists = lazy(() => import("./finalists.js"), "Finalists");

const ANSWERS = /** @type {const} */ (["agree", "pass", "disagree"]);
const KEYS = { agree: "←", pass: "↓", disagree: "→", later: "L", undo: "U" };
const ASK_GROUPS_AFTER = 3; // opinions of this visit
const SETTLE_MS = 300; // the second half of a double click is not an answer to the next idea

/** @param {Board} board how many answers are given, and how many ideas remain */
function progressOf(board) {
  const mine = [...board.ideas.values()].filter((idea) => isCandidate(board, idea) && !isOwn(board, idea));
  const done = mine.filter(({ n }) => board.me.ballots[n]).length;
  const ahead = queue.value.length + left.value;
  // Under a cap the server counts servings beyond the queue; without one it counts the queue too.
  const remaining = board.more ? ahead : Math.min(ahead, Math.max(mine.length - done, queue.value.length));
  return { position: done + 1, total: done + Math.max(remaining, 1) };
}

/** @param {{board: Board, idea: Idea}} props */
function Parent({ board, idea }) {
  const parent = idea.parent == null ? undefined : board.ideas.get(idea.parent);
  if (!parent) return null;
  return html`<p class="under quiet">
    <span class=${`kind ${idea.kind}`}>${t(`kind.${idea.kind}`)}</span> <a href=${ideaPath(board.slug, parent.n)} target="_blank"><${Said} idea=${parent} /></a>
  </p>`;
}

/** @param {{position: number, total: number}} props */
function Progress({ position, total }) {
  return html`<div class="judge-progress">
    <b class="num">${t("judge.progress", { position, total })}</b>
    <svg class="track" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="track-all" width="100" height="2" /><rect class="track-done" width=${((position - 1) / total) * 100} height="2" />
    </svg>
  </div>`;
}

/** What everybody said of the idea before this one, once one has said it oneself. @param {{board: Board}} props */
function Last({ board }) {
  const last = given.value.at(-1);
  const told = last?.choice && currentRound(board)?.scores === "after-vote";
  const tally = told ? tallyOf(scoreOf(board, last.idea.n)) : null;
  if (!last || !tally) return null;
  return html`<div class="judge-last quiet"><span class="num">${t("judge.last", { n: String(last.idea.n) })}</span> <${Bar} tally=${tally} /></div>`;
}

/** @param {{onAnswer: (choice: Choice | null) => void, idea: Idea}} props */
function Answers({ onAnswer, idea }) {
  const saved = given.value.filter((/** @type {{idea: Idea}} */ { idea: { n } }) => recorded.value.has(n)).length;
  const report = () => {
    asked.value = { what: "report", idea };
  };
  return html`<div class="answers">
    <div class="choices" role="group" aria-label=${t("judge.answers")}>
      ${ANSWERS.map((choice) => html`<button key=${choice} type="button" class=${choice} onClick=${() => onAnswer(choice)}>
        ${t(`ballot.${choice}`)}
      </button>`)}
    </div>
    <div class="row center">
      <button type="button" class="bare" onClick=${() => onAnswer(null)}>${t("judge.later")}</button>
      <button type="button" class="bare" onClick=${report}>${t("idea.report")}</button>
    </div>
    <p class="center-text quiet num">${saved > 0 && html`✓ ${t("judge.recorded", { n: saved })}`}</p>
    <p class="keys quiet">${t("judge.keys", KEYS)}</p>
  </div>`;
}

/** @param {{board: Board, idea: Idea}} props */
function One({ board, idea }) {
  const shownAt = useRef(0);
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const { position, total } = progressOf(board);
  useEffect(() => {
    shownAt.current = Date.now();
    // The keys work while the focus is here; whoever presses a button keeps it there.
    if (!place.current?.contains(document.activeElement)) place.current?.querySelector("h2")?.focus();
    say(t("app.pair", { a: t("judge.position", { position, total }), b: idea.text ?? "" }));
  }, [idea]);

  /** @param {Choice | null} choice */
  const onAnswer = (choice) => {
    if (Date.now() - shownAt.current > SETTLE_MS) answer(choice);
  };
  /** @param {KeyboardEvent} event only reaches here while the focus is on this screen */
  const onKeyDown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => onAnswer("agree"), ArrowDown: () => onAnswer("pass"), ArrowRight: () => onAnswer("disagree"), l: () => onAnswer(null), u: undo,
    });
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return html`<div class="judge-one" ref=${place} onKeyDown=${onKeyDown}>
    <div class="row">
      <${Progress} position=${position} total=${total} />
      <button type="button" class="bare end" aria-disabled=${given.value.length === 0} onClick=${undo}>↶ ${t("judge.undo")}</button>
    </div>
    <article class="face" key=${idea.n}>
      <${Parent} board=${board} idea=${idea} />
      <h2 class="question" tabindex="-1"><${Said} idea=${idea} /></h2>
      <p class="meta quiet">${idea.theme && html`<span class="tag" dir="auto">${idea.theme}</span>`}<span class="num">#${idea.n}</span>
        ${idea.seed && html`<span>${t("idea.seed")}</span>`}
        ${idea.proxy && html`<span>${t("idea.proxy")}</span>`}</p>
    </article>
    <${Answers} onAnswer=${onAnswer} idea=${idea} />
    <${Last} board=${board} />
  </div>`;
}

/** @param {{board: Board}} props */
function Start({ board }) {
  const guaranteed = currentRound(board)?.rule?.min_judges ?? 0;
  return html`<div class="judge-end">
    <p class="lead">${t("judge.intro")}</p>
    <p>${guaranteed > 0 ? t("judge.fair", { n: guaranteed }) : t("judge.why")}</p>
    ${!board.publish_log && html`<p class="quiet">${t("judge.secret")}</p>`}
    <button type="button" class="big" onClick=${startJudging}>${t("judge.start")}</button>
    <a href=${boardPath(board.slug)}>${t("judge.see")}</a>
  </div>`;
}

/** @param {{board: Board}} props */
function End({ board }) {
  const count = given.value.filter((/** @type {{choice: Choice | null}} */ { choice }) => choice).length;
  const title = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => title.current?.focus(), []);
  return html`<div class="judge-end">
    <h2 ref=${title} tabindex="-1">${t(count > 0 ? "judge.thanks" : "judge.nothing")}</h2>
    ${count > 0 && html`<p class="lead num">${t("judge.given", { n: count })} ${t("judge.allRead")}</p>`}
    ${parked.value.length > 0 && html`<button type="button" onClick=${startJudging}>${t("judge.parked", { n: parked.value.length })}</button>`}
    <a class="button" href=${allows(board, "post") ? writePath(board.slug) : boardPath(board.slug)}>${t(allows(board, "post") ? "judge.propose" : "judge.see")}</a>
    ${hasFinished(board) ? html`<p class="notice">${t("final.finished")}</p>` : count > 0 && html`<button type="button" class="plain" onClick=${() => finish(board)}>${t("final.finish")}</button>`}
    <div class="row center">
      ${given.value.length > 0 && html`<button type="button" class="bare" onClick=${undo}>↶ ${t("judge.undo")}</button>`}
      <button type="button" class="bare" onClick=${startJudging}>${t("judge.again")}</button>
    </div>
  </div>`;
}

/** Nobody can give an opinion now: why, and where to go. @param {{board: Board}} props */
function NotNow({ board }) {
  const round = currentRound(board);
  const revealed = round?.state === "revealed";
  return html`<div class="judge-end">
    <p class="lead">${t(round?.state === "paused" ? "judge.paused" : isOver(round) ? (revealed ? "judge.over" : "result.soon") : "judge.closed")}</p>
    ${late.value.size > 0 && html`<p class="notice num">${t("judge.late", { n: late.value.size })}</p>`}
    ${isOver(round) && !revealed && html`<p class="quiet">${t("result.willShow")}</p>`}
    ${round && revealed && html`<a class="button" href=${resultPath(board.slug, round.n)}>${t("result.see")}</a>`}
    <a class=${revealed ? "" : "button"} href=${boardPath(board.slug)}>${t("judge.see")}</a>
  </div>`;
}

/** @param {{board: Board}} props */
function Body({ board }) {
  const [, again] = useState(0);
  if (!allows(board, "vote")) return html`<${NotNow} board=${board} />`;
  if (stage.value === "idle") return html`<${Start} board=${board} />`;
  if (given.value.length >= ASK_GROUPS_AFTER && asksGroups(board)) return html`<${Groups} board=${board} onDone=${() => again((count) => count + 1)} />`;
  if (stage.value === "over") return html`<${End} board=${board} />`;
  const [idea] = queue.value;
  if (idea) return html`<${One} board=${board} idea=${idea} />`;
  return html`<p class="judge-end lead">${t(connection.value.state === "open" ? "judge.loading" : "judge.waiting")}</p>`;
}

/** Nobody writes here: when the result is revealed, everybody in the room sees it at once. @param {Board} board */
function useReveal(board) {
  const round = currentRound(board);
  const before = useRef(round);
  useEffect(() => {
    const was = before.current;
    before.current = round;
    if (round?.state === "revealed" && was?.n === round.n && was.state !== "revealed") go(resultPath(board.slug, round.n), { replace: true });
  }, [round?.n, round?.state]);
}

/** @param {{board: Board}} props */
export function JudgeScreen({ board }) {
  const round = currentRound(board);
  useReveal(board);
  return round?.final && !isOver(round) ? html`<${Finalists} board=${board} />` : html`<${Queue} board=${board} />`;
}

/** @param {{board: Board}} props */
function Queue({ board }) {
  enterJudging(board.slug);
  const open = allows(board, "vote");
  useEffect(() => {
    // Whoever is known here goes straight to the first idea.
    if (board.me.person != null && stage.value === "idle" && open) startJudging();
  }, [board.slug, board.round, open]);

  return html`<main class="wrap judge" id="main">
    <div class="row judge-head">
      <h1 tabindex="-1" class="quiet">${t("judge.title")}</h1>
      <a class="end" href=${boardPath(board.slug)}>${t("judge.leave")}</a>
    </div>
    <${RoundLine} board=${board} />
    <p class="judge-question" dir="auto">${board.question}</p>
    <${Body} board=${board} />
  </main>`;
}
