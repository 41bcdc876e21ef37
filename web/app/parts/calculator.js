// What a round can be expected to find with so many people, minutes and ideas: by simulation,
// on the server, with the rule of this board.
import { html, useState } from "../view.js";
import { number, percent, sentence, t } from "../lib/i18n.js";
import { forecast } from "../state/desk.js";
import { Line } from "./line.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Forecast } from "../../types/desk.js" */

const LITTLE = 12; // opinions an idea: below, half of the list is luck

/** @param {{made: Forecast}} props */
const Made = ({ made }) => html`<div class="form" role="status">
  <p class="lead num">${t("plan.sentence", { people: made.people, minutes: made.minutes, ideas: made.ideas, n: made.opinions_per_idea })}</p>
  <ul class="points num">
    <li>${t("plan.each", { n: made.opinions_per_person, seconds: made.seconds })}</li>
    <li>${t("plan.promoted", { share: percent(made.best_promoted), seats: made.seats })}</li>
    <li>${t("plan.right", { share: percent(made.right_seats), seats: made.seats })}</li>
    <li>${t("plan.winner", { share: percent(made.winner_top5) })}</li>
    ${made.lacking > 0 && html`<li><b>${t("plan.lacking", { n: made.lacking, judges: made.min_judges })}</b></li>`}
    ${made.opinions_per_idea < LITTLE && html`<li><b>${t("plan.luck")}</b></li>`}
  </ul>
  <p class="quiet num">${t("plan.how", { worlds: number(made.worlds) })}</p>
</div>`;

/** @param {{board: Board}} props */
export function Calculator({ board }) {
  const heat = board.rounds.find(({ allows, final }) => allows.includes("vote") && !final);
  const [form, setForm] = useState({ people: "300", minutes: String(heat?.minutes ?? 10), ideas: "200" });
  const [made, setMade] = useState(/** @type {Forecast | null} */ (null));
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const set = (/** @type {string} */ key) => (/** @type {string} */ value) => setForm({ ...form, [key]: value });

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const plan = { people: Number(form.people), minutes: Number(form.minutes), ideas: Number(form.ideas) };
    const fits = Object.values(plan).every((n) => Number.isInteger(n) && n >= 1);
    setFault(fits ? "" : t("plan.numbers"));
    if (busy || !fits) return;
    setBusy(true);
    await forecast(board.slug, plan).then(setMade, (refusal) => setFault(refusal.name === "params" ? t("plan.numbers") : sentence(refusal)));
    setBusy(false);
  };
  return html`<section class="face form" aria-labelledby="plan">
    <h2 id="plan">${t("plan.title")}</h2>
    <p class="quiet">${t("plan.why")}</p>
    <form class="row plan-form" onSubmit=${submit}>
      <${Line} id="plan-people" type="number" min="1" label=${t("plan.people")} value=${form.people} onInput=${set("people")} />
      <${Line} id="plan-minutes" type="number" min="1" label=${t("plan.minutes")} value=${form.minutes} onInput=${set("minutes")} />
      <${Line} id="plan-ideas" type="number" min="1" label=${t("plan.ideas")} value=${form.ideas} onInput=${set("ideas")} />
      <button type="submit" aria-disabled=${busy}>${t(busy ? "plan.busy" : "plan.go")}</button>
    </form>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    ${made && html`<${Made} made=${made} />`}
  </section>`;
}
