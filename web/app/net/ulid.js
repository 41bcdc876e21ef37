// Identifiers of gestures: ULIDs, 48 bits of time and 80 of chance in Crockford's base 32.
// Two made in the same millisecond keep their order: the later counts one up.

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** @param {number} ms */
function timeDigits(ms) {
  let text = "";
  let rest = Math.max(0, Math.floor(ms));
  for (let i = 0; i < 10; i++) {
    text = DIGITS[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Counts up in place; false when it ran over. @param {Uint8Array} digits */
function increment(digits) {
  for (let i = digits.length - 1; i >= 0; i--) {
    if (digits[i] < 31) {
      digits[i]++;
      return true;
    }
    digits[i] = 0;
  }
  return false;
}

/**
 * @param {() => number} now milliseconds since 1970, as the server counts them
 * @returns {() => string} a generator whose results only grow
 */
export function createUlid(now) {
  let last = -1;
  let chance = new Uint8Array(16);

  return () => {
    const ms = Math.floor(now());
    if (ms > last) {
      last = ms;
      chance = crypto.getRandomValues(new Uint8Array(16)).map((byte) => byte & 31);
    } else if (!increment(chance)) {
      last++;
    }
    return timeDigits(last) + [...chance].map((digit) => DIGITS[digit]).join("");
  };
}

/** The time in a ULID, in milliseconds. @param {string} ulid */
export function ulidTime(ulid) {
  let ms = 0;
  for (const digit of ulid.slice(0, 10)) ms = ms * 32 + DIGITS.indexOf(digit);
  return ms;
}
