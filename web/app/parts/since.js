// What is new since one was last here.
import { html } from "../view.js";
import { dateTime, t } from "../lib/i18n.js";
import { ideaPath, setFilters } from "../lib/router.js";
import { isEmpty, since } from "../state/since.js";
import { lastVisit, markRead } from "../state/visit.js";
import { Outcome } from "./labels.js";
import { Said } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */

const SHOWN = 3;

/** @param {{board: Board, title: string, ideas: Idea[]}} props */
function Group({ board, title, ideas }) {
  if (ideas.length === 0) return null;
  return html`<h3>${title}</h3>
    <ul class="points">${ideas.slice(0, SHOWN).map((idea) => html`<li key=${idea.n}><a href=${ideaPath(board.slug, idea.n)}><${Said} idea=${idea} /></a>
      <span class="quiet"> #${idea.n} <${Outcome} outcome=${idea.round_state} reason=${idea.reason} /></span></li>`)}</ul>`;
}

/** @param {{board: Board}} props */
export function Since({ board }) {
  const visit = lastVisit.value;
  const news = visit && since(board, visit);
  if (!visit || !news || isEmpty(news)) return null;
  return html`<section class="since" aria-labelledby="since">
    <div class="row"><h2 id="since">${t("since.title")}</h2><button type="button" class="bare end" onClick=${markRead}>${t("since.read")}</button></div>
    <p class="quiet num">${dateTime(visit.at)}</p>
    ${news.ideas.length > 0 && html`<p><button type="button" class="bare num" onClick=${() => setFilters({ sort: "newest" })}>${t("list.arrived", { n: news.ideas.length })}</button></p>`}
    <${Group} board=${board} title=${t("since.replies")} ideas=${news.replies} />
    <${Group} board=${board} title=${t("since.fates")} ideas=${news.fates} />
  </section>`;
}
