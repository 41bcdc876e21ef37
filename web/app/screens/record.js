// What staff did, for everybody: what, why, after how long, and what came of appeals.
import { html, useEffect, useState } from "../view.js";
import { dateTime, number, t } from "../lib/i18n.js";
import { boardPath, ideaPath } from "../lib/router.js";
import { client } from "../state/session.js";
import { tellRefused } from "../state/toast.js";

/** @import { Board, RecordEntry, RecordSummary } from "../../types/model.js" */

const COUNTED = /** @type {const} */ (["held", "hidden", "restored", "merged", "redacted", "suspended", "appeals", "granted"]);

/** "12 min" @param {number} seconds */
function span(seconds) {
  if (seconds < 60) return t("time.seconds", { n: seconds });
  if (seconds < 5_400) return t("time.minutes", { n: Math.round(seconds / 60) });
  return seconds < 172_800 ? t("time.hours", { n: Math.round(seconds / 3_600) }) : t("time.days", { n: Math.round(seconds / 86_400) });
}

/** @param {string} board @returns {Promise<{entries: RecordEntry[], summary: RecordSummary}>} */
async function readAll(board) {
  /** @type {RecordEntry[]} */
  const entries = [];
  for (;;) {
    const page = await client.request("mod.log", { board, after: entries.at(-1)?.v ?? 0 });
    entries.push(...page.entries);
    if (!page.more || page.entries.length === 0) return { entries, summary: page.summary };
  }
}

/** @param {{slug: string, entry: RecordEntry}} props */
const Row = ({ slug, entry }) => html`<tr>
  <td class="num">${dateTime(entry.at)}</td>
  <td>${t(`record.kind.${entry.kind}${(entry.kind === "freeze" || entry.kind === "premoderate" || entry.kind === "announce") && !entry.on ? ".off" : ""}`)}
    ${entry.idea && html` <a class="num" href=${ideaPath(slug, entry.idea)}>#${entry.idea}</a>`}${entry.into && html` → <a class="num" href=${ideaPath(slug, entry.into)}>#${entry.into}</a>`}
    ${entry.until && html` ${t("record.until", { when: dateTime(entry.until) })}`}${entry.undone && html` <span class="quiet">${t("record.undone")}</span>`}</td>
  <td>${entry.reason ? t(`report.${entry.reason}`) : "–"}</td>
  <td>${t(`record.by.${entry.by}`)}</td>
  <td class="num">${entry.waited_s == null ? "–" : span(entry.waited_s)}</td>
  <td>${entry.appeal ? t(`appeal.short.${entry.appeal}`) : "–"}</td>
</tr>`;

/** @param {{board: Board}} props */
export function RecordScreen({ board }) {
  const [log, setLog] = useState(/** @type {{entries: RecordEntry[], summary: RecordSummary} | null} */ (null));
  useEffect(() => {
    readAll(board.slug).then(setLog, tellRefused);
  }, [board.slug]);
  const summary = log?.summary;
  return html`<main class="wrap record" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <h1 tabindex="-1">${t("record.title")}</h1>
    <p>${t("record.what")}</p>
    ${summary && html`<dl class="facts-row num">${COUNTED.map((name) => html`<div key=${name}><dt class="quiet">${t(`record.count.${name}`)}</dt><dd>${number(summary[name])}</dd></div>`)}
      <div><dt class="quiet">${t("record.median")}</dt><dd>${summary.median_wait_s == null ? "–" : span(summary.median_wait_s)}</dd></div></dl>`}
    <p><a href=${`/api/boards/${board.slug}/moderation.csv`} download>${t("record.download")}</a></p>
    ${!log && html`<p class="quiet" role="status">${t("app.loading")}</p>`}
    ${log?.entries.length === 0 && html`<p>${t("record.nothing")}</p>`}
    ${log && log.entries.length > 0 && html`<div class="scroll" tabindex="0" role="region" aria-label=${t("record.title")}><table>
      <thead><tr>${["at", "what", "why", "who", "waited", "appeal"].map((name) => html`<th key=${name} scope="col">${t(`record.column.${name}`)}</th>`)}</tr></thead>
      <tbody>${log.entries.toReversed().map((entry) => html`<${Row} key=${`${entry.v}-${entry.idea}`} slug=${board.slug} entry=${entry} />`)}</tbody>
    </table></div>`}
  </main>`;
}
