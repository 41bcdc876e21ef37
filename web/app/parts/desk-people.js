// Who takes part, and how evenly: counts only, from the board's own log.
import { html, useEffect } from "../view.js";
import { percent, t } from "../lib/i18n.js";
import { participation, watchParticipation } from "../state/desk.js";
import { Bars } from "./bars.js";
import { OverTime } from "./over-time.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Participation } from "../../types/desk.js" */

/** @param {{id: string, title: string, why?: string, children?: any}} props */
const Part = ({ id, title, why, children }) => html`<section aria-labelledby=${id}>
  <h2 id=${id}>${title}</h2>
  ${why && html`<p class="quiet">${why}</p>`}
  ${children}
</section>`;

/** @param {{seen: Participation}} props */
function Funnel({ seen: { funnel, enough } }) {
  const rows = [
    { name: t("people.funnel.acted"), value: funnel.acted }, { name: t("people.funnel.judged"), value: funnel.judged },
    { name: t("people.funnel.enough", { n: enough }), value: funnel.enough }, { name: t("people.funnel.finished"), value: funnel.finished },
  ];
  return html`<${Part} id="funnel" title=${t("people.funnel")} why=${t("people.funnelWhy")}>
    <${Bars} id="funnel-table" caption=${t("people.funnel")} heads=${[t("people.stage"), t("people.people")]} rows=${rows} />
  </${Part}>`;
}

/** @param {{seen: Participation}} props */
function Exposure({ seen: { exposure: e } }) {
  if (e.candidates === 0) return null;
  const rows = /** @type {const} */ (["least", "quarter", "middle", "three_quarters", "most"]).map((name) => ({ name: t(`people.exposure.${name}`), value: e[name], lacks: e[name] < e.wanted }));
  const why = e.wanted === 0 ? undefined : e.lacking > 0 ? t("people.lacking", { n: e.lacking, of: e.candidates, wanted: e.wanted }) : t("people.noneLacks", { n: e.wanted });
  return html`<${Part} id="exposure" title=${t("people.exposure")} why=${why}>
    <${Bars} id="exposure-table" caption=${t("people.exposure")} heads=${[t("people.idea"), t("people.judges")]} rows=${rows} most=${Math.max(e.most, e.wanted, 1)} />
  </${Part}>`;
}

/** @param {{seen: Participation}} props */
function Themes({ seen: { themes } }) {
  if (themes.length === 0) return null;
  const rows = themes.filter(({ theme, ideas }) => theme != null || ideas > 0).map(({ theme, ideas, ballots, lacking }) => ({ name: theme ?? t("people.noTheme"), value: ideas, more: [ballots, lacking], lacks: ideas === 0 }));
  return html`<${Part} id="themes" title=${t("people.themes")}>
    <${Bars} id="themes-table" caption=${t("people.themes")} heads=${[t("people.theme"), t("people.ideas"), t("people.ballots"), t("people.short")]} rows=${rows} />
  </${Part}>`;
}

/** @param {{board: Board, seen: Participation}} props */
function Groups({ board, seen: { groups, rest, group_min: min } }) {
  if (board.groups.length === 0) return null;
  const rows = [...groups.map(({ group, people, ballots }) => ({ name: group, value: people, more: [ballots] })), { name: t("people.rest"), value: rest.people, more: [rest.ballots] }];
  return html`<${Part} id="groups" title=${t("people.groups")} why=${t("people.groupsWhy", { n: min })}>
    <${Bars} id="groups-table" caption=${t("people.groups")} heads=${[t("people.group"), t("people.people"), t("people.ballots")]} rows=${rows} />
  </${Part}>`;
}

/** @param {{seen: Participation}} props */
function Assurance({ seen: { assurance, busiest, ballots } }) {
  const rows = assurance.map(({ assurance: name, people, ballots: given }) => ({ name: t(`people.as.${name}`), value: people, more: [given] }));
  return html`<${Part} id="assurance" title=${t("people.assurance")}>
    ${rows.length > 0 && html`<${Bars} id="assurance-table" caption=${t("people.assurance")} heads=${[t("people.how"), t("people.people"), t("people.ballots")]} rows=${rows} />`}
    ${busiest.people > 0 && html`<p>${t("people.busiest", { n: busiest.people, share: percent((100 * busiest.ballots) / Math.max(1, ballots)) })}</p>`}
  </${Part}>`;
}

/** @param {{board: Board}} props */
export function People({ board }) {
  useEffect(() => watchParticipation(board.slug), [board.slug]);
  const seen = participation.value;
  if (!seen) return html`<div class="ghost"></div>`;
  return html`
    <${Part} id="time" title=${t("people.time")} why=${t("people.timeWhy", { n: board.watching })}><${OverTime} time=${seen.time} /></${Part}>
    <${Funnel} seen=${seen} />
    <${Exposure} seen=${seen} />
    <${Themes} seen=${seen} />
    <${Groups} board=${board} seen=${seen} />
    <${Assurance} seen=${seen} />`;
}
