// What everybody must know now: the connection is lost, the team speaks. It takes room at the
// top, and covers nothing.
import { html, lazy, signal } from "../view.js";
import { t } from "../lib/i18n.js";
import { board } from "../state/board.js";
import { connection, obstacle, serverNotice } from "../state/session.js";

const Notices = lazy(() => import("./notices.js"), "Notices");

const LATE_MS = 1_500;
const NOTICES = /** @type {Record<string, string>} */ ({ degraded: "connection.degraded", gone: "connection.gone", "signed-out": "connection.signedOut" });

/** A loss of a second is nobody's concern. */
const lateLoss = signal(false);
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

export function Banner() {
  const { outbox } = connection.value;
  const known = board.value;
  const told = known && (known.announcement || known.notice || known.me.suspended);
  const kind = NOTICES[serverNotice.value];
  const shown = [
    obstacle.value && html`<div class="banner lost"><p>${t(`connection.${obstacle.value}`)}</p></div>`,
    !obstacle.value && lateLoss.value && html`<div class="banner lost">
      <p>${t("connection.offline")} ${outbox > 0 && t("connection.waiting", { n: outbox })}</p>
    </div>`,
    !lateLoss.value && kind && html`<div class="banner lost"><p>${t(kind)}</p></div>`,
    told && html`<${Notices} board=${known} />`,
  ].filter(Boolean);
  return shown.length > 0 && html`<aside aria-label=${t("app.messages")}>${shown}</aside>`;
}
