// Says what a room would hear the host say: a round begins, ends, is about to end. Seen for a
// moment at the foot of the screen, said once to those who listen; nothing on screen moves.
import { effect, untracked, useEffect } from "../view.js";
import { t } from "../lib/i18n.js";
import { judgePath, resultPath } from "../lib/router.js";
import { board } from "../state/board.js";
import { clock } from "../state/session.js";
import { currentRound } from "../state/select.js";
import { msLeft, warningDue } from "../state/timer.js";
import { tellDone } from "../state/toast.js";

/** @import { Round } from "../../types/model.js" */
/** @typedef {{slug: string, round: Round | null, left: number | null}} Seen */

const WARNINGS = new Map([[300_000, "round.warn5"], [60_000, "round.warn1"], [0, "round.warn0"]]);

/** @type {Seen | null} */
let seen = null;

/** @param {string} slug @param {Round} round */
function tellRound(slug, round) {
  const n = String(round.n);
  if (round.state === "paused") return tellDone(t("round.nowPaused"));
  if (round.state === "revealed") return tellDone(t("round.nowRevealed"), { href: resultPath(slug, round.n), label: t("result.see") });
  if (round.state === "closed") return tellDone(t("round.nowClosed"));
  if (round.final) return tellDone(t("round.nowFinal"), { href: judgePath(slug), label: t("final.go") });
  const link = round.allows.includes("vote") ? { href: judgePath(slug), label: t("judge.title") } : {};
  return tellDone(t(round.allows.includes("vote") ? "round.nowOpen" : "round.nowStep", { n }), link);
}

/** @param {Seen} before @param {Seen} now */
function tell(before, now) {
  const { round } = now;
  if (!round || before.slug !== now.slug) return;
  if (before.round?.n !== round.n || before.round.state !== round.state) tellRound(now.slug, round);
  else if (before.round.closes_at !== round.closes_at && before.round.extended < round.extended) tellDone(t("round.nowExtended"));
  const warning = before.round?.n === round.n ? warningDue(before.left, now.left) : null;
  if (warning != null) tellDone(t(/** @type {string} */ (WARNINGS.get(warning))));
}

function listen() {
  const known = board.value;
  const round = known ? currentRound(known) : null;
  const left = round?.closes_at ? msLeft(round, clock.value) : null;
  const before = seen;
  seen = known && { slug: known.slug, round, left };
  if (before && seen) untracked(() => tell(/** @type {Seen} */ (before), /** @type {Seen} */ (seen)));
}

export function News() {
  useEffect(() => effect(listen), []);
  return null;
}
