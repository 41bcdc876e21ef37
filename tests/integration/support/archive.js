// What a public archive says, and whether it says the same after it was taken in elsewhere.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, json, output } from './processes.js';

/** Of each file of a folder its text. @param {string} dir @returns {Record<string, string>} */
export const files = (dir) => Object.fromEntries(readdirSync(dir).sort().map((name) => [name, readFileSync(join(dir, name), 'utf8')]));

/** What of an archive is not of one log, nor drawn anew each time. @param {string} dir */
export function lasting(dir) {
  const drop = new Set(['version', 'head', 'words', 'slug', 'opened_version', 'closed_version']);
  const all = files(dir);
  const parsed = (name) => JSON.parse(all[name], (key, value) => (drop.has(key) ? undefined : value));
  const rows = (name, without) => all[name].split('\r\n').map((line) => line.split(',').toSpliced(without, 1).join(','));
  return {
    ...Object.fromEntries(['ideas.csv', 'candidates.csv', 'counts.csv', 'groups.csv', 'exposures.csv'].map((name) => [name, all[name]])),
    rounds: parsed('rounds.json'), results: parsed('results.json'),
    ballots: rows('ballots.csv', 1).sort(), moderation: rows('moderation.csv', 0),
  };
}

/** How many ballots each voter has: the numbers are drawn, not who gave what together. @param {string} dir */
function hands(dir) {
  const count = {};
  for (const line of files(dir)['ballots.csv'].trim().split('\r\n').slice(1)) count[line.split(',')[1]] = (count[line.split(',')[1]] ?? 0) + 1;
  return Object.values(count).sort();
}

/** Exports, imports elsewhere under another address, and exports again. @param {string} slug @param {string} from the data of its installation */
export async function roundTrip(slug, from) {
  const other = folder();
  const [first, second] = [join(folder(), 'a'), join(folder(), 'b')];
  await output('export', slug, '--format', 'archive', '-o', first, '--data', from);
  await output('import', 'pinson', first, '--board', 'encore', '--data', other);
  await output('export', 'encore', '--format', 'archive', '-o', second, '--data', other);
  assert.deepEqual(lasting(second), lasting(first));
  assert.deepEqual(hands(second), hands(first));
  assert.equal((await json('verify', 'encore', '--json', '--data', other)).ok, true);
  assert.equal(JSON.parse(await output('verify', '--archive', second, '--json')).ok, true);
  return { first, other };
}
