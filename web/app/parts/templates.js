// Rounds that are ready to use, each in plain words: what happens, and how long it takes.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { Choices } from "./choices.js";

export const TEMPLATES = /** @type {const} */ (["atelier", "consultation", "mmowgli"]);

/** @param {{chosen: string, onChoose: (name: string) => void}} props */
export const Templates = ({ chosen, onChoose }) => html`<${Choices} legend=${t("new.template")} group="template" chosen=${chosen} onChoose=${onChoose}
  ways=${TEMPLATES.map((name) => ({ name, title: t(`new.${name}`), note: t(`new.${name}.time`), how: t(`new.${name}.how`) }))} />`;
