// Somebody as staff see them: a line of facts.
import { html } from "../view.js";
import { dateTime, t } from "../lib/i18n.js";

/** @import { Subject } from "../../types/model.js" */

/** @param {{subject: Subject | null, author?: boolean}} props */
export function SubjectLine({ subject, author = false }) {
  if (!subject) return null;
  const { name, ideas, hidden, reports, suspended_until: until, role } = subject;
  return html`<p class="meta quiet num">
    <span>${author ? t("idea.by", { name: name ?? "" }) : html`<b dir="auto">${name}</b>`}</span>
    ${role !== "participant" && html`<span>${t(`role.${role}`)}</span>`}
    <span>${t("count.ideas", { n: ideas })}</span>
    ${hidden > 0 && html`<span>${t("mod.hiddenOf", { n: hidden })}</span>`}
    ${reports > 0 && html`<span>${t("mod.reportsOf", { n: reports })}</span>`}
    ${until && html`<span class="outcome">${t("suspended.badge", { when: dateTime(until) })}</span>`}
  </p>`;
}
