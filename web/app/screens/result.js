// What a round came to: the winners, what that is worth, and how it came about.
import { html, lazy, useEffect } from "../view.js";
import { t } from "../lib/i18n.js";
import { boardPath, resultPath } from "../lib/router.js";
import { loadRest } from "../state/board.js";
import { clock } from "../state/session.js";
import { lastOver } from "../state/select.js";
import { isFinal } from "../state/result.js";
import { computes, useAnswer, useSamples } from "../parts/answer.js";
import { Changed } from "../parts/changed.js";
import { Conditions, Seal } from "../parts/conditions.js";
import { Downloads } from "../parts/downloads.js";
import { Flow } from "../parts/flow.js";
import { Holds } from "../parts/holds.js";
import { Path } from "../parts/path.js";
import { Ranking } from "../parts/ranking.js";
import { nameOf } from "../parts/round.js";
import { Rule } from "../parts/rule.js";
import { Share } from "../parts/share.js";
import { Summary } from "../parts/summary.js";
import { Verdict } from "../parts/verdict.js";
import { Loading } from "../parts/loading.js";

/** @import { Board, Result, Round, Sample } from "../../types/model.js" */
/** @import { Answer } from "../parts/answer.js" */

const Missing = lazy(() => import("./missing.js"), "Missing");

const PATHS_MAX = 10;

/** @param {{board: Board, result: Result, samples: Sample[]}} props */
function Paths({ board, result, samples }) {
  const best = isFinal(result) ? [result.winner].filter((n) => n != null) : result.promoted.slice(0, PATHS_MAX);
  useEffect(() => {
    loadRest();
  }, []);
  if (best.length === 0) return null;
  return html`<section aria-labelledby="paths">
    <h2 id="paths">${t(isFinal(result) ? "path.title" : "path.titles")}</h2>
    ${best.map((n) => html`<${Path} key=${n} board=${board} n=${n} samples=${samples} />`)}
  </section>`;
}

/** @param {{board: Board, answer: Answer, result: Result, samples: Sample[]}} props */
function Told({ board, answer, result, samples }) {
  const { round, holds } = answer;
  const final = isFinal(result);
  const best = final ? (result.winner ?? null) : (result.promoted[0] ?? null);
  return html`
    ${final && html`<${Verdict} board=${board} result=${result} />`}
    <p class="row"><${Share} title=${board.question || board.title} path=${resultPath(board.slug, round.n)} /> <button type="button" class="plain" onClick=${() => print()}>${t("app.print")}</button></p>
    <${Changed} board=${board} result=${result} />
    <section aria-labelledby="numbers">
      <h2 id="numbers">${t("result.numbers")}</h2>
      <${Summary} result=${result} round=${round} now=${clock.peek()} />
    </section>
    ${(holds || computes(answer)) && html`<${Holds} board=${board} holds=${holds} />`}
    <section aria-labelledby="ranking">
      <h2 id="ranking">${t(final ? "result.finalists" : "result.ranking")}</h2>
      <${Rule} round=${round} />
      <${Ranking} board=${board} result=${result} />
    </section>
    <${Flow} board=${board} samples=${samples} best=${best} />
    <${Paths} board=${board} result=${result} samples=${samples} />
    <${Conditions} round=${round} schedule=${answer.schedule} />
    <${Seal} round=${round} />
    <${Downloads} board=${board} />`;
}

/** @param {{round: Round}} props */
const Waiting = ({ round }) => html`<div class="calm">
  <p class="lead">${t(round.state === "closed" ? "result.soon" : "result.notYet")}</p>
  <p class="quiet">${t("result.willShow")}</p>
</div>`;

/** @param {{board: Board, n: number}} props n 0: the round that closed last */
export function ResultScreen({ board, n }) {
  const round = board.rounds.find((one) => one.n === n) ?? lastOver(board) ?? board.rounds.find((one) => one.n === board.round);
  const { answer, fault } = useAnswer(board, round);
  const result = answer && !answer.closed ? answer.result : null;
  const samples = useSamples(board, round, result != null);
  if (!round || fault) return html`<${Missing} why=${fault || t("result.notYet")} />`;
  if (!answer) return html`<${Loading} />`;

  return html`<main class="wrap result" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <header class="board-head">
      <p class="round"><b>${nameOf(round, board.rounds.length)}</b></p>
      <h1 tabindex="-1"><span class="hidden">${t("result.title")} – </span><span dir="auto">${board.question || board.title}</span></h1>
    </header>
    ${result ? html`<${Told} board=${board} answer=${answer} result=${result} samples=${samples} />` : html`<${Waiting} round=${round} />`}
  </main>`;
}
