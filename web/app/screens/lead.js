// The lead's desk: prepare a board, conduct it, see who takes part, answer, conclude. What goes
// wrong stands above whatever is looked at.
import { html, lazy, useEffect } from "../view.js";
import { t } from "../lib/i18n.js";
import { spacedCode } from "../lib/text.js";
import { boardPath, leadPath, route } from "../lib/router.js";
import { isLead } from "../state/select.js";
import { Alerts } from "../parts/alerts.js";
import { RoundLine } from "../parts/round.js";
import { Missing } from "./missing.js";

/** @import { Board } from "../../types/model.js" */

const SECTIONS = {
  prepare: lazy(() => import("../parts/desk-prepare.js"), "Prepare"),
  steer: lazy(() => import("../parts/desk-steer.js"), "Steer"),
  people: lazy(() => import("../parts/desk-people.js"), "People"),
  answers: lazy(() => import("../parts/desk-answers.js"), "Answers"),
  finish: lazy(() => import("../parts/desk-finish.js"), "Finish"),
  team: lazy(() => import("../parts/staff.js"), "Staff"),
  import: lazy(() => import("../parts/import.js"), "Import"),
};
/** @typedef {keyof typeof SECTIONS} Name */
const NAMES = /** @type {Name[]} */ (Object.keys(SECTIONS));

/** The one that the address names, or the one that the board is at. @param {Board} board @returns {Name} */
function sectionOf(board) {
  const asked = route.value.query.get("at");
  return NAMES.find((name) => name === asked) ?? (board.state === "draft" ? "prepare" : "steer");
}

/** @param {{board: Board, at: Name}} props */
const Sections = ({ board, at }) => html`<nav class="sorts" aria-label=${t("desk.sections")}>
  ${NAMES.map((name) => html`<a key=${name} class="chip" href=${`${leadPath(board.slug)}&at=${name}`} aria-current=${name === at ? "page" : undefined}>${t(`desk.at.${name}`)}</a>`)}
</nav>`;

/** @param {{board: Board}} props */
export function LeadScreen({ board }) {
  const at = sectionOf(board);
  useEffect(() => {
    SECTIONS[at].load().catch(() => {}); // tried again when it is drawn
  }, [at]);
  if (!isLead(board)) return html`<${Missing} why=${t("lead.notYours")} />`;
  return html`<main class="wrap lead-screen" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <header class="board-head">
      <${RoundLine} board=${board} />
      <h1 tabindex="-1">${t("lead.title")}</h1>
      <p class="quiet">${t(`desk.read.${board.visibility ?? "public"}`)}${board.join_code && html` ${t("desk.code")} <b class="num">${spacedCode(board.join_code)}</b>`}</p>
      <${Sections} board=${board} at=${at} />
    </header>
    <${Alerts} board=${board} />
    <${SECTIONS[at]} key=${at} board=${board} />
  </main>`;
}
