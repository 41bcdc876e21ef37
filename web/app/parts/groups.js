// One optional question between two opinions: to which of the declared groups one belongs.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { remember, remembered } from "../lib/storage.js";
import { declare } from "../state/acts.js";

/** @import { Board } from "../../types/model.js" */

/** Whether it is to be asked at all. @param {Board} board */
export const asksGroups = ({ groups, me, slug }) => groups.length > 0 && !me.declared && !remembered(`undeclared.${slug}`);

/** @param {{board: Board, onDone: () => void}} props */
export function Groups({ board, onDone }) {
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const toggle = (/** @type {string} */ group) => setChosen(chosen.includes(group) ? chosen.filter((one) => one !== group) : [...chosen, group]);
  const skip = () => {
    remember(`undeclared.${board.slug}`, true);
    onDone();
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (chosen.length === 0) return skip();
    return (await declare(chosen)) ? onDone() : undefined;
  };
  return html`<form class="face groups" onSubmit=${submit}>
    <fieldset>
      <legend class="question">${t("groups.title")}</legend>
      <p class="quiet">${t("groups.why")}</p>
      ${board.groups.map((group) => html`<label key=${group} class="option"><input type="checkbox" checked=${chosen.includes(group)} onChange=${() => toggle(group)} /> <span dir="auto">${group}</span></label>`)}
    </fieldset>
    <div class="row actions">
      <button type="button" class="plain" onClick=${skip}>${t("groups.skip")}</button>
      <button type="submit">${t("app.save")}</button>
    </div>
  </form>`;
}
