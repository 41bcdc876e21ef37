// Shows where a card went when its rank changes: it slides from its old place to its new one.
// Nothing else in the application moves.

const DURATION_MS = 200;

/** Whether somebody asked their device for less motion. */
export const wantsStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Where each card of a list is, relative to the list. @param {HTMLElement | null} list @returns {Map<string, number>} */
export function places(list) {
  const tops = new Map();
  for (const card of list?.children ?? []) {
    if (card instanceof HTMLElement && card.dataset.n) tops.set(card.dataset.n, card.offsetTop);
  }
  return tops;
}

/** @param {HTMLElement | null} list @param {Map<string, number>} before */
export function slide(list, before) {
  if (!list || before.size === 0 || wantsStill()) return;
  const reach = innerHeight * 1.5;
  for (const card of list.children) {
    if (!(card instanceof HTMLElement)) continue;
    const from = before.get(card.dataset.n ?? "");
    const by = from == null ? 0 : from - card.offsetTop;
    if (by === 0) continue;
    const start = Math.max(-reach, Math.min(reach, by));
    card.animate([{ transform: `translateY(${start}px)` }, { transform: "none" }], { duration: DURATION_MS, easing: "ease-out" });
  }
}
