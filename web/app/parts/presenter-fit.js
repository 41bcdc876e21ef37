// Texts of any length in places of one size: each is set smaller until it fits. What nobody
// could read any more is cut by the styles instead.
import { useLayoutEffect } from "../view.js";

const STEPS = [1, 0.92, 0.84, 0.76];

/** @param {Element} box */
const overflows = (box) => box.scrollHeight > box.clientHeight + 1;

/** @param {HTMLElement} place holds one text, and hides what is too much */
function fit(place) {
  const text = place.querySelector(".room-text");
  for (const step of STEPS) {
    place.style.setProperty("--fit", String(step));
    if (!overflows(place) && !(text && overflows(text))) return;
  }
}

/** @param {{current: HTMLElement | null}} ref of what holds the places, or is one @param {string} key of what is in them */
export function useFit(ref, key) {
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return undefined;
    const all = () => {
      for (const place of box.matches("[data-size]") ? [box] : box.querySelectorAll("[data-size]")) fit(/** @type {HTMLElement} */ (place));
    };
    const observer = new ResizeObserver(all);
    observer.observe(box);
    all();
    return () => observer.disconnect();
  }, [key]);
}
