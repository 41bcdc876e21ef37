// The door of a kiosk: a ticket's code, typed or scanned. Staff end the kiosk here, with a link
// or a code of their own.
import { html, useEffect, useRef, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { route } from "../lib/router.js";
import { spacedCode } from "../lib/text.js";
import { enterCode } from "../state/kiosk.js";

/** @import { Board } from "../../types/model.js" */

/** @param {any} refusal */
const why = (refusal) => (refusal.name === "gone" ? t("kiosk.unknown") : sentence(refusal));

/** Digits in groups; a link as it is. @param {string} typed */
const tidy = (typed) => (/^[\d\s-]*$/.test(typed) ? spacedCode(typed) : typed);

/** @param {{board: Board}} props */
export function Enter({ board }) {
  const [code, setCode] = useState("");
  const [fault, setFault] = useState(route.value.query.get("fault") === "other" ? t("kiosk.other") : "");
  const [busy, setBusy] = useState(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const refusal = code.trim() ? await enterCode(code).then(() => null, (reason) => reason) : { name: "gone" };
    setBusy(false);
    setFault(refusal ? why(refusal) : "");
    if (refusal) field.current?.focus();
  };
  /** @param {any} event */
  const onInput = (event) => {
    setCode(tidy(event.target.value));
    setFault("");
  };

  return html`<main class="wrap narrow kiosk" id="main">
    <p class="quiet" dir="auto">${board.title}</p>
    <h1 tabindex="-1" dir="auto">${board.question || board.title}</h1>
    <form class="kiosk-enter" onSubmit=${submit}>
      <label for="ticket"><b>${t("kiosk.code")}</b></label>
      <input ref=${field} id="ticket" class="code num" inputmode="numeric" autocomplete="off" spellcheck=${false} value=${code}
        aria-describedby="ticket-hint ticket-fault" aria-invalid=${fault ? "true" : undefined} onInput=${onInput} />
      <p id="ticket-fault" class="fault" role="alert">${fault}</p>
      <p id="ticket-hint" class="quiet">${t("kiosk.codeHint")}</p>
      <button type="submit" class="big" aria-disabled=${busy}>${t("kiosk.enter")}</button>
    </form>
    <details class="about"><summary>${t("kiosk.staff")}</summary><p>${t("kiosk.staffHow")}</p></details>
  </main>`;
}
