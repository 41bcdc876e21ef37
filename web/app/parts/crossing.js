// A reply may cross its parent with a second idea: here that second one is named.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { Said } from "./said.js";

/** @import { Board } from "../../types/model.js" */

/** @param {{board: Board, parent: number, onChange: (n: number) => void}} props */
export function Crossing({ board, parent, onChange }) {
  const [digits, setDigits] = useState("");
  const n = Number(digits);
  const other = n !== parent ? board.ideas.get(n) : undefined;
  const valid = other?.state === "shown" ? other : undefined;
  const id = `cross-${parent}`;

  /** @param {any} event */
  const onInput = (event) => {
    const next = event.target.value.replace(/\D/g, "").slice(0, 6);
    setDigits(next);
    const chosen = board.ideas.get(Number(next));
    onChange(chosen?.state === "shown" && chosen.n !== parent ? chosen.n : 0);
  };
  return html`<details class="crossing" open=${Boolean(digits)}>
    <summary>${t("idea.cross")}</summary>
    <label class="inline" for=${id}><span class="quiet">${t("idea.crossHint")}</span>
      <input id=${id} class="num" inputmode="numeric" size="5" value=${digits} placeholder="12" onInput=${onInput} />
    </label>
    ${valid && html`<p class="quiet"><${Said} idea=${valid} /></p>`}
    ${digits && !valid && html`<p class="fault">${t("idea.crossNone")}</p>`}
  </details>`;
}
