// Addresses of boards.

const SLUG_MAX = 32;

/** The address of a board as its title suggests it: "École d’été" → ecole-d-ete. @param {string} title */
export function slugOf(title) {
  const plain = title.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/gi, "oe").replace(/æ/gi, "ae").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").slice(0, SLUG_MAX).replace(/^-+|-+$/g, "");
}
