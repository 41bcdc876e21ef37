// An idea in a list.
import { html, memo } from "../view.js";
import { t } from "../lib/i18n.js";
import { ideaPath, replyPath } from "../lib/router.js";
import { tallyOf } from "../state/select.js";
import { Ballot, Given } from "./ballot.js";
import { Bar } from "./bar.js";
import { Follow } from "./follow.js";
import { Labels, Relation } from "./labels.js";
import { Menu } from "./menu.js";
import { Said, Source } from "./said.js";

/** @import { Choice, Idea, Score } from "../../types/model.js" */

/** An idea that did not qualify may live on in another. @param {{slug: string, n: number}} props */
const Adapt = ({ slug, n }) => html`<a class="adapt-it" href=${replyPath(slug, n, "adapt")} aria-label=${t("idea.adaptIt", { n: String(n) })}>${t("idea.adapt")}</a>`;

/** Where no ballot is given in lists: what else can be done. @param {{slug: string, n: number, own: boolean, followed: boolean, buildable: boolean}} props */
const Acts = ({ slug, n, own, followed, buildable }) => html`
  ${buildable && html`<a class="chip" href=${replyPath(slug, n, "expand")} aria-label=${t("idea.enrichIt", { n: String(n) })}>${t("lane.expand")}</a>`}
  ${!own && html`<${Follow} n=${n} on=${followed} />`}`;

/**
 * @param {{slug: string, idea: Idea, score?: Score, rank?: number, choice?: Choice, late?: Choice | null, own: boolean, followed: boolean,
 *   replies: number, votable: boolean, scored: boolean, open: boolean, missing: number, reborn: boolean, adaptable: boolean, buildable: boolean}} props
 */
function CardView({ slug, idea, score, rank, choice, late, own, followed, replies, votable, scored, open, missing, reborn, adaptable, buildable }) {
  const tally = tallyOf(score);
  const path = ideaPath(slug, idea.n);
  return html`<li class=${`card ${own ? "own" : ""}`} data-n=${idea.n}>
    ${rank && html`<span class="rank num"><span class="hidden">${t("score.rank", { n: rank })}</span><span aria-hidden="true">${rank}</span></span>`}
    <p class="text"><a href=${path}><${Said} idea=${idea} /></a></p>
    ${(scored || (tally && tally.judged > 0)) && html`<${Bar} tally=${tally} />`}
    <div class="meta quiet">
      <${Labels} idea=${idea} missing=${missing} />
      <span class="num">#${idea.n}</span>
      ${own ? html`<b>${t("idea.yours")}</b>` : idea.author?.name && html`<bdi>${idea.author.name}</bdi>`}
      ${tally && tally.judged > 0 && html`<span class="num">${t("count.ballots", { n: tally.judged })}</span>`}
      <${Relation} slug=${slug} idea=${idea} reborn=${reborn} />
      ${replies > 0 && html`<a class="num" href=${path}>${t("count.replies", { n: replies })}</a>`}
      ${!votable && html`<${Given} choice=${choice} late=${late} />`}
      <${Source} idea=${idea} />
    </div>
    <div class="acts">
      ${adaptable && html`<${Adapt} slug=${slug} n=${idea.n} />`}
      ${votable ? html`<${Ballot} n=${idea.n} choice=${choice} />` : open && html`<${Acts} slug=${slug} n=${idea.n} own=${own} followed=${followed} buildable=${buildable && !adaptable} />`}
      <${Menu} idea=${idea} own=${own} open=${open} judged=${tally?.judged ?? 0} />
    </div>
  </li>`;
}

export const Card = memo(CardView);
