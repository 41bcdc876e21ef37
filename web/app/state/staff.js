// Who runs a board: what its leads see and do, and what staff enter for people in the room.
import { signal } from "../view.js";
import { client } from "./session.js";
import { tellRefused } from "./toast.js";

/** @import { Staff } from "../../types/model.js" */

/** Those of the board on screen; null: not told yet. */
export const team = signal(/** @type {Staff[] | null} */ (null));

/** @param {string} board */
export async function loadTeam(board) {
  try {
    team.value = (await client.request("staff.list", { board })).staff;
  } catch (refusal) {
    tellRefused(refusal);
  }
}

/** @param {string} board @param {number} person */
export async function revoke(board, person) {
  try {
    await client.act("staff.revoke", { board, person }, { transient: true });
    await loadTeam(board);
  } catch (refusal) {
    tellRefused(refusal);
  }
}

/**
 * Links are secrets: they are in no outbox, and are shown once.
 * @param {string} board @param {"participant" | "moderator" | "lead"} role @param {number} count @param {boolean} [qr] drawn, too
 * @returns {Promise<{links: string[], qr?: (string | null)[]} | null>}
 */
export async function invite(board, role, count, qr = false) {
  try {
    return await client.act("staff.invite", { board, role, count, ...(qr && { qr }) }, { transient: true });
  } catch (refusal) {
    tellRefused(refusal);
    return null;
  }
}

/**
 * What staff write themselves: for somebody present, or as a starting idea.
 * @param {string} board @param {{text: string, theme: string, seed: boolean}} entered
 * @returns {Promise<number | null>} its number
 */
export async function enter(board, { text, theme, seed }) {
  const common = { board, text, ...(theme && { theme }) };
  try {
    const { idea } = await (seed ? client.act("idea.seed", common) : client.act("idea.post", { ...common, proxy: true }));
    return idea;
  } catch (refusal) {
    tellRefused(refusal);
    return null;
  }
}

/** @param {string} board @param {number} idea @param {{agree: number, disagree: number, pass: number}} counts @returns {Promise<boolean>} */
export async function countHands(board, idea, counts) {
  try {
    await client.act("board.proxy", { board, idea, counts }, { transient: true });
    return true;
  } catch (refusal) {
    tellRefused(refusal);
    return false;
  }
}
