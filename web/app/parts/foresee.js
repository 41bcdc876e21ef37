// What the rule would give now, with the line through the list: looked at, nothing decided.
import { html, useState } from "../view.js";
import { t, timeOfDay } from "../lib/i18n.js";
import { preview } from "../state/lead.js";
import { clock } from "../state/session.js";
import { Ranking } from "./ranking.js";
import { Summary } from "./summary.js";

/** @import { Board, Result, Round } from "../../types/model.js" */

/** @param {{board: Board, round: Round}} props */
export function Foresee({ board, round }) {
  const [seen, setSeen] = useState(/** @type {{result: Result, at: number} | null} */ (null));
  const [busy, setBusy] = useState(false);
  const look = async () => {
    if (busy) return;
    setBusy(true);
    const result = await preview(board.slug);
    setBusy(false);
    if (result) setSeen({ result, at: clock.peek() });
  };
  const masked = round.scores !== "live";
  const fits = seen?.result.round === round.n;
  return html`<section aria-labelledby="preview">
    <h2 id="preview">${t("lead.preview")}</h2>
    <p class="quiet">${t("lead.previewWhy")}${masked ? html` <b>${t("lead.previewLogged")}</b>` : ""}</p>
    <p><button type="button" class="plain" aria-disabled=${busy} onClick=${look}>${t(seen && fits ? "lead.previewAgain" : "lead.previewGo")}</button></p>
    ${seen && fits && html`
      <p class="quiet num">${t("lead.previewAt", { time: timeOfDay(seen.at) })}</p>
      <${Summary} result=${seen.result} round=${round} now=${seen.at} foreseen />
      <${Ranking} board=${board} result=${seen.result} />`}
  </section>`;
}
