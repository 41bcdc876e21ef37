// The head of every screen: where one is, who is here, in which language.
import { html } from "../view.js";
import { LANGUAGES, lang, switchLanguage, t } from "../lib/i18n.js";
import { boardPath, route } from "../lib/router.js";
import { board } from "../state/board.js";
import { connection } from "../state/session.js";
import { Mark } from "./mark.js";

function Live() {
  const { state } = connection.value;
  const watching = board.value?.watching ?? 0;
  if (state !== "open") return html`<span class="live quiet"><i class="dot off"></i>${t("connection.reconnecting")}</span>`;
  if (!board.value) return null;
  return html`<span class="live quiet num" title=${t("connection.live")}>
    <i class="dot"></i>${watching > 0 ? t("count.watching", { n: watching }) : t("connection.live")}
  </span>`;
}

function Languages() {
  return html`<ul class="languages" aria-label=${t("app.language")}>
    ${Object.entries(LANGUAGES).map(([code, name]) => html`
      <li key=${code}>
        <button type="button" class="bare" lang=${code} aria-pressed=${code === lang.value} title=${name}
          aria-label=${`${code.toUpperCase()} – ${name}`} onClick=${() => switchLanguage(code)}>${code.toUpperCase()}</button>
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
    <${Languages} />`;
}
