// What everybody must know now: the connection is lost, the team speaks. It takes room at the
// top, and covers nothing.
import { html, signal } from "../view.js";
import { dateTime, t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { board } from "../state/board.js";
import { suspension } from "../state/select.js";
import { clock, connection, obstacle, serverNotice } from "../state/session.js";
import { moderatedWords } from "./moderated.js";

const LATE_MS = 1_500;
const NOTICES = /** @type {Record<string, string>} */ ({ degraded: "connection.degraded", gone: "connection.gone", "signed-out": "connection.signedOut" });

/** A loss of a second is nobody's concern. */
const lateLoss = signal(false);
const read = signal(/** @type {unknown[]} */ ([]));
/** @type {any} */
let timer = null;

/** @param {string} state */
function watchLoss(state) {
  if (state === "open") {
    clearTimeout(timer);
    timer = null;
    lateLoss.value = false;
  } else if (!timer) {
    timer = setTimeout(() => {
      lateLoss.value = true;
    }, LATE_MS);
  }
}

/** Counts how long a loss lasts; returns how to stop. */
export function watchConnection() {
  return connection.subscribe(({ state }) => watchLoss(state));
}

/** What staff did to an idea of this person's. @param {{idea: number, moderation: import("../../types/model.js").Moderated}} notice */
const noticeText = ({ idea, moderation }) => [moderatedWords(moderation, idea), moderation.note].filter(Boolean).join(" ");

/** @param {{item: unknown, title?: string, text: string, href?: string}} props */
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

export function Banner() {
  const { outbox } = connection.value;
  const here = board.value?.slug ?? "";
  const suspended = board.value && suspension(board.value, clock.value);
  const kind = NOTICES[serverNotice.value];
  const announcement = board.value?.announcement;
  const notice = board.value?.notice;
  const said = notice ? noticeText(notice) : "";
  const shown = [
    obstacle.value && html`<div class="banner lost"><p>${t(`connection.${obstacle.value}`)}</p></div>`,
    !obstacle.value && lateLoss.value && html`<div class="banner lost">
      <p>${t("connection.offline")} ${outbox > 0 && t("connection.waiting", { n: outbox })}</p>
    </div>`,
    !lateLoss.value && kind && html`<div class="banner lost"><p>${t(kind)}</p></div>`,
    suspended && html`<div class="banner"><p>${suspendedWords(suspended)}</p></div>`,
    announcement && html`<${Dismissable} item=${`${here} ${announcement.v}`} title=${t("board.announcement")} text=${announcement.text} />`,
    notice && said && html`<${Dismissable} item=${`${here} ${notice.moderation.v}`} text=${said} href=${ideaPath(here, notice.idea)} />`,
  ].filter(Boolean);
  return shown.length > 0 && html`<aside aria-label=${t("app.messages")}>${shown}</aside>`;
}
