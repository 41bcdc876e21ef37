// Goal: what was exported can be taken in again, and exported once more it is the same.
import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enter } from './support/line.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { createBoard, keep, round, staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
const audit = join(folder(), 'audit');

const on = (params) => ({ board: 'retour', ...params });

/** A board on which everything has happened. */
async function live(server) {
  const lead = await staff(server, place, 'retour');
  const people = [];
  for (let i = 0; i < 5; i++) {
    people.push(await enter(server));
    await people[i].join('retour');
  }
  const post = async (line, text, more = {}) => (await line.act('idea.post', on({ text, ...more }))).idea;
  const trees = await post(people[0], 'Planter des arbres partout', { theme: 'Eau', source: { title: 'Ailleurs', url: 'https://exemple.org' } });
  const hedges = await post(people[1], 'Planter des arbres en ville');
  const benches = await post(people[2], 'Des bancs à l’ombre');
  const spam = await post(people[3], 'Achetez mes bancs');
  const mine = await post(people[4], 'Une idée qui sera reprise');
  await people[1].act('idea.build', on({ parent: trees, relation: 'expand', text: 'Oui, et des haies' }));
  await people[2].act('idea.build', on({ parent: trees, with: benches, relation: 'counter', text: 'Oui, mais pas partout' }));
  for (const [i, person] of people.entries()) {
    for (const idea of [trees, hedges, benches]) {
      if (![trees, hedges, benches][i] || [trees, hedges, benches][i] !== idea) {
        await person.act('vote.cast', on({ idea, choice: ['agree', 'pass', 'disagree'][(i + idea) % 3] }));
      }
    }
  }
  await people[0].act('person.rename', on({ name: 'Camille du Bois' }));
  await people[0].act('person.declare', on({ groups: ['Nord'] }));
  await people[2].act('report.file', on({ idea: spam, reason: 'spam', note: 'de la réclame' }));
  await lead.act('mod.hide', on({ idea: spam, reason: 'spam', note: 'Pas de réclame ici' }));
  await lead.act('mod.merge', on({ into: trees, ideas: [hedges] }));
  await people[4].act('person.erase', on({ texts: 'erase' }));
  await lead.act('idea.status', on({ idea: trees, status: 'review', answer: 'Nous regardons', next_by: '2026-12-24' }));
  await people[3].act('idea.follow', on({ idea: trees }));
  await lead.act('round.close', on({ round: 1 }));
  await lead.act('round.open', on({ round: 2 }));
  await people[3].act('vote.cast', on({ idea: benches, choice: 'agree' }));
  await lead.act('round.close', on({ round: 2 }));
  assert.ok(mine);
}

const files = (dir) => Object.fromEntries(readdirSync(dir).sort().map((name) => [name, readFileSync(join(dir, name), 'utf8')]));

before(async () => {
  const server = await serve({ data });
  await createBoard([server], place, 'retour', [
    round({ title: 'Recueil', allows: ['post', 'build', 'vote'], rule: keep(2) }), round({ title: 'Finale', final: true }),
  ], '--theme', 'Eau', '--group', 'Nord', '--group', 'Sud');
  await live(server);
  await output('export', 'retour', '--format', 'audit', '-o', audit, ...place);
  assert.equal(await server.stop(), 0);
});

after(cleanUp);

test('an audit becomes the same board in another installation, to the last byte', async () => {
  const other = folder();
  const made = await json('import', 'pinson', audit, '--json', '--data', other);
  assert.equal(made.slug, 'retour');
  const again = join(folder(), 'audit');
  await output('export', 'retour', '--format', 'audit', '-o', again, '--data', other);
  assert.deepEqual(files(again), files(audit));
  assert.equal((await json('verify', 'retour', '--json', '--data', other)).ok, true);
  assert.equal(await output('export', 'retour', '--format', 'json', '--staff', '--data', other), await output('export', 'retour', '--format', 'json', '--staff', ...place));
  assert.equal(await output('rank', 'retour', '--json', '--data', other), await output('rank', 'retour', '--json', ...place));
  const server = await serve({ data: other });
  const line = await enter(server);
  const board = (await line.join('retour')).snapshot;
  assert.equal(board.ideas.find(({ n }) => n === 4).text, null);
  assert.equal(board.ideas.find(({ n }) => n === 5).text, null);
  assert.equal(board.ideas.find(({ n }) => n === 1).followup[0].answer, 'Nous regardons');
  assert.equal(await server.stop(), 0);
});

test('it is not taken in where it is already, nor under another address', async () => {
  const twice = await run('import', 'pinson', audit, ...place);
  assert.equal(twice.status, 1);
  assert.match(twice.stderr, /here already; nothing was imported/);
  const elsewhere = await run('import', 'pinson', audit, '--board', 'autre', '--data', folder());
  assert.equal(elsewhere.status, 1);
  assert.match(elsewhere.stderr, /keeps its address/);
});

test('an audit that was changed is refused, and nothing of it is there', async () => {
  const copy = join(folder(), 'audit');
  const other = folder();
  await output('export', 'retour', '--format', 'audit', '-o', copy, ...place);
  const last = readFileSync(join(copy, 'log.ndjson'), 'utf8').trimEnd().split('\n').at(-1) ?? '';
  appendFileSync(join(copy, 'log.ndjson'), `${last.replace(/"id":"(\d+)-/, (_, ms) => `"id":"${Number(ms) + 1}-`)}\n`);
  const { status, stderr } = await run('import', 'pinson', copy, '--data', other);
  assert.equal(status, 1);
  assert.match(stderr, /is not what was exported/);
  assert.deepEqual((await run('boards', '--json', '--data', other)).stdout.trim() || '[]', '[]');
});
