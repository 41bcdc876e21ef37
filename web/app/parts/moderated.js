// What staff did to an idea, said to its author: what, why, and that they may answer once.
import { html, useState } from "../view.js";
import { dateTime, sentence, t } from "../lib/i18n.js";
import { appeal } from "../state/sheets.js";
import { isOwn } from "../state/select.js";
import { TextArea } from "./field.js";
import { moderatedWords } from "./moderated-words.js";

/** @import { Board, Idea } from "../../types/model.js" */

/** @param {{idea: Idea}} props */
function Answer({ idea }) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (!text.trim()) return setFault(t("compose.empty"));
    return appeal(idea.n, text.trim()).catch((refusal) => setFault(sentence(refusal)));
  };
  return html`<form class="field" onSubmit=${submit}>
    <label for="appeal">${t("appeal.label")}</label>
    <p class="quiet" id="appeal-hint">${t("appeal.hint")}</p>
    <${TextArea} id="appeal" rows=${2} value=${text} onInput=${setText} describedBy="appeal-hint appeal-fault" fault=${fault} />
    <p class="fault" id="appeal-fault" hidden=${!fault}>${fault}</p>
    <p><button type="submit" class="plain">${t("appeal.send")}</button></p>
  </form>`;
}

/** @param {{board: Board, idea: Idea}} props */
export function ModeratedNote({ board, idea }) {
  const { moderation } = idea;
  const words = moderation && moderatedWords(moderation, idea.n);
  if (!moderation || !words || !isOwn(board, idea)) return null;
  const quiet = ["approve", "restore", "resolve", "undo"].includes(moderation.kind) && !moderation.appeal;
  if (quiet) return null; // it is there, as it was
  return html`<section class="notice moderated" aria-labelledby="moderated">
    <h2 id="moderated">${t("moderated.title")}</h2>
    <p>${words}</p>
    ${moderation.note && html`<blockquote dir="auto">${moderation.note}</blockquote>`}
    <p class="quiet">${dateTime(moderation.at)}</p>
    ${moderation.appeal && html`<p><b>${t(`appeal.${moderation.appeal}`)}</b></p>`}
    ${moderation.appealable && html`<${Answer} idea=${idea} />`}
  </section>`;
}
