// What the keys do, by screen.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { route } from "../lib/router.js";
import { Dialog } from "./dialog.js";
import { Letters } from "./letters.js";

const KEYS = /** @type {[string, [string, string][]][]} */ ([
  ["keys.everywhere", [["?", "keys.help"], ["Tab", "keys.tab"], ["Esc", "keys.close"]]],
  ["keys.write", [["Ctrl + ↵", "keys.send"]]],
  ["judge.title", [["←", "ballot.agree"], ["↓", "ballot.pass"], ["→", "ballot.disagree"], ["L", "judge.later"], ["U", "judge.undo"]]],
]);

const STAFF = /** @type {[string, string][]} */ ([["J", "mod.later"], ["K", "mod.back"], ["R", "keys.keep"], ["H", "mod.hide"], ["M", "mod.merge"], ["D", "mod.redact"], ["U", "keys.undo"]]);

/** Staff have keys of their own, which act wherever the focus is: they can be switched off. @returns {typeof KEYS} */
const shown = () => (route.peek().name === "moderate" ? [["moderate.title", STAFF], ...KEYS.slice(0, 2)] : KEYS);

/** @param {{onClose: () => void}} props */
export const Keys = ({ onClose }) => html`<${Dialog} title=${t("keys.title")} onClose=${onClose}>
  ${shown().map(([title, rows]) => html`<section key=${title}><h3>${t(title)}</h3>
    <dl class="keys-list">${rows.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${t(what)}</dd></div>`)}</dl></section>`)}
  ${route.peek().name === "moderate" && html`<${Letters} label=${t("keys.letters")} />`}
  <div class="row actions"><button type="button" onClick=${onClose}>${t("app.close")}</button></div>
</${Dialog}>`;
