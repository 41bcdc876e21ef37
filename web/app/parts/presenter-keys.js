// The keys of the screen of a room, those that clickers send among them, and the sheet that
// shows them. Keys that are a letter can be switched off: speech input types letters.
import { html, useEffect, useRef } from "../view.js";
import { t } from "../lib/i18n.js";
import { letters } from "../lib/letters.js";
import { Dialog } from "./dialog.js";
import { Letters } from "./letters.js";

/** @typedef {"next" | "previous" | "neutral" | "full" | "keys" | "close"} Act */

const BY_KEY = /** @type {Record<string, Act>} */ ({
  ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", PageUp: "previous",
  n: "neutral", f: "full", "?": "keys", Escape: "close",
});
const LETTERS = new Set(["n", "f", "?"]);

/** Whether what has the focus makes its own use of a key. @param {Element | null} focused @param {string} key */
function takes(focused, key) {
  if (!focused?.matches) return false;
  if (focused.closest("dialog")) return key !== "?";
  if (focused.matches("input, select, textarea")) return key !== "Escape";
  return key === " " && focused.matches("button, a, summary");
}

/** @param {Record<Act, () => void>} acts */
export function useKeys(acts) {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const onKeyDown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const act = BY_KEY[key];
      if (!act || (LETTERS.has(key) && !letters.peek()) || takes(/** @type {Element} */ (event.target), key)) return;
      if (act !== "close") event.preventDefault();
      if (!event.repeat) latest.current[act]();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

const SHOWN = /** @type {const} */ ([["next", ["→", "presenter.space", "presenter.pageDown"]], ["previous", ["←", "presenter.pageUp"]], ["neutral", ["N"]], ["full", ["F"]], ["keys", ["?"]], ["close", ["presenter.escape"]]]);

/** @param {{onClose: () => void}} props */
export const Keys = ({ onClose }) => html`<${Dialog} title=${t("presenter.keys")} onClose=${onClose}>
    <dl class="room-keys">
      ${SHOWN.map(([act, keys]) => html`<div key=${act}>
        <dt>${keys.map((key) => html`<kbd key=${key}>${key.includes(".") ? t(key) : key}</kbd> `)}</dt><dd>${t(`presenter.key.${act}`)}</dd>
      </div>`)}
    </dl>
    <${Letters} label=${t("presenter.letters")} />
    <div class="row actions"><button type="button" onClick=${onClose}>${t("app.close")}</button></div>
  </${Dialog}>`;
