// While someone writes: what others have already proposed that is close to it, and the way to it.
import { html, useEffect, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { graphemes } from "../lib/text.js";
import { client } from "../state/session.js";

/** @import { Board, Idea } from "../../types/model.js" */

const PAUSE_MS = 400;
const ENOUGH = 12; // characters before a likeness means anything
const SHOWN = 3;

/** @param {Board} board @param {string} text @returns {Promise<Idea[]>} */
async function find(board, text) {
  const { ideas } = await client.request("idea.similar", { board: board.slug, text });
  return ideas
    .map((/** @type {{idea: Idea | number}} */ { idea }) => (typeof idea === "number" ? board.ideas.get(idea) : idea))
    .filter((/** @type {Idea | undefined} */ idea) => idea?.text && idea.state === "shown")
    .slice(0, SHOWN);
}

/** @param {{board: Board, text: string}} props */
export function Similar({ board, text }) {
  const [found, setFound] = useState(/** @type {Idea[]} */ ([]));
  const asked = graphemes(text.trim()) >= ENOUGH ? text.trim() : "";

  useEffect(() => {
    if (!asked) {
      setFound([]);
      return undefined;
    }
    let current = true;
    const timer = setTimeout(() => {
      find(board, asked).then((ideas) => current && setFound(ideas), () => {});
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, board.slug]);

  if (found.length === 0) return null;
  return html`<div class="similar">
    <p><b>${t("compose.similar")}</b> <span class="quiet">${t("compose.similarHint")}</span></p>
    <ul>${found.map((idea) => html`<li key=${idea.n}>
      <a href=${ideaPath(board.slug, idea.n)}><span class="said" dir="auto">${idea.text}</span></a>
    </li>`)}</ul>
  </div>`;
}
