// What staff did, for everybody: what, why, after how long, and what came of appeals.
import { html, useEffect, useState } from "../view.js";
import { dateTime, number, t } from "../lib/i18n.js";
import { boardPath, ideaPath } from "../lib/router.js";
import { client } from "../state/session.js";
import { tellRefused } from "../state/toast.js";

/** @import { Board, RecordEntry, RecordSummary } from "../../types/model.js" */

const COUNTED = /** @type {const} */ (["held", "hidden", "restored", "merged", "redacted", "suspended"]);
const COLUMNS = /** @type {const} */ (["at", "what", "why", "who", "waited", "appeal"]);

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

/** On a narrow screen a row is a block, and each cell says what it is. @param {{name: typeof COLUMNS[number], class?: string, children?: any}} props */
const Cell = ({ name, class: kind = "", children }) => html`<td role="cell" class=${kind}><span class="of" aria-hidden="true">${t(`record.column.${name}`)} </span>${children ?? html`<span class="none">–</span>`}</td>`;

/** @param {{slug: string, entry: RecordEntry}} props */
const Row = ({ slug, entry }) => html`<tr role="row">
  <td role="cell" class="num when">${dateTime(entry.at)}</td>
  <td role="cell" class="what">${t(`record.kind.${entry.kind}${(entry.kind === "freeze" || entry.kind === "premoderate" || entry.kind === "announce") && !entry.on ? ".off" : ""}`)}
    ${entry.idea && html` <a class="num" href=${ideaPath(slug, entry.idea)}>#${entry.idea}</a>`}${entry.into && html` → <a class="num" href=${ideaPath(slug, entry.into)}>#${entry.into}</a>`}
    ${entry.until && html` ${t("record.until", { when: dateTime(entry.until) })}`}${entry.undone && html` <span class="quiet">${t("record.undone")}</span>`}</td>
  <${Cell} name="why">${entry.reason ? t(`report.${entry.reason}`) : null}<//>
  <${Cell} name="who">${t(`record.by.${entry.by}`)}<//>
  <${Cell} name="waited" class="num">${entry.waited_s == null ? null : span(entry.waited_s)}<//>
  <${Cell} name="appeal">${entry.appeal ? t(`appeal.short.${entry.appeal}`) : null}<//>
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
    ${summary && html`<dl class="facts-row num">${COUNTED.map((name) => html`<div key=${name} class=${summary[name] ? "" : "none"}><dt class="quiet">${t(`record.count.${name}`)}</dt><dd>${number(summary[name])}</dd></div>`)}
      <div class=${summary.appeals ? "" : "none"}><dt class="quiet">${t("record.count.appeals")}${summary.appeals > 0 ? ` – ${t("record.granted", { n: summary.granted })}` : ""}</dt><dd>${number(summary.appeals)}</dd></div>
      <div class=${summary.median_wait_s == null ? "none" : ""}><dt class="quiet">${t("record.median")}</dt><dd>${summary.median_wait_s == null ? "–" : span(summary.median_wait_s)}</dd></div></dl>`}
    <p><a class="button plain" href=${`/api/boards/${board.slug}/moderation.csv`} download>${t("record.download")}</a></p>
    ${!log && html`<p class="quiet" role="status">${t("app.loading")}</p>`}
    ${log?.entries.length === 0 && html`<div class="empty"><p>${t("record.nothing")}</p></div>`}
    ${log && log.entries.length > 0 && html`<div class="scroll" tabindex="0" role="region" aria-label=${t("record.title")}><table role="table">
      <thead role="rowgroup"><tr role="row">${COLUMNS.map((name) => html`<th key=${name} role="columnheader" scope="col">${t(`record.column.${name}`)}</th>`)}</tr></thead>
      <tbody role="rowgroup">${log.entries.toReversed().map((entry) => html`<${Row} key=${`${entry.v}-${entry.idea}`} slug=${board.slug} entry=${entry} />`)}</tbody>
    </table></div>`}
  </main>`;
}
