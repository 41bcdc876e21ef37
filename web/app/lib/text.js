// Text that people wrote, and addresses that they gave.


const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

/** How many characters a person sees: a family emoji is one. @param {string} text */
export function graphemes(text) {
  if (!segmenter) return [...text].length;
  return [...segmenter.segment(text)].length;
}

/** @param {string | null | undefined} url @returns {string | null} only what a browser would fetch */
export function safeUrl(url) {
  try {
    const parsed = new URL(url ?? "");
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}

const TICKET = 12; // digits of a ticket's code; a board's has fewer

/** @param {string} digits */
export const isTicket = (digits) => digits.length === TICKET;

/** 482913 → 482 913, as it is said aloud. @param {string} digits */
export function spacedCode(digits) {
  return digits.replace(/\D/g, "").slice(0, TICKET).replace(/(\d{3})(?=\d)/g, "$1\u00a0");
}

const MAIL = /[^\s@]+@[^\s@]+\.[a-z]{2,}/iu;
const PHONE = /(?:\+|\b0)\d(?:[\s.-]?\d){7,12}\b/u;

/** An e-mail address or a telephone number seems to stand in it: a hint, not a rule. @param {string} text */
export const looksPersonal = (text) => MAIL.test(text) || PHONE.test(text);
