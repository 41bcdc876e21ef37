// An idea in a list.
import { html, memo } from "../view.js";
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { tallyOf } from "../state/select.js";
import { Ballot, Given } from "./ballot.js";
import { Bar } from "./bar.js";
import { Menu } from "./menu.js";
import { Said, Source } from "./said.js";

/** @import { Choice, Idea, Score } from "../../types/model.js" */

const OUTCOMES = new Set(["promoted", "eliminated", "carried_over", "finalist", "winner"]);
const UNUSUAL = new Set(["pending", "hidden", "merged", "withdrawn"]);

/** What one should know of an idea before reading numbers. @param {{idea: Idea, brief?: boolean}} props */
export function Labels({ idea, brief = true }) {
  const { theme, round_state: outcome, state, seed } = idea;
  return html`
    ${theme && html`<span class="tag" dir="auto">${theme}</span>`}
    ${outcome && OUTCOMES.has(outcome) && html`<span class=${`outcome ${outcome}`}>${t(`idea.${outcome}`)}</span>`}
    ${idea.text != null && UNUSUAL.has(state) && html`<span class="outcome">${t(`idea.${state}`)}</span>`}
    ${seed && html`<span title=${t("idea.seed")}>${t(brief ? "idea.seedShort" : "idea.seed")}</span>`}`;
}

/** ↳ Adapte #7 @param {{slug: string, idea: Idea}} props */
export function Relation({ slug, idea }) {
  if (idea.kind === "idea" || !idea.parent) return null;
  return html`<a class=${`kind ${idea.kind}`} href=${ideaPath(slug, idea.parent)}>↳ ${t(`kind.${idea.kind}`)} #${idea.parent}</a>`;
}

/**
 * @param {{slug: string, idea: Idea, score?: Score, rank?: number, choice?: Choice, own: boolean,
 *   replies: number, votable: boolean, scored: boolean, open: boolean}} props
 */
function CardView({ slug, idea, score, rank, choice, own, replies, votable, scored, open }) {
  const tally = tallyOf(score);
  const path = ideaPath(slug, idea.n);
  return html`<li class=${`card ${own ? "own" : ""}`} data-n=${idea.n}>
    ${rank && html`<span class="rank num"><span class="hidden">${t("score.rank", { n: rank })}</span><span aria-hidden="true">${rank}</span></span>`}
    <p class="text"><a href=${path}><${Said} idea=${idea} /></a></p>
    ${(scored || tally) && html`<${Bar} tally=${tally} />`}
    <div class="meta quiet">
      <${Labels} idea=${idea} />
      <span class="num">#${idea.n}</span>
      ${own ? html`<b>${t("idea.yours")}</b>` : idea.author?.name && html`<bdi>${idea.author.name}</bdi>`}
      ${tally && tally.judged > 0 && html`<span class="num">${t("count.ballots", { n: tally.judged })}</span>`}
      <${Relation} slug=${slug} idea=${idea} />
      ${replies > 0 && html`<a class="num" href=${path}>${t("count.replies", { n: replies })}</a>`}
      ${!votable && html`<${Given} choice=${choice} />`}
      <${Source} idea=${idea} />
    </div>
    <div class="acts">
      ${votable && !own && html`<${Ballot} n=${idea.n} choice=${choice} />`}
      <${Menu} idea=${idea} own=${own} open=${open} judged=${tally?.judged ?? 0} />
    </div>
  </li>`;
}

export const Card = memo(CardView);
