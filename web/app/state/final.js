// A final: everybody is asked to look at every finalist, in an order of their own.
import { meet, vote } from "./acts.js";
import { confirmed, learnIdeas } from "./board.js";
import { ensurePerson } from "./identity.js";
import { client } from "./session.js";
import { tellRefused } from "./toast.js";

/** @import { Board, Choice } from "../../types/model.js" */

const SERVED_AT_ONCE = 10;

/** @type {{key: string, done: Promise<void>} | null} */
let serving = null;

/** @param {Board} board */
const keyOf = (board) => `${board.slug} ${board.round}`;

/** Has all finalists served, once: a final takes ballots on what was served. @param {Board} board */
export function serveAll(board) {
  if (serving?.key === keyOf(board)) return serving.done;
  const done = askAll(board.slug).catch((refusal) => {
    serving = null;
    throw refusal;
  });
  serving = { key: keyOf(board), done };
  return done;
}

/** @param {string} board */
async function askAll(board) {
  let served;
  do {
    served = await client.act("judge.next", { board, count: SERVED_AT_ONCE }, { transient: true });
    learnIdeas(served.ideas.filter((/** @type {{n: number}} */ { n }) => !confirmed.value?.ideas.has(n)));
  } while (served.ideas.length === SERVED_AT_ONCE && served.left > 0);
  meet(board);
}

/** @param {Board} board @param {number} idea @param {Choice | null} choice */
export async function choose(board, idea, choice) {
  if (!(await ensurePerson())) return;
  try {
    await serveAll(board);
    await vote(idea, choice);
  } catch (refusal) {
    tellRefused(refusal);
  }
}
