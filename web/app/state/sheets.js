// What is done in a sheet: each rejects with a Refusal, which the sheet says where it was asked.
import { t } from "../lib/i18n.js";
import { confirmed, learnIdeas } from "./board.js";
import { ensurePerson } from "./identity.js";
import { client } from "./session.js";
import { tellDone } from "./toast.js";

const slugNow = () => confirmed.value?.slug ?? "";

/** @param {number} idea @param {string} text @returns {Promise<void>} */
export async function edit(idea, text) {
  const board = slugNow();
  const result = await client.act("idea.edit", { board, idea, text });
  if (slugNow() === board) learnIdeas([result?.idea]);
  tellDone(t("edit.recorded"));
}

/** @param {number} idea @returns {Promise<void>} */
export async function withdraw(idea) {
  const board = slugNow();
  const result = await client.act("idea.withdraw", { board, idea });
  if (slugNow() === board) learnIdeas([result?.idea]);
  tellDone(t("withdraw.recorded"));
}

/** Answers, once, what staff did to an idea of one's own. @param {number} idea @param {string} text @returns {Promise<void>} */
export async function appeal(idea, text) {
  await client.act("idea.appeal", { board: slugNow(), idea, text });
  tellDone(t("appeal.recorded"));
}

/** @param {{idea: number, reason: string, note: string}} report @returns {Promise<boolean>} */
export async function report({ idea, reason, note }) {
  if (!(await ensurePerson())) return false;
  await client.act("report.file", { board: slugNow(), idea, reason, ...(note && { note }) });
  tellDone(t("report.recorded"));
  return true;
}
