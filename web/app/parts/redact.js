// Taking personal data out of a text, and nothing else.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { decideSoon } from "../state/moderate.js";
import { Dialog } from "./dialog.js";
import { TextArea } from "./field.js";

/** @import { Idea } from "../../types/model.js" */

/** @param {{idea: Idea, onClose: () => void}} props */
export function Redact({ idea, onClose }) {
  const [text, setText] = useState(idea.text ?? "");
  const [fault, setFault] = useState("");
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (!text.trim()) return setFault(t("compose.empty"));
    if (text.trim() === idea.text) return setFault(t("mod.redactSame"));
    decideSoon({ method: "mod.redact", params: { idea: idea.n, text: text.trim() }, said: t("mod.soon.redact") });
    return onClose();
  };
  return html`<${Dialog} title=${t("mod.redactTitle", { n: String(idea.n) })} onClose=${onClose}>
    <form onSubmit=${submit}>
      <p>${t("mod.redactWhat")}</p>
      <div class="field">
        <label for="redacted">${t("mod.redactLabel")}</label>
        <${TextArea} id="redacted" value=${text} onInput=${setText} describedBy="redact-fault" fault=${fault} />
        <p id="redact-fault" class="fault" hidden=${!fault}>${fault}</p>
      </div>
      <div class="row actions">
        <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
        <button type="submit">${t("mod.redact")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
