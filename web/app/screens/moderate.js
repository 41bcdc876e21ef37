// Where staff work: what waits, one case at a time; lists; likely duplicates; people; the board.
import { html, lazy } from "../view.js";
import { number, t } from "../lib/i18n.js";
import { boardPath, leadPath, moderatePath, recordPath, route } from "../lib/router.js";
import { isLead, isStaff } from "../state/select.js";
import { CaseDesk } from "../parts/case.js";
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

/** @param {{board: Board, part: string}} props */
const Nav = ({ board, part }) => html`<nav class="parts" aria-label=${t("mod.parts")}><ul class="row">
  ${NAMES.map((name) => html`<li key=${name}><a class="chip" href=${moderatePath(board.slug, name)} aria-current=${name === part ? "page" : undefined}>${t(`mod.part.${name || "queue"}`)}</a></li>`)}
  <li><a href=${recordPath(board.slug)}>${t("record.title")}</a></li>
  ${isLead(board) && html`<li><a href=${leadPath(board.slug)}>${t("lead.go")}</a></li>`}
</ul></nav>`;

/** @param {{board: Board}} props */
export function ModerateScreen({ board }) {
  if (!isStaff(board)) return html`<${Missing} why=${t("mod.notYours")} />`;
  const asked = route.value.query.get("part") ?? "";
  const part = NAMES.find((name) => name === asked) ?? "";
  const Part = part ? PARTS[part] : CaseDesk;
  return html`<main class="wrap moderate" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <header class="board-head">
      <h1 tabindex="-1">${t("moderate.title")}</h1>
      <${Waiting} board=${board} />
    </header>
    <${Nav} board=${board} part=${part} />
    <${Part} board=${board} />
  </main>`;
}
