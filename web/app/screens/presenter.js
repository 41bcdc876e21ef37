// The screen of a room: the question, how to join and the time always in sight, and between them
// what the act of the moment asks for. Led with the keys that a clicker has.
import { html, lazy, useEffect, useState } from "../view.js";
import { say } from "../lib/announce.js";
import { wantsStill } from "../lib/flip.js";
import { t } from "../lib/i18n.js";
import { loadRest } from "../state/board.js";
import { currentRound } from "../state/select.js";
import { isFinal } from "../state/result.js";
import { forRoom, modeOf, placeOf, roomOrder, stepsOf } from "../state/presenter.js";
import { filmOf } from "../charts/film.js";
import { computes, useAnswer, useSamples } from "../parts/answer.js";
import { Seal } from "../parts/conditions.js";
import { Holds } from "../parts/holds.js";
import { ActLine, Controls, Counts } from "../parts/presenter-bar.js";
import { Ideas } from "../parts/presenter-ideas.js";
import { Keys, useKeys } from "../parts/presenter-keys.js";
import { RoomRanking, Soon, Winner, ranksOf } from "../parts/presenter-result.js";
import { Side, addressOf } from "../parts/presenter-side.js";
import { toggleFull, useFull, useStage } from "../parts/presenter-stage.js";

/** @import { Board, Result, Sample } from "../../types/model.js" */
/** @import { Answer } from "../parts/answer.js" */
/** @import { Act } from "../parts/presenter-keys.js" */
/** @import { Mode, Place, Step } from "../state/presenter.js" */
/** @typedef {{answer: Answer, result: Result, samples: Sample[]}} Told */

const Film = lazy(() => import("../parts/film.js"), "Film");

const NAMES = { ideas: "board.ideas", soon: "presenter.soon", winner: "idea.winner", ranking: "result.ranking", holds: "hold.title", film: "film.title", words: "seal.title", welcome: "presenter.join" };

/** What the round came to, once everybody may know. @param {Board} board @param {Mode} mode @returns {Told | null} */
function useTold(board, mode) {
  const round = mode === "result" ? (currentRound(board) ?? undefined) : undefined;
  const { answer } = useAnswer(board, round);
  const result = answer?.round.state === "revealed" ? answer.result : null;
  const samples = useSamples(board, round, result != null);
  useEffect(() => {
    if (result) Film.load().catch(() => {}); // a key must not wait for it
  }, [result != null]);
  return answer && result ? { answer, result, samples } : null;
}

/** @param {Told} told */
function outline({ answer, result, samples }) {
  const film = filmOf(samples);
  return {
    winner: isFinal(result),
    ranks: ranksOf(result),
    holds: computes(answer) || (answer.holds ?? []).length > 0,
    film: film ? (wantsStill() ? film.ends.length : 1) : 0,
    words: answer.round.words != null,
  };
}

/** @param {Step[]} steps @param {string} moment of which these are the steps; at another one begins anew */
function useSteps(steps, moment) {
  const [kept, keep] = useState({ moment, id: "" });
  const place = kept.moment === moment ? placeOf(steps, kept.id) : 0;
  const go = (/** @type {number} */ by) => {
    const to = steps[place + by];
    if (!to) return;
    keep({ moment, id: to.id });
    say(`${t(NAMES[to.what])} – ${t("presenter.page", { n: place + by + 1, total: steps.length })}`);
  };
  return { step: steps[place], place, go };
}

/** @param {{board: Board}} props */
function Welcome({ board }) {
  return html`<section class="room-scene room-welcome" aria-label=${t("presenter.join")}>
    <p class="room-prompt">${t(board.join_code ? "presenter.howCode" : "presenter.how", { address: addressOf(board) })}</p>
  </section>`;
}

/** @param {{board: Board, room: Board, order: Place[], step: Step, told: Told | null}} props */
function Scene({ board, room, order, step: { what, page }, told }) {
  if (what === "welcome") return html`<${Welcome} board=${board} />`;
  if (what === "ideas") return html`<${Ideas} board=${board} room=${room} order=${order} page=${page} />`;
  if (!told || what === "soon") return html`<${Soon} />`;
  const { answer, result, samples } = told;
  const best = isFinal(result) ? (result.winner ?? null) : (result.promoted[0] ?? null);
  if (what === "winner") return html`<${Winner} room=${room} result=${result} />`;
  if (what === "ranking") return html`<${RoomRanking} room=${room} result=${result} page=${page} />`;
  if (what === "film") return html`<${Film} room=${room} samples=${samples} best=${best} stop=${page} />`;
  return html`<div class="room-scene room-plain">${what === "holds" ? html`<${Holds} board=${room} holds=${answer.holds} />` : html`<${Seal} round=${answer.round} />`}</div>`;
}

/** What the team says to all; read, it is closed with Escape. @param {{text: string}} props */
const Announced = ({ text }) => html`<p class="room-announced"><b>${t("board.announcement")}</b> <span class="said" dir="auto">${text}</span></p>`;

/** @param {string} question */
const lengthOf = (question) => (question.length <= 60 ? "s" : question.length <= 120 ? "m" : "l");

/** Where one is, and what the keys and the buttons do. @param {Board} board @param {Step[]} steps @param {Mode} mode */
function useLead(board, steps, mode) {
  const { step, place, go } = useSteps(steps, `${board.slug}.${board.round}.${mode}`);
  const [neutral, setNeutral] = useState(false);
  const [keys, setKeys] = useState(false);
  const [read, setRead] = useState(0);
  const { announcement } = board;
  const acts = /** @type {Record<Act, () => void>} */ ({
    next: () => !neutral && go(1),
    previous: () => !neutral && go(-1),
    neutral: () => {
      setNeutral(!neutral);
      say(t(neutral ? NAMES[step.what] : "presenter.key.neutral"));
    },
    full: toggleFull,
    keys: () => setKeys(!keys),
    close: () => setRead(announcement?.v ?? 0),
  });
  useKeys(acts);
  return { step, place, acts, neutral, keys, said: announcement && announcement.v > read ? announcement.text : "" };
}

/** @param {{board: Board}} props */
export function PresenterScreen({ board }) {
  useStage();
  useEffect(() => {
    loadRest();
  }, [board.slug]);
  const full = useFull();
  const mode = modeOf(board);
  const told = useTold(board, mode);
  const room = forRoom(board);
  const order = roomOrder(board);
  const steps = stepsOf(mode, { ideas: order.length, result: told && outline(told) });
  const { step, place, acts, neutral, keys, said } = useLead(board, steps, mode);
  const question = board.question || board.title;

  return html`<main class="room" id="main" data-scene=${neutral ? "welcome" : step.what}>
    <header class="room-head">
      <${ActLine} board=${board} />
      <h1 tabindex="-1" dir="auto" lang=${board.lang} data-size=${lengthOf(question)}>${question}</h1>
    </header>
    <${Side} board=${board} />
    ${!neutral && said && html`<${Announced} text=${said} />`}
    ${!neutral && html`<${Scene} board=${board} room=${room} order=${order} step=${step} told=${told} />`}
    <footer class="room-foot">
      <${Counts} board=${board} />
      <${Controls} board=${board} acts=${acts} place=${place} total=${steps.length} neutral=${neutral} full=${full} />
    </footer>
    ${keys && html`<${Keys} onClose=${acts.keys} />`}
  </main>`;
}
