// Promised answers that have not come: everybody sees which.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { isOverdue } from "../state/answers.js";
import { clock } from "../state/session.js";

/** @import { Board } from "../../types/model.js" */

const LISTED = 8;

/** @param {{board: Board}} props */
export function Late({ board }) {
  const late = [...board.ideas.values()].filter((idea) => idea.state === "shown" && isOverdue(idea, clock.peek()));
  if (late.length === 0) return null;
  return html`<p class="notice num">${t("board.late", { n: late.length })}${late.slice(0, LISTED).map(({ n }) => html` <a key=${n} href=${ideaPath(board.slug, n)}>#${n}</a>`)}${late.length > LISTED ? " …" : ""}</p>`;
}
