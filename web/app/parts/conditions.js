// How the round went, where that was not as announced; and the seal on its log.
import { html } from "../view.js";
import { dateTime, t } from "../lib/i18n.js";

/** @import { Round } from "../../types/model.js" */

/** @param {Round} round @returns {string[]} */
export function conditionWords({ extended, early, reopenings, previews }) {
  return [
    extended > 0 ? t("condition.extended", { n: extended }) : "",
    early ? t("condition.early") : "",
    reopenings > 0 ? t("condition.reopened", { n: reopenings }) : "",
    previews > 0 ? t("condition.previewed", { n: previews }) : "",
  ].filter(Boolean);
}

/** What an extension changed. @param {{round: number, same: boolean | null}[] | null} schedule @param {number} n */
function onTime(schedule, n) {
  const same = schedule?.find(({ round }) => round === n)?.same;
  return same == null ? [] : [t(same ? "condition.onTimeSame" : "condition.onTimeOther")];
}

/** @param {{round: Round, schedule: {round: number, same: boolean | null}[] | null}} props */
export function Conditions({ round, schedule }) {
  const words = [...conditionWords(round), ...onTime(schedule, round.n)];
  return html`<section aria-labelledby="conditions">
    <h2 id="conditions">${t("condition.title")}</h2>
    <ul class="points num">
      ${round.opened_at && html`<li>${t("condition.opened", { when: dateTime(round.opened_at) })}</li>`}
      ${round.closed_at && html`<li>${t("condition.closed", { when: dateTime(round.closed_at) })}</li>`}
      ${words.length > 0 ? words.map((one) => html`<li key=${one}>${one}</li>`) : html`<li>${t("condition.asPlanned")}</li>`}
    </ul>
  </section>`;
}

/** Eight words that anybody can note down, and compare later. @param {{round: Round}} props */
export function Seal({ round: { words, head } }) {
  if (!words) return null;
  return html`<section aria-labelledby="seal">
    <h2 id="seal">${t("seal.title")}</h2>
    <ol class="seal" lang="fr">${words.map((word, i) => html`<li key=${i}>${word}</li>`)}</ol>
    <p class="quiet">${t("seal.why")}</p>
    ${head && html`<details class="about"><summary>${t("seal.whole")}</summary><p><code>${head}</code></p></details>`}
  </section>`;
}
