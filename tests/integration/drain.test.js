// Goal: a server that is asked to end says so, answers what it has taken, and loses nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fetchRaw } from './support/http.js';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';

const CHOICES = ['agree', 'disagree', 'pass'];
const data = folder();
/** @type {import('./support/processes.js').Server} */ let server;

before(async () => {
  await output('create', 'fin', '--title', 'Fin', '--data', data);
  server = await serve({ data });
  const line = await enter(server);
  await line.act('idea.post', { board: 'fin', text: 'Une idée jusqu’à la fin' });
  await line.close();
});

after(cleanUp);

/** Votes without a pause until the line closes; gives what was acknowledged and what was refused. */
async function voteToTheEnd(line) {
  const acked = new Map();
  const refused = [];
  let count = 0;
  const end = { code: 0 };
  line.closed.then((code) => { end.code = code; });
  const lane = async () => {
    while (!end.code) {
      const op = newOp();
      const answer = await line.ask('vote.cast', { board: 'fin', idea: 1, choice: CHOICES[count++ % 3], op });
      if (answer.result) acked.set(op, answer.result.version);
      else if (answer.error) refused.push(answer.error.data.error);
      if (answer.error) await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return { acked, refused, closed: end.code };
}

test('under load it says that it is draining, answers, closes with 1012 and ends with 0 within ten seconds', async () => {
  const lines = await Promise.all(Array.from({ length: 10 }, () => enter(server)));
  const votes = lines.map(voteToTheEnd);
  const idle = await enter(server);
  await idle.join('fin');
  await idle.notified('board.scores');
  const asked = Date.now();
  const ended = server.stop();
  await idle.notified('server.notice', ({ kind }) => kind === 'draining');
  const ready = await fetchRaw(server, '/readyz').catch(() => ({ status: 503 }));
  assert.equal(ready.status, 503);
  assert.equal(await idle.closed, 1012);
  const results = await Promise.all(votes);
  assert.equal(await ended, 0);
  assert.ok(Date.now() - asked < 10_000);

  const exported = (await output('export', 'fin', '--format', 'log', '--data', data)).trimEnd().split('\n').map((line) => JSON.parse(line));
  const first = new Map();
  exported.forEach(({ command }, at) => {
    if (command[0] === 'vote' && !first.has(command[2])) first.set(command[2], at + 1);
  });
  let acknowledged = 0;
  for (const { acked, refused, closed } of results) {
    assert.equal(closed, 1012);
    assert.ok(refused.every((error) => error === 'unavailable'), refused.join());
    for (const [op, version] of acked) assert.equal(first.get(op), version);
    acknowledged += acked.size;
  }
  assert.ok(acknowledged > 0);
  assert.equal(first.size, acknowledged, 'what was taken was answered');
});

test('everything is there at the next start, and people come back as who they were', async () => {
  const was = await json('export', 'fin', '--format', 'json', '--data', data);
  server = await serve({ data });
  const line = await enter(server);
  const { snapshot, version, head } = await line.join('fin');
  assert.deepEqual([version, head, snapshot.ballots], [was.version, was.head, 10]);
  assert.deepEqual((await json('verify', 'fin', '--json', '--data', data)).differences, []);
});

test('Ctrl-C does the same', async () => {
  const line = await enter(server);
  process.kill(server.pid, 'SIGINT');
  assert.equal(await line.closed, 1012);
  assert.equal(await server.ended, 0);
});
