// What a round comes to, in sentences: who passes, how close it is, what is still missing.
import { html } from "../view.js";
import { percent, t } from "../lib/i18n.js";
import { isFinal, percentOf, settleMinutes } from "../state/result.js";

/** @import { Result, Round } from "../../types/model.js" */

const HOPELESS = 10; // as many rounds like this one

/** @param {Result} result */
function lineWords(result) {
  const { cut } = result;
  if (isFinal(result) || !cut) return [];
  const close = cut.uncertain.length;
  if (close === 0) return [t("result.clear")];
  return [t("result.closeWords", { n: close, above: String(cut.uncertain_in), below: String(cut.uncertain_out) })];
}

/** @param {Result} result @param {Round | undefined} round @param {number} now */
function settleWords(result, round, now) {
  if (!result.settle) return [];
  if (result.settle.ballots > HOPELESS * result.pool.n) return [t("result.settleNever")];
  const minutes = settleMinutes(result, round, now);
  const words = t("result.settle", { n: result.settle.ballots });
  return [minutes == null ? `${words}.` : `${words} ${t("result.settleTime", { n: minutes })}`];
}

/** @param {{result: Result, round: Round | undefined, now: number, foreseen?: boolean}} props foreseen: nothing is decided yet */
export function Summary({ result, round, now, foreseen = false }) {
  const { promoted, ideas, short, judges, participants, quota } = result;
  const passes = foreseen ? "result.wouldPass" : "result.passed";
  const words = [
    ...(isFinal(result) || !round?.rule?.keep ? [] : [t(passes, { n: promoted.length, all: ideas.length })]),
    ...lineWords(result),
    ...(short > 0 ? [t("result.short", { n: short, min: Math.max(1, round?.rule?.min_judges ?? 1) })] : []),
    ...(foreseen ? settleWords(result, round, now) : []),
    ...quota.map(({ theme, at_least: n, got, met }) => t(met ? "result.quotaMet" : "result.quotaMissed", { theme, n, got })),
    t("result.turnout", { n: judges, participants, percent: percent(percentOf(judges, participants)) }),
  ];
  return html`<ul class="points num">${words.map((one) => html`<li key=${one}>${one}</li>`)}</ul>`;
}
