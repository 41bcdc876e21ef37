// Lists of what waits and of what is hidden, for several decisions at once.
import { html, useEffect, useState } from "../view.js";
import { dateTime, t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { look, many } from "../state/moderate.js";
import { Labels } from "./labels.js";
import { Reasons } from "./reasons.js";
import { Dialog } from "./dialog.js";
import { Said } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */

const LISTS = /** @type {const} */ (["report", "pending", "rising", "fresh", "hidden"]);
const COUNT = 50;

/** @param {{slug: string, idea: Idea, chosen: boolean, onChoose: (chosen: boolean) => void}} props */
const Line = ({ slug, idea, chosen, onChoose }) => html`<li class="card line">
  <label class="option"><input type="checkbox" checked=${chosen} onChange=${(/** @type {any} */ event) => onChoose(event.target.checked)} />
    <span><${Said} idea=${idea} /></span></label>
  <p class="meta quiet num"><a href=${ideaPath(slug, idea.n)}>#${idea.n}</a> <span>${dateTime(idea.at)}</span> ${idea.author?.name && html`<bdi>${idea.author.name}</bdi>`} <${Labels} idea=${idea} /></p>
</li>`;

/** @param {{count: number, onClose: () => void, onGo: (reason: string) => void}} props */
function Why({ count, onClose, onGo }) {
  const [reason, setReason] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onGo(reason);
  };
  return html`<${Dialog} title=${t("mod.hideMany", { n: count })} onClose=${onClose}><form onSubmit=${submit}>
    <${Reasons} value=${reason} onChange=${setReason} />
    <div class="row actions"><button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button><button type="submit">${t("mod.hide")}</button></div>
  </form></${Dialog}>`;
}

/** @param {{board: Board}} props */
export function Lists({ board }) {
  const [what, setWhat] = useState(/** @type {typeof LISTS[number]} */ ("report"));
  const [page, setPage] = useState(/** @type {{ideas: Idea[], more: number} | null} */ (null));
  const [chosen, setChosen] = useState(/** @type {Set<number>} */ (new Set()));
  const [asking, setAsking] = useState(false);
  const [progress, setProgress] = useState(-1);
  const load = async (/** @type {typeof LISTS[number]} */ name) => {
    setWhat(name);
    setChosen(new Set());
    setPage(await look("mod.list", { what: name, count: COUNT }));
  };
  const further = async () => {
    const next = page && (await look("mod.list", { what, count: COUNT, after: page.ideas.at(-1)?.n }));
    if (page && next) setPage({ ideas: [...page.ideas, ...next.ideas], more: next.more });
  };
  useEffect(() => {
    load(what);
  }, []);

  const toggle = (/** @type {number} */ n, /** @type {boolean} */ on) => {
    const next = new Set(chosen);
    if (on) next.add(n);
    else next.delete(n);
    setChosen(next);
  };
  const run = async (/** @type {"mod.hide" | "mod.approve" | "mod.restore"} */ method, more = {}) => {
    setAsking(false);
    setProgress(0);
    await many([...chosen], method, more, setProgress);
    setProgress(-1);
    await load(what);
  };
  const all = page?.ideas.every(({ n }) => chosen.has(n));
  return html`<section aria-labelledby="lists">
    <h2 id="lists">${t("mod.part.lists")}</h2>
    <div class="sorts" role="group" aria-label=${t("mod.which")}>
      ${LISTS.map((name) => html`<button key=${name} type="button" class="chip" aria-pressed=${name === what} onClick=${() => load(name)}>${t(`mod.kind.${name}`)}</button>`)}
    </div>
    ${page && page.ideas.length === 0 && html`<div class="empty"><p>${t("mod.none")}</p></div>`}
    ${page && page.ideas.length > 0 && html`<div class="row bulk">
      <label class="option"><input type="checkbox" checked=${all} onChange=${() => setChosen(all ? new Set() : new Set(page.ideas.map(({ n }) => n)))} /> ${t("mod.all")}</label>
      <span class="end"></span>
      <span class="num" role="status">${progress >= 0 ? t("mod.progress", { done: progress, of: chosen.size }) : t("mod.chosen", { n: chosen.size })}</span>
      <button type="button" aria-disabled=${chosen.size === 0 || progress >= 0} onClick=${() => chosen.size && run(what === "hidden" ? "mod.restore" : "mod.approve")}>${t(what === "hidden" ? "mod.restore" : "mod.keep")}</button>
      ${what !== "hidden" && html`<button type="button" class="plain" aria-disabled=${chosen.size === 0 || progress >= 0} onClick=${() => chosen.size && setAsking(true)}>${t("mod.hide")}</button>`}
    </div>
    <ul class="cards">${page.ideas.map((idea) => html`<${Line} key=${idea.n} slug=${board.slug} idea=${idea} chosen=${chosen.has(idea.n)} onChoose=${(/** @type {boolean} */ on) => toggle(idea.n, on)} />`)}</ul>
    ${page.more > 0 && html`<p class="row"><button type="button" class="plain num" onClick=${further}>${t("mod.further", { n: page.more })}</button></p>`}`}
    ${asking && html`<${Why} count=${chosen.size} onClose=${() => setAsking(false)} onGo=${(/** @type {string} */ reason) => run("mod.hide", { reason })} />`}
  </section>`;
}
