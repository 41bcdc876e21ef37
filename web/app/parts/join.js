// Joining with the digits that somebody says aloud, or that are on one's own ticket.
import { html, useEffect, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { boardPath, go, route } from "../lib/router.js";
import { storage } from "../lib/storage.js";
import { isTicket, spacedCode } from "../lib/text.js";
import { confirmed, failure, joinByCode } from "../state/board.js";
import { momentPath } from "../state/moment.js";
import { client } from "../state/session.js";

const SHORTEST = 6;

/** @param {any} refusal */
const why = (refusal) => (refusal.name === "unknown-board" || refusal.name === "gone" ? t("home.codeUnknown") : sentence(refusal));

/** A ticket makes another person of this device: whoever was somebody here is asked first. @param {string} code */
async function useTicket(code) {
  if (storage.getItem("pinson.acted") != null && !confirm(t("transfer.replace"))) return false;
  const { board } = await client.redeem(code);
  if (board) go(boardPath(board));
  return true;
}

/** @param {string} code */
async function useCode(code) {
  await joinByCode(code);
  if (confirmed.value) go(momentPath(confirmed.value));
  return true;
}

/** A private board knows who has acted; who has only read shows its code once more. */
function useFormerCode() {
  useEffect(() => {
    const code = storage.getItem(`pinson.code.${route.peek().slug}`);
    if (code && failure.peek()) useCode(code).catch(() => {});
  }, []);
}

/** @param {{onDone?: () => void}} props */
export function Join({ onDone }) {
  useFormerCode();
  const [code, setCode] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const digits = code.replace(/\D/g, "");
    if (busy) return undefined;
    if (digits.length < SHORTEST) {
      document.getElementById("code")?.focus();
      return setFault(t("home.codeShort"));
    }
    setBusy(true);
    try {
      const done = await (isTicket(digits) ? useTicket(digits) : useCode(digits));
      setBusy(false);
      return done && onDone?.();
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
