// Who would act where a ticket or a code is asked for, and has shown none: what is missing, and
// a place to type it.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { board } from "../state/board.js";
import { gate } from "../state/identity.js";
import { Dialog } from "./dialog.js";
import { Join } from "./join.js";

const close = () => {
  gate.value = false;
};

export function Gate() {
  const ticket = board.value?.entry === "ticket";
  return html`<${Dialog} title=${t(ticket ? "gate.ticket" : "gate.code")} onClose=${close}>
    <p>${t(ticket ? "gate.ticketWhy" : "gate.codeWhy")}</p>
    <${Join} onDone=${close} />
    <p class="quiet">${t("gate.read")}</p>
    <div class="row actions"><button type="button" class="plain" onClick=${close}>${t("app.close")}</button></div>
  </${Dialog}>`;
}
