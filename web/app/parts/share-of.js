// An idea named by its text, and its share of Pour with how sure that is: in words and drawn.
import { html } from "../view.js";
import { percent, t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { intervalOf } from "../charts/interval.js";
import { boundsOf, percentOf } from "../state/result.js";
import { Said } from "./said.js";

/** @import { Board, Ranked } from "../../types/model.js" */

/** The text of an idea, with the way to it. @param {{board: Board, n: number}} props */
export function IdeaLink({ board, n }) {
  const idea = board.ideas.get(n);
  return html`<a href=${ideaPath(board.slug, n)}>${idea ? html`<${Said} idea=${idea} />` : `#${n}`}</a>`;
}

/** "entre 41 et 63 %" @param {Pick<Ranked, "low" | "high">} idea */
export function between(idea) {
  const [low, high] = boundsOf(idea);
  return t("result.between", { low: String(low), high: percent(high) });
}

/** @param {{idea: Ranked, line: number | null}} props */
export function Interval({ idea, line: linePpm }) {
  const { low, high, share, line } = intervalOf(idea, linePpm);
  if (idea.judged === 0) return null;
  const words = `${t("score.agree", { percent: percent(percentOf(idea.agree, idea.judged)) })}, ${between(idea)}`;
  return html`<div class="interval">
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=${words}>
      <rect class="interval-scale" y="4.500" width="100" height="1" />
      <rect class="interval-reach" x=${low} y="2.500" width=${Math.max(high - low, 0.5)} height="5" />
      <path class="interval-share" d=${`M${share} 0v10`} />
      ${line != null && html`<path class="interval-line" d=${`M${line} 0v10`} />`}
    </svg>
    <span class="num quiet" aria-hidden="true">${words}</span>
  </div>`;
}
