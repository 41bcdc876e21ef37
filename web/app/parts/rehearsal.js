// A dress rehearsal: an invented crowd plays a copy of the board, which is watched like any other.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { boardPath, leadPath, presenterPath } from "../lib/router.js";
import { rehearse } from "../state/desk.js";
import { Line } from "./line.js";

/** @import { Board } from "../../types/model.js" */

const MOST = 500;

/** @param {{copy: string}} props */
const Copy = ({ copy }) => html`<div role="status">
  <p><b>${t("rehearsal.runs")}</b></p>
  <ul class="points">
    <li><a href=${boardPath(copy)} target="_blank">${t("rehearsal.asCitizen")}</a></li>
    <li><a href=${presenterPath(copy)} target="_blank">${t("rehearsal.asRoom")}</a></li>
    <li><a href=${leadPath(copy)}>${t("rehearsal.asLead")}</a></li>
  </ul>
  <p class="quiet">${t("rehearsal.after")}</p>
</div>`;

/** @param {{board: Board}} props */
export function Rehearsal({ board }) {
  const [people, setPeople] = useState("60");
  const [copy, setCopy] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const n = Number(people);
    const fits = Number.isInteger(n) && n >= 2 && n <= MOST;
    setFault(fits ? "" : t("rehearsal.numbers", { n: MOST }));
    if (busy || !fits) return;
    setBusy(true);
    const made = await rehearse(board.slug, { people: n });
    setBusy(false);
    if (made) setCopy(made.board);
  };
  return html`<section class="face form" aria-labelledby="rehearsal">
    <h2 id="rehearsal">${t("rehearsal.title")}</h2>
    <p class="quiet">${t("rehearsal.why")}</p>
    <form class="row plan-form" onSubmit=${submit}>
      <${Line} id="rehearsal-people" type="number" min="2" max=${MOST} label=${t("rehearsal.people")} value=${people} onInput=${setPeople} />
      <button type="submit" class="plain" aria-disabled=${busy}>${t(busy ? "rehearsal.busy" : "rehearsal.go")}</button>
    </form>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    ${copy && html`<${Copy} copy=${copy} />`}
  </section>`;
}
