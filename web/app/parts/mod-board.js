// What staff say to all and what holds for all: announcement, contributions, reading beforehand.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { decide, decideSoon } from "../state/moderate.js";
import { minuteOf, timeOfMinute } from "../lib/hours.js";
import { TextArea } from "./field.js";

/** @import { Board } from "../../types/model.js" */

/** @param {{board: Board}} props */
function Announcement({ board }) {
  const [text, setText] = useState("");
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!text.trim()) return;
    const giveBack = () => {
      setText(text);
      document.getElementById("announce")?.focus();
    };
    decideSoon({ method: "board.announce", params: { text: text.trim() }, said: t("mod.soon.announce"), giveBack });
    setText("");
  };
  return html`<form class="card" onSubmit=${send}>
    <h3><label for="announce">${t("mod.announce")}</label></h3>
    ${board.announcement && html`<p class="row"><span class="said" dir="auto">${board.announcement.text}</span>
      <button type="button" class="plain" onClick=${() => decide({ method: "board.announce", params: {}, said: t("mod.did.silence"), undo: { method: "board.announce", params: { text: board.announcement?.text } } })}>${t("mod.silence")}</button></p>`}
    <${TextArea} id="announce" rows=${2} value=${text} onInput=${setText} describedBy="announce-hint" />
    <p class="quiet" id="announce-hint">${t("mod.announceWhat")}</p>
    <p><button type="submit" aria-disabled=${!text.trim()}>${t("mod.announceGo")}</button></p>
  </form>`;
}

/** @param {{board: Board}} props */
function Freeze({ board }) {
  const flip = () => {
    const frozen = !board.frozen;
    decide({ method: "board.freeze", params: { frozen }, said: t(frozen ? "mod.did.freeze" : "mod.did.thaw"), undo: { method: "board.freeze", params: { frozen: !frozen } } });
  };
  return html`<div class="card">
    <h3>${t("mod.freeze")}</h3>
    <p>${t(board.frozen ? "mod.frozen" : "mod.freezeWhat")}</p>
    <p><button type="button" class=${board.frozen ? "" : "plain"} onClick=${flip}>${t(board.frozen ? "mod.thawGo" : "mod.freezeGo")}</button></p>
  </div>`;
}

/** @param {{board: Board}} props */
function Premoderation({ board }) {
  const now = board.premoderation;
  const hours = now && now.from !== now.until;
  const [from, setFrom] = useState(timeOfMinute(hours ? now.from : minuteOf("20:00")));
  const [until, setUntil] = useState(timeOfMinute(hours ? now.until : minuteOf("08:00")));
  const set = (/** @type {any} */ params, /** @type {string} */ said) =>
    decide({ method: "board.premoderate", params, said, undo: { method: "board.premoderate", params: now ? { on: true, from: now.from, until: now.until } : { on: false } } });
  const byHours = (/** @type {Event} */ event) => {
    event.preventDefault();
    const range = { from: minuteOf(from), until: minuteOf(until) };
    if (range.from !== range.until) set({ on: true, ...range }, t("mod.did.hours", { from, until }));
  };
  return html`<form class="card" onSubmit=${byHours}>
    <h3>${t("mod.pre")}</h3>
    <p>${now ? (hours ? t("mod.preHours", { from: timeOfMinute(now.from), until: timeOfMinute(now.until) }) : t("mod.preAlways")) : t("mod.preOff")}</p>
    <p class="quiet">${t("mod.preWhat")}</p>
    <p class="row">
      ${now && html`<button type="button" onClick=${() => set({ on: false }, t("mod.did.preOff"))}>${t("mod.preStop")}</button>`}
      ${(!now || hours) && html`<button type="button" class="plain" onClick=${() => set({ on: true }, t("mod.did.preOn"))}>${t("mod.preAll")}</button>`}
    </p>
    <p class="row">
      <label>${t("mod.from")} <input type="time" required value=${from} onInput=${(/** @type {any} */ event) => setFrom(event.target.value)} /></label>
      <label>${t("mod.untilHour")} <input type="time" required value=${until} onInput=${(/** @type {any} */ event) => setUntil(event.target.value)} /></label>
      <button type="submit" class="plain">${t("mod.preByHours")}</button>
    </p>
  </form>`;
}

/** @param {{board: Board}} props */
export const BoardSwitches = ({ board }) => html`<section aria-labelledby="switches" class="switches">
  <h2 id="switches">${t("mod.part.board")}</h2>
  <${Announcement} board=${board} /><${Freeze} board=${board} /><${Premoderation} board=${board} />
</section>`;
