// Ideas from a file: what the server makes of it, and bringing them in. The file goes as it is;
// what its columns are is said beside it.
import { LIMITS } from "../net/constants.js";
import { client } from "./session.js";
import { tellRefused } from "./toast.js";

/** @import { Plan } from "../../types/import.js" */
/** @typedef {{map: Record<string, string>, themes: Record<string, string>, seed: boolean, skip: boolean}} Wishes map: part → "#3" or ""; themes: theirs → ours or "" */

export const PARTS = /** @type {const} */ (["text", "title", "theme", "id", "url", "source", "place", "result", "parent", "relation", "lang", "at", "author"]);

/** @param {File} file */
export const isTooLarge = (file) => file.size > LIMITS.import_web_bytes;

/** What separates is written as %XX. @param {Record<string, string>} pairs */
export const joined = (pairs) => Object.entries(pairs).map((pair) => pair.map(encodeURIComponent).join("=")).join(",");

/** @param {Wishes} wishes @param {Record<string, string>} more */
function queryOf({ map, themes, seed, skip }, more) {
  const query = new URLSearchParams(more);
  if (Object.keys(map).length) query.set("map", joined(map));
  if (Object.keys(themes).length) query.set("themes", joined(themes));
  if (seed) query.set("seed", "1");
  if (skip) query.set("skip", "1");
  return query;
}

/** @param {string} slug @param {File} file @param {URLSearchParams} query @returns {Promise<any>} null: it was refused, and said */
async function send(slug, file, query) {
  try {
    const reply = await fetch(`/api/boards/${slug}/import?${query}`, {
      method: "POST", headers: { authorization: `Bearer ${client.token}`, "content-type": "application/octet-stream" }, body: file,
    });
    const answer = await reply.json();
    if (reply.ok) return answer;
    tellRefused({ name: answer.error ?? "unknown-error", message: answer.message ?? "" });
  } catch {
    tellRefused({ name: "unavailable", message: "" });
  }
  return null;
}

/** What would come in. Changes nothing. @param {string} slug @param {File} file @param {Wishes} wishes @returns {Promise<Plan | null>} */
export const look = (slug, file, wishes) => send(slug, file, queryOf(wishes, { preview: "1" }));

/** @param {string} slug @param {File} file @param {Wishes} wishes @param {string} op the same when it is tried again
 * @returns {Promise<{import: string, first: number, ideas: number} | null>} */
export const bring = (slug, file, wishes, op) => send(slug, file, queryOf(wishes, { op }));

export const newOp = () => client.newOp();

/** @param {string} board @param {string} id @returns {Promise<boolean>} */
export async function takeBack(board, id) {
  try {
    await client.act("import.undo", { board, import: id }, { transient: true });
    return true;
  } catch (refusal) {
    tellRefused(refusal);
    return false;
  }
}
