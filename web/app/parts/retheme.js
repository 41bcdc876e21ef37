// Putting an idea under another theme.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { decide } from "../state/moderate.js";
import { Dialog } from "./dialog.js";

/** @import { Board, Idea } from "../../types/model.js" */

/** @param {{board: Board, idea: Idea, onClose: () => void}} props */
export function Retheme({ board, idea, onClose }) {
  const [theme, setTheme] = useState(idea.theme ?? "");
  const to = (/** @type {string | null} */ name) => ({ idea: idea.n, ...(name && { theme: name }) });
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const done = await decide({ method: "mod.retheme", params: to(theme), said: t("mod.did.retheme", { n: String(idea.n) }), undo: { method: "mod.retheme", params: to(idea.theme) } });
    if (done) onClose();
  };
  return html`<${Dialog} title=${t("mod.rethemeTitle", { n: String(idea.n) })} onClose=${onClose}>
    <form onSubmit=${submit}>
      <label class="field">${t("compose.theme")}
        <select value=${theme} onChange=${(/** @type {any} */ event) => setTheme(event.target.value)}>
          <option value="">${t("compose.noTheme")}</option>
          ${board.themes.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}
        </select></label>
      <div class="row actions">
        <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
        <button type="submit">${t("mod.retheme")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
