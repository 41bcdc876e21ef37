// Afterwards: the results, and the board closed or put away.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { resultPath } from "../lib/router.js";
import { isRehearsal, turn } from "../state/desk.js";
import { currentRound, isOver } from "../state/select.js";
import { tellDone } from "../state/toast.js";
import { Confirm } from "./confirm.js";
import { LeadDownloads } from "./downloads.js";
import { nameOf } from "./round.js";

/** @import { Board } from "../../types/model.js" */
/** @typedef {"open" | "closed" | "archived"} To */

/** @type {Record<string, To[]>} */
const TO = { draft: ["archived"], open: ["closed"], closed: ["archived", "open"], archived: ["closed"] };

/** @param {{board: Board}} props */
function States({ board }) {
  const [asked, setAsked] = useState(/** @type {To | null} */ (null));
  const round = currentRound(board);
  if (round && !isOver(round)) return html`<p>${t("finish.roundOpen")}</p>`;
  const copy = isRehearsal(board) && board.state !== "archived";
  const offered = copy ? /** @type {To[]} */ (["archived"]) : (TO[board.state] ?? []).filter((to) => to !== "open" || round);
  const nameOfStep = (/** @type {To} */ to) => (copy ? t("rehearsal.erase") : t(`finish.to.${to}`));
  const confirm = async () => {
    if (asked && (await turn(board.slug, asked))) tellDone(t("desk.saved"));
  };
  return html`<div class="row">${offered.map((to) => html`<button key=${to} type="button" class="plain" onClick=${() => setAsked(to)}>${nameOfStep(to)}</button>`)}</div>
    ${asked && html`<${Confirm} title=${nameOfStep(asked)} points=${copy ? [t("rehearsal.erased")] : t(`finish.will.${asked}`).split("\n")} label=${t("lead.confirm")} onConfirm=${confirm} onClose=${() => setAsked(null)} />`}`;
}

/** @param {{board: Board}} props */
export function Finish({ board }) {
  const over = board.rounds.filter((round) => isOver(round) && round.allows.includes("vote"));
  return html`
    <section aria-labelledby="results">
      <h2 id="results">${t("finish.results")}</h2>
      ${over.length === 0
        ? html`<p class="quiet">${t("finish.noResult")}</p>`
        : html`<ul class="points">${over.map((round) => html`<li key=${round.n}><a href=${resultPath(board.slug, round.n)}>${nameOf(round, board.rounds.length)}${round.title ? ` – ${round.title}` : ""}</a> <span class="quiet">${t(`round.state.${round.state}`)}</span></li>`)}</ul>`}
    </section>
    <${LeadDownloads} board=${board} />
    <section class="face" aria-labelledby="state">
      <h2 id="state">${t("finish.state")}</h2>
      <p>${t(`finish.is.${board.state}`)}</p>
      <${States} board=${board} />
    </section>`;
}
