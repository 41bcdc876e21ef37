// Pairs of ideas that say much the same, over the whole board.
import { html, useEffect, useState } from "../view.js";
import { percent, t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { look } from "../state/moderate.js";
import { Merge } from "./merge.js";
import { Said } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */
/** @typedef {{ideas: [Idea, Idea], likeness: number}} Pair */

const AGAIN_MS = 1_000;

/** @param {{board: Board}} props */
export function Duplicates({ board }) {
  const [found, setFound] = useState(/** @type {{pairs: Pair[], progress: number} | null} */ (null));
  const [open, setOpen] = useState(/** @type {Pair | null} */ (null));
  const [round, setRound] = useState(0);
  useEffect(() => {
    /** @type {any} */
    let timer = null;
    let here = true;
    const ask = async () => {
      const answer = await look("mod.duplicates", {});
      if (!here || !answer) return;
      setFound(answer);
      if (answer.progress < 1) timer = setTimeout(ask, AGAIN_MS);
    };
    ask();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [board.slug, round]);

  return html`<section aria-labelledby="duplicates">
    <h2 id="duplicates">${t("mod.part.duplicates")}</h2>
    <p class="quiet">${t("mod.duplicatesWhat")}</p>
    ${found && found.progress < 1 && html`<p role="status"><progress max="1" value=${found.progress} aria-label=${t("mod.searching")}></progress> ${t("mod.searching")}</p>`}
    ${found && found.progress >= 1 && found.pairs.length === 0 && html`<div class="empty"><p>${t("mod.noDuplicates")}</p></div>`}
    <ul class="cards">${found?.pairs.map((pair) => html`<li key=${pair.ideas.map(({ n }) => n).join()} class="card pair">
      <div class="sides">${pair.ideas.map((idea) => html`<p key=${idea.n} class="text"><a class="num" href=${ideaPath(board.slug, idea.n)}>#${idea.n}</a> <${Said} idea=${idea} /></p>`)}</div>
      <p class="row meta quiet num">${t("mod.likeness", { share: percent(Math.floor(pair.likeness * 100)) })}
        <span class="end"></span><button type="button" class="plain" onClick=${() => setOpen(pair)}>${t("mod.compare")}</button></p>
    </li>`)}</ul>
    ${open && html`<${Merge} board=${board} idea=${open.ideas[0]} like=${[{ idea: open.ideas[1], likeness: 1 }]} onClose=${() => { setOpen(null); setRound(round + 1); }} />`}
  </section>`;
}
