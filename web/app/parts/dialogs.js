// The sheets that may be open, one at a time.
import { html } from "../view.js";
import { sheet } from "../state/identity.js";
import { asked } from "./menu.js";
import { Edit } from "./edit.js";
import { Report } from "./report.js";
import { Who } from "./who.js";
import { Withdraw } from "./withdraw.js";

const BY_NAME = { report: Report, edit: Edit, withdraw: Withdraw };

/** The first act may be a report: then its sheet opens over the report, which keeps what was typed. */
export function Dialogs() {
  const wanted = asked.value;
  const close = () => {
    asked.value = null;
  };
  return html`
    ${wanted && html`<${BY_NAME[wanted.what]} key=${`${wanted.what}-${wanted.idea.n}`} idea=${wanted.idea} onClose=${close} />`}
    ${sheet.value && html`<${Who} key="who" settle=${sheet.value} />`}`;
}
