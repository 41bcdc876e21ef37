// The finch: also drawn in icon.svg and in the shell.
import { html } from "../view.js";

export const Mark = () => html`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path class="mark-tail" d="M10 20 1.5 29l8.5-2 5-4z" />
    <path class="mark-breast" d="M8 20c0 6 5 9 10 8 6-1 9-6 9-12 0-5-3-9-7.500-9C13 7 8 13 8 20z" />
    <path class="mark-cap" d="M12.500 12C14 7.500 17 5 20 5c4 0 6.500 2.500 7 6-2 1.500-3.500 2-6 2-3.500 0-6-.5-8.500-1z" />
    <path class="mark-wing" d="M8 20c.5-4 4-6.500 9-5.500 1 5-2 9.500-8 10.500-.8-1.500-1-3-1-5z" />
    <path class="mark-beak" d="m26.500 8.500 5 2-5 2z" />
    <circle class="mark-eye" cx="22.800" cy="9.600" r="1.200" />
  </svg>`;
