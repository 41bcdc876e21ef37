// What a board says of itself, changed: all of it before it has begun, its words and longer
// lists afterwards.
import { html, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { change } from "../state/desk.js";
import { tellDone } from "../state/toast.js";
import { Line } from "./line.js";
import { Names, namesOf } from "./names.js";

/** @import { Board } from "../../types/model.js" */

/** @param {Board} board */
const wordsOf = ({ title, question, about, themes, groups }) => ({ title, question: question ?? "", about: about ?? "", themes: themes.join("\n"), groups: groups.join("\n") });

/** What was changed in the form: nothing else is sent, so that two leads can change different things. @param {ReturnType<typeof wordsOf>} before @param {ReturnType<typeof wordsOf>} now */
function changesOf(before, now) {
  const of = (/** @type {keyof typeof now} */ key, /** @type {any} */ value) => (before[key] === now[key] ? {} : { [key]: value });
  return { ...of("title", now.title.trim()), ...of("question", now.question.trim()), ...of("about", now.about.trim()), ...of("themes", namesOf(now.themes)), ...of("groups", namesOf(now.groups)) };
}

/** @param {any} refusal @param {boolean} begun */
const why = (refusal, begun) => (refusal.name === "not-allowed-now" && begun ? t("desk.onlyLonger") : refusal.name === "params" ? t("desk.tooMuch") : sentence(refusal));

/** @param {{board: Board}} props */
export function Describe({ board }) {
  const [form, setForm] = useState(wordsOf(board));
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const begun = board.round != null;
  const set = (/** @type {string} */ key) => (/** @type {string} */ value) => {
    setForm({ ...form, [key]: value });
    setFault("");
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const changes = changesOf(wordsOf(board), form);
    setFault(changes.title === "" ? t("compose.empty") : "");
    if (busy || changes.title === "" || Object.keys(changes).length === 0) return;
    setBusy(true);
    const refusal = await change(board.slug, changes).then(() => null, (refused) => refused);
    setBusy(false);
    if (refusal) setFault(why(refusal, begun));
    else tellDone(t("desk.saved"));
  };
  return html`<form class="face form" aria-labelledby="describe" onSubmit=${submit}>
    <h2 id="describe">${t("desk.describe")}</h2>
    <p class="quiet">${t(begun ? "desk.describeBegun" : "desk.describeAll")}</p>
    <${Line} id="d-title" label=${t("new.title")} value=${form.title} onInput=${set("title")} required />
    <${Line} id="d-question" label=${t("new.question")} value=${form.question} onInput=${set("question")} hint=${t("new.questionHint")} />
    <${Line} id="d-about" label=${t("new.about")} value=${form.about} onInput=${set("about")} hint=${t("new.aboutHint")} />
    <${Names} id="d-themes" label=${t("new.themes")} value=${form.themes} onInput=${set("themes")} hint=${t(begun ? "desk.addAtEnd" : "new.themesHint")} />
    <${Names} id="d-groups" label=${t("new.groups")} value=${form.groups} onInput=${set("groups")} hint=${t(begun ? "desk.addAtEnd" : "new.groupsHint")} />
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    <div class="row actions"><button type="submit" aria-disabled=${busy}>${t("app.save")}</button></div>
  </form>`;
}
