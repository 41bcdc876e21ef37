// Would another way of counting have given another winner? One line each, in words.
import { html } from "../view.js";
import { percent, t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { percentOf } from "../state/result.js";

/** @import { Board, Hold } from "../../types/model.js" */

/** @param {{board: Board, hold: Hold}} props */
function One({ board, hold: { without, same, winner, agree, judged } }) {
  const state = same == null ? "skipped" : same ? "passed" : "failed";
  const sign = { passed: "✓", failed: "✕", skipped: "–" }[state];
  const words = same == null ? t("hold.none") : same ? t("hold.same") : winner == null ? t("hold.nobody") : "";
  return html`<li class=${state}>
    <span class="sign" aria-hidden="true">${sign}</span>
    <span>${words ? t("app.pair", { a: t(`hold.${without}`), b: words }) : html`${t("app.pair", { a: t(`hold.${without}`), b: "" })}<a href=${ideaPath(board.slug, winner ?? 0)}>${t("hold.other", { n: String(winner) })}</a>`}
      ${same === false && judged > 0 && html` <span class="quiet num">${t("hold.numbers", { percent: percent(percentOf(agree, judged)), n: judged })}</span>`}</span>
  </li>`;
}

/** @param {{board: Board, holds: Hold[] | null}} props */
export function Holds({ board, holds }) {
  if (holds && holds.length === 0) return null;
  return html`<section aria-labelledby="holds">
    <h2 id="holds">${t("hold.title")}</h2>
    <p class="quiet">${t("hold.lead")}</p>
    ${holds
      ? html`<ul class="tests">${holds.map((hold) => html`<${One} key=${hold.without} board=${board} hold=${hold} />`)}</ul>`
      : html`<p class="quiet" aria-busy="true">${t("hold.computing")}</p>`}
  </section>`;
}
