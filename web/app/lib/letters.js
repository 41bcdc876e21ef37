// Keys that are a letter can be switched off on a device: speech input types letters.
import { signal } from "../view.js";
import { remember, remembered } from "./storage.js";

const NAME = "letters";

/** Whether keys that are a letter act at once. */
export const letters = signal(remembered(NAME) !== "off");

/** @param {boolean} on */
export function useLetters(on) {
  remember(NAME, on ? null : "off");
  letters.value = on;
}
