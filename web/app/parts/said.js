// What a person wrote. Always a text node, in its own direction and language.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { safeUrl } from "../lib/text.js";

/** @import { Idea } from "../../types/model.js" */

const WHY_NOT = /** @type {Record<string, string>} */ ({ hidden: "idea.hidden", merged: "idea.merged", withdrawn: "idea.withdrawn" });

/** @param {{idea: Idea}} props */
export function Said({ idea }) {
  if (idea.text == null && idea.merged_into) return html`<em class="quiet">${t("idea.mergedInto", { n: String(idea.merged_into) })}</em>`;
  if (idea.text == null) return html`<em class="quiet">${t(WHY_NOT[idea.state] ?? "idea.missing")}</em>`;
  return html`<span class="said" dir="auto" lang=${idea.lang ?? undefined}>${idea.text}</span>`;
}

/** What was done in another place, and what came of it there. @param {{source: import("../../types/model.js").Source}} props */
function Elsewhere({ source: { place, result, title, url: given } }) {
  const url = safeUrl(given);
  const words = place ? t("idea.elsewhereAt", { place }) : t("idea.elsewhere");
  return html`<span class="elsewhere" dir="auto">${url ? html`<a href=${url} title=${title ?? undefined} rel="noopener nofollow ugc">${words}</a>` : words}${result ? ` – ${result}` : ""}</span>`;
}

/** Where an idea was taken from. @param {{idea: Idea}} props */
export function Source({ idea: { source } }) {
  if (source?.place || source?.result) return html`<${Elsewhere} source=${source} />`;
  const title = source?.title ?? source?.url;
  if (!title) return null;
  const url = safeUrl(source?.url);
  const words = t("idea.source", { title });
  return url ? html`<a href=${url} rel="noopener nofollow ugc" dir="auto">${words}</a>` : html`<span dir="auto">${words}</span>`;
}
