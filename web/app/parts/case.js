// The case on the desk: what it is about, why it is here, and the decisions, each with its key.
import { html, lazy, useEffect, useRef, useState } from "../view.js";
import { dateTime, t, timeOfDay } from "../lib/i18n.js";
import { letters } from "../lib/letters.js";
import { ideaPath, route } from "../lib/router.js";
import { back, decideSoon, desk, keep, next, open, placeOf, resolve, sitDown } from "../state/moderate.js";
import { clock } from "../state/session.js";
import { tallyOf } from "../state/select.js";
import { toast } from "../state/toast.js";
import { Labels, Relation } from "./labels.js";
import { Said, Source } from "./said.js";
import { SubjectLine } from "./subject.js";

/** @import { Board, Case, Idea, ReportOf } from "../../types/model.js" */
/** @typedef {"hide" | "redact" | "merge" | "suspend" | "retheme"} Sheet */

const SHEETS = {
  hide: lazy(() => import("./hide.js"), "Hide", { ahead: true }),
  redact: lazy(() => import("./redact.js"), "Redact"),
  merge: lazy(() => import("./merge.js"), "Merge"),
  suspend: lazy(() => import("./suspend.js"), "Suspend"),
  retheme: lazy(() => import("./retheme.js"), "Retheme"),
};

/** @param {{at: Case}} props */
function Reports({ at }) {
  if (at.reports.length === 0) return null;
  const count = at.reports.filter(({ appeal }) => !appeal).length;
  const decides = (/** @type {ReportOf} */ { appeal, resolution }) => resolution === "open" && (appeal || !at.idea); // of an idea all are decided with it
  return html`<section aria-labelledby="reports"><h3 id="reports" class=${count > 0 ? "" : "hidden"}>${count > 0 ? t("mod.reports", { n: count }) : t("mod.appeal")}</h3>
    <ul class="reports">${at.reports.map((report) => html`<li key=${report.n} class=${report.resolution === "open" ? "" : "quiet"}>
      <p><b>${report.appeal ? t("mod.appeal") : t(`report.${report.reason ?? "other"}`)}</b> <span class="quiet">${report.by?.name ?? ""} · ${dateTime(report.at)}</span></p>
      ${report.note && html`<blockquote dir="auto">${report.note}</blockquote>`}
      ${decides(report)
        ? html`<p class="row">
            <button type="button" class="plain" onClick=${() => resolve(at, report, "uphold")}>${t(report.appeal ? "mod.grant" : "mod.uphold")}</button>
            <button type="button" class="plain" onClick=${() => resolve(at, report, "dismiss")}>${t(report.appeal ? "mod.refuse" : "mod.dismiss")}</button></p>`
        : report.resolution !== "open" && html`<p>${t(`mod.resolved.${report.resolution}`)}</p>`}
    </li>`)}</ul></section>`;
}

/** @param {{board: Board, idea: Idea}} props */
function About({ board, idea }) {
  const parent = idea.parent ? board.ideas.get(idea.parent) : undefined;
  const tally = tallyOf(board.scores.get(idea.n));
  return html`
    ${parent && html`<blockquote class="above"><${Said} idea=${parent} /></blockquote>`}
    <p class="text"><${Said} idea=${idea} /></p>
    <p class="meta quiet num">
      <${Labels} idea=${idea} brief=${false} /> <${Relation} slug=${board.slug} idea=${idea} />
      <a href=${ideaPath(board.slug, idea.n)}>#${idea.n}</a> <span>${dateTime(idea.at)}</span>
      ${tally && html`<span>${t("count.ballots", { n: tally.judged })}</span>`}
      ${idea.reason && !["shown", "pending"].includes(idea.state) && html`<span>${t(`report.${idea.reason}`)}</span>`} <${Source} idea=${idea} />
    </p>`;
}

/** @param {{board: Board}} props */
function Similar({ board }) {
  const { similar } = desk.value;
  if (similar.length === 0) return null;
  return html`<section aria-labelledby="like"><h3 id="like">${t("mod.similar")}</h3>
    <ul>${similar.map(({ idea }) => html`<li key=${idea.n}><a href=${ideaPath(board.slug, idea.n)}>#${idea.n}</a> <${Said} idea=${idea} /></li>`)}</ul></section>`;
}

const RENEWED_MS = 20_000;

/** It is reserved for a while only, and for longer while somebody works on it. @param {{at: Case}} props */
function Lease({ at }) {
  const worked = useRef(false);
  const place = /** @type {any} */ (placeOf(at));
  const left = at.until ? Date.parse(at.until) - clock.value : Infinity;
  useEffect(() => {
    const note = () => { worked.current = true; };
    const heard = /** @type {const} */ (["keydown", "pointerdown", "input"]);
    for (const name of heard) addEventListener(name, note, { passive: true });
    return () => heard.forEach((name) => removeEventListener(name, note));
  }, []);
  useEffect(() => {
    if (left > RENEWED_MS || left <= 0 || !worked.current) return;
    worked.current = false;
    open(place);
  }, [left > RENEWED_MS, left > 0]);
  if (!at.until) return null;
  if (left > 0) return html`<p class="quiet num">${t("mod.until", { time: timeOfDay(at.until) })}</p>`;
  return html`<p class="notice">${t("mod.free")} <button type="button" class="plain" onClick=${() => open(place)}>${t("mod.again")}</button></p>`;
}

/** @param {Record<string, () => void>} acts */
function useKeys(acts) {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const onKeyDown = (event) => {
      const at = /** @type {Element} */ (event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !letters.peek() || at.closest?.("input, textarea, select, dialog")) return;
      const act = latest.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

/** @param {{board: Board}} props */
export function CaseDesk({ board }) {
  const [sheet, setSheet] = useState(/** @type {Sheet | null} */ (null));
  const face = useRef(/** @type {HTMLElement | null} */ (null));
  const named = Number(route.value.query.get("idea")) || 0;
  useEffect(() => sitDown(board.slug, named), [board.slug, named]);
  const { case: at, stage } = desk.value;
  const idea = at?.idea;
  const where = at ? `${at.idea ? "i" : "p"}${at.idea?.n ?? at.person?.n}` : "";
  useEffect(() => {
    if (where) face.current?.focus({ preventScroll: true }); // the next case is read at once
  }, [where]);
  const hadSheet = useRef(false);
  useEffect(() => {
    if (hadSheet.current && !sheet) face.current?.focus({ preventScroll: true }); // back to what it was about
    hadSheet.current = sheet != null;
  }, [sheet]);
  const show = (/** @type {Sheet} */ name) => () => idea && setSheet(name);
  useKeys({ j: next, k: back, h: show("hide"), r: () => idea && keep(idea), m: show("merge"), d: show("redact"), u: () => toast.value?.undo?.() });
  if (stage === "asking" && !at) return html`<p class="quiet" role="status">${t("app.loading")}</p>`;
  if (!at) return html`<section class="face"><h2>${t("mod.nothing")}</h2><p>${t("mod.nothingWhy")}</p></section>`;

  const on = letters.value;
  const button = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => unknown} */ run, kind = "plain") => html`<button type="button" class=${kind} aria-keyshortcuts=${on ? key : undefined} onClick=${run}>${label}${on && html` <kbd aria-hidden="true">${key}</kbd>`}</button>`;
  const Open = sheet && SHEETS[sheet];
  return html`<section class="face case" aria-labelledby="case" tabindex="-1" ref=${face}>
    <h2 id="case">${t(`mod.case.${at.kind}`)}</h2>
    ${idea ? html`<${About} board=${board} idea=${idea} />` : ""}
    <${SubjectLine} subject=${at.person} author=${idea != null} />
    <${Reports} key=${where} at=${at} />
    <div class="row decisions">
      ${idea && at.kind !== "appeal" && button("R", t(idea.state === "hidden" ? "mod.restore" : "mod.keep"), () => keep(idea), "")}
      ${idea && idea.state !== "hidden" && button("H", t("mod.hide"), show("hide"))}
      ${idea && button("D", t("mod.redact"), show("redact"))}
      ${idea?.state === "shown" && button("M", t("mod.merge"), show("merge"))}
      ${idea && board.themes.length > 0 && html`<button type="button" class="plain" onClick=${show("retheme")}>${t("mod.retheme")}</button>`}
      ${at.person && at.person.role === "participant" && html`<button type="button" class="plain" onClick=${() => setSheet("suspend")}>${t("mod.suspend")}</button>`}
      ${at.person?.named && html`<button type="button" class="plain" onClick=${() => decideSoon({ method: "person.unname", params: { person: at.person?.n, reason: "other" }, said: t("mod.did.unname") })}>${t("mod.unname")}</button>`}
    </div>
    <div class="row onward">${button("J", t("mod.later"), next, "bare")} ${button("K", t("mod.back"), back, "bare")} <${Lease} at=${at} /></div>
    <${Similar} board=${board} />
    ${Open && html`<${Open} key=${where} board=${board} idea=${idea} subject=${at.person} like=${desk.value.similar} onClose=${() => setSheet(null)} />`}
  </section>`;
}
