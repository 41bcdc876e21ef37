// Hands that were raised in a room for an idea: beside the opinions, never among them.
import { html, lazy } from "../view.js";
import { t } from "../lib/i18n.js";
import { isStaff } from "../state/select.js";

/** @import { Board, Idea } from "../../types/model.js" */

const Count = lazy(() => import("./hands-count.js"), "Count");

/** @param {{board: Board, idea: Idea}} props */
export function Hands({ board, idea }) {
  const { hands } = idea;
  const counts = isStaff(board) && idea.state === "shown" && board.state === "open";
  return html`
    ${hands && html`<p class="hands quiet num"><b>${t("hands.title")}</b> ${t("hands.counts", { agree: hands.agree, disagree: hands.disagree, pass: hands.pass })}</p>`}
    ${counts && html`<${Count} board=${board.slug} n=${idea.n} hands=${hands ?? null} />`}`;
}
