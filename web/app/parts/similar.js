// Ideas like the one that is being written, while it is written: perhaps it is there already.
import { html, useEffect, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { client, connection } from "../state/session.js";
import { takesBallot } from "../state/select.js";
import { Said } from "./said.js";

/** @import { Board, Idea } from "../../types/model.js" */

const REST_MS = 350; // after the last key
const SHORTEST = 8; // characters
const SHOWN = 3;

/** @param {string} slug @param {string} text @returns {Idea[]} */
function useSimilar(slug, text) {
  const [found, setFound] = useState(/** @type {Idea[]} */ ([]));
  const asked = text.trim();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(async () => {
      const answer = asked.length < SHORTEST || connection.value.state !== "open" ? null : await client.ask("idea.similar", { board: slug, text: asked }).catch(() => null);
      if (wanted) setFound((answer?.ideas ?? []).slice(0, SHOWN).map((/** @type {{idea: Idea}} */ { idea }) => idea));
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [slug, asked]);
  return asked.length < SHORTEST ? [] : found;
}

/** @param {{board: Board, text: string, but?: number}} props but: one that need not be named */
export function Similar({ board, text, but }) {
  const found = useSimilar(board.slug, text).filter(({ n }) => n !== but);
  if (found.length === 0) return null;
  return html`<div class="similar">
    <p class="quiet" id="similar">${t("similar.title")}</p>
    <ul aria-labelledby="similar">${found.map((idea) => html`<li key=${idea.n}>
      <a href=${ideaPath(board.slug, idea.n)}><${Said} idea=${idea} /></a>
      <a class="quiet" href=${ideaPath(board.slug, idea.n)}>${t(takesBallot(board, idea) ? "similar.judge" : "similar.see", { n: String(idea.n) })}</a>
    </li>`)}</ul>
  </div>`;
}
