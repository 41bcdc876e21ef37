// The three answers under an idea, where the round takes them from lists.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { recorded, vote } from "../state/acts.js";
import { ballotsOnTheirWay } from "../state/board.js";

/** @import { Choice } from "../../types/model.js" */

export const CHOICES = /** @type {const} */ (["agree", "pass", "disagree"]);

/** Whether it has arrived. @param {number} n */
export function progress(n) {
  if (ballotsOnTheirWay.value.has(n)) return t("ballot.sending");
  return recorded.value.has(n) ? `✓ ${t("ballot.saved")}` : "";
}

/** @param {{n: number, choice: Choice | undefined}} props */
export function Ballot({ n, choice }) {
  return html`<div class="ballot" role="group" aria-label=${t("ballot.group", { n: String(n) })}>
    ${CHOICES.map((one) => html`
      <button key=${one} type="button" class=${`answer ${one}`} aria-pressed=${one === choice}
        title=${one === choice ? t("ballot.withdraw") : undefined}
        onClick=${() => vote(n, one === choice ? null : one)}>${t(`ballot.${one}`)}</button>`)}
    <span class="ballot-state quiet">${progress(n)}</span>
  </div>`;
}

/** What the reader said of an idea, where it cannot be said; late: what came after the end. @param {{choice: Choice | undefined, late?: Choice | null}} props */
export function Given({ choice, late }) {
  if (late !== undefined) return html`<span class="given late">${late ? t("ballot.late", { choice: t(`ballot.${late}`) }) : t("error.too-late")}</span>`;
  return choice ? html`<span class=${`given ${choice}`}>${t("ballot.yours", { choice: t(`ballot.${choice}`) })}</span>` : null;
}
