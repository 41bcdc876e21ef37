// One of a few ways, each with a name and what it means.
import { html } from "../view.js";

/**
 * @param {{legend: string, group: string, ways: readonly {name: string, title: string, note?: string, how: string}[],
 *   chosen: string, onChoose: (name: string) => void}} props group: name of the radio buttons
 */
export const Choices = ({ legend, group, ways, chosen, onChoose }) => html`<fieldset class="ways">
  <legend>${legend}</legend>
  ${ways.map(({ name, title, note, how }) => html`<label key=${name} class="card">
    <input type="radio" name=${group} value=${name} checked=${name === chosen} onChange=${() => onChoose(name)} />
    <span><b>${title}</b>${note && html`<span class="quiet">${note}</span>`}<span>${how}</span></span>
  </label>`)}
</fieldset>`;
