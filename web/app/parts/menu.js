// What else may be done with an idea: a disclosure, by keyboard and by touch alike.
import { html, useRef } from "../view.js";
import { t } from "../lib/i18n.js";
import { asked } from "../state/asked.js";

/** @import { Idea } from "../../types/model.js" */

/**
 * @param {{own: boolean, open: boolean, judged: number}} what
 * @returns {("report" | "edit" | "withdraw")[]}
 */
function entriesFor({ own, open, judged }) {
  if (!own) return ["report"];
  if (!open) return [];
  return judged > 0 ? ["withdraw"] : ["edit", "withdraw"];
}

/** @param {{idea: Idea, own: boolean, open: boolean, judged: number}} props */
export function Menu({ idea, own, open, judged }) {
  const ref = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  const entries = entriesFor({ own, open, judged });
  if (entries.length === 0 || idea.text == null || idea.state === "withdrawn") return null;

  const close = () => ref.current?.removeAttribute("open");
  /** @param {typeof entries[number]} what */
  const choose = (what) => {
    close();
    ref.current?.querySelector("summary")?.focus();
    asked.value = { what, idea };
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.key !== "Escape") return;
    close();
    ref.current?.querySelector("summary")?.focus();
  };
  /** @param {FocusEvent} event */
  const onFocusOut = (event) => {
    if (!ref.current?.contains(/** @type {Node | null} */ (event.relatedTarget))) close();
  };

  return html`<details ref=${ref} class="menu" onKeyDown=${onKeyDown} onFocusOut=${onFocusOut}>
    <summary aria-label=${t("app.moreOn", { n: String(idea.n) })} title=${t("app.more")}><span aria-hidden="true">⋯</span></summary>
    <ul>${entries.map((what) => html`<li key=${what}>
      <button type="button" class="bare" onClick=${() => choose(what)}>${t(`idea.${what}`)}</button>
    </li>`)}</ul>
  </details>`;
}
