// Tickets on paper: how many, and the sheets that are printed and cut. What was made is on this
// page alone, and nowhere once it is left.
import { html, useEffect, useRef, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { leadPath } from "../lib/router.js";
import { spacedCode } from "../lib/text.js";
import { drawingOf } from "../parts/drawing.js";
import { isLead } from "../state/select.js";
import { invite } from "../state/staff.js";
import { Missing } from "./missing.js";

/** @import { Board } from "../../types/model.js" */
/** @typedef {{code: string, qr: string | null}} Ticket */

const MOST = 300;
const AT_ONCE = 30; // of which the server draws the codes in one answer

/** @param {{text: string | null}} props */
function Qr({ text }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const drawing = text ? drawingOf(text) : null;
    if (drawing) place.current?.replaceChildren(drawing);
  }, [text]);
  return html`<div ref=${place} class="slip-qr" aria-hidden="true"></div>`;
}

/** @param {{board: Board, ticket: Ticket}} props */
const Slip = ({ board, ticket: { code, qr } }) => html`<li class="slip">
  <${Qr} text=${qr} />
  <div>
    <p class="slip-title" dir="auto">${board.title}</p>
    <p class="slip-code num">${spacedCode(code)}</p>
    <p>${t("tickets.how", { host: `${location.host}/join` })}</p>
    <p class="quiet">${t("tickets.keep")}</p>
  </div>
</li>`;

/** @param {string} board @param {number} wanted @param {(made: Ticket[]) => void} onMore @returns {Promise<void>} */
async function makeTickets(board, wanted, onMore) {
  /** @type {Ticket[]} */
  let made = [];
  while (made.length < wanted) {
    const answer = await invite(board, "participant", Math.min(AT_ONCE, wanted - made.length), true);
    if (!answer) return;
    const more = answer.links.map((link, i) => ({ code: link.split("#invite=")[1], qr: answer.qr?.[i] ?? null }));
    made = [...made, ...more];
    onMore(made);
  }
}

/** @param {{board: Board}} props */
export function TicketsScreen({ board }) {
  const [count, setCount] = useState(30);
  const [made, setMade] = useState(/** @type {Ticket[]} */ ([]));
  const [busy, setBusy] = useState(false);
  if (!isLead(board)) return html`<${Missing} why=${t("lead.notYours")} />`;

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    await makeTickets(board.slug, count, setMade);
    setBusy(false);
  };
  /** @param {any} event */
  const onInput = (event) => setCount(Math.min(MOST, Math.max(1, Number(event.target.value.replace(/\D/g, "")) || 1)));

  const ready = made.length > 0 && !busy; // then printing is what is next
  return html`<main class="wrap tickets" id="main">
    <div class="tickets-head">
      <p class="back"><a href=${leadPath(board.slug)}>← ${t("lead.title")}</a></p>
      <h1 tabindex="-1">${t("tickets.title")}</h1>
      <p class="lead">${t("tickets.why")}</p>
      <form class="row" onSubmit=${submit}>
        <label class="field"><span>${t("tickets.count")}</span>
          <input class="num" inputmode="numeric" size="5" autocomplete="off" value=${String(count)} onInput=${onInput} /></label>
        ${ready && html`<button type="button" onClick=${() => print()}>${t("app.print")}</button>`}
        <button type="submit" class=${ready ? "plain" : ""} aria-disabled=${busy}>${t(ready ? "tickets.more" : "tickets.make")}</button>
      </form>
      <p role="status" class="quiet num">${made.length > 0 && t("tickets.made", { n: made.length })}</p>
      ${made.length > 0 && html`<p class="notice">${t("tickets.once")}</p>`}
    </div>
    <ul class="slips">${made.map((ticket) => html`<${Slip} key=${ticket.code} board=${board} ticket=${ticket} />`)}</ul>
  </main>`;
}
