// What a lead does. Not kept beyond the page: a round that closes hours later, when the line is
// back, is not what was asked for.
import { EXTEND_MINUTES } from "./steps.js";
import { client } from "./session.js";
import { tellRefused } from "./toast.js";

/** @import { Result } from "../../types/model.js" */
/** @import { Step } from "./steps.js" */

/** @param {string} board @param {Step} step @returns {Promise<boolean>} whether it was done */
export async function take(board, { what, method, round }) {
  const more = what === "extend" ? { minutes: EXTEND_MINUTES } : {};
  try {
    await client.act(`round.${method}`, { board, round, ...more }, { transient: true });
    return true;
  } catch (refusal) {
    tellRefused(refusal);
    return false;
  }
}

/** @param {string} board @returns {Promise<Result | null>} */
export async function preview(board) {
  try {
    return await client.act("round.preview", { board }, { transient: true });
  } catch (refusal) {
    tellRefused(refusal);
    return null;
  }
}
