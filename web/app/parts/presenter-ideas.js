// Ideas for a room, a few at a time. While they are gathered each keeps its place until another
// needs it; where strength may be seen, they slide to their rank; nothing else moves.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../view.js";
import { places, slide } from "../lib/flip.js";
import { t } from "../lib/i18n.js";
import { currentRound, hasOpenScores, isRanked, scoreOf, tallyOf } from "../state/select.js";
import { IDEAS_A_PAGE, fillWall, modeOf, turnWall } from "../state/presenter.js";
import { Bar } from "./bar.js";
import { useFit } from "./presenter-fit.js";
import { Said } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */
/** @import { Place } from "../state/presenter.js" */

const TURN_MS = 3_000; // the time to read one before the next comes
const CALM_MS = 2_000; // between two orders
const SIZES = /** @type {const} */ ([[70, "s"], [140, "m"], [220, "l"]]);

/** How large a text can be so that it fits its place. @param {string | null | undefined} text */
export const sizeOf = (text) => SIZES.find(([most]) => (text ?? "").length <= most)?.[1] ?? "xl";

/** Slides what changed its place. @param {{current: HTMLElement | null}} list @param {string} key of the order @param {string} page where all is new, nothing slides */
function useSlide(list, key, page) {
  const last = useRef({ key, page });
  const before = useRef(new Map());
  if (last.current.key !== key) before.current = last.current.page === page ? places(list.current) : new Map();
  useLayoutEffect(() => {
    if (last.current.key !== key) slide(list.current, before.current);
    last.current = { key, page };
  }, [key]);
}

/** The order of a moment ago, so that a room can follow. @param {Place[]} order @returns {Place[]} */
function useCalm(order) {
  const [held, setHeld] = useState({ order, at: 0 });
  const key = order.map(({ n }) => n).join();
  useEffect(() => {
    const timer = setTimeout(() => setHeld({ order, at: Date.now() }), Math.max(0, held.at + CALM_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [key]);
  return held.order;
}

/** The newest, each in a place of its own. @param {number[]} newest @returns {(number | null)[]} */
function useWall(newest) {
  const [wall, setWall] = useState(() => fillWall([], newest));
  const turned = useRef(0);
  const key = newest.join();
  useEffect(() => {
    const filled = fillWall(wall, newest);
    if (filled.join() !== wall.join()) {
      setWall(filled);
      return undefined;
    }
    const next = turnWall(wall, newest);
    if (next === wall) return undefined;
    const timer = setTimeout(() => {
      turned.current = Date.now();
      setWall(next);
    }, Math.max(0, turned.current + TURN_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [key, wall]);
  return wall;
}

/** @param {{room: Board, idea: Idea, rank: number | null, fresh?: boolean}} props */
function Row({ room, idea, rank, fresh }) {
  const parent = room.ideas.get(idea.parent ?? 0);
  const tally = rank == null ? null : tallyOf(scoreOf(room, idea.n));
  return html`<li class="room-idea" data-n=${idea.n} data-size=${sizeOf(idea.text)}>
    <span class="room-rank num">${rank == null ? html`<span class="room-number">#${idea.n}</span>` : html`<span class="hidden">${t("score.rank", { n: rank })}</span><span aria-hidden="true">${rank}</span>`}</span>
    <div>
      ${parent && html`<p class="room-under"><span class=${`kind ${idea.kind}`}>↳ ${t(`kind.${idea.kind}`)}</span> <${Said} idea=${parent} /></p>`}
      <p class="room-text"><${Said} idea=${idea} />${fresh && html` <b class="tag">${t("presenter.new")}</b>`}</p>
      ${tally && tally.judged > 0 && html`<${Bar} tally=${tally} />`}
    </div>
  </li>`;
}

/** @param {{room: Board, newest: number[]}} props */
function Wall({ room, newest }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const wall = useWall(newest);
  const first = useRef(Math.max(0, ...newest)); // what came later is new
  const latest = Math.max(...wall.map((n) => n ?? 0));
  useFit(list, `${wall.join()}.${latest}`);
  return html`<ol ref=${list} class="room-ideas" aria-label=${t("board.ideas")}>
    ${wall.map((n, i) => {
      const idea = room.ideas.get(n ?? 0);
      return idea && html`<${Row} key=${i} room=${room} idea=${idea} rank=${null} fresh=${n === latest && latest > first.current} />`;
    })}
  </ol>`;
}

/** @param {{room: Board, order: Place[], page: number}} props */
function Page({ room, order: wanted, page }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const order = useCalm(wanted).slice(page * IDEAS_A_PAGE, (page + 1) * IDEAS_A_PAGE);
  const key = order.map(({ n }) => n).join();
  useFit(list, key);
  useSlide(list, key, String(page));
  return html`<ol ref=${list} class="room-ideas" aria-label=${t("board.ideas")}>
    ${order.map(({ n, rank }) => {
      const idea = room.ideas.get(n);
      return idea && html`<${Row} key=${n} room=${room} idea=${idea} rank=${rank} />`;
    })}
  </ol>`;
}

/** What one is asked to do, and why there is no order. @param {{board: Board}} props */
function Prompt({ board }) {
  const round = currentRound(board);
  const mode = modeOf(board);
  if (round?.state !== "open") return null;
  return html`<p class="room-prompt" dir="auto">${round.prompt || t(`presenter.do.${mode}`)}</p>
    ${mode !== "gather" && !hasOpenScores(board) && html`<p class="room-note">${t("presenter.byNumber")}</p>`}
    ${mode === "final" && round.done > 0 && html`<p class="room-note num">${t("presenter.done", { n: round.done })}</p>`}`;
}

/** @param {{board: Board, room: Board, order: Place[], page: number}} props */
export function Ideas({ board, room, order, page }) {
  const gathering = modeOf(board) === "gather";
  return html`<section class="room-scene" aria-label=${t("board.ideas")}>
    <div class="room-prompts"><${Prompt} board=${board} /></div>
    ${order.length === 0
      ? html`<div class="room-calm"><p class="room-big num">${t("count.ideas", { n: board.ideas.size + board.more })}</p><p class="room-note">${t("presenter.unread")}</p></div>`
      : gathering && page === 0
        ? html`<${Wall} key=${board.round} room=${room} newest=${order.map(({ n }) => n)} />`
        : html`<${Page} key=${`${board.round}.${isRanked(board)}`} room=${room} order=${order} page=${page} />`}
  </section>`;
}
