// Pour / Sans avis / Contre, as a bar and as numbers. Under ten ballots a percentage would say
// more than anyone knows, so that counts are shown instead.
import { html } from "../view.js";
import { number, percent, t } from "../lib/i18n.js";
import { isMeaningful, percentages } from "../state/select.js";

/** @import { Tally } from "../state/select.js" */

/** @param {{tally: Tally}} props */
function Segments({ tally }) {
  const total = tally.judged || 1;
  const agreeEnd = (tally.agree * 100) / total;
  const passEnd = agreeEnd + (tally.pass * 100) / total;
  return html`<svg class="bar-shape" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="agree" width=${agreeEnd} height="4" />
    <rect class="pass" x=${agreeEnd} width=${passEnd - agreeEnd} height="4" />
    <rect class="disagree" x=${passEnd} width=${100 - passEnd} height="4" />
    <path class="gaps" d=${`M${agreeEnd} 0v4M${passEnd} 0v4`} />
  </svg>`;
}

/** @param {{tally: Tally | null, detailed?: boolean}} props */
export function Bar({ tally, detailed = false }) {
  if (!tally || tally.judged === 0) return html`<p class="bar-none quiet">${t("score.none")}</p>`;
  const share = percentages(tally);
  const { agree, pass, disagree, judged } = tally;
  const full = isMeaningful(tally)
    ? t("score.full", { agree: percent(share.agree), pass: percent(share.pass), disagree: percent(share.disagree), n: judged })
    : t("score.full", { agree, pass, disagree, n: judged });
  const short = isMeaningful(tally)
    ? t("score.agree", { percent: percent(share.agree) })
    : t("score.few", { agree, n: judged });

  return html`<div class="bar" role="img" aria-label=${full} title=${full}>
    <${Segments} tally=${tally} />
    <b class="num">${short}</b>
    ${detailed && html`<ul class="legend num">
      <li class="agree">${t("ballot.agree")} <b>${number(agree)}</b></li>
      <li class="pass">${t("ballot.pass")} <b>${number(pass)}</b></li>
      <li class="disagree">${t("ballot.disagree")} <b>${number(disagree)}</b></li>
    </ul>`}
  </div>`;
}
