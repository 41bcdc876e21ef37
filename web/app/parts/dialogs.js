// The sheets that may be open, one at a time.
import { html, lazy } from "../view.js";
import { gate, sheet } from "../state/identity.js";
import { asked } from "../state/asked.js";

const Who = lazy(() => import("./who.js"), "Who", { ahead: true });
const Gate = lazy(() => import("./gate.js"), "Gate");
const BY_NAME = {
  report: lazy(() => import("./report.js"), "Report"),
  edit: lazy(() => import("./edit.js"), "Edit"),
  withdraw: lazy(() => import("./withdraw.js"), "Withdraw"),
  rename: lazy(() => import("./rename.js"), "Rename"),
  transfer: lazy(() => import("./transfer.js"), "Transfer"),
  erase: lazy(() => import("./erase.js"), "Erase"),
  keys: lazy(() => import("./keys.js"), "Keys"),
};

/** The first act may be a report: then its sheet opens over the report, which keeps what was typed. */
export function Dialogs() {
  const wanted = asked.value;
  const idea = wanted && "idea" in wanted ? wanted.idea : undefined;
  const close = () => {
    asked.value = null;
  };
  return html`
    ${wanted && html`<${BY_NAME[wanted.what]} key=${`${wanted.what}-${idea?.n}`} idea=${idea} onClose=${close} />`}
    ${gate.value && html`<${Gate} key="gate" />`}
    ${sheet.value && html`<${Who} key="who" settle=${sheet.value} />`}`;
}
