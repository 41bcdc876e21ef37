// The order of a list that people are using. It follows the board, except while someone points
// at it, has the focus in it, scrolls through it, types beside it, or has asked for calm: then
// it stays, and what waits is counted.
import { useEffect, useRef, useState } from "../view.js";
import { typing } from "./composer.js";

const REST_MS = 4_000; // after a touch or a scroll, before the list may move again
const LEAVE_MS = 800; // after the pointer left

/**
 * Whether a person is in the list.
 * @param {{current: HTMLElement | null}} ref
 */
function usePresence(ref) {
  const [present, setPresent] = useState(false);

  useEffect(() => {
    const list = ref.current;
    if (!list) return undefined;
    let pointing = false;
    /** @type {any} */
    let rest = null;
    const tell = () => setPresent(pointing || rest != null || list.contains(document.activeElement));
    const stayFor = (/** @type {number} */ ms) => {
      clearTimeout(rest);
      rest = setTimeout(() => {
        rest = null;
        tell();
      }, ms);
      tell();
    };
    const touch = () => stayFor(REST_MS);
    const scroll = () => list.getBoundingClientRect().top < innerHeight / 3 && touch();
    /** @param {PointerEvent} event */
    const enter = (event) => {
      if (event.pointerType === "touch") return touch();
      pointing = true;
      return tell();
    };
    const leave = () => {
      pointing = false;
      stayFor(LEAVE_MS);
    };
    const after = () => setTimeout(tell); // the focus has arrived where it goes

    list.addEventListener("pointerenter", enter);
    list.addEventListener("pointerleave", leave);
    list.addEventListener("pointerdown", touch);
    list.addEventListener("focusin", tell);
    list.addEventListener("focusout", after);
    addEventListener("scroll", scroll, { passive: true });
    return () => {
      clearTimeout(rest);
      list.removeEventListener("pointerenter", enter);
      list.removeEventListener("pointerleave", leave);
      list.removeEventListener("pointerdown", touch);
      list.removeEventListener("focusin", tell);
      list.removeEventListener("focusout", after);
      removeEventListener("scroll", scroll);
    };
  }, [ref.current]);

  return present;
}

/**
 * @param {{order: number[], view: string, paused: boolean, own: number[], place: {current: HTMLElement | null}}} wanted
 *   `place` holds the list and the way to refresh it; `view` names the sort and the filters: when a person changes those, the list follows at once
 * @returns {{order: number[], fresh: number, moved: boolean, follow: () => void}}
 */
export function useOrder({ order, view, paused, own, place }) {
  const present = usePresence(place);
  const held = useRef({ view, order });
  const [, again] = useState(0);

  // One's own new idea is looked for where it belongs, at once.
  const posted = useRef(own.length);
  const justPosted = own.length > posted.current;
  posted.current = own.length;

  const frozen = (paused || present || typing.value) && !justPosted;
  if (!frozen || held.current.view !== view || held.current.order.length === 0) held.current = { view, order };

  const shown = held.current.order;
  const wanted = new Set(order);
  const known = new Set(shown);
  const fresh = order.filter((n) => !known.has(n)).length;
  const still = shown.filter((n) => wanted.has(n));
  const moved = fresh === 0 && order.some((n, i) => n !== still[i]);

  const follow = () => {
    held.current = { view: "", order: [] };
    again((count) => count + 1);
  };
  return { order: still, fresh, moved, follow };
}
