// The lead's desk: prepare a board, conduct it, see who takes part, answer, conclude. What goes
// wrong stands above whatever is looked at.
import { html, lazy, useEffect } from "../view.js";
import { t } from "../lib/i18n.js";
import { spacedCode } from "../lib/text.js";
import { boardPath, leadPath, moderatePath, presenterPath, route } from "../lib/router.js";
import { isLead } from "../state/select.js";
import { Alerts } from "../parts/alerts.js";
import { RoundLine } from "../parts/round.js";
import { Tabs } from "../parts/tabs.js";
import { Missing } from "./missing.js";

/** @import { Board } from "../../types/model.js" */

const SECTIONS = {
  prepare: lazy(() => import("../parts/desk-prepare.js"), "Prepare"),
  seeds: lazy(() => import("../parts/desk-seeds.js"), "Seeds"),
  steer: lazy(() => import("../parts/desk-steer.js"), "Steer"),
  people: lazy(() => import("../parts/desk-people.js"), "People"),
  answers: lazy(() => import("../parts/desk-answers.js"), "Answers"),
  finish: lazy(() => import("../parts/desk-finish.js"), "Finish"),
  import: lazy(() => import("../parts/import.js"), "Import"),
  team: lazy(() => import("../parts/staff.js"), "Staff"),
};
/** @typedef {keyof typeof SECTIONS} Name */
const NAMES = /** @type {Name[]} */ (Object.keys(SECTIONS));

/** The one that the address names, or the one that the board is at. @param {Board} board @returns {Name} */
function sectionOf(board) {
  const asked = route.value.query.get("at");
  return NAMES.find((name) => name === asked) ?? (board.state === "draft" ? "prepare" : "steer");
}

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
      <p class="quiet" dir="auto">${board.title}</p>
      <div class="row"><h1 tabindex="-1">${t("lead.title")}</h1><span class="end"></span>
        <p class="row beside"><a href=${presenterPath(board.slug)}>${t("desk.presenter")}</a> <a href=${moderatePath(board.slug)}>${t("moderate.title")}</a></p></div>
      <p class="quiet">${t(`desk.read.${board.visibility ?? "public"}`)}${board.join_code && html` ${t("desk.code")} <b class="num">${spacedCode(board.join_code)}</b>`}</p>
    </header>
    <${Tabs} label=${t("desk.sections")} at=${at} tabs=${NAMES.map((name) => ({ name, href: `${leadPath(board.slug)}&at=${name}`, words: t(`desk.at.${name}`) }))} />
    ${at !== "steer" && html`<${RoundLine} board=${board} />`}
    <${Alerts} board=${board} />
    <${SECTIONS[at]} key=${at} board=${board} />
  </main>`;
}
