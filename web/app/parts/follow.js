// Wanting to hear of an idea.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { follow } from "../state/acts.js";

/** @param {{n: number, on: boolean}} props */
export const Follow = ({ n, on }) => html`<button type="button" class="chip" aria-pressed=${on} aria-label=${t(on ? "follow.followingLabel" : "follow.label", { n: String(n) })}
  onClick=${() => follow(n, !on)}>${t(on ? "follow.following" : "follow.follow")}</button>`;
