// The one sheet before the first act: what is kept, until when, who answers for it, and under
// which name one will be seen. One button; no account.
import { html, useEffect, useRef, useState } from "../view.js";
import { lang, sentence, t } from "../lib/i18n.js";
import { pagePath } from "../lib/router.js";
import { board } from "../state/board.js";
import { rename } from "../state/identity.js";
import { session, site } from "../state/session.js";
import { Dialog } from "./dialog.js";

/** @param {{name: string, onInput: (name: string) => void, fault: string}} props */
function Name({ name, onInput, fault }) {
  const ref = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => ref.current?.focus(), []);
  return html`<div class="field">
    <label for="who-name"><b>${t("who.name")}</b></label>
    <input ref=${ref} id="who-name" name="nickname" autocomplete="off" dir="auto" value=${name} aria-describedby="who-hint who-fault"
      aria-invalid=${fault ? "true" : undefined} onInput=${(/** @type {any} */ event) => onInput(event.target.value)} />
    <p id="who-fault" class="fault" hidden=${!fault}>${fault}</p>
    <p id="who-hint" class="quiet">${t("who.nameHint")}</p>
  </div>`;
}

function Facts() {
  const { responsible, contact, keep_months: months } = site.value;
  const who = t("who.responsible", { who: responsible ?? t("who.organiser") });
  return html`<ul class="facts">
    <li>${t("who.kept")} ${!board.value?.publish_log && t("judge.secret")}</li>
    <li>${months ? t("who.until", { n: months }) : t("who.untilErased")}</li>
    <li>${who}${contact && html` <bdi>(${contact})</bdi>`}</li>
    ${board.value?.publish_log && html`<li><b>${t("who.public")}</b></li>`}
  </ul>
  <p class="quiet"><a href=${pagePath("charter", lang.value)} target="_blank">${t("who.charter")}</a> · <a href=${pagePath("privacy", lang.value)} target="_blank">${t("page.privacy")}</a></p>`;
}

/** @param {{settle: (goesOn: boolean) => void}} props */
export function Who({ settle }) {
  const given = session.value.name ?? "";
  const [own, setOwn] = useState(false);
  const [name, setName] = useState(given);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return undefined;
    const chosen = name.trim();
    if (own && chosen && chosen !== given) {
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
      ${own
        ? html`<${Name} name=${name} onInput=${setName} fault=${fault} />`
        : html`<p>${given ? t("who.you", { name: given }) : t("who.given")} <button type="button" class="bare" onClick=${() => setOwn(true)}>${t("who.choose")}</button></p>`}
      <${Facts} />
      <div class="row actions">
        <button type="button" class="plain" onClick=${() => settle(false)}>${t("who.later")}</button>
        <button type="submit" aria-disabled=${busy}>${t("who.go")}</button>
      </div>
    </form>
  </${Dialog}>`;
}
