// What the client says, in the reader's language. French and English hold the same keys.
import { signal } from "../view.js";
import { remember, remembered } from "./storage.js";

/** @typedef {Record<string, string | Record<string, string>>} Texts */

export const LANGUAGES = { fr: "Français", en: "English" };

export const lang = signal(preferred());

const texts = signal(/** @type {Texts} */ ({}));

function preferred() {
  const chosen = remembered("lang");
  if (chosen in LANGUAGES) return chosen;
  const known = (globalThis.navigator?.languages ?? []).map((tag) => tag.slice(0, 2)).find((tag) => tag in LANGUAGES);
  return known ?? "fr";
}

/** @param {string} wanted */
export async function loadLanguage(wanted) {
  const answer = await fetch(`/app/i18n/${wanted}.json`);
  if (!answer.ok) throw new Error(`no texts in ${wanted}`);
  texts.value = await answer.json();
  lang.value = wanted;
  document.documentElement.lang = wanted;
}

/** @param {string} wanted */
export async function switchLanguage(wanted) {
  await loadLanguage(wanted);
  remember("lang", wanted);
}

/**
 * The text of a key, its {names} filled in. A text with plural forms chooses by `n`.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const entry = texts.value[key];
  if (entry == null) return key;
  const form = typeof entry === "string" ? entry : (entry[plural(Number(values.n ?? 0))] ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? number(value) : value;
  });
}

/** @param {string} key */
export const hasText = (key) => texts.value[key] != null;

/** @type {Map<string, any>} */
const formats = new Map();

/** Made once for each language: making one costs more than a card. @template T @param {new (locale: string, options?: any) => T} Format @param {any} [options] @returns {T} */
function formatOf(Format, options) {
  const key = `${Format.name} ${lang.value} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Format(lang.value, options));
  return formats.get(key);
}

/** @param {number} n */
const plural = (n) => formatOf(Intl.PluralRules).select(n);

/** @param {number} n */
export const number = (n) => formatOf(Intl.NumberFormat).format(n);

/** « 74 % » in French, "74%" in English. @param {number} whole of a hundred @param {number} [decimals] */
export const percent = (whole, decimals = 0) => formatOf(Intl.NumberFormat, { style: "percent", maximumFractionDigits: decimals }).format(whole / 100);

/** @param {string | number} at */
export function dateTime(at) {
  return formatOf(Intl.DateTimeFormat, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

/** "28 novembre 2026" @param {string} at a date, or a moment */
export function day(at) {
  const date = at.length === 10 ? new Date(`${at}T12:00:00`) : new Date(at); // a date is the same one everywhere
  return formatOf(Intl.DateTimeFormat, { dateStyle: "long" }).format(date);
}

/** "14:05" @param {string | number} at */
export function timeOfDay(at) {
  return formatOf(Intl.DateTimeFormat, { timeStyle: "short" }).format(new Date(at));
}

/** The sentence for a refusal. @param {{name: string, message: string, data?: any}} refusal */
export function sentence(refusal) {
  const key = `error.${refusal.name}`;
  return hasText(key) ? t(key) : refusal.message;
}
