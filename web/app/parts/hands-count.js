// Where staff write down how many hands they counted.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { countHands } from "../state/staff.js";
import { tellDone } from "../state/toast.js";

/** @import { Hands } from "../../types/model.js" */

const CHOICES = /** @type {const} */ (["agree", "disagree", "pass"]);
const MOST = 100_000;

/** @param {{board: string, n: number, hands: Hands | null}} props */
export function Count({ board, n, hands }) {
  const [counts, setCounts] = useState({ agree: hands?.agree ?? 0, disagree: hands?.disagree ?? 0, pass: hands?.pass ?? 0 });
  const [busy, setBusy] = useState(false);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const done = await countHands(board, n, counts);
    setBusy(false);
    if (done) tellDone(t("hands.done"));
  };
  /** @param {typeof CHOICES[number]} choice @param {string} typed */
  const change = (choice, typed) => setCounts({ ...counts, [choice]: Math.min(MOST, Number(typed.replace(/\D/g, "")) || 0) });

  return html`<details class="about hands-count">
    <summary>${t("hands.count")}</summary>
    <p class="quiet">${t("hands.why")}</p>
    <form onSubmit=${submit}>
      <div class="row">${CHOICES.map((choice) => html`<label key=${choice} class="field"><span>${t(`ballot.${choice}`)}</span>
        <input class="num" inputmode="numeric" size="5" autocomplete="off" value=${String(counts[choice])}
          onInput=${(/** @type {any} */ event) => change(choice, event.target.value)} /></label>`)}
        <button type="submit" aria-disabled=${busy}>${t("hands.save")}</button></div>
    </form>
  </details>`;
}
