// What a round came to: the winners, what that is worth, and how it came about.
import { html, useEffect, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { boardPath, resultPath } from "../lib/router.js";
import { loadRest } from "../state/board.js";
import { client, clock } from "../state/session.js";
import { lastOver } from "../state/select.js";
import { isFinal } from "../state/result.js";
import { Changed } from "../parts/changed.js";
import { Conditions, Seal } from "../parts/conditions.js";
import { Flow } from "../parts/flow.js";
import { Holds } from "../parts/holds.js";
import { Path } from "../parts/path.js";
import { Ranking } from "../parts/ranking.js";
import { nameOf } from "../parts/round.js";
import { Rule } from "../parts/rule.js";
import { Share } from "../parts/share.js";
import { Summary } from "../parts/summary.js";
import { Verdict } from "../parts/verdict.js";
import { Loading, Missing } from "./missing.js";

/** @import { Board, Hold, Result, Round, Sample } from "../../types/model.js" */
/** @typedef {{closed: boolean, result: Result | null, holds: Hold[] | null, schedule: {round: number, same: boolean | null}[] | null, round: Round}} Answer */

const AGAIN_MS = 2_000; // while the other countings, or the history, are under way
const TRIES = 15;
const PATHS_MAX = 10;

/** Of a final that everybody may see, the other countings come. @param {Answer} answer */
const computes = ({ result, holds, round }) => result != null && holds == null && round.final && round.state === "revealed";

/** So does what an extension changed. @param {Answer} answer */
const waits = (answer) => computes(answer) || (answer.result != null && answer.schedule == null && answer.round.extended > 0 && answer.round.state === "revealed");

/** @param {Board} board @param {Round | undefined} round */
function useAnswer(board, round) {
  const [answer, setAnswer] = useState(/** @type {Answer | null} */ (null));
  const [fault, setFault] = useState("");
  const stamp = round ? `${board.slug}.${round.n}.${round.state}.${round.reopenings}` : "";
  useEffect(() => {
    let wanted = Boolean(round);
    /** @type {any} */
    let timer = null;
    let tries = 0;
    const ask = async () => {
      const got = await client.request("round.result", { board: board.slug, round: round?.n });
      if (!wanted) return;
      setAnswer(got);
      setFault("");
      if (waits(got) && ++tries < TRIES) timer = setTimeout(again, AGAIN_MS);
    };
    const again = () => ask().catch((refusal) => wanted && setFault(sentence(refusal)));
    if (wanted) again();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [stamp]);
  return { answer: answer?.round.n === round?.n ? answer : null, fault };
}

/** @param {Board} board @param {Round | undefined} round @param {boolean} visible @returns {Sample[]} up to the end of the round */
function useSamples(board, round, visible) {
  const [samples, setSamples] = useState(/** @type {Sample[]} */ ([]));
  useEffect(() => {
    if (!visible) return undefined;
    /** @type {any} */
    let timer = null;
    let tries = 0;
    const ask = () => client.request("board.history", { board: board.slug }).then((history) => setSamples(history?.samples ?? []), () => {
      if (++tries < TRIES) timer = setTimeout(ask, AGAIN_MS); // the log is being read
    });
    ask();
    return () => {
      tries = TRIES;
      clearTimeout(timer);
    };
  }, [board.slug, round?.n, visible]);
  return samples.filter((sample) => sample.round <= (round?.n ?? 0));
}

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

/** @param {{board: Board}} props */
const Downloads = ({ board: { slug } }) => html`<section aria-labelledby="downloads">
  <h2 id="downloads">${t("download.title")}</h2>
  <p class="quiet">${t("download.why")}</p>
  <ul class="row">
    <li><a class="button plain" href=${`/api/boards/${slug}/ideas.csv`} download>${t("download.ideas")}</a></li>
    <li><a class="button plain" href=${`/api/boards/${slug}/ballots.csv`} download>${t("download.ballots")}</a></li>
  </ul>
</section>`;

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
