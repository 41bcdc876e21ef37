// The path of an idea: what it grew from, the rounds that it went through, who built on it.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { ancestors } from "../state/select.js";
import { builtOn, stationsOf } from "../state/result.js";
import { Outcome } from "./labels.js";
import { IdeaLink } from "./share-of.js";

/** @import { Board, Idea, Sample } from "../../types/model.js" */

const BUILT_MAX = 30;

/** @param {{board: Board, idea: Idea, kind: string}} props */
function Step({ board, idea, kind }) {
  return html`<li><span class=${`kind ${kind}`}>${t(`kind.${kind}`)}</span> <${IdeaLink} board=${board} n=${idea.n} />
    <span class="quiet">#${idea.n} ${idea.author?.name && html`<bdi>${t("idea.by", { name: idea.author.name })}</bdi>`}</span>
    ${idea.round_state === "eliminated" && html` <${Outcome} outcome=${idea.round_state} reason=${idea.reason} />`}</li>`;
}

/** @param {{board: Board, n: number, samples: Sample[]}} props */
export function Path({ board, n, samples }) {
  const idea = board.ideas.get(n);
  if (!idea) return null;
  const chain = [...ancestors(board, idea), ...(idea.with ? [board.ideas.get(idea.with)] : [])].filter((one) => one != null);
  const stations = stationsOf(samples, n);
  const built = builtOn(board, n);
  return html`<article class="path" aria-labelledby=${`path-${n}`}>
    <h3 id=${`path-${n}`}><${IdeaLink} board=${board} n=${n} /></h3>
    <p class="quiet">${idea.seed ? t("idea.seed") : idea.author?.name && html`<bdi>${t("idea.by", { name: idea.author.name })}</bdi>`}</p>
    ${chain.length > 0 && html`<h4>${t("path.from")}</h4>
      <ul class="points">${chain.map((one) => html`<li key=${one.n}><${IdeaLink} board=${board} n=${one.n} /> <span class="quiet">#${one.n} ${one.author?.name && html`<bdi>${t("idea.by", { name: one.author.name })}</bdi>`}</span>
        ${one.round_state === "eliminated" && html` <${Outcome} outcome=${one.round_state} reason=${one.reason} />`}</li>`)}</ul>`}
    ${stations.length > 0 && html`<h4>${t("path.rounds")}</h4>
      <ol class="points num">${stations.map(({ round, rank, judged }) => html`<li key=${round}>${t("path.station", { round: String(round), rank: String(rank), n: judged })}</li>`)}</ol>`}
    <h4>${t("path.built")}</h4>
    ${built.length === 0
      ? html`<p class="quiet">${t("path.nobody")}</p>`
      : html`<ul class="points">${built.slice(0, BUILT_MAX).map((one) => html`<${Step} key=${one.n} board=${board} idea=${one} kind=${one.kind} />`)}</ul>`}
    ${built.length > BUILT_MAX && html`<p class="quiet num">${t("path.more", { n: built.length - BUILT_MAX })}</p>`}
  </article>`;
}
