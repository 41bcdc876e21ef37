// Goal: whoever holds the public archive of a board gets the very result that the server published, and whoever changes it is named.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enter } from './support/line.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { assertVerifies, castAll, createBoard, keep, postIdeas, round, staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
const SLUG = 'archives';
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let lead;

/** Judges what is served, until there is nothing left. @param {import('./support/line.js').Line} line @param {number} mood */
async function judge(line, mood) {
  for (;;) {
    const { ideas } = await line.act('judge.next', { board: SLUG, count: 3 });
    if (!ideas.length) return;
    for (const { n } of ideas) {
      await line.act('vote.cast', { board: SLUG, idea: n, choice: (n * 3 + mood) % 5 < 3 ? 'agree' : 'disagree' });
    }
  }
}

before(async () => {
  server = await serve({ data });
  const heat = round({ title: 'Tour 1', allows: ['post', 'build', 'vote'], ballots: 'served', scores: 'closed', rule: keep(3) });
  await createBoard([server], place, SLUG, [heat, round({ title: 'Finale', final: true })]);
  await createBoard([server], place, 'neuf', [round(), round()]);
  lead = await staff(server, place, SLUG);
  const authors = await Promise.all([enter(server), enter(server)]);
  for (const author of authors) {
    await author.join(SLUG);
    await postIdeas(author, SLUG, 4);
  }
  const judges = await Promise.all(Array.from({ length: 6 }, () => enter(server)));
  await Promise.all(judges.map((line) => line.join(SLUG)));
  await Promise.all(judges.map(judge));
  await lead.act('mod.hide', { board: SLUG, idea: 8, reason: 'spam' });
  await lead.act('round.open', { board: SLUG, round: 2 });
  await castAll(judges[0], SLUG, 'aaaaaaa').catch(() => {});
});

after(cleanUp);

/** @param {string} format */
async function exported(format) {
  const dir = join(folder(), format);
  await output('export', SLUG, '--format', format, '-o', dir, ...place);
  return dir;
}

test('the archive gives the bytes of every result, without server or store', async () => {
  const dir = await exported('archive');
  assert.equal((await run('verify', '--archive', dir)).status, 0);
  for (const n of ['1', '2']) {
    const fromLog = await output('rank', SLUG, '--round', n, '--json', ...place);
    assert.equal(await output('rank', '--archive', dir, '--round', n, '--json'), fromLog);
    assert.deepEqual(JSON.parse(readFileSync(join(dir, 'results.json'), 'utf8'))[Number(n) - 1], JSON.parse(fromLog));
  }
  assert.equal((await run('rank', '--archive', dir, '--round', '3')).status, 1);
});

test('every file is described, and the description is true', async () => {
  const dir = await exported('archive');
  const { resources } = JSON.parse(readFileSync(join(dir, 'datapackage.json'), 'utf8'));
  const tables = readdirSync(dir).filter((name) => name.endsWith('.csv'));
  assert.deepEqual(resources.map(({ path }) => path).sort(), tables.sort());
  for (const { path, schema } of resources) {
    const [header] = readFileSync(join(dir, path), 'utf8').split('\r\n');
    assert.equal(header, schema.fields.map(({ name }) => name).join(','));
  }
  const readme = readFileSync(join(dir, 'README.md'), 'utf8');
  for (const name of tables) assert.ok(readme.includes(name), name);
});

test('hidden words stay hidden, and what staff did is told without saying who', async () => {
  const dir = await exported('archive');
  const ideas = readFileSync(join(dir, 'ideas.csv'), 'utf8').split('\r\n');
  assert.match(ideas[8], /^8,.*,hidden,.*,$/);
  assert.match(readFileSync(join(dir, 'moderation.csv'), 'utf8'), /,hide,8,,spam,\d+\r\n/);
});

test('a changed ballot in the archive is found', async () => {
  const dir = await exported('archive');
  const path = join(dir, 'ballots.csv');
  writeFileSync(path, readFileSync(path, 'utf8').replace(',agree', ',pass'));
  const { status, stdout } = await run('verify', '--archive', dir);
  assert.equal(status, 1);
  assert.match(stdout, /^round 1, idea \d+: candidates\.csv says/);
});

test('whatever is changed in a file of the archive is found, and so is a file that is gone', async () => {
  const changes = [['ideas.csv', ',0,', ',1,'], ['README.md', 'e', 'é'], ['datapackage.json', 'integer', 'string'], ['rounds.json', 'etalab-2.0', 'cc0-1.0'], ['moderation.csv', /\r\n[^]*$/, '\r\n'], ['SHA256SUMS', /^.*ballots.*\n/m, '']];
  for (const [name, was, is] of changes) {
    const dir = await exported('archive');
    const path = join(dir, name);
    const told = readFileSync(path, 'utf8');
    writeFileSync(path, told.replace(was, is));
    assert.notEqual(readFileSync(path, 'utf8'), told, name);
    const { status, stdout } = await run('verify', '--archive', dir);
    assert.equal(status, 1, name);
    assert.match(stdout, name === 'SHA256SUMS' ? /^SHA256SUMS does not name ballots\.csv/ : new RegExp(name.replace('.', '\\.')), name);
    rmSync(path);
    assert.equal((await run('verify', '--archive', dir)).status, 1, name);
  }
});

test('an audit folds again to the same head, and its words are those of the archive', async () => {
  const dir = await exported('audit');
  const { status, stdout } = await run('verify', '--archive', dir);
  assert.equal(status, 0);
  const archive = JSON.parse(readFileSync(join(await exported('archive'), 'rounds.json'), 'utf8'));
  assert.ok(stdout.includes(archive.rounds[0].words));
  assert.match(archive.rounds[0].words, /^([a-z]{4,8} ){7}[a-z]{4,8}$/);

  const path = join(dir, 'log.ndjson');
  writeFileSync(path, readFileSync(path, 'utf8').replace(',"agree"]', ',"pass"]'));
  const changed = await run('verify', '--archive', dir);
  assert.equal(changed.status, 1);
  assert.match(changed.stdout, /manifest\.json: head/);
});

test('a changed text in an audit is found', async () => {
  const dir = await exported('audit');
  const path = join(dir, 'texts.ndjson');
  writeFileSync(path, readFileSync(path, 'utf8').replace('la 1e', 'la 2e'));
  const { status, stdout } = await run('verify', '--archive', dir);
  assert.equal(status, 1);
  assert.match(stdout, /a text is not what the log commits to/);
});

test('a closed round stays as it closed, an unopened one is refused, and a prefix can be asked for', async () => {
  const { ideas, promoted, seats } = await json('rank', SLUG, '--round', '1', '--json', ...place);
  assert.equal(seats, 3);
  assert.equal(promoted.length, 3);
  assert.ok(!ideas.some(({ n }) => n === 8), 'hidden when it closed');
  assert.match((await run('rank', SLUG, '--round', '3', ...place)).stderr, /has 2 rounds/);
  const refused = await run('rank', 'neuf', '--round', '2', ...place);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /has not been opened yet/);
  const early = await json('rank', SLUG, '--at', '10', '--json', ...place);
  assert.equal(early.round, 1);
});

test('a table that people read says who goes on, the line, and what holds', async () => {
  const table = await output('rank', SLUG, '--round', '1', ...place);
  assert.match(table, /---- the line/);
  assert.match(table, /3 of 3 places are taken/);
  const study = await output('rank', SLUG, '--robust', '--flow', ...place);
  assert.match(study, /without guests +cannot be said/);
  const { holds, flow } = await json('rank', SLUG, '--robust', '--flow', '--json', ...place);
  assert.deepEqual(holds.map(({ without }) => without), ['guests', 'seeds', 'staff', 'extensions', 'busiest', 'earlier', 'opposition']);
  assert.ok(flow.samples.length > 3);
  const refused = await run('rank', '--archive', await exported('archive'), '--robust');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /need the log/);
});

test('every serving is recomputed, and the scores of the closed round are compared', async () => {
  await assertVerifies(place, SLUG);
  const { servings } = JSON.parse((await run('verify', SLUG, '--json', ...place)).stdout);
  assert.ok(servings >= 12, `${servings} servings`);
});
