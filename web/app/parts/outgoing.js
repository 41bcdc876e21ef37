// Texts that are sent and not yet published, and those that were refused, to be taken back.
import { html } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { outgoing } from "../state/acts.js";
import { connection } from "../state/session.js";

/** @import { Relation } from "../../types/model.js" */

/** @param {{parent: number | null, relation: Relation | null, board: string, onTakeBack: (text: import("../state/acts.js").Outgoing) => void}} props */
export function Outgoing({ parent, relation, board, onTakeBack }) {
  const mine = outgoing.value.filter((text) => text.board === board && text.parent === parent && text.relation === relation);
  if (mine.length === 0) return null;
  const waiting = connection.value.state !== "open";
  return html`<ul class="outgoing">
    ${mine.map((text) => html`<li key=${text.op} class=${text.refusal ? "refused" : ""}>
      <p class="text said" dir="auto">${text.text}</p>
      ${text.refusal
        ? html`<p class="fault">${sentence(text.refusal)}</p>
            <button type="button" class="plain" onClick=${() => onTakeBack(text)}>${t("compose.takeBack")}</button>`
        : html`<p class="quiet">${t(waiting ? "compose.waiting" : "compose.sending")}</p>`}
    </li>`)}
  </ul>`;
}
