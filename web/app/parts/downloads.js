// What can be taken away from a board: by everybody, and by who leads it.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";

/** @import { Board } from "../../types/model.js" */

/** @param {{href: string, children: unknown, file?: boolean}} props a document is opened, a file is saved */
const Item = ({ href, children, file = false }) => html`<li><a class="button plain" href=${href} download=${file}>${children}</a></li>`;

/** For everybody: the same files, whoever asks. @param {{board: Board}} props */
export const Downloads = ({ board: { slug } }) => html`<section aria-labelledby="downloads">
  <h2 id="downloads">${t("download.title")}</h2>
  <p class="quiet">${t("download.why")}</p>
  <ul class="row">
    <${Item} href=${`/b/${slug}/rapport`}>${t("download.report")}<//>
    <${Item} href=${`/b/${slug}/laureats`}>${t("download.winners")}<//>
    <${Item} file href=${`/api/boards/${slug}/ideas.csv`}>${t("download.ideas")}<//>
    <${Item} file href=${`/api/boards/${slug}/ballots.csv`}>${t("download.ballots")}<//>
    <${Item} file href=${`/api/boards/${slug}/board.xlsx`}>${t("download.workbook")}<//>
  </ul>
</section>`;

/** @param {{title: string, why: string, children?: any}} props */
const Group = ({ title, why, children }) => html`<div class="take-away"><h3>${title}</h3><p class="quiet">${why}</p><ul class="row">${children}</ul></div>`;

/** For who leads: with what is not revealed yet, and the texts that are hidden. @param {{board: Board}} props */
export const LeadDownloads = ({ board: { slug } }) => html`<section aria-labelledby="take-away">
  <h2 id="take-away">${t("download.lead")}</h2>
  <p class="notice">${t("download.leadWhy")}</p>
  <div class="take-aways">
    <${Group} title=${t("download.toRead")} why=${t("download.toReadWhy")}>
      <li><a class="button" href=${`/b/${slug}/rapport?staff=1`}>${t("download.report")}</a></li>
      <${Item} href=${`/b/${slug}/laureats?staff=1`}>${t("download.winners")}<//>
    <//>
    <${Group} title=${t("download.toCount")} why=${t("download.toCountWhy")}>
      <${Item} file href=${`/api/boards/${slug}/board.xlsx?staff=1`}>${t("download.workbook")}<//>
      <${Item} file href=${`/api/boards/${slug}/ideas.csv?staff=1`}>${t("download.ideas")}<//>
      <${Item} file href=${`/api/boards/${slug}/ballots.csv?staff=1`}>${t("download.ballots")}<//>
    <//>
    <${Group} title=${t("download.toReuse")} why=${t("download.toReuseWhy")}>
      <${Item} file href=${`/api/boards/${slug}/ideas.json?staff=1`}>${t("download.json")}<//>
      <${Item} file href=${`/api/boards/${slug}/decidim.csv?staff=1`}>${t("download.decidim")}<//>
    <//>
    <${Group} title=${t("download.toCheck")} why=${t("download.auditWhy")}>
      <${Item} file href=${`/api/boards/${slug}/archive.tar`}>${t("download.archive")}<//>
      <${Item} file href=${`/api/boards/${slug}/audit.tar`}>${t("download.audit")}<//>
    <//>
  </div>
</section>`;
