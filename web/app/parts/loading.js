// A screen is on its way.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";

export function Loading() {
  return html`<main class="wrap" id="main" aria-busy="true">
    <p class="quiet">${t("app.loading")}</p>
    <div class="ghost"></div><div class="ghost"></div><div class="ghost"></div>
  </main>`;
}
