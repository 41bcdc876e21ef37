// Writing at a kiosk.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { Composer } from "./composer.js";

/** @import { Board } from "../../types/model.js" */

/** @param {{board: Board}} props */
export const Write = ({ board }) => html`<main class="wrap narrow kiosk" id="main">
  <h1 tabindex="-1" dir="auto">${board.question || board.title}</h1>
  <${Composer} board=${board} label=${t("compose.label")} placeholder=${t("compose.hint")} />
</main>`;
