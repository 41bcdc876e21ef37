// A lead brings ideas from a file: choose it, see what would come in, bring it, take it back.
import { html, useEffect, useRef, useState } from "../view.js";
import { dateTime, t } from "../lib/i18n.js";
import { bring, isTooLarge, look, newOp, takeBack } from "../state/import.js";
import { tellDone } from "../state/toast.js";
import { ImportColumns, ImportThemes } from "./import-columns.js";
import { ImportProblems, ImportSample } from "./import-sample.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Import as Past, Plan } from "../../types/import.js" */
/** @import { Wishes } from "../state/import.js" */

/** @param {{board: Board, past: Past}} props */
function One({ board, past }) {
  const [busy, setBusy] = useState(false);
  const undo = async () => {
    if (busy) return;
    setBusy(true);
    if (await takeBack(board.slug, past.id)) tellDone(t("import.undone", { n: past.ideas }));
    setBusy(false);
  };
  return html`<li class="row">
    <span>${t("import.entry", { n: past.ideas, system: past.system })}${past.at ? ` – ${dateTime(past.at)}` : ""}</span>
    ${past.undone ? html`<span class="quiet">${t("import.isUndone")}</span>` : html`<button type="button" class="plain small" aria-disabled=${busy} onClick=${undo}>${t("import.undo")}</button>`}
  </li>`;
}

/** @param {{board: Board}} props */
function Pasts({ board }) {
  if (!board.imports?.length) return null;
  return html`<section aria-labelledby="imports">
    <h2 id="imports">${t("import.past")}</h2>
    <p class="quiet">${t("import.undoWhy")}</p>
    <ul class="points">${board.imports.map((past) => html`<${One} key=${past.id} board=${board} past=${past} />`)}</ul>
  </section>`;
}

/** @param {{id: string, checked: boolean, label: string, why?: string, onChange: (on: boolean) => void}} props */
function Check({ id, checked, label, why, onChange }) {
  return html`<div class="import-check"><label class="check"><input id=${id} type="checkbox" checked=${checked} aria-describedby=${why ? `${id}-why` : undefined}
    onChange=${(/** @type {any} */ event) => onChange(event.target.checked)} /> <span>${label}</span></label>
    ${why && html`<p id=${`${id}-why`} class="quiet">${why}</p>`}</div>`;
}

/** @param {{plan: Plan, wishes: Wishes, busy: boolean, onWish: (wish: Partial<Wishes>) => void, onGo: () => void}} props */
function Go({ plan, wishes, busy, onWish, onGo }) {
  return html`<div class="conduct">
    ${plan.faulty > 0 && html`<${Check} id="import-skip" checked=${wishes.skip} label=${t("import.skip", { n: plan.faulty })} onChange=${(/** @type {boolean} */ skip) => onWish({ skip })} />`}
    ${plan.authors > 0 && html`<p class="quiet">${t("import.authors", { n: plan.authors })}</p>`}
    ${!plan.ready && html`<p class="fault">${t(plan.faulty > 0 && plan.ideas > 0 ? "import.faulty" : "import.nothing")}</p>`}
    <p class="row"><button type="button" aria-disabled=${busy || !plan.ready} onClick=${onGo}>${t("import.go", { n: plan.ideas })}</button></p>
  </div>`;
}

/** @param {{board: Board, plan: Plan, wishes: Wishes, busy: boolean, onWish: (wish: Partial<Wishes>) => void, onGo: () => void}} props */
function Found({ board, plan, wishes, busy, onWish, onGo }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  return html`<section class="face" aria-labelledby="import-found" aria-busy=${busy}>
    <h2 id="import-found" tabindex="-1" ref=${heading}>${t(`import.format.${plan.format}`)}</h2>
    <p class="num" role="status">${t("import.count", { n: plan.ideas })} ${plan.left_out > 0 ? t("import.leftOut", { n: plan.left_out }) : ""}</p>
    ${plan.columns.length > 0 && html`<${ImportColumns} plan=${plan} wishes=${wishes} onWish=${onWish} />`}
    <${ImportThemes} board=${board} plan=${plan} wishes=${wishes} onWish=${onWish} />
    <${ImportProblems} plan=${plan} />
    <${ImportSample} plan=${plan} />
    <${Go} plan=${plan} wishes=${wishes} busy=${busy} onWish=${onWish} onGo=${onGo} />
  </section>`;
}

/** @param {boolean} seed @returns {Wishes} */
const freshWishes = (seed) => ({ map: {}, themes: {}, seed, skip: false });

/** @param {File | undefined} chosen @returns {string} what speaks against reading it; "": nothing */
function whyNot(chosen) {
  if (chosen && isTooLarge(chosen)) return t("import.tooLarge");
  return chosen?.size === 0 ? t("import.empty") : "";
}

/** @param {{board: Board}} props */
export function Import({ board }) {
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const [plan, setPlan] = useState(/** @type {Plan | null} */ (null));
  const [wishes, setWishes] = useState(freshWishes(board.ideas.size === 0));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const op = useRef("");
  const turn = useRef(0);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));

  /** @param {File} chosen @param {Wishes} wanted */
  const read = async (chosen, wanted) => {
    const mine = ++turn.current;
    setBusy(true);
    const seen = await look(board.slug, chosen, wanted);
    if (mine !== turn.current) return; // asked anew meanwhile
    setBusy(false);
    if (seen) setPlan(seen);
  };
  /** @param {File | undefined} chosen */
  const choose = (chosen) => {
    setPlan(null);
    setFile(chosen ?? null);
    const wrong = whyNot(chosen);
    setFault(wrong);
    op.current = newOp();
    const wanted = freshWishes(wishes.seed);
    setWishes(wanted);
    if (chosen && !wrong) read(chosen, wanted);
  };
  /** @param {Partial<Wishes>} wish */
  const ask = (wish) => {
    const wanted = { ...wishes, ...wish };
    setWishes(wanted);
    if (file && plan) read(file, wanted);
  };
  const go = async () => {
    if (busy || !file || !plan?.ready) return;
    setBusy(true);
    const done = await bring(board.slug, file, wishes, op.current);
    setBusy(false);
    if (!done) return;
    tellDone(t("import.done", { n: done.ideas, first: String(done.first) }));
    setPlan(null);
    setFile(null);
    if (input.current) input.current.value = "";
    input.current?.focus();
  };
  return html`<div class="import">
    <p>${t("import.lead")}</p>
    <div class="field">
      <label for="import-file">${t("import.file")}</label>
      <input ref=${input} id="import-file" type="file" accept=".csv,.tsv,.txt,.json" aria-describedby="import-limits" aria-invalid=${fault ? "true" : undefined}
        onChange=${(/** @type {any} */ event) => choose(event.target.files[0])} />
      <p id="import-limits" class="quiet">${fault ? html`<span class="fault">${fault}</span>` : t("import.limits")}</p>
    </div>
    <${Check} id="import-seed" checked=${wishes.seed} label=${t("import.seed")} why=${t("import.seedWhy")} onChange=${(/** @type {boolean} */ seed) => ask({ seed })} />
    ${busy && !plan && html`<p role="status">${t("import.reading")}</p>`}
    ${plan && html`<${Found} board=${board} plan=${plan} wishes=${wishes} busy=${busy} onWish=${ask} onGo=${go} />`}
    <${Pasts} board=${board} />
  </div>`;
}
