// The boards that can be joined.
import { signal } from "../view.js";
import { client } from "./session.js";

/** @import { BoardLine } from "../../types/model.js" */

/** Null until the server has told. */
export const boards = signal(/** @type {BoardLine[] | null} */ (null));

let asking = false;

export async function loadBoards() {
  if (asking) return;
  asking = true;
  try {
    boards.value = (await client.request("board.list")).boards;
  } catch {
    boards.value ??= [];
  } finally {
    asking = false;
  }
}
