// Passing an address on: by the device's own sheet, or through the clipboard.
import { html } from "../view.js";
import { t } from "../lib/i18n.js";
import { tellDone } from "../state/toast.js";

/** Where pages are not served securely there is no clipboard for scripts: an old way does. @param {string} text */
function copyOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

/** @param {string} url */
async function copy(url) {
  const done = await navigator.clipboard?.writeText(url).then(() => true, () => false);
  if (done || copyOldWay(url)) tellDone(t("share.copied"));
}

/** @param {{title: string, path: string}} props */
export function Share({ title, path }) {
  const url = new URL(path, location.href).href;
  const share = () => navigator.share({ title, url }).catch(() => {}); // closed without a choice
  const can = typeof navigator.share === "function";
  return html`<span class="row">
    ${can && html`<button type="button" class="plain" onClick=${share}>${t("share.share")}</button>`}
    <button type="button" class="plain" onClick=${() => copy(url)}>${t("share.copy")}</button>
  </span>`;
}
