// The finalists side by side, each with the answer that stands: given before, or given here.
import { html, useEffect } from "../view.js";
import { t } from "../lib/i18n.js";
import { boardPath, ideaPath } from "../lib/router.js";
import { finish } from "../state/acts.js";
import { choose, serveAll } from "../state/final.js";
import { openFinalists, ownOrder } from "../state/finalists.js";
import { allows, currentRound, hasFinished, isOwn, scoreOf, tallyOf } from "../state/select.js";
import { Bar } from "../parts/bar.js";
import { CHOICES, progress } from "../parts/ballot.js";
import { RoundLine } from "../parts/round.js";
import { Said } from "../parts/said.js";

/** @import { Board, Choice, Idea } from "../../types/model.js" */

/** @param {{board: Board, idea: Idea, fresh: boolean}} props */
function Answer({ board, idea, fresh }) {
  const given = board.me.ballots[idea.n];
  /** @param {Choice} choice pressed again, it is given again: a fresh count may ask for that */
  const press = (choice) => {
    if (fresh || choice !== given) choose(board, idea.n, choice);
  };
  return html`<div class="options">
    ${CHOICES.map((choice) => html`<label key=${choice} class=${`option ${choice}`}>
      <input type="radio" name=${`idea-${idea.n}`} value=${choice} checked=${choice === given} onClick=${() => press(choice)} />
      ${t(`ballot.${choice}`)}
    </label>`)}
  </div>
  <div class="after">
    <span class="ballot-state quiet">${progress(idea.n)}</span>
    ${given && html`<button type="button" class="bare end" aria-label=${t("final.takeBack", { n: String(idea.n) })} onClick=${() => choose(board, idea.n, null)}>${t("ballot.withdraw")}</button>`}
  </div>`;
}

/** @param {{board: Board, idea: Idea, open: boolean, fresh: boolean}} props */
function Finalist({ board, idea, open, fresh }) {
  const parent = board.ideas.get(idea.parent ?? 0);
  const own = isOwn(board, idea);
  const tally = tallyOf(scoreOf(board, idea.n));
  const id = `finalist-${idea.n}`;
  return html`<li class=${`contender ${own ? "own" : ""}`}>
    <div role="group" aria-labelledby=${id}>
      ${parent && html`<p class="under quiet"><span class=${`kind ${idea.kind}`}>${t(`kind.${idea.kind}`)}</span> <a href=${ideaPath(board.slug, parent.n)} target="_blank"><${Said} idea=${parent} /></a></p>`}
      <p class="text" id=${id}><${Said} idea=${idea} /></p>
      <p class="meta quiet">${idea.theme && html`<span class="tag" dir="auto">${idea.theme}</span>`}<a class="num" href=${ideaPath(board.slug, idea.n)} target="_blank">#${idea.n}<span class="hidden"> – ${t("final.read")}</span></a>
        ${idea.seed && html`<span>${t("idea.seed")}</span>`}
        ${idea.proxy && html`<span>${t("idea.proxy")}</span>`}</p>
      ${tally && html`<${Bar} tally=${tally} />`}
      ${own ? html`<p class="given">${t("final.own")}</p>` : open && html`<${Answer} board=${board} idea=${idea} fresh=${fresh} />`}
    </div>
  </li>`;
}

/** @param {{board: Board}} props */
function Finish({ board }) {
  const rest = openFinalists(board);
  const done = hasFinished(board);
  return html`<div class="finish">
    <p class="lead num">${rest > 0 ? t("final.left", { n: rest }) : t("final.none")}</p>
    ${done ? html`<p class="notice">${t("final.finished")}</p>` : html`<button type="button" class="big" onClick=${() => finish(board)}>${t("final.finish")}</button>`}
    <a href=${boardPath(board.slug)}>${t("judge.see")}</a>
  </div>`;
}

/** @param {{board: Board}} props */
export function Finalists({ board }) {
  const open = allows(board, "vote");
  const fresh = currentRound(board)?.counts === "fresh";
  const known = board.me.person != null;
  useEffect(() => {
    if (open && known) serveAll(board).catch(() => {}); // said when an answer meets it
  }, [open, known, board.round]);

  return html`<main class="wrap finalists" id="main">
    <div class="row judge-head">
      <h1 tabindex="-1">${t("final.title")}</h1>
      <a class="end" href=${boardPath(board.slug)}>${t("judge.leave")}</a>
    </div>
    <${RoundLine} board=${board} />
    <p class="judge-question" dir="auto">${board.question}</p>
    <p>${t(fresh ? "final.introFresh" : "final.intro")} ${!board.publish_log && html`<span class="quiet">${t("judge.secret")}</span>`}</p>
    ${!open && html`<p class="notice">${t(currentRound(board)?.state === "paused" ? "judge.paused" : "judge.closed")}</p>`}
    <ol class="cards">${ownOrder(board).map((idea) => html`<${Finalist} key=${idea.n} board=${board} idea=${idea} open=${open} fresh=${fresh} />`)}</ol>
    ${open && html`<${Finish} board=${board} />`}
  </main>`;
}
