// What the majority of a winner is worth, in one line.
import { t } from "../lib/i18n.js";

/** @import { Verdict as Judgement } from "../../types/model.js" */

/** @param {Judgement} verdict */
export function headline({ robust, failed }) {
  if (robust) return t("verdict.robust");
  return t("verdict.open", { why: failed.map((test) => t(`verdict.why.${test}`)).join(t("verdict.and")) });
}
