// The four kinds of reply under an idea, each with its own place to write.
import { html, useEffect, useRef, useState } from "../view.js";
import { number, t } from "../lib/i18n.js";
import { ideaPath, route } from "../lib/router.js";
import { RELATIONS, allows, isCandidate, isOwn, isRanked, missingJudges, repliesTo, scoreOf, takesBallot, tallyOf } from "../state/select.js";
import { remembered } from "../lib/storage.js";
import { Ballot } from "./ballot.js";
import { Bar } from "./bar.js";
import { Composer, composerId, isKept } from "./composer.js";
import { Crossing } from "./crossing.js";
import { Labels } from "./labels.js";
import { Menu } from "./menu.js";
import { Said } from "./said.js";

/** @import { Board, Idea, Relation } from "../../types/model.js" */

/** @param {{board: Board, idea: Idea}} props */
function Reply({ board, idea }) {
  const tally = tallyOf(scoreOf(board, idea.n));
  const own = isOwn(board, idea);
  const candidate = isCandidate(board, idea);
  return html`<li class=${`card reply ${own ? "own" : ""}`} data-n=${idea.n}>
    <p class="text"><a href=${ideaPath(board.slug, idea.n)}><${Said} idea=${idea} /></a></p>
    ${candidate && (isRanked(board) || (tally && tally.judged > 0)) && html`<${Bar} tally=${tally} />`}
    <div class="meta quiet">
      <${Labels} idea=${idea} missing=${missingJudges(board, idea)} />
      <span class="num">#${idea.n}</span>
      ${own ? html`<b>${t("idea.yours")}</b>` : idea.author?.name && html`<bdi>${idea.author.name}</bdi>`}
      ${idea.replies > 0 && html`<a class="num" href=${ideaPath(board.slug, idea.n)}>${t("count.replies", { n: idea.replies })}</a>`}
      <${Menu} idea=${idea} own=${own} open=${board.state === "open"} judged=${tally?.judged ?? 0} />
    </div>
    ${takesBallot(board, idea) && html`<${Ballot} n=${idea.n} choice=${board.me.ballots[idea.n]} />`}
  </li>`;
}

/** @param {{board: Board, idea: Idea, relation: Relation}} props */
function Writing({ board, idea, relation }) {
  const [open, setOpen] = useState(Boolean(remembered(`draft.${board.slug}.${idea.n}.${relation}`)));
  const [crossing, setCrossing] = useState(0);
  const wanted = route.value.query.get("write") === relation;
  const was = useRef(open);
  const button = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (wanted) setOpen(true);
  }, [wanted]);
  useEffect(() => {
    // The focus goes to what has taken the place of what had it.
    if (was.current !== open) (button.current ?? document.getElementById(composerId(idea.n, relation)))?.focus();
    was.current = open;
  }, [open]);
  if (!allows(board, "build") && !isKept(board.slug, idea.n, relation)) return null;
  if (!open) {
    return html`<button ref=${button} type="button" class="write" aria-label=${`${t(`lane.${relation}`)} ${t(`lane.${relation}.say`)}`} onClick=${() => setOpen(true)}>${t(`lane.${relation}.say`)}</button>`;
  }
  return html`<${Composer} board=${board} parent=${idea.n} relation=${relation} crossing=${crossing || undefined}
    what="build" label=${t(`lane.${relation}`)} placeholder=${t(`lane.${relation}.say`)} onDone=${() => setOpen(false)}>
    <${Crossing} board=${board} parent=${idea.n} onChange=${setCrossing} />
  </${Composer}>`;
}

/** @param {{board: Board, idea: Idea, relation: Relation}} props */
function Lane({ board, idea, relation }) {
  const replies = repliesTo(board, idea.n, relation);
  const id = `lane-${relation}`;
  return html`<section class=${`lane ${relation}`} aria-labelledby=${id}>
    <h3 id=${id} class=${`kind ${relation}`}>
      ${t(`lane.${relation}`)}${replies.length > 0 && html` <span class="num quiet">${number(replies.length)}</span>`}
      <span class="say">${t(`lane.${relation}.hint`)}</span>
    </h3>
    <${Writing} board=${board} idea=${idea} relation=${relation} />
    <ol class="cards">${replies.map((reply) => html`<${Reply} key=${reply.n} board=${board} idea=${reply} />`)}</ol>
  </section>`;
}

/** @param {{board: Board, idea: Idea}} props */
export function Lanes({ board, idea }) {
  return html`<div class="lanes">
    ${RELATIONS.map((relation) => html`<${Lane} key=${`${idea.n}-${relation}`} board=${board} idea=${idea} relation=${relation} />`)}
  </div>`;
}
