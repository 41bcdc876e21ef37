// Nothing is at this address, or nothing that this person may see.
import { html, lazy } from "../view.js";
import { t } from "../lib/i18n.js";

const Join = lazy(() => import("../parts/join.js"), "Join");

/** @param {{why?: string, code?: boolean}} props code: it may be there for who has a code */
export function Missing({ why, code }) {
  return html`<main class="wrap narrow" id="main">
    <h1 tabindex="-1">${t("missing.title")}</h1>
    <p class="lead">${why ?? t("missing.board")}</p>
    ${code && html`<${Join} />`}
    <p><a class=${code ? "" : "button"} href="/">${t("missing.home")}</a></p>
  </main>`;
}
