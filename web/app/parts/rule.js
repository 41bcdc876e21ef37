// The rule of a round in words, as it is published before the round begins.
import { html } from "../view.js";
import { percent, t } from "../lib/i18n.js";

/** @import { Round } from "../../types/model.js" */

/** @param {Round} round */
function keepWords({ rule, final }) {
  const keep = rule?.keep;
  if (final) return t("rule.final");
  if (keep?.top != null) return t("rule.top", { n: keep.top });
  if (keep?.share != null) return t("rule.share", { percent: percent(keep.share * 100) });
  if (keep?.at_least != null) return t("rule.atLeast", { percent: percent(keep.at_least * 100) });
  return t("rule.all");
}

/** @param {Round} round @returns {string[]} */
export function ruleWords(round) {
  const { rule, final } = round;
  const words = [keepWords(round)];
  if (!final && rule?.keep && rule.min_judges > 0) words.push(t("rule.minJudges", { n: rule.min_judges }));
  if (!final && rule?.keep && rule.min_judges > 0) words.push(t(rule.carry_over ? "rule.carry" : "rule.noCarry"));
  for (const { theme, at_least: n } of rule?.quota ?? []) words.push(t("rule.quota", { n, theme }));
  return words;
}

/** @param {{round: Round}} props */
export const Rule = ({ round }) => html`<ul class="points">${ruleWords(round).map((words) => html`<li key=${words}>${words}</li>`)}</ul>`;
