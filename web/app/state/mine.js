// What is one's own on a board: taken along as a file, or erased.
import { pageStorage, remember } from "../lib/storage.js";
import { t } from "../lib/i18n.js";
import { forgetName } from "./identity.js";
import { client } from "./session.js";
import { tellDone, tellRefused } from "./toast.js";
import { lastVisit } from "./visit.js";

/** Everything that is held about this person here, as a file. @param {string} board */
export async function download(board) {
  try {
    const data = await client.request("person.export", { board });
    const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: `pinson-${board}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  } catch (refusal) {
    tellRefused(refusal);
  }
}

/** @param {string} board @param {"erase" | "anonymous"} texts @returns {Promise<void>} rejects with a Refusal */
export async function erase(board, texts) {
  client.dropGestures(board); // what came after it would make a new person
  await client.act("person.erase", { board, texts }, { transient: true });
  for (const kept of ["visit", "draft", "begun.draft", "undeclared"]) remember(`${kept}.${board}`, null);
  for (const kept of ["since", "queue"]) pageStorage.removeItem(`pinson.${kept}.${board}`);
  remember("met", null); // whoever comes back is asked again
  forgetName(board);
  lastVisit.value = null;
  await client.resync(board);
  tellDone(t("erase.done"));
}
