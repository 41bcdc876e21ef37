// Asks before a step that everybody feels, and says what it will do.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { Dialog } from "./dialog.js";

/** @param {{title: string, points: string[], label: string, onConfirm: () => Promise<unknown>, onClose: () => void}} props */
export function Confirm({ title, points, label, onConfirm, onClose }) {
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    await onConfirm();
    onClose();
  };
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <ul class="points">${points.map((one) => html`<li key=${one}>${one}</li>`)}</ul>
    <div class="row actions">
      <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
      <button type="button" aria-disabled=${busy} onClick=${confirm}>${label}</button>
    </div>
  </${Dialog}>`;
}
