// The open conversations that are imported and replayed, with their independently computed results.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @param {string} name */
export function conversation(name) {
  const dir = fileURLToPath(new URL(`../../../../shared/data/polis/${name}`, import.meta.url));
  return { name, dir, expected: JSON.parse(readFileSync(`${dir}/expected.json`, 'utf8')) };
}

/** The tallies of an export by the identifiers of the source. @param {any} exported */
export function talliesBySource(exported) {
  return Object.fromEntries(exported.ideas.map((idea) => [idea.source.id, idea.tally]));
}

/** The order of a ranking by the identifiers of the source. @param {any} ranked */
export function orderBySource(ranked) {
  return ranked.ideas.map((idea) => Number(idea.source.id));
}

/** An export and a ranking are what the conversation must come to. @param {any} expected @param {any} exported @param {any} ranked */
export function assertExpected(expected, exported, ranked) {
  assert.deepEqual(talliesBySource(exported), expected.tallies);
  assert.deepEqual(orderBySource(ranked), expected.ranking_shown.order.map(Number));
  assert.equal(exported.totals.ideas, expected.totals.ideas);
  assert.equal(exported.totals.ballots, expected.totals.ballots);
}
