// Where an idea, or a reply to one, is written. What is typed is kept on this device until the
// server has it.
import { html, lazy, signal, useEffect, useRef, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { remember, remembered } from "../lib/storage.js";
import { looksPersonal } from "../lib/text.js";
import { ulidTime } from "../net/ulid.js";
import { outgoing, post, takeBack } from "../state/acts.js";
import { allows, currentRound, isReadFirst, lastOver } from "../state/select.js";
import { client, clock, limit } from "../state/session.js";
import { isInGrace } from "../state/timer.js";
import { tellRefused } from "../state/toast.js";
import { Counter, TextArea, boundsOf, faultOf } from "./field.js";
import { Outgoing } from "./outgoing.js";

/** @import { Board, Relation } from "../../types/model.js" */

const Similar = lazy(() => import("./similar.js"), "Similar");

/** Someone is writing: nothing near may move. */
export const typing = signal(false);

/** @param {number} [parent] @param {string} [relation] */
export const composerId = (parent, relation) => `compose-${parent ?? "new"}-${relation ?? "idea"}`;

const GRACE_MS = 30_000;
const STALE_MS = 3_600_000; // a draft of another day is begun anew

/** @param {string} slug @param {number} [parent] @param {string} [relation] */
const draftOf = (slug, parent, relation) => `draft.${slug}${parent ? `.${parent}.${relation}` : ""}`;

/** Something written here is not published yet: it stays in sight. @param {string} slug @param {number} [parent] @param {string} [relation] */
export function isKept(slug, parent, relation) {
  const going = outgoing.value.some((text) => text.board === slug && text.parent === (parent ?? null) && text.relation === (relation ?? null));
  return going || Boolean(remembered(draftOf(slug, parent, relation)));
}

/**
 * Why nothing can be sent from here now; empty when it can. A text begun before the end of a
 * round is still taken for a moment.
 * @param {Board} board @param {"post" | "build"} what @param {string} begun op of the draft, "" for none
 * @returns {{why: string, late: boolean}}
 */
function obstacle(board, what, begun) {
  if (allows(board, what)) return { why: what === "post" && board.me.posts_left === 0 ? t("compose.noneLeft") : "", late: false };
  if (board.frozen) return { why: t("round.frozen"), late: false };
  const over = lastOver(board);
  const takes = over?.allows.includes(what) && begun !== "";
  if (takes && isInGrace(over, ulidTime(begun), clock.value, limit("post_grace_ms", GRACE_MS))) return { why: t("compose.grace"), late: true };
  return { why: t(currentRound(board)?.state === "paused" ? "compose.paused" : "compose.closed"), late: false };
}

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

/**
 * @param {{board: Board, parent?: number, relation?: Relation, crossing?: number, label: string, placeholder: string,
 *   what?: "post" | "build", theme?: string, onDone?: () => void, children?: any}} props
 */
export function Composer({ board, parent, relation, crossing, label, placeholder, what = "post", onDone, children }) {
  const draft = draftOf(board.slug, parent, relation);
  const [text, setText] = useState(/** @type {string} */ (remembered(draft) ?? ""));
  const [theme, setTheme] = useState("");
  const [fault, setFault] = useState("");
  const begun = useRef(text && /** @type {string} */ (remembered(`begun.${draft}`) ?? "")); // the op of this draft, made with its first character
  const bounds = boundsOf(board);
  const { why, late } = obstacle(board, what, begun.current);
  const id = composerId(parent, relation);
  const tellTyping = (/** @type {boolean} */ is) => () => {
    typing.value = is;
  };
  useEffect(() => tellTyping(false), []); // an area that goes away while it has the focus tells nobody

  /** @param {string} op */
  const begin = (op) => {
    begun.current = op;
    remember(`begun.${draft}`, op);
  };
  /** @param {string} next */
  const change = (next) => {
    if (!next) begin("");
    else if (!begun.current) begin(client.newOp());
    setText(next);
    setFault("");
    remember(draft, next);
  };
  const submit = async () => {
    const wrong = why && !late ? why : faultOf(text, bounds);
    setFault(wrong);
    if (wrong) return document.getElementById(id)?.focus();
    const op = begun.current && client.now() - ulidTime(begun.current) < STALE_MS ? begun.current : client.newOp();
    const sent = await post({ text: text.trim(), theme, parent, relation, with: crossing, op }).catch(tellRefused);
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
    ${why && text && html`<p class="notice">${why}</p>`}
    ${children}
    <div class="row">
      <${Theme} board=${board} value=${theme} onChange=${setTheme} />
      <span class="end"></span>
      <button type="submit" aria-disabled=${Boolean(why) && !late}>${t(parent ? "compose.sendReply" : "compose.send")}</button>
    </div>
    ${!why && text.trim() && html`<${Similar} board=${board} text=${text} but=${parent} />`}
    <p id=${`${id}-hint`} class=${looksPersonal(text) ? "notice" : "quiet"}>${isReadFirst(board, clock.value) && t("compose.pre")} ${t(looksPersonal(text) ? "compose.personal" : "compose.privacy")}</p>
    <${Outgoing} board=${board.slug} parent=${parent ?? null} relation=${relation ?? null} onTakeBack=${onTakeBack} />
  </form>`;
}
