// Where an idea, or a reply to one, is written. What is typed is kept on this device until the
// server has it.
import { html, signal, useEffect, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { remember, remembered } from "../lib/storage.js";
import { outgoing, post, takeBack } from "../state/acts.js";
import { connection, limit } from "../state/session.js";
import { Counter, TextArea, faultOf } from "./field.js";
import { tellRefused } from "../state/toast.js";
import { sentence } from "../lib/i18n.js";

/** @import { Board, Relation } from "../../types/model.js" */


/** Someone is writing: nothing near may move. */
export const typing = signal(false);

/** @param {number} [parent] @param {string} [relation] */
export const composerId = (parent, relation) => `compose-${parent ?? "new"}-${relation ?? "idea"}`;

const IDEA_MIN = 5;
const IDEA_MAX = 280;

/** @param {Board} board */
export const boundsOf = (board) => ({
  min: board.idea_min ?? limit("idea_min", IDEA_MIN),
  max: board.idea_max ?? limit("idea_max", IDEA_MAX),
});

/** @param {{board: Board, value: string, onChange: (theme: string) => void}} props */
function Theme({ board, value, onChange }) {
  if (!board.themes?.length) return null;
  return html`<label class="inline">
    <span class="hidden">${t("compose.theme")}</span>
    <select value=${value} onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
      <option value="">${t("compose.noTheme")}</option>
      ${board.themes.map((theme) => html`<option key=${theme} value=${theme}>${theme}</option>`)}
    </select>
  </label>`;
}

/** @param {{parent: number | null, relation: Relation | null, board: string, onTakeBack: (text: import("../state/acts.js").Outgoing) => void}} props */
function Outgoing({ parent, relation, board, onTakeBack }) {
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

/**
 * @param {{board: Board, parent?: number, relation?: Relation, crossing?: number, label: string, placeholder: string,
 *   theme?: string, onDone?: () => void, children?: any}} props
 */
export function Composer({ board, parent, relation, crossing, label, placeholder, onDone, children }) {
  const draft = `draft.${board.slug}${parent ? `.${parent}.${relation}` : ""}`;
  const [text, setText] = useState(/** @type {string} */ (remembered(draft) ?? ""));
  const [theme, setTheme] = useState("");
  const [fault, setFault] = useState("");
  const bounds = boundsOf(board);
  const id = composerId(parent, relation);
  const tellTyping = (/** @type {boolean} */ is) => () => {
    typing.value = is;
  };
  useEffect(() => tellTyping(false), []); // an area that goes away while it has the focus tells nobody

  /** @param {string} next */
  const change = (next) => {
    setText(next);
    setFault("");
    remember(draft, next);
  };
  const submit = async () => {
    const wrong = faultOf(text, bounds);
    setFault(wrong);
    if (wrong) return document.getElementById(id)?.focus();
    const sent = await post({ text: text.trim(), theme, parent, relation, with: crossing }).catch(tellRefused);
    if (!sent) return undefined;
    change("");
    return onDone?.();
  };

  /** @param {Event} event */
  const onSubmit = (event) => {
    event.preventDefault();
    submit();
  };
  /** @param {import("../state/acts.js").Outgoing} refused */
  const onTakeBack = (refused) => {
    takeBack(refused.op);
    change(text ? `${text}\n${refused.text}` : refused.text);
  };

  return html`<form class="composer" onSubmit=${onSubmit}>
    <div class="row">
      <label class="title" for=${id}>${label}</label>
      <span class="end"></span>
      <${Counter} text=${text} max=${bounds.max} id=${`${id}-count`} />
    </div>
    <${TextArea} id=${id} value=${text} onInput=${change} placeholder=${placeholder} fault=${fault} onSubmit=${submit}
      describedBy=${`${id}-fault ${id}-count ${id}-hint`} onFocus=${tellTyping(true)} onBlur=${tellTyping(false)} />
    <p id=${`${id}-fault`} class="fault" hidden=${!fault}>${fault}</p>
    ${children}
    <div class="row">
      <${Theme} board=${board} value=${theme} onChange=${setTheme} />
      <span class="end"></span>
      <button type="submit">${t(parent ? "compose.sendReply" : "compose.send")}</button>
    </div>
    <p id=${`${id}-hint`} class="quiet">${t("compose.privacy")}</p>
    <${Outgoing} board=${board.slug} parent=${parent ?? null} relation=${relation ?? null} onTakeBack=${onTakeBack} />
  </form>`;
}
