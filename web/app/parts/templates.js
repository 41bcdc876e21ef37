// Rounds that are ready to use, each in plain words: what happens, and how long it takes.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";

export const TEMPLATES = /** @type {const} */ (["atelier", "consultation", "mmowgli"]);

/** @param {{chosen: string, onChoose: (name: string) => void}} props */
export const Templates = ({ chosen, onChoose }) => html`<fieldset class="templates">
  <legend>${t("new.template")}</legend>
  ${TEMPLATES.map((name) => html`<label key=${name} class="card">
    <input type="radio" name="template" value=${name} checked=${name === chosen} onChange=${() => onChoose(name)} />
    <span><b>${t(`new.${name}`)}</b><span class="quiet">${t(`new.${name}.time`)}</span><span>${t(`new.${name}.how`)}</span></span>
  </label>`)}
</fieldset>`;
