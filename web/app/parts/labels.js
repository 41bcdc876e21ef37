// What one should know of an idea before reading on: its theme, what became of it, what it grew from.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";

/** @import { Idea } from "../../types/model.js" */

const OUTCOMES = new Set(["promoted", "eliminated", "carried_over", "finalist", "winner"]);
const REASONS = new Set(["quota", "below_cut", "displaced_by_quota", "too_few_judges"]);
const UNUSUAL = new Set(["pending", "hidden", "merged", "withdrawn"]);

/**
 * "Reportée : il manque 3 avis" – what an idea became, and why.
 * @param {{outcome: string | null, reason: string | null, missing?: number}} props
 */
export function Outcome({ outcome, reason, missing = 0 }) {
  if (!outcome || !OUTCOMES.has(outcome)) return null;
  const why = outcome !== "carried_over" && reason && REASONS.has(reason) ? `.${reason}` : "";
  return html`<span class=${`outcome ${outcome}`}>${missing > 0 ? t("idea.missingJudges", { n: missing }) : t(`idea.${outcome}${why}`)}</span>`;
}

/** What one should know of an idea before reading numbers. @param {{idea: Idea, brief?: boolean, missing?: number}} props */
export function Labels({ idea, brief = true, missing }) {
  const { theme, round_state: outcome, reason, state, seed, proxy } = idea;
  return html`
    ${theme && html`<span class="tag" dir="auto">${theme}</span>`}
    <${Outcome} outcome=${outcome} reason=${reason} missing=${missing} />
    ${idea.text != null && UNUSUAL.has(state) && html`<span class="outcome">${t(state === "hidden" ? "mod.hiddenBadge" : `idea.${state}`)}</span>`}
    ${proxy && html`<span>${t("idea.proxy")}</span>`}
    ${seed && html`<span title=${t("idea.seed")}>${t(brief ? "idea.seedShort" : "idea.seed")}</span>`}`;
}

/** ↳ Adapte #7 – or, when #7 did not qualify: née de l’idée #7 @param {{slug: string, idea: Idea, reborn?: boolean}} props */
export function Relation({ slug, idea, reborn = false }) {
  if (idea.kind === "idea" || !idea.parent) return null;
  const words = reborn ? t("idea.bornOf", { n: String(idea.parent) }) : `${t(`kind.${idea.kind}`)} #${idea.parent}`;
  return html`<a class=${`kind ${idea.kind}`} href=${ideaPath(slug, idea.parent)}>↳ ${words}</a>`;
}
