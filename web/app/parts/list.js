// The ideas of a board, in an order that is live and still does not slip away under the finger.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../view.js";
import { saySummary } from "../lib/announce.js";
import { places, slide } from "../lib/flip.js";
import { t } from "../lib/i18n.js";
import { late } from "../state/acts.js";
import { loadRest } from "../state/board.js";
import { allows, childCounts, isCandidate, isEliminated, isFollowed, isOwn, isRanked, missingJudges, scoreOf, takesBallot } from "../state/select.js";
import { Card } from "./card.js";
import { useOrder } from "./order.js";

/** @import { Board } from "../../types/model.js" */
/** @import { Sort } from "../state/select.js" */

const PAGE = 50;
const GROWN = new Set(["adapt", "expand"]); // objections and questions are not born of anything

/** Keeps the board as it was when the reader asked for calm. @param {Board} board @param {boolean} paused */
function useHeld(board, paused) {
  const held = useRef(board);
  if (!paused || held.current.slug !== board.slug) held.current = board;
  return held.current;
}

/** Slides the cards whose rank changed. @param {{current: HTMLElement | null}} list @param {number[]} order */
function useSlide(list, order) {
  const key = order.join();
  const last = useRef(key);
  const before = useRef(new Map());
  // Measured while the page still shows the former order.
  if (last.current !== key) before.current = places(list.current);
  useLayoutEffect(() => {
    if (last.current !== key) slide(list.current, before.current);
    last.current = key;
  }, [key]);
}

/** @param {number} fresh says now and then how much has arrived */
function useSummary(fresh) {
  useEffect(() => {
    if (fresh > 0) saySummary(t("list.arrived", { n: fresh }));
  }, [fresh]);
}

/** @param {{fresh: number, moved: boolean, follow: () => void}} props */
function Pill({ fresh, moved, follow }) {
  if (fresh === 0 && !moved) return html`<div class="pill-place"></div>`;
  return html`<div class="pill-place">
    <button type="button" class="pill" onClick=${follow}>${fresh > 0 ? t("list.new", { n: fresh }) : t("list.moved")}</button>
  </div>`;
}

/** @param {{board: Board, shown: Board, n: number, rank?: number, replies: number}} props */
function Row({ board, shown, n, rank, replies }) {
  const idea = shown.ideas.get(n) ?? board.ideas.get(n);
  if (!idea) return null;
  const live = board.ideas.get(n) ?? idea; // what may be done is never held back
  return html`<${Card} key=${n} slug=${board.slug} idea=${idea} score=${scoreOf(shown, n)} rank=${rank}
    choice=${board.me.ballots[n]} late=${late.value.get(n)} own=${isOwn(board, idea)} followed=${isFollowed(board, n)} replies=${replies} open=${board.state === "open"}
    votable=${takesBallot(board, live)} scored=${isCandidate(board, live) && isRanked(board)} missing=${missingJudges(shown, idea)}
    reborn=${GROWN.has(idea.kind) && isEliminated(board.ideas.get(idea.parent ?? 0))} adaptable=${isEliminated(idea) && allows(board, "build")} buildable=${allows(board, "build")} />`;
}

/** @param {Board} board */
function repliesByIdea(board) {
  const counts = childCounts(board);
  return (/** @type {number} */ n) => Math.max(board.ideas.get(n)?.replies ?? 0, counts.get(n) ?? 0);
}

/** @param {{board: Board, order: number[], sort: Sort, view: string, paused: boolean, ranked: boolean}} props */
export function List({ board, order: wanted, view, paused, ranked }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const [shownCount, setShownCount] = useState(PAGE);
  const shown = useHeld(board, paused);
  const { order, fresh, moved, follow } = useOrder({ order: wanted, view, paused, own: board.me.own, place });
  useEffect(() => setShownCount(PAGE), [view]);
  useSummary(fresh);

  const visible = order.slice(0, shownCount);
  useSlide(list, visible);
  const replies = repliesByIdea(shown);
  const total = order.length + board.more;
  const more = () => {
    setShownCount(shownCount + PAGE);
    if (shownCount + PAGE > order.length) loadRest().then(follow);
  };

  return html`
    <div ref=${place}>
      <${Pill} fresh=${fresh} moved=${moved} follow=${follow} />
      <ol ref=${list} class=${visible.length >= PAGE ? "cards long" : "cards"} aria-label=${t("list.label")}>
        ${visible.map((n, i) => Row({ board, shown, n, rank: ranked ? i + 1 : undefined, replies: replies(n) }))}
      </ol>
    </div>
    ${visible.length < total && html`<div class="more">
      <p class="quiet num">${t("list.shown", { shown: visible.length, n: total })}</p>
      <button type="button" class="plain" onClick=${more}>${t("list.more")}</button>
    </div>`}`;
}
