// The winner of a final, and what its majority is worth: each test with its numbers.
import { html } from "../view.js";
import { number, percent, t } from "../lib/i18n.js";
import { firstPlaces, percentOf } from "../state/result.js";
import { Bar } from "./bar.js";
import { headline } from "./headline.js";
import { IdeaLink, between } from "./share-of.js";

/** @import { Board, Ranked, Result, TestName, Verdict as Judgement } from "../../types/model.js" */

const TESTS = /** @type {const} */ (["interval", "groups", "trim"]);
const SIGNS = { passed: "✓", failed: "✕", skipped: "–" };

/** @param {Judgement} verdict @param {TestName} test @returns {keyof typeof SIGNS} */
const stateOf = (verdict, test) => (verdict.passed.includes(test) ? "passed" : verdict.failed.includes(test) ? "failed" : "skipped");

/** The numbers of a test. @param {Judgement} verdict @param {TestName} test @param {Ranked} idea */
function numbersOf(verdict, test, idea) {
  if (test === "interval") return t("verdict.numbers.interval", { low: percent(Math.floor(idea.low / 10) / 10, 1) });
  if (test === "trim") {
    const left = percentOf(idea.agree - verdict.trimmed_ballots, idea.judged - verdict.trimmed_ballots);
    return t("verdict.numbers.trim", { n: verdict.trimmed_ballots, percent: percent(left) });
  }
  const tested = verdict.groups.filter((group) => group.tested);
  if (tested.length === 0) return t("verdict.numbers.noGroups");
  return tested.map(({ group, agree, n }) => t("verdict.numbers.group", { group, percent: percent(percentOf(agree, n)), n })).join(" · ");
}

/** @param {{verdict: Judgement, idea: Ranked}} props */
function Tests({ verdict, idea }) {
  return html`<ul class="tests">
    ${TESTS.map((test) => {
      const state = stateOf(verdict, test);
      return html`<li key=${test} class=${state}>
        <span class="sign" aria-hidden="true">${SIGNS[state]}</span>
        <span>${t(`verdict.test.${test}`)} <span class="state">– ${t(`verdict.${state}`)}</span>
          <span class="quiet num">${numbersOf(verdict, test, idea)}</span></span>
      </li>`;
    })}
  </ul>`;
}

/** @param {{board: Board, result: Result}} props */
export function Verdict({ board, result }) {
  const idea = result.ideas.find(({ n }) => n === result.winner);
  if (!idea) return html`<p class="lead">${t("verdict.none")}</p>`;
  const { verdict, participants } = result;
  const { n, agree, judged } = idea;
  return html`<article class="face win verdict" aria-labelledby="winner">
    <p class="outcome winner">${t("idea.winner")}</p>
    <h2 id="winner" class="winner-text"><${IdeaLink} board=${board} n=${n} /></h2>
    <${Bar} tally=${idea} detailed />
    <div class="figures"><p class="lead num">${t("verdict.share", { percent: percent(percentOf(agree, judged)), between: between(idea), n: judged })}</p>
    <p class="num">${t("verdict.ofAll", { agree: number(agree), percent: percent(percentOf(agree, participants)), n: participants })}</p></div>
    ${verdict && html`<p class=${`headline ${verdict.robust ? "robust" : ""}`}><b>${headline(verdict)}</b></p>
      <${Tests} verdict=${verdict} idea=${idea} />`}
    ${idea.first_place != null && (result.resamples ?? 0) > 0 && html`<p class="num">${t("verdict.firstPlace", { n: String(firstPlaces(result, idea)) })}</p>`}
    <p class="quiet">${t("result.margin")}</p>
  </article>`;
}
