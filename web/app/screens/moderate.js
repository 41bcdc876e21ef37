// Where staff work: what waits, one case at a time; lists; likely duplicates; people; the board.
import { html, lazy } from "../view.js";
import { number, t } from "../lib/i18n.js";
import { boardPath, leadPath, moderatePath, recordPath, route } from "../lib/router.js";
import { asked } from "../state/asked.js";
import { isLead, isStaff } from "../state/select.js";
import { CaseDesk } from "../parts/case.js";
import { Tabs } from "../parts/tabs.js";
import { Missing } from "./missing.js";

/** @import { Board, CaseKind } from "../../types/model.js" */

const PARTS = {
  lists: lazy(() => import("../parts/mod-lists.js"), "Lists"),
  duplicates: lazy(() => import("../parts/mod-duplicates.js"), "Duplicates"),
  people: lazy(() => import("../parts/mod-people.js"), "People"),
  board: lazy(() => import("../parts/mod-board.js"), "BoardSwitches"),
};
const NAMES = /** @type {const} */ (["", "lists", "duplicates", "people", "board"]);
const KINDS = /** @type {CaseKind[]} */ (["appeal", "report", "pending", "rising", "fresh"]);

/** What waits, and who has what before them. @param {{board: Board}} props */
function Waiting({ board }) {
  const { waiting, taken } = board.moderation ?? { waiting: null, taken: [] };
  const others = taken.filter(({ by }) => by !== board.me.person);
  return html`<div class="waiting">
    ${waiting && html`<dl class="facts-row num">${KINDS.map((kind) => html`<div key=${kind} class=${waiting[kind] ? "" : "none"}><dt class="quiet">${t(`mod.kind.${kind}`)}</dt><dd>${number(waiting[kind])}</dd></div>`)}</dl>`}
    ${others.length > 0 && html`<p class="quiet">${others.map(({ name, idea, person }) => t(idea ? "mod.has" : "mod.hasPerson", { name: name ?? "", n: String(idea ?? person) })).join(" · ")}</p>`}
  </div>`;
}

/** Where else this work is seen, and what the keys do. @param {{board: Board}} props */
const Beside = ({ board }) => html`<p class="row beside">
  <a href=${recordPath(board.slug)}>${t("record.title")}</a>
  ${isLead(board) && html`<a href=${leadPath(board.slug)}>${t("lead.go")}</a>`}
  <button type="button" class="bare" onClick=${() => { asked.value = { what: "keys" }; }}>${t("keys.title")}</button>
</p>`;

/** @param {{board: Board}} props */
export function ModerateScreen({ board }) {
  if (!isStaff(board)) return html`<${Missing} why=${t("mod.notYours")} />`;
  const named = route.value.query.get("part") ?? "";
  const part = NAMES.find((name) => name === named) ?? "";
  const Part = part ? PARTS[part] : CaseDesk;
  return html`<main class="wrap moderate" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <header class="board-head">
      <div class="row"><h1 tabindex="-1">${t("moderate.title")}</h1><span class="end"></span><${Beside} board=${board} /></div>
      <${Waiting} board=${board} />
    </header>
    <${Tabs} label=${t("mod.parts")} at=${part} tabs=${NAMES.map((name) => ({ name, href: moderatePath(board.slug, name), words: t(`mod.part.${name || "queue"}`) }))} />
    <${Part} board=${board} />
  </main>`;
}
