// Which sheet is open.
import { signal } from "../view.js";

/** @import { Idea } from "../../types/model.js" */

/** The sheet that somebody asked for; of which idea, where it is about one. */
export const asked = signal(/** @type {{what: "report" | "edit" | "withdraw", idea: Idea} | {what: "transfer" | "erase" | "rename" | "keys"} | null} */ (null));
