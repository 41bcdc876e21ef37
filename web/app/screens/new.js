// A new board in a minute: a title, a question, rounds that are ready. It begins as a draft.
import { html, useState } from "../view.js";
import { lang, sentence, t } from "../lib/i18n.js";
import { go, leadPath } from "../lib/router.js";
import { slugOf } from "../lib/slug.js";
import { create } from "../state/desk.js";
import { connection, leadsHere } from "../state/session.js";
import { Choices } from "../parts/choices.js";
import { Line } from "../parts/line.js";
import { Names, namesOf } from "../parts/names.js";
import { Templates } from "../parts/templates.js";
import { Loading } from "../parts/loading.js";
import { Missing } from "./missing.js";

/** @param {any} refusal */
const why = (refusal) => (refusal.name === "conflict" ? t("new.taken") : refusal.name === "params" ? t("desk.tooMuch") : sentence(refusal));

/** @param {string[]} names */
const orNone = (names) => (names.length ? names : undefined);

const VISIBILITIES = /** @type {const} */ (["public", "link", "private"]);

function Form() {
  const [form, setForm] = useState({ title: "", question: "", slug: "", themes: "", groups: "", visibility: "public" });
  const [template, setTemplate] = useState("atelier");
  const [fault, setFault] = useState({ title: "", slug: "", form: "" });
  const [busy, setBusy] = useState(false);
  const slug = form.slug || slugOf(form.title);
  const set = (/** @type {string} */ key) => (/** @type {string} */ value) => {
    setForm({ ...form, [key]: value });
    setFault({ title: "", slug: "", form: "" });
  };
  /** @param {any} refusal */
  const refused = (refusal) => {
    setBusy(false);
    setFault({ title: "", slug: "", form: "", [refusal.name === "conflict" ? "slug" : "form"]: why(refusal) });
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    if (!form.title.trim() || !slug) {
      document.getElementById("n-title")?.focus();
      setFault({ title: t("new.noTitle"), slug: "", form: "" });
      return;
    }
    setBusy(true);
    const themes = orNone(namesOf(form.themes));
    const groups = orNone(namesOf(form.groups));
    const definition = { slug, title: form.title.trim(), template, lang: lang.value, draft: true, ...(form.question.trim() && { question: form.question.trim() }), ...(themes && { themes }), ...(groups && { groups }), visibility: form.visibility };
    await create(definition).then(({ board }) => go(leadPath(board)), refused);
  };
  return html`<form class="form" onSubmit=${submit}>
    <${Line} id="n-title" label=${t("new.title")} value=${form.title} onInput=${set("title")} fault=${fault.title} required />
    <${Line} id="n-question" label=${t("new.question")} value=${form.question} onInput=${set("question")} hint=${t("new.questionHint")} />
    <${Templates} chosen=${template} onChoose=${setTemplate} />
    <details class="about" open=${fault.slug ? true : undefined}><summary>${t("new.more")}</summary>
      <${Line} id="n-slug" label=${t("new.slug")} value=${slug} onInput=${set("slug")} fault=${fault.slug} hint=${slug ? `${location.host}/b/${slug}` : t("new.slugHint")} />
      <${Names} id="n-themes" label=${t("new.themes")} value=${form.themes} onInput=${set("themes")} hint=${t("new.themesHint")} />
      <${Names} id="n-groups" label=${t("new.groups")} value=${form.groups} onInput=${set("groups")} hint=${t("new.groupsHint")} />
      <${Choices} legend=${t("new.visibility")} group="visibility" chosen=${form.visibility} onChoose=${set("visibility")}
        ways=${VISIBILITIES.map((name) => ({ name, title: t(`new.visibility.${name}`), how: t(`new.visibility.${name}.how`) }))} />
    </details>
    ${fault.form && html`<p class="fault" role="alert">${fault.form}</p>`}
    <div class="row actions"><button type="submit" aria-disabled=${busy}>${t("new.go")}</button> <span class="quiet">${t("new.draft")}</span></div>
  </form>`;
}

export function NewScreen() {
  if (connection.value.state === "connecting") return html`<${Loading} />`;
  if (!leadsHere()) return html`<${Missing} why=${t("new.notYours")} />`;
  return html`<main class="wrap narrow new-board" id="main">
    <p class="back"><a href="/">← ${t("app.home")}</a></p>
    <h1 tabindex="-1">${t("new.heading")}</h1>
    <${Form} />
  </main>`;
}
