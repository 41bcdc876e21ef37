// One idea: what it grew from above it, what grew from it below.
import { html, lazy, useEffect } from "../view.js";
import { t } from "../lib/i18n.js";
import { boardPath, casePath, ideaPath, judgePath, replyPath } from "../lib/router.js";
import { late } from "../state/acts.js";
import { loadRest } from "../state/board.js";
import { client } from "../state/session.js";
import { allows, ancestors, currentRound, hasOpenScores, isCandidate, isEliminated, isFollowed, isOwn, isRanked, isStaff, missingJudges, scoreOf, takesBallot, tallyOf } from "../state/select.js";
import { Ballot, Given } from "../parts/ballot.js";
import { Bar } from "../parts/bar.js";
import { Labels, Outcome } from "../parts/labels.js";
import { Lanes } from "../parts/lanes.js";
import { Hands } from "../parts/hands.js";
import { Follow } from "../parts/follow.js";
import { Menu } from "../parts/menu.js";
import { Outline } from "../parts/outline.js";
import { Reads } from "../parts/reads.js";
import { Rounds } from "../parts/rounds.js";
import { Said, Source } from "../parts/said.js";
import { Share } from "../parts/share.js";
import { Timeline } from "../parts/timeline.js";
import { Loading } from "../parts/loading.js";

/** @import { Board, Idea } from "../../types/model.js" */

const Missing = lazy(() => import("./missing.js"), "Missing");
const ModeratedNote = lazy(() => import("../parts/moderated.js"), "ModeratedNote");

/** @param {{board: Board, idea: Idea}} props */
function Above({ board, idea }) {
  const chain = ancestors(board, idea);
  const crossed = idea.with == null ? undefined : board.ideas.get(idea.with);
  if (chain.length === 0 && !crossed) return null;
  const below = [...chain.slice(1), idea];
  return html`<nav class="chain" aria-label=${t("idea.path")}>
    <ol>${chain.map((parent, i) => html`<li key=${parent.n}>
      <a href=${ideaPath(board.slug, parent.n)}><${Said} idea=${parent} /></a>
      ${isEliminated(parent) && html`<span class="quiet"><${Outcome} outcome=${parent.round_state} reason=${parent.reason} /></span>`}
      <span class=${`kind ${below[i].kind}`}>↓ ${t(`kind.${below[i].kind}`)}</span>
    </li>`)}</ol>
    ${crossed && html`<p class="crossed"><span class="quiet">${t("idea.crosses")}</span> <a href=${ideaPath(board.slug, crossed.n)}>#${crossed.n} <${Said} idea=${crossed} /></a></p>`}
  </nav>`;
}

/** @param {{board: Board, idea: Idea}} props */
function Opinion({ board, idea }) {
  const own = isOwn(board, idea);
  const choice = board.me.ballots[idea.n];
  if (own || !isCandidate(board, idea)) return null;
  if (!allows(board, "vote")) return html`<${Given} choice=${choice} late=${late.value.get(idea.n)} />`;
  if (takesBallot(board, idea)) return html`<${Ballot} n=${idea.n} choice=${choice} />`;
  const final = currentRound(board)?.final;
  return html`<div class="invite">
    <p class="row"><${Given} choice=${choice} /><a class="button" href=${judgePath(board.slug)}>${t(final ? "final.go" : "judge.go")}</a></p>
    <p class="quiet">${t(final ? "final.why" : "judge.why")}</p>
  </div>`;
}

/** An idea that did not qualify can be read, and go on in another. @param {{board: Board, idea: Idea}} props */
function Milestone({ board, idea }) {
  if (!isEliminated(idea)) return null;
  return html`<div class="notice milestone">
    <p>${t("idea.milestone")}</p>
    ${allows(board, "build") && html`<p><a class="button" href=${replyPath(board.slug, idea.n, "adapt")}>${t("idea.adaptIt", { n: String(idea.n) })}</a></p>`}
  </div>`;
}

/** @param {{board: Board, idea: Idea}} props */
function Results({ board, idea }) {
  const tally = tallyOf(scoreOf(board, idea.n));
  if (!isCandidate(board, idea) && !tally) return null;
  if ((tally && tally.judged > 0) || isRanked(board)) return html`<${Bar} tally=${tally} detailed />`;
  if (hasOpenScores(board)) return null; // nobody judges yet
  return html`<p class="masked quiet">${t(currentRound(board)?.scores === "after-vote" ? "score.afterVote" : "score.closed")}</p>`;
}

/** @param {{board: Board, idea: Idea}} props */
function Face({ board, idea }) {
  const own = isOwn(board, idea);
  return html`<article class="face">
    <h1 tabindex="-1"><span class="hidden">${t("idea.title", { n: String(idea.n) })} – </span><${Said} idea=${idea} /></h1>
    <div class="meta quiet">
      <${Labels} idea=${idea} brief=${false} missing=${missingJudges(board, idea)} />
      <span class="num">#${idea.n}</span>
      ${own ? html`<b>${t("idea.yours")}</b>` : idea.author?.name && html`<bdi>${t("idea.by", { name: idea.author.name })}</bdi>`}
      <${Source} idea=${idea} />
      <${Menu} idea=${idea} own=${own} open=${board.state === "open"} judged=${tallyOf(board.scores.get(idea.n))?.judged ?? idea.judges ?? 0} />
    </div>
    ${idea.merged_into && html`<p><a href=${ideaPath(board.slug, idea.merged_into)}>${t("idea.mergedInto", { n: String(idea.merged_into) })}</a></p>`}
    <${Results} board=${board} idea=${idea} />
    <${Hands} board=${board} idea=${idea} />
    ${own && html`<p class="quiet"><${Reads} board=${board} n=${idea.n} /></p>`}
    <${Milestone} board=${board} idea=${idea} />
    <${Opinion} board=${board} idea=${idea} />
    <div class="row">${isStaff(board) && html`<a class="chip" href=${casePath(board.slug, idea.n)}>${t("idea.moderate")}</a>`}${!own && board.state === "open" && idea.state === "shown" && html`<${Follow} n=${idea.n} on=${isFollowed(board, idea.n)} />`}
      <${Share} title=${idea.text ?? board.question} path=${ideaPath(board.slug, idea.n)} /></div>
  </article>`;
}

/** @param {{board: Board, n: number}} props */
export function IdeaScreen({ board, n }) {
  const idea = board.ideas.get(n);
  useEffect(() => {
    if (!idea) loadRest();
  }, [n, idea != null]);
  const counted = idea != null && isOwn(board, idea) && currentRound(board)?.ballots === "served";
  useEffect(() => {
    if (counted) client.refresh(board.slug); // how many have read it is not told by itself
  }, [n, counted]);
  if (!idea) return board.more ? html`<${Loading} />` : html`<${Missing} why=${t("idea.missing")} />`;

  return html`<main class="wrap idea" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <${Above} board=${board} idea=${idea} />
    <${Face} board=${board} idea=${idea} />
    ${idea.moderation && html`<${ModeratedNote} board=${board} idea=${idea} />`}
    <${Timeline} idea=${idea} />
    <${Rounds} board=${board} idea=${idea} />
    <${Outline} board=${board} idea=${idea} />
    <section aria-labelledby="follows">
      <h2 id="follows">${t("idea.follows")}</h2>
      <${Lanes} board=${board} idea=${idea} />
    </section>
  </main>`;
}
