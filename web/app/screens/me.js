// What is one's own on a board: ideas and what became of them, opinions, how one wants to be
// told, and what can be done with all of it.
import { html, useEffect, useState } from "../view.js";
import { LANGUAGES, lang, switchLanguage, t } from "../lib/i18n.js";
import { boardPath, ideaPath } from "../lib/router.js";
import { THEMES, chooseTheme, theme } from "../lib/theme.js";
import { loadRest } from "../state/board.js";
import { mayRename } from "../state/identity.js";
import { download } from "../state/mine.js";
import { isOwn, missingJudges } from "../state/select.js";
import { UPDATES, chooseUpdates, updates } from "../state/updates.js";
import { Given } from "../parts/ballot.js";
import { Labels, Relation } from "../parts/labels.js";
import { asked } from "../state/asked.js";
import { Reads } from "../parts/reads.js";
import { Said } from "../parts/said.js";

/** @import { Board, Idea } from "../../types/model.js" */

const SHOWN = 20;

/** @param {"transfer" | "erase" | "rename"} what */
const open = (what) => () => {
  asked.value = { what };
};

/** @param {{board: Board, idea: Idea}} props */
function Mine({ board, idea }) {
  const last = idea.followup.at(-1);
  return html`<li class="card reply">
    <p class="text"><a href=${ideaPath(board.slug, idea.n)}><${Said} idea=${idea} /></a></p>
    <div class="meta quiet">
      <${Labels} idea=${idea} missing=${missingJudges(board, idea)} />
      <span class="num">#${idea.n}</span>
      <${Relation} slug=${board.slug} idea=${idea} />
      <${Reads} board=${board} n=${idea.n} />
      ${idea.replies > 0 && html`<span class="num">${t("count.replies", { n: idea.replies })}</span>`}
      ${last && html`<b>${t(`status.${last.status}`)}</b>`}
    </div>
  </li>`;
}

/** @param {{board: Board, idea: Idea}} props */
const Judged = ({ board, idea }) => html`<li>
  <a href=${ideaPath(board.slug, idea.n)}><${Said} idea=${idea} /></a>
  <span class="quiet"><span class="num">#${idea.n}</span> · <${Given} choice=${board.me.ballots[idea.n]} /></span>
</li>`;

/**
 * A part of what is one's own; the rest on demand.
 * @param {{id: string, title: string, none: string, items: any[], list: (items: any[]) => any}} props
 */
function Part({ id, title, none, items, list }) {
  const [all, setAll] = useState(false);
  return html`<section aria-labelledby=${id}>
    <h2 id=${id}>${title} ${items.length > 0 && html`<span class="quiet num">${items.length}</span>`}</h2>
    ${items.length === 0 ? html`<p class="quiet">${none}</p>` : list(all ? items : items.slice(0, SHOWN))}
    ${!all && items.length > SHOWN && html`<p><button type="button" class="plain" onClick=${() => setAll(true)}>${t("list.more")}</button></p>`}
  </section>`;
}

/**
 * @param {{name: string, legend: string, options: readonly string[], value: string, label: (one: string) => string, onChoose: (one: any) => void}} props
 */
const Choice = ({ name, legend, options, value, label, onChoose }) => html`<fieldset class="setting">
  <legend>${legend}</legend>
  <div class="row">${options.map((one) => html`<label key=${one} class="option"><input type="radio" name=${name} value=${one} checked=${one === value} onChange=${() => onChoose(one)} /> ${label(one)}</label>`)}</div>
</fieldset>`;

const Settings = () => html`<section aria-labelledby="settings">
  <h2 id="settings">${t("me.settings")}</h2>
  <${Choice} name="updates" legend=${t("me.updates")} options=${UPDATES} value=${updates.value} label=${(/** @type {string} */ one) => t(`me.updates.${one}`)} onChoose=${chooseUpdates} />
  <${Choice} name="theme" legend=${t("me.theme")} options=${THEMES} value=${theme.value} label=${(/** @type {string} */ one) => t(`me.theme.${one}`)} onChoose=${chooseTheme} />
  <${Choice} name="language" legend=${t("app.language")} options=${Object.keys(LANGUAGES)} value=${lang.value} label=${(/** @type {keyof typeof LANGUAGES} */ one) => LANGUAGES[one]} onChoose=${switchLanguage} />
</section>`;

/** @param {{board: Board}} props */
const Data = ({ board }) => html`<section aria-labelledby="data">
  <h2 id="data">${t("me.data")}</h2>
  <p class="quiet">${t("me.dataWhy")}</p>
  <div class="row">
    <button type="button" class="plain" onClick=${open("transfer")}>${t("transfer.title")}</button>
    ${board.me.person != null && html`<button type="button" class="plain" onClick=${() => download(board.slug)}>${t("me.download")}</button>
      <button type="button" class="plain" onClick=${open("erase")}>${t("erase.title")}</button>`}
  </div>
</section>`;

/** @param {{board: Board}} props */
export function MeScreen({ board }) {
  const { me } = board;
  useEffect(() => {
    loadRest();
  }, []);
  const newest = [...board.ideas.values()].sort((a, b) => b.n - a.n);
  return html`<main class="wrap me-screen" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <header class="board-head">
      <h1 tabindex="-1">${t("me.title")}</h1>
      <p class="row">${me.name ? html`<bdi class="lead">${t("who.you", { name: me.name })}</bdi>` : html`<span class="lead">${t("me.nobody")}</span>`}
        ${me.name && mayRename(board.slug) && html`<button type="button" class="bare" onClick=${open("rename")}>${t("who.rename")}</button>`}</p>
    </header>
    <${Part} id="mine" title=${t("me.ideas")} none=${t("list.emptyMine")} items=${newest.filter((idea) => isOwn(board, idea))}
      list=${(/** @type {Idea[]} */ ideas) => html`<ol class="cards">${ideas.map((idea) => html`<${Mine} key=${idea.n} board=${board} idea=${idea} />`)}</ol>`} />
    <${Part} id="opinions" title=${t("me.opinions")} none=${t("me.noOpinions")} items=${newest.filter(({ n }) => me.ballots[n])}
      list=${(/** @type {Idea[]} */ ideas) => html`<ul class="points">${ideas.map((idea) => html`<${Judged} key=${idea.n} board=${board} idea=${idea} />`)}</ul>`} />
    <${Part} id="followed" title=${t("me.follows")} none=${t("me.noFollows")} items=${newest.filter(({ n }) => me.follows.includes(n))}
      list=${(/** @type {Idea[]} */ ideas) => html`<ul class="points">${ideas.map((idea) => html`<li key=${idea.n}><a href=${ideaPath(board.slug, idea.n)}><${Said} idea=${idea} /></a> <span class="quiet num">#${idea.n}</span></li>`)}</ul>`} />
    <${Settings} />
    <${Data} board=${board} />
  </main>`;
}
