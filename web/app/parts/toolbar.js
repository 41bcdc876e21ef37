// How the list is looked at: order, search, theme. All of it is in the address.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { setFilters } from "../lib/router.js";
import { isElsewhere } from "../state/select.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Sort } from "../state/select.js" */
/** @typedef {{sort: Sort, query: string, theme: string, elsewhere: boolean}} View */

/** @param {{sort: Sort, byDefault: Sort, offered: readonly Sort[]}} props */
function Sorts({ sort, byDefault, offered }) {
  return html`<div class="sorts" role="group" aria-label=${t("sort.label")}>
    ${offered.map((one) => html`
      <button key=${one} type="button" class="chip" aria-pressed=${one === sort}
        onClick=${() => setFilters({ sort: one === byDefault ? "" : one })}>${t(`sort.${one}`)}</button>`)}
  </div>`;
}

/** @param {{query: string}} props */
function Search({ query }) {
  return html`<div class="search">
    <label class="hidden" for="search">${t("filter.search")}</label>
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false"><circle cx="8.500" cy="8.500" r="5.500" /><path d="m13 13 4.500 4.500" /></svg>
    <input id="search" type="search" dir="auto" value=${query} placeholder=${t("filter.search")}
      onInput=${(/** @type {any} */ event) => setFilters({ q: event.target.value })} />
  </div>`;
}

/** @param {{board: Board, theme: string}} props */
function Themes({ board, theme }) {
  if (!board.themes?.length) return null;
  return html`<label class="themes">
    <span class="hidden">${t("filter.theme")}</span>
    <select value=${theme} onChange=${(/** @type {any} */ event) => setFilters({ theme: event.target.value })}>
      <option value="">${t("filter.allThemes")}</option>
      ${board.themes.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}
    </select>
  </label>`;
}

/** Only where there is something of the kind. @param {{board: Board, on: boolean}} props */
function Elsewhere({ board, on }) {
  if (!on && ![...board.ideas.values()].some(isElsewhere)) return null;
  return html`<button type="button" class="chip" aria-pressed=${on} onClick=${() => setFilters({ elsewhere: on ? "" : "1" })}>${t("idea.elsewhere")}</button>`;
}

/** @param {{paused: boolean, onPause: (paused: boolean) => void}} props */
function Pause({ paused, onPause }) {
  return html`<button type="button" class="chip quiet-chip" aria-pressed=${paused} aria-label=${t("list.pauseLabel")}
    title=${t("list.pauseLabel")} onClick=${() => onPause(!paused)}>
    <span aria-hidden="true" class="pause-sign">❚❚</span>${t(paused ? "list.paused" : "list.pause")}
  </button>`;
}

/** @param {{board: Board, view: View, byDefault: Sort, offered: readonly Sort[], found: number, paused: boolean, onPause: (paused: boolean) => void}} props */
export function Toolbar({ board, view, byDefault, offered, found, paused, onPause }) {
  const filtered = Boolean(view.query || view.theme || view.elsewhere);
  return html`<div class="toolbar">
    <div class="row">
      <${Search} query=${view.query} />
      <${Themes} board=${board} theme=${view.theme} />
      <${Elsewhere} board=${board} on=${view.elsewhere} />
      <${Pause} paused=${paused} onPause=${onPause} />
    </div>
    <${Sorts} sort=${view.sort} byDefault=${byDefault} offered=${offered} />
    ${filtered && html`<div class="row">
      <span class="quiet num">${t("filter.found", { n: found })}</span>
      <button type="button" class="plain small" onClick=${() => setFilters({ q: "", theme: "", elsewhere: "" })}>${t("filter.reset")}</button>
    </div>`}
  </div>`;
}
