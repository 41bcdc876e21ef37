// The foot of every screen.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";

export const Footer = () => html`<p class="quiet">${t("app.kept")}</p>`;
