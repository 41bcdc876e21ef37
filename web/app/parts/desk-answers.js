// What becomes of the ideas that were kept: who is owed an answer, the overdue ones first.
import { html, useState } from "../view.js";
import { day, t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { isOverdue, owedAnswers } from "../state/answers.js";
import { clock } from "../state/session.js";
import { Outcome } from "./labels.js";
import { ReplyTo } from "./reply-to.js";
import { Said } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */

/** @param {{idea: Idea}} props */
function Where({ idea }) {
  const last = idea.followup.at(-1);
  if (!last) return html`<p class="quiet">${t("answer.none")}</p>`;
  const late = isOverdue(idea, clock.peek());
  return html`<p class="quiet"><b>${t(`status.${last.status}`)}</b> – ${day(last.at)}
    ${last.next_by && html`<br /><span class=${late ? "fault" : ""}>${t(late ? "followup.overdue" : "followup.next", { date: day(last.next_by) })}</span>`}</p>`;
}

/** @param {{board: Board, idea: Idea}} props */
function Owed({ board, idea }) {
  const [open, setOpen] = useState(false);
  return html`<li class="card owed">
    <p class="text"><a href=${ideaPath(board.slug, idea.n)}><${Said} idea=${idea} /></a> <span class="quiet">#${idea.n} <${Outcome} outcome=${idea.round_state} reason=${idea.reason} /></span></p>
    <${Where} idea=${idea} />
    ${open
      ? html`<${ReplyTo} slug=${board.slug} idea=${idea} onDone=${() => setOpen(false)} />`
      : html`<p><button type="button" class="plain" aria-label=${t("answer.to", { n: String(idea.n) })} onClick=${() => setOpen(true)}>${t("answer.go")}</button></p>`}
  </li>`;
}

/** @param {{board: Board}} props */
export function Answers({ board }) {
  const owed = owedAnswers(board);
  return html`<section aria-labelledby="answers">
    <h2 id="answers">${t("answer.title")}</h2>
    <p class="quiet">${t("answer.lead")}</p>
    ${owed.length === 0
      ? html`<div class="empty"><p>${t("answer.nobody")}</p></div>`
      : html`<ol class="cards">${owed.map((idea) => html`<${Owed} key=${idea.n} board=${board} idea=${idea} />`)}</ol>`}
  </section>`;
}
