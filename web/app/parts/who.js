// The one sheet before the first act: the name under which one will be seen, what is kept, and
// that no account is needed.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { board } from "../state/board.js";
import { rename } from "../state/identity.js";
import { session } from "../state/session.js";
import { Dialog } from "./dialog.js";

/** @param {{settle: (goesOn: boolean) => void}} props */
export function Who({ settle }) {
  const given = session.value.name ?? "";
  const [name, setName] = useState(given);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const chosen = name.trim();
    if (chosen && chosen !== given) {
      setBusy(true);
      const refusal = await rename(chosen).then(() => null, (reason) => reason);
      setBusy(false);
      if (refusal) return setFault(sentence(refusal));
    }
    return settle(true);
  };

  return html`<${Dialog} title=${t("who.title")} onClose=${() => settle(false)}>
    <form onSubmit=${submit}>
      <p class="lead">${t("who.lead")}</p>
      <div class="field">
        <label for="who-name"><b>${t("who.name")}</b></label>
        <input id="who-name" name="nickname" autocomplete="off" dir="auto" value=${name} aria-describedby="who-hint who-fault"
          aria-invalid=${fault ? "true" : undefined} onInput=${(/** @type {any} */ event) => setName(event.target.value)} />
        <p id="who-fault" class="fault" hidden=${!fault}>${fault}</p>
        <p id="who-hint" class="quiet">${t(given ? "who.nameHint" : "who.nameGiven")}</p>
      </div>
      <ul class="facts">
        <li>${t("who.kept")}</li>
        <li>${t("who.device")}</li>
        ${board.value?.publish_log && html`<li><b>${t("who.public")}</b></li>`}
      </ul>
      <div class="row actions">
        <button type="button" class="plain" onClick=${() => settle(false)}>${t("who.later")}</button>
        <button type="submit" aria-disabled=${busy}>${t("who.go")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
