// Several ideas become one: side by side, and what would be counted is shown before.
import { html, useEffect, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { look, merge } from "../state/moderate.js";
import { tallyOf } from "../state/select.js";
import { Bar } from "./bar.js";
import { Dialog } from "./dialog.js";
import { Said } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */

/** @param {{board: Board, idea: Idea, chosen: boolean, kept: boolean, onChoose: (chosen: boolean) => void, onKeep: () => void}} props */
function Side({ board, idea, chosen, kept, onChoose, onKeep }) {
  const tally = tallyOf(board.scores.get(idea.n));
  return html`<li class=${`card side ${chosen ? "chosen" : ""}`}>
    <label class="option"><input type="checkbox" checked=${chosen} onChange=${(/** @type {any} */ event) => onChoose(event.target.checked)} /> <span class="num">#${idea.n}</span></label>
    <p class="text"><${Said} idea=${idea} /></p>
    ${tally && html`<${Bar} tally=${tally} />`}
    ${chosen && html`<label class="option"><input type="radio" name="kept" checked=${kept} onChange=${onKeep} /> ${t("mod.mergeKeep")}</label>`}
  </li>`;
}

/** @param {{board: Board, idea: Idea, like?: {idea: Idea, likeness: number}[], onClose: () => void}} props */
export function Merge({ board, idea, like = [], onClose }) {
  const [offered, setOffered] = useState([idea, ...like.map((one) => one.idea)]);
  const [chosen, setChosen] = useState(() => new Set([idea.n, ...like.filter(({ likeness }) => likeness >= 0.7).map((one) => one.idea.n)]));
  const [into, setInto] = useState(Math.min(idea.n, ...chosen));
  const [union, setUnion] = useState(/** @type {any} */ (null));
  const [query, setQuery] = useState("");
  const others = [...chosen].filter((n) => n !== into);
  const key = `${into}:${others.join()}`;
  useEffect(() => {
    let here = true;
    setUnion(null);
    if (others.length) look("mod.union", { into, ideas: others }).then((answer) => here && setUnion(answer));
    return () => {
      here = false;
    };
  }, [key]);

  const toggle = (/** @type {number} */ n, /** @type {boolean} */ on) => {
    const next = new Set(chosen);
    if (on) next.add(n);
    else next.delete(n);
    setChosen(next);
    if (!next.has(into)) setInto(Math.min(...next));
  };
  /** @param {Event} event */
  const search = async (event) => {
    event.preventDefault();
    const number = /^#?(\d+)$/.exec(query.trim());
    const known = number && board.ideas.get(Number(number[1]));
    const found = known ? [known] : ((await look("idea.list", { sort: "newest", query: query.trim(), count: 6 }))?.ideas ?? []);
    setOffered([...offered, ...found.filter((/** @type {Idea} */ one) => one.state === "shown" && !offered.some(({ n }) => n === one.n))]);
  };
  const submit = async () => {
    if (others.length && (await merge(into, others))) onClose();
  };
  return html`<${Dialog} title=${t("mod.mergeTitle")} onClose=${onClose}>
    <p class="quiet">${t("mod.mergeWhat")}</p>
    <form class="row find" onSubmit=${search}>
      <label for="merge-search">${t("mod.mergeSearch")}</label>
      <input id="merge-search" type="search" value=${query} onInput=${(/** @type {any} */ event) => setQuery(event.target.value)} />
      <button type="submit" class="plain">${t("mod.find")}</button>
    </form>
    <ul class="cards sides">${offered.map((one) => html`<${Side} key=${one.n} board=${board} idea=${one} chosen=${chosen.has(one.n)} kept=${one.n === into}
      onChoose=${(/** @type {boolean} */ on) => toggle(one.n, on)} onKeep=${() => setInto(one.n)} />`)}</ul>
    ${others.length > 0 && html`<div class="notice" role="status"><p>${t("mod.mergeUnion", { n: String(into) })}</p>
      ${union && (union.agree == null ? html`<p class="quiet">${t("score.closed")}</p>` : html`<${Bar} tally=${union} detailed />`)}</div>`}
    <div class="row actions">
      <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
      <button type="button" aria-disabled=${others.length === 0} onClick=${submit}>${others.length > 0 ? t("mod.mergeGo", { n: chosen.size }) : t("mod.merge")}</button>
    </div>
  </${Dialog}>`;
}
