// Answering an idea: what has become of it, in public words, and when more will be said.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { answer } from "../state/desk.js";
import { tellDone } from "../state/toast.js";
import { Line } from "./line.js";

/** @import { Idea, Status } from "../../types/model.js" */

export const STATUSES = /** @type {const} */ (["published", "review", "accepted", "refused", "progress", "done"]);
const MAX = 1000;

/** @param {{slug: string, idea: Idea, onDone: () => void}} props */
export function ReplyTo({ slug, idea, onDone }) {
  const [status, setStatus] = useState(/** @type {Status} */ (idea.followup.at(-1)?.status ?? "review"));
  const [words, setWords] = useState("");
  const [day, setDay] = useState("");
  const [fault, setFault] = useState("");
  const id = `answer-${idea.n}`;

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const mute = status === "refused" && !words.trim();
    setFault(mute ? t("answer.why") : "");
    if (mute) return;
    const said = await answer(slug, { idea: idea.n, status, ...(words.trim() && { answer: words.trim() }), ...(day && { next_by: day }) });
    if (!said) return;
    tellDone(t("answer.recorded", { n: String(idea.n) }));
    onDone();
  };
  return html`<form class="form" aria-label=${t("answer.to", { n: String(idea.n) })} onSubmit=${submit}>
    <div class="field"><label for=${`${id}-status`}>${t("answer.status")}</label>
      <select id=${`${id}-status`} value=${status} onChange=${(/** @type {any} */ event) => setStatus(event.target.value)}>
        ${STATUSES.map((one) => html`<option key=${one} value=${one}>${t(`status.${one}`)}</option>`)}
      </select></div>
    <div class="field"><label for=${`${id}-words`}>${t("answer.words")}</label>
      <textarea id=${`${id}-words`} rows="3" dir="auto" maxlength=${MAX} value=${words} aria-describedby=${`${id}-hint`} aria-invalid=${fault ? "true" : undefined}
        onInput=${(/** @type {any} */ event) => setWords(event.target.value)}></textarea>
      <p id=${`${id}-hint`} class=${fault ? "fault" : "quiet"}>${fault || t("answer.hint")}</p></div>
    <${Line} id=${`${id}-day`} type="date" label=${t("answer.next")} value=${day} onInput=${setDay} hint=${t("answer.nextHint")} />
    <div class="row actions"><button type="button" class="plain" onClick=${onDone}>${t("app.cancel")}</button><button type="submit">${t("answer.publish")}</button></div>
  </form>`;
}
