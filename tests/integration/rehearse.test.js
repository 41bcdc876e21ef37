// Goal: a room that is replayed over real connections, with repeats and cuts, comes to the same numbers as its files.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enter } from './support/line.js';
import { assertExpected, conversation } from './support/polis.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { readLog, readScores } from './support/redis.js';

const { dir, expected } = conversation('london.youth.policing');
const data = folder();
/** @type {import('./support/processes.js').Server} */
let server;

before(async () => {
  server = await serve({ data });
});

after(cleanUp);

/** @param {string} slug @param {string[]} args */
function rehearse(slug, ...args) {
  return output('rehearse', dir, '--board', slug, '--url', server.url, '--data', data, '--speed', 'max', ...args);
}

async function assertRoom(slug) {
  const exported = await json('export', slug, '--format', 'json', '--data', data);
  assertExpected(expected, exported, await json('rank', slug, '--json', '--data', data));
  return exported;
}

test('the live room comes to its tallies and its order', async () => {
  await rehearse('calme');
  await assertRoom('calme');
});

test('calls that are sent twice and lines that are cut change nothing', async () => {
  await rehearse('agitee', '--repeat', '0.1', '--cut', '0.02');
  await assertRoom('agitee');
  const verified = await json('verify', 'agitee', '--json', '--data', data);
  assert.deepEqual([verified.ok, verified.differences], [true, []]);
});

test('whatever chance cuts, the numbers are the same', async () => {
  for (const seed of ['2', '3', '4']) {
    await rehearse(`hasard-${seed}`, '--repeat', '0.5', '--cut', '0.2', '--seed', seed);
    await assertRoom(`hasard-${seed}`);
  }
});

test('the ballots were cast by connections, one gesture each', async () => {
  const { b } = (await json('boards', '--json', '--data', data)).find(({ slug }) => slug === 'agitee');
  const log = await readLog(join(data, 'redis.sock'), b);
  const votes = log.filter(({ entry }) => entry[0] === 'vote');
  const ops = new Set(votes.map(({ entry }) => `${entry[1]} ${entry[2]}`));
  assert.equal(ops.size, expected.totals.raw_vote_rows);
  for (const { entry } of votes) assert.match(entry[2], /^[0-9A-HJKMNP-TV-Z]{26}$/);
});

test('the server, its ranking in Redis and the export agree', async () => {
  const line = await enter(server);
  for (const slug of ['calme', 'agitee']) {
    const exported = await json('export', slug, '--format', 'json', '--data', data);
    const { snapshot, version, head } = await line.join(slug);
    assert.deepEqual([version, head], [exported.version, exported.head]);
    for (const idea of exported.ideas.filter(({ rank }) => rank !== null)) {
      const [, agree, disagree, pass] = snapshot.scores.find(([n]) => n === idea.n);
      assert.deepEqual({ agree, disagree, pass }, idea.tally);
    }
    const { b } = (await json('boards', '--json', '--data', data)).find((board) => board.slug === slug);
    const verified = await json('verify', slug, '--json', '--data', data);
    assert.equal(verified.ok, true, verified.differences.join('\n'));
    const scores = await readScores(join(data, 'redis.sock'), b);
    assert.deepEqual([...scores.keys()].sort(), exported.ideas.filter(({ rank }) => rank !== null).map(({ n }) => n).sort());
  }
});

test('an invented crowd leaves a board that verifies', async () => {
  await output('rehearse', '--board', 'foule', '--people', '30', '--ideas', '12', '--url', server.url, '--data', data, '--speed', 'max', '--repeat', '0.2', '--cut', '0.05');
  const verified = await json('verify', 'foule', '--json', '--data', data);
  assert.equal(verified.ok, true, verified.differences.join('\n'));
  assert.ok(verified.ballots > 0);
});

test('a server that is not there is said in one sentence', async () => {
  const { status, stderr } = await run('rehearse', dir, '--board', 'seul', '--url', 'http://127.0.0.1:1', '--data', data, '--speed', 'max');
  assert.equal(status, 1);
  assert.match(stderr, /pinson: .+/);
});

test('after all that the server ends in good order', async () => {
  assert.equal(await server.stop(), 0);
});
