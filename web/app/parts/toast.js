// The message at the foot of the screen. The status region says it aloud; this one is seen.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { closeToast, toast } from "../state/toast.js";

export function Toast() {
  const shown = toast.value;
  if (!shown) return null;
  return html`<aside class=${`toast ${shown.kind}`} aria-label=${t("app.message")}>
    <p>${shown.text} ${shown.undo && html`<button type="button" class="bare" onClick=${shown.undo}><b>${t("mod.undo")}</b></button>`}
      ${shown.href && html`<a href=${shown.href} onClick=${closeToast}>${shown.label}</a>`}</p>
    <button type="button" class="bare" onClick=${closeToast}>${t("app.close")}</button>
  </aside>`;
}
