// Where staff write: for somebody who is there without a device, or as a starting idea.
import { html, useState } from "../view.js";
import { t } from "../lib/i18n.js";
import { ideaPath } from "../lib/router.js";
import { enter } from "../state/staff.js";
import { tellDone } from "../state/toast.js";
import { Counter, TextArea, boundsOf, faultOf } from "./field.js";

/** @import { Board } from "../../types/model.js" */

const KINDS = /** @type {const} */ (["proxy", "seed"]);

/** @param {{seed: boolean, onChange: (seed: boolean) => void}} props */
const Kind = ({ seed, onChange }) => html`<fieldset>
  <legend>${t("enter.kind")}</legend>
  ${KINDS.map((kind) => html`<label key=${kind} class="option">
    <input type="radio" name="entered" checked=${seed === (kind === "seed")} onChange=${() => onChange(kind === "seed")} />
    <span>${t(`enter.${kind}`)}</span>
  </label>`)}
</fieldset>`;

/** @param {{board: Board}} props */
export function Entered({ board }) {
  const [text, setText] = useState("");
  const [theme, setTheme] = useState("");
  const [seed, setSeed] = useState(false);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const bounds = boundsOf(board);

  const submit = async () => {
    const wrong = faultOf(text, bounds);
    setFault(wrong);
    if (wrong) return document.getElementById("enter-text")?.focus();
    if (busy) return undefined;
    setBusy(true);
    const n = await enter(board.slug, { text: text.trim(), theme, seed });
    setBusy(false);
    if (n == null) return undefined;
    setText("");
    document.getElementById("enter-text")?.focus();
    return tellDone(t("enter.done", { n: String(n) }), { href: ideaPath(board.slug, n), label: t("post.see") });
  };
  const onSubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    submit();
  };

  return html`<details class="about entered">
    <summary>${t("enter.title")}</summary>
    <form class="composer" onSubmit=${onSubmit}>
      <${Kind} seed=${seed} onChange=${setSeed} />
      <div class="row"><label class="title" for="enter-text">${t("enter.text")}</label><span class="end"></span>
        <${Counter} text=${text} max=${bounds.max} id="enter-count" /></div>
      <${TextArea} id="enter-text" value=${text} onInput=${setText} fault=${fault} onSubmit=${submit} describedBy="enter-fault enter-count" />
      <p id="enter-fault" class="fault" hidden=${!fault}>${fault}</p>
      <div class="row">
        ${board.themes?.length > 0 && html`<label class="inline"><span class="hidden">${t("compose.theme")}</span>
          <select value=${theme} onChange=${(/** @type {any} */ event) => setTheme(event.target.value)}>
            <option value="">${t("compose.noTheme")}</option>
            ${board.themes.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}
          </select></label>`}
        <span class="end"></span>
        <button type="submit" aria-disabled=${busy}>${t("enter.send")}</button>
      </div>
    </form>
  </details>`;
}
