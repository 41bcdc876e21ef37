// What the organiser has answered to an idea, and when the next answer is promised.
import { html } from "../view.js";
import { day, t } from "../lib/i18n.js";
import { clock } from "../state/session.js";

/** @import { FollowUp, Idea } from "../../types/model.js" */

/** @param {{step: FollowUp}} props */
const Step = ({ step: { status, answer, at } }) => html`<li>
  <p><b>${t(`status.${status}`)}</b> <span class="quiet">${day(at)}</span></p>
  ${answer && html`<p class="said" dir="auto">${answer}</p>`}
</li>`;

/** @param {{idea: Idea}} props */
export function Timeline({ idea }) {
  const steps = idea.followup;
  const last = steps.at(-1);
  if (!last) return null;
  const overdue = last.next_by != null && Date.parse(`${last.next_by}T23:59:59`) < clock.peek();
  return html`<section aria-labelledby="followup">
    <h2 id="followup">${t("followup.title")}</h2>
    <ol class="timeline">
      ${steps.map((step) => html`<${Step} key=${step.v} step=${step} />`)}
      ${last.next_by && html`<li class=${overdue ? "next overdue" : "next"}><p>${t(overdue ? "followup.overdue" : "followup.next", { date: day(last.next_by) })}</p></li>`}
    </ol>
  </section>`;
}
