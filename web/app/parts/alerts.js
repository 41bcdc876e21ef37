// What a lead should know while something can still be done, in words, each with what would help.
import { html, useEffect } from "../view.js";
import { t } from "../lib/i18n.js";
import { say } from "../lib/announce.js";
import { ideaPath, leadPath } from "../lib/router.js";
import { alerts, watchAlerts } from "../state/desk.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Alert } from "../../types/desk.js" */

const LISTED = 8;

/** @param {Alert} alert */
function words({ kind, count, of, minutes, themes, groups }) {
  const n = count;
  if (kind === "short") return t("alert.short", { n });
  if (kind === "themes") return t("alert.themes", { n: themes?.length ?? 0, names: (themes ?? []).join(", ") });
  if (kind === "groups") return t("alert.groups", { n: groups?.length ?? 0, names: (groups ?? []).join(", ") });
  if (kind === "guests") return t("alert.guests", { n, minutes, before: of });
  if (kind === "author") return t("alert.author", { n, of });
  return kind === "thread" ? t("alert.thread", { n, of }) : t("alert.overdue", { n });
}

/** @param {Alert} alert */
function help({ kind, minutes, missing }) {
  if (kind === "short") return minutes ? t("alert.short.help", { n: minutes, missing }) : t("alert.short.nobody", { n: missing });
  return t(`alert.help.${kind}`);
}

/** @param {{board: Board, ideas: number[]}} props */
const Numbers = ({ board, ideas }) => html`<span class="num">${ideas.slice(0, LISTED).map((n) => html` <a key=${n} href=${ideaPath(board.slug, n)}>#${n}</a>`)}${ideas.length > LISTED ? " …" : ""}</span>`;

/** @param {{board: Board}} props */
export function Alerts({ board }) {
  useEffect(() => watchAlerts(board.slug), [board.slug]);
  const all = alerts.value ?? [];
  const kinds = all.map(({ kind }) => kind).join(" ");
  useEffect(() => {
    if (kinds) say(t("alert.count", { n: all.length }));
  }, [kinds]);
  if (all.length === 0) return null;
  return html`<section class="alerts" aria-labelledby="alerts">
    <h2 id="alerts">${t("alert.title")}</h2>
    <ul>${all.map((alert) => html`<li key=${alert.kind}>
      <p><b>${words(alert)}</b>${alert.ideas?.length ? html`<${Numbers} board=${board} ideas=${alert.ideas} />` : ""}</p>
      <p class="quiet">${help(alert)}${alert.kind === "overdue" ? html` <a href=${`${leadPath(board.slug)}&at=answers`}>${t("alert.answer")}</a>` : ""}</p>
    </li>`)}</ul>
  </section>`;
}
