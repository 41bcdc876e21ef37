// Goal: the log is the whole board: written out, it folds anywhere to the same bytes and the same chain.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enter } from './support/line.js';
import { cleanUp, folder, json, output, redisServer, serve } from './support/processes.js';
import { readLog, redis, redisAll } from './support/redis.js';

const data = folder();
const CHOICES = ['agree', 'disagree', 'pass'];
/** @type {import('./support/processes.js').Server} */ let server;

before(async () => {
  await output('create', 'journal', '--title', 'Journal', '--data', data);
  server = await serve({ data });
  const people = await Promise.all(Array.from({ length: 5 }, () => enter(server)));
  for (const [i, line] of people.entries()) {
    await line.act('idea.post', { board: 'journal', text: `Une idée pour le journal, la ${i}e` });
  }
  for (const [i, line] of people.entries()) {
    for (let idea = 1; idea <= 5; idea++) {
      if (idea !== i + 1) await line.act('vote.cast', { board: 'journal', idea, choice: CHOICES[(i + idea) % 3] });
    }
  }
  await people[0].act('idea.build', { board: 'journal', parent: 2, with: 3, relation: 'adapt', text: 'Une adaptation croisée' });
  await people[1].act('judge.next', { board: 'journal', count: 2 });
  await people[2].act('idea.withdraw', { board: 'journal', idea: 3 });
  await people[3].act('vote.withdraw', { board: 'journal', idea: 1 });
});

after(cleanUp);

const exportedLog = async () => (await output('export', 'journal', '--format', 'log', '--data', data)).trimEnd().split('\n').map((line) => JSON.parse(line));
const summary = () => json('export', 'journal', '--format', 'json', '--data', data);

test('what is exported is what is stored, entry by entry', async () => {
  const { b } = (await json('boards', '--json', '--data', data))[0];
  const stored = await readLog(join(data, 'redis.sock'), b);
  assert.deepEqual((await exportedLog()).map(({ id, command }) => ({ id, entry: command })), stored);
  assert.equal(stored.length, (await summary()).version);
});

test('the log has neither texts nor names nor tokens', async () => {
  const log = await output('export', 'journal', '--format', 'log', '--data', data);
  assert.doesNotMatch(log, /Une idée|adaptation|Loutre/);
});

test('exporting twice gives the same bytes, to a file as well', async () => {
  for (const format of ['json', 'log']) {
    const first = await output('export', 'journal', '--format', format, '--data', data);
    const out = folder();
    await output('export', 'journal', '--format', format, '-o', out, '--data', data);
    assert.equal(readFileSync(join(out, format === 'log' ? 'log.ndjson' : 'board.json'), 'utf8'), first);
  }
});

test('a restart folds to the same bytes', async () => {
  const was = await output('export', 'journal', '--format', 'json', '--data', data);
  const line = await enter(server);
  const { head, version } = await line.join('journal');
  assert.equal(await server.stop(), 0);
  assert.equal(await output('export', 'journal', '--format', 'json', '--data', data), was);
  server = await serve({ data });
  const again = await enter(server);
  const joined = await again.join('journal');
  assert.deepEqual([joined.head, joined.version], [head, version]);
});

test('a copy of the entries in another Redis folds to the same bytes', async () => {
  const { b } = (await json('boards', '--json', '--data', data))[0];
  const socket = join(data, 'redis.sock');
  const copy = await redisServer();
  const texts = await redis(socket, 'HGETALL', `pinson:{${b}}:text`);
  const commands = [['HSET', `pinson:{${b}}:text`, ...texts], ['SET', 'pinson:slug:journal', b]];
  for (const key of [`pinson:{${b}}:log`, 'pinson:index']) {
    for (const [id, fields] of await redis(socket, 'XRANGE', key, '-', '+')) commands.push(['XADD', key, id, ...fields]);
  }
  await redisAll(copy.socket, commands);
  const there = await output('export', 'journal', '--format', 'json', '--redis', copy.url);
  assert.equal(there, await output('export', 'journal', '--format', 'json', '--data', data));
});

test('an earlier version is the ranking as it was then', async () => {
  const { version } = await summary();
  const now = await output('rank', 'journal', '--json', '--data', data);
  assert.equal(await output('rank', 'journal', '--json', '--at', String(version), '--data', data), now);
  const then = await json('rank', 'journal', '--json', '--at', '1', '--data', data);
  assert.deepEqual(then.ideas, []);
});

test('after all that the server ends in good order', async () => {
  assert.equal(await server.stop(), 0);
});
