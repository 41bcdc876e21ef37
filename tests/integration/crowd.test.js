// Goal: a hall behind one address gets in within a minute, and still nobody can hurry without end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser } from './support/browser.js';
import { enter, newOp, within } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';

const HALL = 300;
const data = folder();
/** @type {import('./support/processes.js').Server} */ let server;

/** As seen through the proxy. @param {string} address @param {object} [params] */
const from = (address, params = {}) => enter(server, params, { headers: { 'X-Forwarded-For': address } });

before(async () => {
  await output('create', 'salle', '--title', 'Salle', '--data', data);
  server = await serve({ data, limits: '1', args: ['--trusted-proxy', '127.0.0.1'] });
  const line = await enter(server);
  await line.act('idea.post', { board: 'salle', text: 'Une idée à juger par toute la salle' });
  await line.close();
});

after(cleanUp);

test('three hundred people come in from one address within a minute, and none is turned away', async () => {
  const began = Date.now();
  const people = Array.from({ length: HALL }, () => browser(server, { headers: { 'X-Forwarded-For': '203.0.113.7' } }));
  await within(Promise.all(people.map(async (client) => {
    await client.join('salle');
    await client.act('vote.cast', { board: 'salle', idea: 1, choice: 'agree' });
  })), () => 'everybody to be in and to have voted', 60_000);
  assert.ok(Date.now() - began < 60_000);
  const { snapshot } = await people[0].join('salle');
  assert.deepEqual([snapshot.people, snapshot.ballots, snapshot.watching], [HALL + 1, HALL, HALL]);
  for (const client of people) client.close();
});

test('an address that asks without end is told to wait, and other addresses are not', async () => {
  let refused = 0;
  const one = await from('203.0.113.8');
  const flood = Array.from({ length: 600 }, () => one.ask('board.list'));
  for (const { error } of await Promise.all(flood)) {
    if (!error) continue;
    assert.equal(error.data.error, 'too-fast');
    assert.ok(error.data.retry_ms > 0);
    refused++;
  }
  assert.ok(refused > 0, 'an address has a share');
  const other = await from('203.0.113.9');
  assert.ok(await other.call('board.list'));
  await Promise.all([one.close(), other.close()]);
});

test('an address that is made up before the proxy’s own word is not believed', async () => {
  const lines = await Promise.all(Array.from({ length: 8 }, (_, i) => from(`198.51.100.${i}, 203.0.113.20`)));
  const answers = await Promise.all(lines.flatMap((line) => Array.from({ length: 64 }, () => line.ask('board.list'))));
  assert.ok(answers.some(({ error }) => error?.data.error === 'too-fast'), 'they share one address');
  await Promise.all(lines.map((line) => line.close()));
});

test('posts are rationed, and a refused one does not use the share', async () => {
  const line = await from('203.0.113.10');
  for (let i = 0; i < 4; i++) {
    await assert.rejects(line.act('idea.post', { board: 'salle', text: 'non' }), { error: 'too-short' });
  }
  const op = newOp();
  const text = 'Une idée que l’on répète';
  const first = await line.call('idea.post', { board: 'salle', text, op });
  for (let i = 0; i < 4; i++) {
    assert.deepEqual(await line.call('idea.post', { board: 'salle', text, op }), first);
  }
  for (let i = 0; i < 4; i++) await line.act('idea.post', { board: 'salle', text: `Une idée encore, la ${i}e` });
  await assert.rejects(line.act('idea.post', { board: 'salle', text: 'Une idée de trop' }), (refused) => {
    assert.equal(refused.error, 'too-fast');
    return refused.data.retry_ms > 0 && refused.data.retry_ms <= 10_000;
  });
  await line.close();
});

test('after all that the board verifies and the server ends in good order', async () => {
  assert.deepEqual((await json('verify', 'salle', '--json', '--data', data)).differences, []);
  assert.equal(await server.stop(), 0);
});
