// A text area that counts as people count, and says what is wrong beside itself.
import { html, useLayoutEffect, useRef } from "../view.js";
import { t } from "../lib/i18n.js";
import { graphemes } from "../lib/text.js";
import { limit } from "../state/session.js";

/** @import { Board } from "../../types/model.js" */

const IDEA_MIN = 5;
const IDEA_MAX = 280;

/** How short and how long an idea of the board may be. @param {Board} board */
export const boundsOf = (board) => ({
  min: board.idea_min ?? limit("idea_min", IDEA_MIN),
  max: board.idea_max ?? limit("idea_max", IDEA_MAX),
});

/**
 * What is wrong with a text, as a sentence; empty when nothing is.
 * @param {string} text @param {{min: number, max: number}} bounds
 */
export function faultOf(text, { min, max }) {
  const length = graphemes(text.trim());
  if (length === 0) return t("compose.empty");
  if (length < min) return t("compose.tooShort", { n: min });
  if (length > max) return t("compose.tooLong", { n: length - max });
  return "";
}

/** @param {{text: string, max: number, id: string}} props */
export function Counter({ text, max, id }) {
  const left = max - graphemes(text.trim());
  const words = left < 0 ? t("count.over", { n: -left }) : t("count.left", { n: left });
  return html`<span id=${id} class=${`counter quiet num ${left < 0 ? "over" : ""}`}>${words}</span>`;
}

/**
 * @param {{id: string, value: string, onInput: (text: string) => void, placeholder?: string, rows?: number,
 *   describedBy?: string, fault?: string, onSubmit?: () => void, onFocus?: () => void, onBlur?: () => void}} props
 */
export function TextArea({ id, value, onInput, placeholder, rows = 3, describedBy, fault, onSubmit, onFocus, onBlur }) {
  const ref = useRef(/** @type {HTMLTextAreaElement | null} */ (null));

  // Grows with what is written, where the browser does not do it by itself.
  useLayoutEffect(() => {
    const area = ref.current;
    if (!area || CSS.supports("field-sizing", "content")) return;
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 4}px`;
  }, [value]);

  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSubmit?.();
    }
  };
  return html`<textarea ref=${ref} id=${id} rows=${rows} dir="auto" placeholder=${placeholder} value=${value}
    aria-describedby=${describedBy} aria-invalid=${fault ? "true" : undefined}
    onInput=${(/** @type {any} */ event) => onInput(event.target.value)}
    onKeyDown=${onKeyDown} onFocus=${onFocus} onBlur=${onBlur}></textarea>`;
}
