// Leaving a board for good: what goes, what stays, and that it cannot be undone.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { board } from "../state/board.js";
import { erase } from "../state/mine.js";
import { Dialog } from "./dialog.js";

const TEXTS = /** @type {const} */ (["erase", "anonymous"]);

/** @param {{onClose: () => void}} props */
export function Erase({ onClose }) {
  const [texts, setTexts] = useState(/** @type {typeof TEXTS[number]} */ ("erase"));
  const [sure, setSure] = useState(false);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const slug = board.value?.slug ?? "";
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return undefined;
    if (!sure) return setFault(t("erase.unsure"));
    setBusy(true);
    const refusal = await erase(slug, texts).then(() => null, (why) => why);
    setBusy(false);
    return refusal ? setFault(sentence(refusal)) : onClose();
  };
  return html`<${Dialog} title=${t("erase.title")} onClose=${onClose}>
    <form onSubmit=${submit}>
      <fieldset>
        <legend>${t("erase.texts")}</legend>
        ${TEXTS.map((one) => html`<label key=${one} class="option"><input type="radio" name="texts" value=${one} checked=${one === texts} onChange=${() => setTexts(one)} /> ${t(`erase.${one}`)}</label>`)}
      </fieldset>
      <ul class="points"><li>${t("erase.name")}</li><li>${t("erase.ballots")}</li><li>${t("erase.final")}</li></ul>
      <label class="option"><input type="checkbox" checked=${sure} onChange=${() => setSure(!sure)} /> ${t("erase.sure")}</label>
      <p class="fault" role="alert" hidden=${!fault}>${fault}</p>
      <div class="row actions">
        <button type="button" class="plain" onClick=${onClose}>${t("app.cancel")}</button>
        <button type="submit" class="grave" aria-disabled=${busy}>${t("erase.confirm")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
