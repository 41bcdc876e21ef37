// The steps that a lead may take with the rounds, the next one first; each says what it will do.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { take } from "../state/lead.js";
import { currentRound, isOver } from "../state/select.js";
import { stepsFor } from "../state/steps.js";
import { clock } from "../state/session.js";
import { Confirm } from "./confirm.js";
import { ruleWords } from "./rule.js";

/** @import { Board, Round } from "../../types/model.js" */
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
export function Conduct({ board }) {
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
