// The parts of a desk, in one line; where it is too long for a screen it is pushed aside, and the
// present one is in sight.
import { html, useEffect, useRef } from "../view.js";

/** @param {{label: string, at: string, tabs: {name: string, href: string, words: string}[]}} props */
export function Tabs({ label, at, tabs }) {
  const line = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const here = /** @type {HTMLElement | null | undefined} */ (line.current?.querySelector("[aria-current]"));
    if (here && line.current) line.current.scrollLeft = here.offsetLeft - (line.current.clientWidth - here.clientWidth) / 2;
  }, [at]);
  return html`<nav class="tabs" aria-label=${label}><ul ref=${line}>
    ${tabs.map(({ name, href, words }) => html`<li key=${name}><a href=${href} aria-current=${name === at ? "page" : undefined}>${words}</a></li>`)}
  </ul></nav>`;
}
