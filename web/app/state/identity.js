// Reading needs nobody. At the first act one sheet says who the person will be here, and the
// act goes on where it was.
import { remember, remembered } from "../lib/storage.js";
import { signal } from "../view.js";
import { confirmed, learn } from "./board.js";
import { client, on } from "./session.js";

/** The open sheet: what to call with its outcome. */
export const sheet = signal(/** @type {((goesOn: boolean) => void) | null} */ (null));

/** Whoever would act has to show first that they may. */
export const gate = signal(false);

const met = () => /** @type {string[]} */ (remembered("met") ?? []);

/** @returns {Promise<boolean>} false when the person would rather not */
export function ensurePerson() {
  const board = confirmed.value;
  if (!board) return Promise.resolve(false);
  if (board.me.outside && board.me.person == null) {
    gate.value = true;
    return Promise.resolve(false);
  }
  const known = met();
  // Whoever has agreed on one board is asked again only where acts become public.
  if (known.includes(board.slug) || (known.length > 0 && !board.publish_log)) return Promise.resolve(true);
  if (board.me.person != null) return Promise.resolve(true);
  sheet.value?.(false);
  return new Promise((resolve) => {
    sheet.value = (goesOn) => {
      sheet.value = null;
      if (goesOn) remember("met", [...met(), board.slug]);
      resolve(goesOn);
    };
  });
}

const renamed = () => /** @type {string[]} */ (remembered("renamed") ?? []);

/** A name can be chosen once. @param {string} slug */
export const mayRename = (slug) => !renamed().includes(slug);

/** A new person may choose one again. @param {string} slug */
export const forgetName = (slug) => remember("renamed", renamed().filter((one) => one !== slug));

/** @param {string} name @returns {Promise<void>} rejects with a Refusal */
export async function rename(name) {
  const slug = confirmed.value?.slug;
  await client.act("person.rename", { board: slug, name });
  remember("renamed", [...renamed(), slug]);
  learn((known) => (known.slug === slug ? { ...known, me: { ...known.me, name } } : known));
}

export function watchIdentity() {
  on("session", ({ fresh }) => {
    if (!fresh) return;
    remember("met", null);
    remember("renamed", null);
  });
}
