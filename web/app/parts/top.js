// The head and the foot of every screen: where one is, who is here, in which language.
import { html } from "../view.js";
import { LANGUAGES, lang, switchLanguage, t } from "../lib/i18n.js";
import { boardPath, mePath, pagePath, route } from "../lib/router.js";
import { remember } from "../lib/storage.js";
import { board } from "../state/board.js";
import { connection } from "../state/session.js";

/** The finch: drawn in the shell and in icon.svg too. */
const Mark = () => html`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path class="mark-tail" d="M10 20 1.5 29l8.5-2 5-4z" />
    <path class="mark-breast" d="M8 20c0 6 5 9 10 8 6-1 9-6 9-12 0-5-3-9-7.500-9C13 7 8 13 8 20z" />
    <path class="mark-cap" d="M12.500 12C14 7.500 17 5 20 5c4 0 6.500 2.500 7 6-2 1.500-3.500 2-6 2-3.500 0-6-.5-8.500-1z" />
    <path class="mark-wing" d="M8 20c.5-4 4-6.500 9-5.500 1 5-2 9.500-8 10.500-.8-1.500-1-3-1-5z" />
    <path class="mark-beak" d="m26.500 8.500 5 2-5 2z" />
    <circle class="mark-eye" cx="22.800" cy="9.600" r="1.200" />
  </svg>`;

function Live() {
  const { state } = connection.value;
  const watching = board.value?.watching ?? 0;
  if (state === "connecting") return null;
  if (state !== "open") return html`<span class="live quiet"><i class="dot off"></i>${t("connection.reconnecting")}</span>`;
  if (!board.value) return null;
  return html`<span class="live quiet num" title=${t("connection.live")}>
    <i class="dot"></i>${watching > 0 ? t("count.watching", { n: watching }) : t("connection.live")}
  </span>`;
}

/** @param {string} code on a page of the server's, the same page is asked for in that language */
function choose(code) {
  if (route.value.name !== "page") return switchLanguage(code);
  remember("lang", code);
  return location.assign(`${location.pathname}?lang=${code}`);
}

function Languages() {
  return html`<ul class="languages" aria-label=${t("app.language")}>
    ${Object.entries(LANGUAGES).map(([code, name]) => html`
      <li key=${code}>
        <button type="button" class="bare" lang=${code} aria-pressed=${code === lang.value} title=${name}
          aria-label=${`${code.toUpperCase()} – ${name}`} onClick=${() => choose(code)}>${code.toUpperCase()}</button>
      </li>`)}
  </ul>`;
}

export function Top() {
  const here = board.value;
  const away = here && route.value.name !== "board";
  return html`
    <a class="brand" href="/" aria-label=${`${t("app.name")} – ${t("app.home")}`}><${Mark} /><strong>${t("app.name")}</strong></a>
    ${here && html`<span class="where quiet" dir="auto">
      ${away ? html`<a href=${boardPath(here.slug)}>${here.title}</a>` : here.title}
    </span>`}
    <${Live} />
    ${here?.me.person != null && html`<a class="me" href=${mePath(here.slug)} aria-label=${t("me.title")} title=${t("me.title")}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle cx="12" cy="8" r="4" /><path d="M4 21c0-4.500 3.500-7 8-7s8 2.500 8 7" /></svg></a>`}
    <${Languages} />`;
}

/** How far the statement goes is in its title, which the operator writes: the server has said it on this page. */
const statement = { lang: document.documentElement.lang, title: document.querySelector('#foot a[href^="/pages/accessibility"]')?.textContent };

/** @param {string} name */
const titleOf = (name) => (name === "accessibility" && statement.title && statement.lang === lang.value ? statement.title : t(`page.${name}`));

const PAGES = ["help", "easy", "charter", "privacy", "legal", "accessibility"];

export const Footer = () => html`
  <nav aria-label=${t("page.nav")}><ul class="row center">
    ${PAGES.map((name) => html`<li key=${name}><a href=${pagePath(name, lang.value)}>${titleOf(name)}</a></li>`)}
  </ul></nav>
  <p class="quiet">${t("app.kept")}</p>`;
