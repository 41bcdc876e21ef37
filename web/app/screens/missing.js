// Nothing is at this address, or nothing that this person may see.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";

/** @param {{why?: string, children?: any}} props */
export function Missing({ why, children }) {
  return html`<main class="wrap narrow" id="main">
    <h1 tabindex="-1">${t("missing.title")}</h1>
    <p class="lead">${why ?? t("missing.board")}</p>
    ${children}
    <p><a class="button" href="/">${t("missing.home")}</a></p>
  </main>`;
}

export function Loading() {
  return html`<main class="wrap" id="main" aria-busy="true">
    <p class="quiet">${t("app.loading")}</p>
    <div class="ghost"></div><div class="ghost"></div><div class="ghost"></div>
  </main>`;
}
