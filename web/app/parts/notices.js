// What the team says to everybody, and to this person.
import { html, signal } from "../view.js";
import { dateTime, t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { clock } from "../state/session.js";
import { moderatedWords } from "./moderated-words.js";

/** @import { Board } from "../../types/model.js" */

/** Until when this person may not take part; null: they may. @param {Board} board @param {number} now */
function suspension(board, now) {
  const { suspended } = board.me;
  return suspended && Date.parse(suspended.until) > now ? suspended : null;
}

/** What was closed on this page. */
const read = signal(/** @type {string[]} */ ([]));

/** What staff did to an idea of this person's. @param {{idea: number, moderation: import("../../types/model.js").Moderated}} notice */
const noticeText = ({ idea, moderation }) => [moderatedWords(moderation, idea), moderation.note].filter(Boolean).join(" ");

/** @param {{item: string, title?: string, text: string, href?: string}} props */
function Dismissable({ item, title, text, href }) {
  if (read.value.includes(item)) return null;
  const dismiss = () => {
    read.value = [...read.value, item];
  };
  return html`<div class="banner">
    <p>${title && html`<b>${title} : </b>`}<span class="said" dir="auto">${text}</span> ${href && html`<a href=${href}>${t("post.see")}</a>`}</p>
    <button type="button" class="plain" onClick=${dismiss}>${t("app.close")}</button>
  </div>`;
}

/** @param {{until: string, reason: string | null, note: string | null}} suspended */
const suspendedWords = ({ until, reason, note }) =>
  [t("suspended.until", { when: dateTime(until) }), reason && t("moderated.because", { reason: t(`report.${reason}`) }), note].filter(Boolean).join(" ");

/** @param {{board: Board}} props */
export function Notices({ board }) {
  const { slug, announcement, notice } = board;
  const suspended = suspension(board, clock.value);
  const said = notice ? noticeText(notice) : "";
  return html`
    ${suspended && html`<div class="banner"><p>${suspendedWords(suspended)}</p></div>`}
    ${announcement && html`<${Dismissable} item=${`${slug} ${announcement.v}`} title=${t("board.announcement")} text=${announcement.text} />`}
    ${notice && said && html`<${Dismissable} item=${`${slug} ${notice.moderation.v}`} text=${said} href=${ideaPath(slug, notice.idea)} />`}`;
}
