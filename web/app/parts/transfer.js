// Carrying on on another device: a code to be photographed there, once.
import { html, useEffect, useRef, useState } from "../view.js";
import { sentence, t } from "../lib/i18n.js";
import { client } from "../state/session.js";
import { Dialog } from "./dialog.js";
import { drawingOf } from "./drawing.js";

/** @param {{onClose: () => void}} props */
export function Transfer({ onClose }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const [link, setLink] = useState("");
  const [fault, setFault] = useState("");
  useEffect(() => {
    client.request("session.transfer").then(({ invite, qr }) => {
      const drawing = drawingOf(qr);
      if (drawing) place.current?.replaceChildren(drawing);
      setLink(new URL(`/#invite=${invite}`, location.href).href);
    }, (refusal) => setFault(sentence(refusal)));
  }, []);
  return html`<${Dialog} title=${t("transfer.title")} onClose=${onClose}>
    <p>${t("transfer.how")}</p>
    <div ref=${place} class="qr"></div>
    <p class="fault" hidden=${!fault}>${fault}</p>
    <p class="quiet">${t("transfer.once")}</p>
    ${link && html`<details class="about"><summary>${t("transfer.link")}</summary><p><code>${link}</code></p></details>`}
    <div class="row actions"><button type="button" onClick=${onClose}>${t("app.close")}</button></div>
  </${Dialog}>`;
}
