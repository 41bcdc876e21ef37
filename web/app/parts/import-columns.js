// Which column of a file is what, and which of its themes is which of ours.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { PARTS } from "../state/import.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Plan } from "../../types/import.js" */
/** @import { Wishes } from "../state/import.js" */

/** What most tables have. */
const USUAL = new Set(["text", "theme", "place", "result", "url"]);

/** @param {{id: string, label: string, value: string, none: string, options: [string, string][], onChange: (value: string) => void}} props */
function Choice({ id, label, value, none, options, onChange }) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} value=${value} onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
      <option value="">${none}</option>
      ${options.map(([key, words]) => html`<option key=${key} value=${key}>${words}</option>`)}
    </select>
  </div>`;
}

/** @param {{plan: Plan, wishes: Wishes, onWish: (wish: Partial<Wishes>) => void}} props */
export function ImportColumns({ plan, wishes, onWish }) {
  const options = plan.columns.map((name, i) => /** @type {[string, string]} */ ([`#${i + 1}`, name || `#${i + 1}`]));
  const choice = (/** @type {typeof PARTS[number]} */ part) => html`<${Choice} key=${part} id=${`import-${part}`} label=${t(`import.part.${part}`)} none=${t("import.none")}
      value=${plan.map[part] ? `#${plan.map[part]}` : ""} options=${options}
      onChange=${(/** @type {string} */ column) => onWish({ map: { ...wishes.map, [part]: column } })} />`;
  const first = PARTS.filter((part) => USUAL.has(part) || plan.map[part]);
  const rest = PARTS.filter((part) => !first.includes(part));
  return html`<fieldset class="mapping">
    <legend>${t("import.columns")}</legend>
    <div class="grid">${first.map(choice)}</div>
    ${rest.length > 0 && html`<details class="about"><summary>${t("import.otherColumns")}</summary><div class="grid">${rest.map(choice)}</div></details>`}
  </fieldset>`;
}

/** @param {{board: Board, plan: Plan, wishes: Wishes, onWish: (wish: Partial<Wishes>) => void}} props */
export function ImportThemes({ board, plan, wishes, onWish }) {
  if (!plan.themes.length || !board.themes?.length) return null;
  const options = board.themes.map((name) => /** @type {[string, string]} */ ([name, name]));
  return html`<fieldset class="mapping">
    <legend>${t("import.themes")}</legend>
    <div class="grid">${plan.themes.map(({ name, rows, theme }, i) => html`<${Choice} key=${name} id=${`import-theme-${i}`} label=${t("import.theme", { name, n: rows })}
      none=${t("import.noTheme")} value=${theme ?? ""} options=${options}
      onChange=${(/** @type {string} */ ours) => onWish({ themes: { ...wishes.themes, [name]: ours } })} />`)}</div>
  </fieldset>`;
}
