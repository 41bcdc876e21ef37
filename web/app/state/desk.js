// What a lead asks of a board and does with it as a whole. Like the steps of rounds, nothing of
// it is kept beyond the page.
import { effect, signal } from "../view.js";
import { confirmed } from "./board.js";
import { client } from "./session.js";
import { tellRefused } from "./toast.js";

/** @import { Alert, Forecast, Participation } from "../../types/desk.js" */

const LOOK_MS = 10_000;

/** What goes wrong on the present board; null until it is known. */
export const alerts = signal(/** @type {Alert[] | null} */ (null));
export const participation = signal(/** @type {Participation | null} */ (null));

effect(() => {
  if (confirmed.value == null) alerts.value = participation.value = null; // of another board
});

/** @param {string} method @param {Record<string, any>} params @returns {Promise<any>} null: it was refused, and that was said */
async function act(method, params) {
  try {
    return await client.act(method, params, { transient: true });
  } catch (refusal) {
    tellRefused(refusal);
    return null;
  }
}

/** Asks again and again while somebody looks. @param {() => Promise<unknown>} ask @returns {() => void} stops it */
function keepLooking(ask) {
  const look = () => document.hidden || ask().catch(() => {}); // the next look may succeed
  look();
  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}

/** @param {string} board */
export const watchAlerts = (board) => keepLooking(async () => {
  alerts.value = (await client.request("board.alerts", { board })).alerts;
});

/** @param {string} board */
export const watchParticipation = (board) => keepLooking(async () => {
  participation.value = await client.request("board.participation", { board });
});

/** @param {string} board @param {{people: number, ideas: number, minutes?: number}} plan @returns {Promise<Forecast>} rejects with a Refusal */
export const forecast = (board, plan) => client.request("board.plan", { board, ...plan });

/** @param {string} board @param {Record<string, any>} changes @returns {Promise<void>} rejects with a Refusal */
export const change = (board, changes) => client.act("board.edit", { board, ...changes }, { transient: true });

/** @param {Record<string, any>} definition @returns {Promise<{board: string}>} rejects with a Refusal */
export const create = (definition) => client.act("board.create", definition, { transient: true });

/** @param {string} board @param {"open" | "closed" | "archived"} state */
export const turn = (board, state) => act("board.archive", { board, state });

/** @param {string} board @param {{idea: number, status: string, answer?: string, next_by?: string}} said */
export const answer = (board, said) => act("idea.status", { board, ...said });

/** @param {string} board @param {{text: string, theme?: string, source?: Record<string, string>}} idea @returns {Promise<{idea: number}>} rejects with a Refusal */
export const seed = (board, idea) => client.act("idea.seed", { board, ...idea }, { transient: true });

/** A copy that an invented crowd plays: only its link finds it. @param {import("../../types/model.js").Board} board */
export const isRehearsal = ({ slug, visibility }) => visibility === "link" && /-repetition(-\d+)?$/.test(slug);

/** @param {string} board @param {{people: number}} how @returns {Promise<{board: string} | null>} */
export const rehearse = (board, how) => act("board.rehearse", { board, ...how });
