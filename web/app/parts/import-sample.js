// What is the matter with a file, line by line; and its first ideas as they would come in.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";

/** @import { Plan } from "../../types/import.js" */

const SHOWN = 50;

/** @param {{plan: Plan}} props */
export function ImportProblems({ plan }) {
  if (!plan.problems.length) return null;
  const hidden = plan.unlisted + Math.max(0, plan.problems.length - SHOWN);
  return html`<div class="found">
    <h3 id="import-problems">${t("import.problems")}</h3>
    <div class="scroll" role="region" tabindex="0" aria-labelledby="import-problems"><table>
      <thead><tr><th scope="col">${t("import.line")}</th><th scope="col">${t("import.weight")}</th><th scope="col">${t("import.what")}</th></tr></thead>
      <tbody>${plan.problems.slice(0, SHOWN).map(({ line, name, weight, detail }, i) => html`<tr key=${i} class=${weight}>
        <td class="num">${line ?? "–"}</td><td>${t(`import.weight.${weight}`)}</td>
        <td>${t(`import.fault.${name}`)}${detail && name !== "quotes" ? html` <bdi class="quiet">${detail}</bdi>` : ""}</td>
      </tr>`)}</tbody>
    </table></div>
    ${hidden > 0 && html`<p class="quiet num">${t("import.unlisted", { n: hidden })}</p>`}
  </div>`;
}

/** @param {{plan: Plan}} props */
export function ImportSample({ plan }) {
  if (!plan.sample.length) return null;
  return html`<div class="found">
    <h3 id="import-sample">${t("import.sample", { n: plan.sample.length })}</h3>
    <div class="scroll" role="region" tabindex="0" aria-labelledby="import-sample"><table>
      <thead><tr><th scope="col">${t("import.line")}</th><th scope="col">${t("import.part.text")}</th><th scope="col">${t("import.part.theme")}</th><th scope="col">${t("import.part.url")}</th></tr></thead>
      <tbody>${plan.sample.map(({ line, text, theme, source, parent, kind }) => html`<tr key=${line}>
        <td class="num">${line}</td>
        <td class="said" dir="auto">${text}${parent ? html` <span class="quiet">↳ ${t(`kind.${kind}`)} – ${t("import.onLine", { n: String(parent) })}</span>` : ""}</td>
        <td dir="auto">${theme ?? ""}</td>
        <td dir="auto">${[source?.place, source?.result, source?.title, source?.url].filter(Boolean).join(" – ")}</td>
      </tr>`)}</tbody>
    </table></div>
  </div>`;
}
