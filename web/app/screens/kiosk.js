// A device of staff on which people take part one after the other, each with their ticket.
import { html, lazy, useEffect, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { boardPath } from "../lib/router.js";
import { kioskOf } from "../lib/storage.js";
import { Bar, thingsToDo } from "../parts/kiosk-bar.js";
import { Enter } from "../parts/kiosk-enter.js";
import { choose, doing, leaving, present, start } from "../state/kiosk.js";
import { isStaff } from "../state/select.js";
import { Missing } from "./missing.js";

/** @import { Board } from "../../types/model.js" */

const Write = lazy(() => import("../parts/kiosk-write.js"), "Write");
const Judge = lazy(() => import("./judge.js"), "JudgeScreen");

/** Before it is one. @param {{board: Board}} props */
function Start({ board }) {
  const [busy, setBusy] = useState(false);
  const go = () => {
    if (busy) return;
    setBusy(true);
    start(board.slug);
  };
  return html`<main class="wrap narrow kiosk" id="main">
    <p class="back"><a href=${boardPath(board.slug)}>← ${t("idea.back")}</a></p>
    <h1 tabindex="-1">${t("kiosk.title")}</h1>
    <p class="lead">${t("kiosk.what")}</p>
    <ul class="points"><li>${t("kiosk.one")}</li><li>${t("kiosk.cleared")}</li><li>${t("kiosk.yours")}</li></ul>
    <button type="button" class="big" aria-disabled=${busy} onClick=${go}>${t("kiosk.start")}</button>
  </main>`;
}

/** @param {{board: Board}} props */
function Choose({ board }) {
  const things = thingsToDo(board);
  return html`<main class="wrap narrow kiosk" id="main">
    <h1 tabindex="-1" dir="auto">${board.question || board.title}</h1>
    ${things.length === 0 && html`<p class="lead">${t("kiosk.nothing")}</p>`}
    <div class="kiosk-things">${things.map((what) => html`<button key=${what} type="button" class="big" onClick=${() => choose(what)}>${t(`kiosk.${what}`)}</button>`)}</div>
  </main>`;
}

/** @param {{board: Board}} props */
function Here({ board }) {
  if (doing.value === "judge") return html`<${Judge} board=${board} />`;
  return doing.value === "write" ? html`<${Write} board=${board} />` : html`<${Choose} board=${board} />`;
}

/** @param {{board: Board}} props */
export function KioskScreen({ board }) {
  const stage = leaving.value ? "leaving" : present.value ? doing.value : "enter";
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (kioskOf) dataset.screen = "kiosk";
  }, []);
  useEffect(() => {
    if (stage !== "enter") document.querySelector("h1")?.focus();
  }, [stage]);
  if (!kioskOf) return isStaff(board) ? html`<${Start} board=${board} />` : html`<${Missing} why=${t("kiosk.notYours")} />`;
  if (leaving.value) return html`<main class="wrap narrow kiosk" id="main"><h1 tabindex="-1">${t("kiosk.thanks")}</h1><p class="lead" role="status">${t("kiosk.sending")}</p></main>`;
  if (!present.value) return html`<${Enter} board=${board} />`;
  return html`<${Bar} board=${board} /><${Here} board=${board} />`;
}
