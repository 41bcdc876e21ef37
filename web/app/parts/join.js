// Joining with the six digits that somebody says aloud.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { go } from "../lib/router.js";
import { spacedCode } from "../lib/text.js";
import { confirmed, joinByCode } from "../state/board.js";
import { momentPath } from "../state/moment.js";

const SHORTEST = 6;

/** @param {any} refusal */
const why = (refusal) => (refusal.name === "unknown-board" ? t("home.codeUnknown") : sentence(refusal));

export function Join() {
  const [code, setCode] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const digits = code.replace(/\D/g, "");
    if (digits.length < SHORTEST) {
      document.getElementById("code")?.focus();
      return setFault(t("home.codeShort"));
    }
    setBusy(true);
    try {
      await joinByCode(digits);
      return confirmed.value && go(momentPath(confirmed.value));
    } catch (refusal) {
      setBusy(false);
      return setFault(why(refusal));
    }
  };
  /** @param {any} event */
  const onInput = (event) => {
    setCode(spacedCode(event.target.value));
    setFault("");
  };

  return html`<form class="join" onSubmit=${submit}>
    <h2><label for="code">${t("home.join")}</label></h2>
    <div class="row">
      <input id="code" class="code num" inputmode="numeric" autocomplete="off" value=${code} placeholder="482 913" size="9"
        aria-label=${t("home.code")} aria-describedby="code-fault" aria-invalid=${fault ? "true" : undefined} onInput=${onInput} />
      <button type="submit" aria-disabled=${busy}>${t("home.codeGo")}</button>
    </div>
    <p id="code-fault" class=${fault ? "fault" : "quiet"}>${fault || (busy ? t("home.joining") : "")}</p>
  </form>`;
}
