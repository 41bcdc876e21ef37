// Changing one's own idea, as long as nobody else has judged it.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { edit } from "../state/sheets.js";
import { board } from "../state/board.js";
import { Dialog } from "./dialog.js";
import { Counter, TextArea, boundsOf, faultOf } from "./field.js";

/** @import { Idea } from "../../types/model.js" */

/** @param {{idea: Idea, onClose: () => void}} props */
export function Edit({ idea, onClose }) {
  const [text, setText] = useState(idea.text ?? "");
  const [fault, setFault] = useState("");
  const known = board.value;
  if (!known) return null;
  const bounds = boundsOf(known);

  const submit = async () => {
    const wrong = faultOf(text, bounds);
    if (wrong) return setFault(wrong);
    const refusal = await edit(idea.n, text.trim()).then(() => null, (why) => why);
    return refusal ? setFault(sentence(refusal)) : onClose();
  };

  /** @param {Event} event */
  const onSubmit = (event) => {
    event.preventDefault();
    submit();
  };
  return html`<${Dialog} title=${t("edit.title")} onClose=${onClose}>
    <form onSubmit=${onSubmit}>
      <div class="field">
        <label for="edit-text" class="quiet">${t("edit.hint")}</label>
        <${TextArea} id="edit-text" value=${text} onInput=${setText} fault=${fault} onSubmit=${submit} describedBy="edit-fault edit-count" />
        <p id="edit-fault" class="fault" hidden=${!fault}>${fault}</p>
        <${Counter} id="edit-count" text=${text} max=${bounds.max} />
      </div>
      <div class="row actions">
        <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
        <button type="submit">${t("app.save")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
