// What staff did to an idea, in a sentence or two to its author.
import { t } from "../lib/i18n.js";

/** @import { Moderated } from "../../types/model.js" */

const TOLD = new Set(["hide", "held", "redact", "retheme", "merge", "unmerge", "restore", "approve", "resolve", "undo"]);

/** @param {Moderated} moderation @param {number} n */
export function moderatedWords({ kind, reason, into }, n) {
  if (!TOLD.has(kind)) return "";
  const why = reason ? t("moderated.because", { reason: t(`report.${reason}`) }) : "";
  return [t(`moderated.${kind}`, { n: String(n), into: String(into ?? "") }), why].filter(Boolean).join(" ");
}
