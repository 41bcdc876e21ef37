// Ideas to begin with: put in one by one by whoever runs the board, labelled so to the end.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { ideaPath, leadPath } from "../lib/router.js";
import { safeUrl } from "../lib/text.js";
import { asked } from "../state/asked.js";
import { seed } from "../state/desk.js";
import { currentRound, isOver } from "../state/select.js";
import { tellDone } from "../state/toast.js";
import { Counter, TextArea, boundsOf, faultOf } from "./field.js";
import { Line } from "./line.js";
import { Said, Source } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */

const EMPTY = { text: "", theme: "", place: "", url: "", result: "" };

/** In a final everybody judges the finalists: nothing is added. @param {Board} board */
function takesSeeds(board) {
  const round = currentRound(board);
  return (board.state === "draft" || board.state === "open") && !(round?.final && !isOver(round));
}

/** What is given of where it was done already. @param {typeof EMPTY} form */
function sourceOf({ place, url, result }) {
  const given = Object.entries({ place, url, result }).map(([name, words]) => [name, words.trim()]).filter(([, words]) => words);
  return given.length > 0 ? Object.fromEntries(given) : null;
}

/** @param {{board: Board}} props */
function Write({ board }) {
  const [form, setForm] = useState(EMPTY);
  const [fault, setFault] = useState({ text: "", url: "", form: "" });
  const [busy, setBusy] = useState(false);
  const bounds = boundsOf(board);
  const set = (/** @type {string} */ key) => (/** @type {string} */ value) => {
    setForm({ ...form, [key]: value });
    setFault({ text: "", url: "", form: "" });
  };
  /** @param {Event} [event] */
  const submit = async (event) => {
    event?.preventDefault();
    const found = { text: faultOf(form.text, bounds), url: form.url.trim() && !safeUrl(form.url.trim()) ? t("seeds.badLink") : "", form: "" };
    setFault(found);
    if (found.text) document.getElementById("seed-text")?.focus();
    if (busy || found.text || found.url) return;
    setBusy(true);
    const source = sourceOf(form);
    const made = await seed(board.slug, { text: form.text.trim(), ...(form.theme && { theme: form.theme }), ...(source && { source }) }).catch((refusal) => {
      setFault({ text: "", url: "", form: sentence(refusal) });
      return null;
    });
    setBusy(false);
    if (!made) return;
    setForm({ ...EMPTY, theme: form.theme });
    tellDone(t("seeds.recorded", { n: String(made.idea) }));
    document.getElementById("seed-text")?.focus();
  };
  return html`<form class="face form" aria-labelledby="seed-form" onSubmit=${submit}>
    <h2 id="seed-form">${t("seeds.add")}</h2>
    <div class="field"><label for="seed-text">${t("seeds.text")}</label>
      <${TextArea} id="seed-text" rows=${2} value=${form.text} onInput=${set("text")} fault=${fault.text} describedBy="seed-note" onSubmit=${submit} />
      <p id="seed-note">${fault.text ? html`<span class="fault">${fault.text}</span>` : html`<${Counter} id="seed-count" text=${form.text} max=${bounds.max} />`}</p></div>
    ${board.themes.length > 0 && html`<div class="field"><label for="seed-theme">${t("seeds.theme")}</label>
      <select id="seed-theme" value=${form.theme} onChange=${(/** @type {any} */ event) => set("theme")(event.target.value)}>
        <option value="">${t("people.noTheme")}</option>
        ${board.themes.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
      </select></div>`}
    <details class="about" open=${fault.url ? true : undefined}><summary>${t("seeds.elsewhere")}</summary>
      <${Line} id="seed-place" label=${t("seeds.place")} value=${form.place} onInput=${set("place")} hint=${t("seeds.placeHint")} />
      <${Line} id="seed-url" label=${t("seeds.link")} value=${form.url} onInput=${set("url")} hint=${t("seeds.linkHint")} fault=${fault.url} />
      <${Line} id="seed-result" label=${t("seeds.result")} value=${form.result} onInput=${set("result")} hint=${t("seeds.resultHint")} />
    </details>
    ${fault.form && html`<p class="fault" role="alert">${fault.form}</p>`}
    <div class="row actions"><button type="submit" aria-disabled=${busy}>${t("seeds.go")}</button></div>
  </form>`;
}

/** Whoever put it in may put it right until it is judged, or take it back. @param {Board} board @param {Idea} idea */
const isMine = (board, idea) => board.me?.own.includes(idea.n) && (board.state === "draft" || board.state === "open");

/** @param {{what: "edit" | "withdraw", idea: Idea}} props */
const Ask = ({ what, idea }) => html`<button type="button" class="bare" aria-label=${`${t(`idea.${what}`)} #${idea.n}`} onClick=${() => { asked.value = { what, idea }; }}>${t(`idea.${what}`)}</button>`;

/** @param {{board: Board, idea: Idea}} props */
const Sown = ({ board, idea }) => html`<li class="card owed">
  <p class="text"><a href=${ideaPath(board.slug, idea.n)}><${Said} idea=${idea} /></a></p>
  <p class="meta quiet"><span class="num">#${idea.n}</span> ${idea.theme && html`<span class="tag" dir="auto">${idea.theme}</span>`} <${Source} idea=${idea} /></p>
  ${isMine(board, idea) && html`<p class="row">${!idea.judges && html`<${Ask} what="edit" idea=${idea} />`} <${Ask} what="withdraw" idea=${idea} /></p>`}
</li>`;

/** @param {{board: Board}} props */
export function Seeds({ board }) {
  const seeds = [...board.ideas.values()].filter((idea) => idea.seed && idea.state !== "withdrawn").sort((a, b) => a.n - b.n);
  return html`
    ${takesSeeds(board) ? html`<${Write} key=${board.slug} board=${board} />` : html`<p class="notice">${t("seeds.closed")}</p>`}
    <section aria-labelledby="seeds">
      <h2 id="seeds">${t("desk.at.seeds")}</h2>
      <p class="quiet">${t("seeds.why")} <a href=${`${leadPath(board.slug)}&at=import`}>${t("seeds.file")}</a></p>
      ${seeds.length === 0
        ? html`<div class="empty"><p>${t("seeds.none")}</p></div>`
        : html`<ol class="cards">${seeds.map((idea) => html`<${Sown} key=${idea.n} board=${board} idea=${idea} />`)}</ol>`}
    </section>`;
}
