// Before it begins: what the board says of itself, its rounds, and what they can be expected to find.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { change, isRehearsal } from "../state/desk.js";
import { tellDone } from "../state/toast.js";
import { Calculator } from "./calculator.js";
import { Conduct } from "./conduct.js";
import { Describe } from "./describe.js";
import { Rehearsal } from "./rehearsal.js";
import { Templates } from "./templates.js";

/** @import { Board } from "../../types/model.js" */

/** Other rounds, as long as none has opened. @param {{board: Board}} props */
function Rounds({ board }) {
  const [chosen, setChosen] = useState("");
  const [fault, setFault] = useState("");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setFault(chosen ? "" : t("desk.choose"));
    if (!chosen) return;
    const refusal = await change(board.slug, { template: chosen }).then(() => null, (refused) => refused);
    setFault(refusal ? sentence(refusal) : "");
    if (!refusal) tellDone(t("desk.saved"));
  };
  return html`<form class="face form" aria-labelledby="other-rounds" onSubmit=${submit}>
    <h2 id="other-rounds">${t("desk.rounds")}</h2>
    <ol class="points">${board.rounds.map((round) => html`<li key=${round.n}>${round.title ?? t("round.open")}${round.minutes ? ` – ${t("time.minutes", { n: round.minutes })}` : ""}</li>`)}</ol>
    <details class="about"><summary>${t("desk.otherRounds")}</summary>
      <${Templates} chosen=${chosen} onChoose=${setChosen} />
      ${fault && html`<p class="fault" role="alert">${fault}</p>`}
      <div class="row actions"><button type="submit" class="plain">${t("desk.useRounds")}</button></div>
    </details>
  </form>`;
}

/** @param {{board: Board}} props */
export function Prepare({ board }) {
  const begun = board.round != null;
  return html`
    ${!begun && html`<section class="face" aria-labelledby="begin">
      <h2 id="begin">${t(board.state === "draft" ? "desk.draft" : "lead.notBegun")}</h2>
      <p>${t(board.state === "draft" ? "desk.draftWhy" : "desk.beginWhy")}</p>
      <${Conduct} board=${board} />
    </section>`}
    <${Describe} key=${board.slug} board=${board} />
    ${!begun && html`<${Rounds} board=${board} />`}
    <${Calculator} board=${board} />
    ${!isRehearsal(board) && (board.state === "draft" || board.state === "open") && html`<${Rehearsal} board=${board} />`}`;
}
