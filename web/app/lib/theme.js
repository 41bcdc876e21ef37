// Light, dark, or as the device is set.
import { signal } from "../view.js";
import { remember, remembered } from "./storage.js";

export const THEMES = /** @type {const} */ (["auto", "light", "dark"]);
/** @typedef {typeof THEMES[number]} Theme */

export const theme = signal(/** @type {Theme} */ (THEMES.find((one) => one === remembered("theme")) ?? "auto"));

export function applyTheme() {
  if (theme.value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
}

/** @param {Theme} next */
export function chooseTheme(next) {
  theme.value = next;
  remember("theme", next === "auto" ? null : next);
  applyTheme();
}
