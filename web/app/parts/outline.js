// The whole thread at a glance: who answers whom, at any depth. Branches fold, by keyboard too.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { threadOf } from "../state/thread.js";
import { Said } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */
/** @import { Branch } from "../state/thread.js" */

/** @param {{slug: string, idea: Idea, here: number}} props */
const Line = ({ slug, idea, here }) => html`${idea.kind !== "idea" && html`<span class=${`kind ${idea.kind}`}>${t(`kind.${idea.kind}`)}</span> `}
  <a href=${ideaPath(slug, idea.n)} aria-current=${idea.n === here ? "page" : undefined}><span class="num">#${idea.n}</span> <${Said} idea=${idea} /></a>`;

/** @param {{slug: string, branch: Branch, here: number}} props */
function Item({ slug, branch: { idea, children }, here }) {
  const line = html`<${Line} slug=${slug} idea=${idea} here=${here} />`;
  if (children.length === 0) return html`<li>${line}</li>`;
  return html`<li>${line}
    <details open><summary class="quiet num">${t("count.replies", { n: children.length })}</summary>
      <ul>${children.map((child) => html`<${Item} key=${child.idea.n} slug=${slug} branch=${child} here=${here} />`)}</ul>
    </details></li>`;
}

/** @param {{board: Board, idea: Idea}} props */
export function Outline({ board, idea }) {
  const thread = threadOf(board, idea);
  if (!thread || thread.count < 2) return null;
  return html`<details class="about outline">
    <summary class="num">${t("thread.whole", { n: thread.count })}</summary>
    <ul>${html`<${Item} slug=${board.slug} branch=${thread.root} here=${idea.n} />`}</ul>
    ${thread.cut && html`<p class="quiet">${t("thread.cut")}</p>`}
  </details>`;
}
