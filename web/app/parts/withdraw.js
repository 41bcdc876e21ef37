// Taking one's own idea back, after saying what that means.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { withdraw } from "../state/sheets.js";
import { Dialog } from "./dialog.js";
import { Said } from "./said.js";

/** @import { Idea } from "../../types/model.js" */

/** @param {{idea: Idea, onClose: () => void}} props */
export function Withdraw({ idea, onClose }) {
  const [fault, setFault] = useState("");
  const confirm = async () => {
    const refusal = await withdraw(idea.n).then(() => null, (why) => why);
    if (refusal) setFault(sentence(refusal));
    else onClose();
  };

  return html`<${Dialog} title=${t("withdraw.title")} onClose=${onClose}>
    <blockquote><${Said} idea=${idea} /></blockquote>
    <p>${t("withdraw.explain")}</p>
    <p class="fault" hidden=${!fault}>${fault}</p>
    <div class="row actions">
      <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
      <button type="button" onClick=${confirm}>${t("withdraw.confirm")}</button>
    </div>
  </${Dialog}>`;
}
