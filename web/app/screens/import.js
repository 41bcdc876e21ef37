// Where a lead brings ideas from a file.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { boardPath } from "../lib/router.js";
import { isLead } from "../state/select.js";
import { Import } from "../parts/import.js";
import { Missing } from "./missing.js";

/** @import { Board } from "../../types/model.js" */

/** @param {{board: Board}} props */
export function ImportScreen({ board }) {
  if (!isLead(board)) return html`<${Missing} why=${t("lead.notYours")} />`;
  return html`<main class="wrap import-screen" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <header class="board-head"><h1 tabindex="-1">${t("import.title")}</h1></header>
    <${Import} board=${board} />
  </main>`;
}
