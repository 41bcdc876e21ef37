// What the keys do, by screen.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { Dialog } from "./dialog.js";

const KEYS = /** @type {[string, [string, string][]][]} */ ([
  ["keys.everywhere", [["?", "keys.help"], ["Tab", "keys.tab"], ["Esc", "keys.close"]]],
  ["keys.write", [["Ctrl + ↵", "keys.send"]]],
  ["judge.title", [["←", "ballot.agree"], ["↓", "ballot.pass"], ["→", "ballot.disagree"], ["L", "judge.later"], ["U", "judge.undo"]]],
]);

/** @param {{onClose: () => void}} props */
export const Keys = ({ onClose }) => html`<${Dialog} title=${t("keys.title")} onClose=${onClose}>
  ${KEYS.map(([title, rows]) => html`<section key=${title}><h3>${t(title)}</h3>
    <dl class="keys-list">${rows.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${t(what)}</dd></div>`)}</dl></section>`)}
  <div class="row actions"><button type="button" onClick=${onClose}>${t("app.close")}</button></div>
</${Dialog}>`;
