// Who is reported or suspended, or is called so: what they wrote, and what can be done.
import { html, useEffect, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { moderatePath, go } from "../lib/router.js";
import { ask, decideSoon, look, open } from "../state/moderate.js";
import { tellDone } from "../state/toast.js";
import { SubjectLine } from "./subject.js";
import { Suspend } from "./suspend.js";

/** @import { Board, Subject } from "../../types/model.js" */

/** @param {{board: Board}} props */
export function People({ board }) {
  const [query, setQuery] = useState("");
  const [found, setFound] = useState(/** @type {{people: Subject[], more: number} | null} */ (null));
  const [suspending, setSuspending] = useState(/** @type {Subject | null} */ (null));
  const load = async () => setFound(await look("mod.people", query.trim() ? { query: query.trim() } : {}));
  useEffect(() => {
    load();
  }, [board.slug]);
  const run = async (/** @type {string} */ method, /** @type {Subject} */ one, /** @type {string} */ said) => {
    if (await ask(method, { person: one.n })) tellDone(said);
    load();
  };
  const see = (/** @type {Subject} */ one) => {
    open({ person: one.n });
    go(moderatePath(board.slug));
  };
  return html`<section aria-labelledby="people">
    <h2 id="people">${t("mod.part.people")}</h2>
    <form class="row find" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); load(); }}>
      <label class="hidden" for="people-search">${t("mod.peopleSearch")}</label>
      <input id="people-search" type="search" value=${query} placeholder=${t("mod.peopleSearch")} onInput=${(/** @type {any} */ event) => setQuery(event.target.value)} />
      <button type="submit" class="plain">${t("mod.find")}</button>
    </form>
    ${found && found.people.length === 0 && html`<div class="empty"><p>${t(query.trim() ? "mod.noPeople" : "mod.nobodyReported")}</p></div>`}
    <ul class="cards">${found?.people.map((one) => html`<li key=${one.n} class="card">
      <${SubjectLine} subject=${one} />
      ${one.role === "participant" && html`<p class="row">
        ${one.reports > 0 && html`<button type="button" class="plain" onClick=${() => see(one)}>${t("mod.seeReports")}</button>`}
        ${one.suspended_until
          ? html`<button type="button" class="plain" onClick=${() => run("person.restore", one, t("mod.did.free"))}>${t("mod.freePerson")}</button>`
          : html`<button type="button" class="plain" onClick=${() => setSuspending(one)}>${t("mod.suspend")}</button>`}
        ${one.named && html`<button type="button" class="plain" onClick=${() => decideSoon({ method: "person.unname", params: { person: one.n, reason: "other" }, said: t("mod.did.unname") })}>${t("mod.unname")}</button>`}
      </p>`}
    </li>`)}</ul>
    ${suspending && html`<${Suspend} subject=${suspending} onClose=${() => { setSuspending(null); load(); }} />`}
  </section>`;
}
