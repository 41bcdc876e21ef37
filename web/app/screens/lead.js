// Where a lead conducts the rounds: the next step, what the rule would give now, all rounds.
import { html, useState } from "../view.js";
import { number, t, timeOfDay } from "../lib/i18n.js";
import { boardPath, importPath, resultPath } from "../lib/router.js";
import { preview, take } from "../state/lead.js";
import { currentRound, isCandidate, isLead, isOver } from "../state/select.js";
import { stepsFor } from "../state/steps.js";
import { clock } from "../state/session.js";
import { conditionWords } from "../parts/conditions.js";
import { Confirm } from "../parts/confirm.js";
import { Ranking } from "../parts/ranking.js";
import { RoundLine, nameOf } from "../parts/round.js";
import { Rule, ruleWords } from "../parts/rule.js";
import { Summary } from "../parts/summary.js";
import { Missing } from "./missing.js";

/** @import { Board, Result, Round } from "../../types/model.js" */
/** @import { Step } from "../state/steps.js" */

const MAIN = /** @type {const} */ (["reveal", "resume", "open", "next", "close"]);

/** What closing does, in sentences. @param {Round} round @param {number} now @param {boolean} kept the result stays with the leads */
function closing(round, now, kept) {
  const early = round.closes_at != null && Date.parse(round.closes_at) > now;
  return [
    t("lead.will.end", { n: String(round.n) }),
    ...ruleWords(round),
    t(kept ? "lead.will.keep" : "lead.will.show"),
    ...(early ? [t("lead.will.early")] : []),
  ];
}

/** @param {Board} board @param {Step} step @returns {string[]} */
function pointsOf(board, { what, round: n }) {
  const present = currentRound(board);
  const named = board.rounds.find((round) => round.n === n);
  if (what === "close" && present) return closing(present, clock.peek(), present.reveal === "by-lead");
  if (what === "reveal") return [t("lead.will.reveal"), t("lead.will.together")];
  if (what === "back") return [t("lead.will.forget", { n: String(n) }), t("lead.will.goOn"), t("lead.will.logged")];
  if (what === "cancel") return [t("lead.will.undo", { n: String(n + 1) }), t("lead.will.forget", { n: String(n) }), t("lead.will.goOn"), t("lead.will.onlyUnused"), t("lead.will.logged")];
  const before = what === "next" && present && !isOver(present) ? closing(present, clock.peek(), false) : []; // what follows reveals it
  const hidden = what === "next" && present?.state === "closed" ? [t("lead.will.reveal")] : [];
  return [...before, ...hidden, t(named?.final ? "lead.will.final" : "lead.will.open", { n: String(n) }), ...(named?.minutes ? [t("lead.will.minutes", { n: named.minutes })] : [])];
}

/** The step that is offered first. @param {Step[]} steps */
const mainOf = (steps) => MAIN.map((what) => steps.find((step) => step.what === what)).find(Boolean);

/** @param {{board: Board}} props */
function Steps({ board }) {
  const [asked, setAsked] = useState(/** @type {Step | null} */ (null));
  const label = (/** @type {Step} */ { what, round }) => t(`lead.step.${what}`, { n: String(round) });
  const press = (/** @type {Step} */ step) => (step.asks ? setAsked(step) : take(board.slug, step));
  const steps = stepsFor(board);
  const first = mainOf(steps);
  const button = (/** @type {Step} */ step) => html`<button key=${step.what} type="button" class=${step === first ? "" : step.method === "reopen" ? "bare" : "plain"} onClick=${() => press(step)}>${label(step)}</button>`;
  return html`<div class="conduct">
    ${first && html`<div class="row first">${button(first)}</div>`}
    ${steps.length > 1 && html`<div class="row">${steps.filter((step) => step !== first).map(button)}</div>`}
    ${asked && html`<${Confirm} key=${asked.what} title=${label(asked)} points=${pointsOf(board, asked)} label=${t("lead.confirm")}
      onConfirm=${() => take(board.slug, asked)} onClose=${() => setAsked(null)} />`}
  </div>`;
}

/** @param {{board: Board, round: Round}} props */
function Facts({ board, round }) {
  const facts = /** @type {[string, number | null][]} */ ([
    ["lead.fact.candidates", board.more ? round.candidates : [...board.ideas.values()].filter((idea) => isCandidate(board, idea)).length], ["lead.fact.people", board.people], ["lead.fact.ballots", board.ballots], ["lead.fact.done", round.done],
  ]);
  return html`<dl class="facts-row num">
    ${facts.map(([key, n]) => n != null && html`<div key=${key}><dt class="quiet">${t(key)}</dt><dd>${number(n)}</dd></div>`)}
  </dl>`;
}

/** @param {{board: Board, round: Round}} props */
function Preview({ board, round }) {
  const [seen, setSeen] = useState(/** @type {{result: Result, at: number} | null} */ (null));
  const [busy, setBusy] = useState(false);
  const look = async () => {
    if (busy) return;
    setBusy(true);
    const result = await preview(board.slug);
    setBusy(false);
    if (result) setSeen({ result, at: clock.peek() });
  };
  const masked = round.scores !== "live";
  const fits = seen?.result.round === round.n;
  return html`<section aria-labelledby="preview">
    <h2 id="preview">${t("lead.preview")}</h2>
    <p class="quiet">${t("lead.previewWhy")}${masked ? html` <b>${t("lead.previewLogged")}</b>` : ""}</p>
    <p><button type="button" class="plain" aria-disabled=${busy} onClick=${look}>${t(seen && fits ? "lead.previewAgain" : "lead.previewGo")}</button></p>
    ${seen && fits && html`
      <p class="quiet num">${t("lead.previewAt", { time: timeOfDay(seen.at) })}</p>
      <${Summary} result=${seen.result} round=${round} now=${seen.at} foreseen />
      <${Ranking} board=${board} result=${seen.result} />`}
  </section>`;
}

/** @param {{board: Board, round: Round}} props */
function Planned({ board, round }) {
  return html`<li class=${`card planned ${round.n === board.round ? "now" : ""}`}>
    <p class="text">${nameOf(round, board.rounds.length)}${round.title ? ` – ${round.title}` : ""}</p>
    <p class="meta quiet num">
      <span class="outcome">${t(`round.state.${round.state}`)}</span>
      <span>${t(`round.scores.${round.scores}`)}</span>
      ${round.minutes && html`<span>${t("time.minutes", { n: round.minutes })}</span>`}
      ${isOver(round) && round.allows.includes("vote") && html`<a href=${resultPath(board.slug, round.n)}>${t("result.see")}</a>`}
    </p>
    <${Rule} round=${round} />
    ${conditionWords(round).map((one) => html`<p key=${one} class="quiet">${one}</p>`)}
  </li>`;
}

/** @param {{board: Board}} props */
export function LeadScreen({ board }) {
  if (!isLead(board)) return html`<${Missing} why=${t("lead.notYours")} />`;
  const round = currentRound(board);
  return html`<main class="wrap lead-screen" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <header class="board-head">
      <${RoundLine} board=${board} />
      <h1 tabindex="-1">${t("lead.title")}</h1>
      <p><a href=${importPath(board.slug)}>${t("import.title")}</a></p>
    </header>
    <section class="face" aria-labelledby="now">
      <h2 id="now">${round ? `${nameOf(round, board.rounds.length)} – ${t(`round.state.${round.state}`)}` : t("lead.notBegun")}</h2>
      ${round && html`<${Facts} board=${board} round=${round} />`}
      <${Steps} board=${board} />
    </section>
    ${round && !isOver(round) && html`<${Preview} board=${board} round=${round} />`}
    <section aria-labelledby="rounds">
      <h2 id="rounds">${t("lead.rounds")}</h2>
      <ol class="cards plan">${board.rounds.map((one) => html`<${Planned} key=${one.n} board=${board} round=${one} />`)}</ol>
    </section>
  </main>`;
}
