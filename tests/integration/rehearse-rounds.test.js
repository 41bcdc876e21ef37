// Goal: a consultation that real people play through its rounds comes to one result, whoever recomputes it and from what.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enter } from './support/line.js';
import { conversation } from './support/polis.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { readLog } from './support/redis.js';
import { assertVerifies } from './support/rounds.js';

const { dir, expected } = conversation('london.youth.policing');
const SHOWN = expected.ranking_shown.order.length;
const data = folder();
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {any} what the rehearsal said */ let said;
/** @type {Record<number, string>} the rankings of the live board, byte by byte */ const ranked = {};

/** @param {string} slug @param {string[]} args @returns {Promise<any>} */
const rehearse = (slug, ...args) => json('rehearse', ...args, '--board', slug, '--url', server.url, '--data', data, '--speed', 'max', '--json');

before(async () => {
  server = await serve({ data });
  said = await rehearse('jeunes', dir, '--template', 'consultation', '--repeat', '0.1', '--cut', '0.02');
});

after(cleanUp);

test('the crowd judges what it is served, and nothing that was acknowledged is missing', () => {
  const [heat, final] = said.rounds;
  assert.deepEqual([said.missing, said.refused, said.rounds.length], [0, 0, 2]);
  assert.ok(said.cut > 0 && said.repeated > 0);
  assert.equal(heat.candidates, SHOWN);
  assert.equal(heat.servings, heat.ballots + heat.skips);
  assert.ok(heat.ballots > 0 && heat.ballots < expected.totals.raw_vote_rows, 'the queue has a cap');
  assert.equal(heat.promoted.length, 10);
  assert.equal(final.candidates, 10);
  assert.ok(final.ballots > 0 && final.servings === 0);
  assert.ok(heat.promoted.includes(final.winner));
  assert.equal(typeof final.verdict.robust, 'boolean');
});

test('what the source rejected was judged, and takes nobody’s place', async () => {
  const exported = await json('export', 'jeunes', '--format', 'json', '--data', data);
  const hidden = exported.ideas.filter(({ state }) => state === 'hidden').map(({ n }) => n);
  assert.equal(hidden.length, expected.totals.ideas - SHOWN);
  const { b } = (await json('boards', '--json', '--data', data)).find(({ slug }) => slug === 'jeunes');
  const log = await readLog(join(data, 'redis.sock'), b);
  const first = (kind) => log.findIndex(({ entry }) => entry[0] === kind);
  const opened = log.findIndex(({ entry }) => entry[0] === 'open');
  assert.ok(first('vote') < first('hide') && first('hide') < opened, 'after the ballots, before the first round closes');
  assert.ok(said.rounds[0].promoted.every((n) => !hidden.includes(n)));
});

test('the rankings of both rounds are those that the server answers', async () => {
  for (const round of [1, 2]) {
    ranked[round] = await output('rank', 'jeunes', '--round', String(round), '--json', '--data', data);
    const { promoted } = JSON.parse(ranked[round]);
    assert.deepEqual(said.rounds[round - 1].promoted, promoted);
  }
  assert.equal(JSON.parse(ranked[2]).winner, said.rounds[1].winner);
  assert.deepEqual(JSON.parse(ranked[2]).verdict, said.rounds[1].verdict);
  const { token } = await json('invite', '--board', 'jeunes', '--role', 'lead', '--json', '--data', data);
  for (const line of [await enter(server, { invite: token }), await enter(server)]) {
    await line.join('jeunes');
    for (const round of [1, 2]) {
      const { closed, result } = await line.call('round.result', { board: 'jeunes', round });
      assert.equal(closed, false);
      assert.deepEqual(result, JSON.parse(ranked[round]));
    }
    await line.close();
  }
});

test('a preview of a closed round says what it came to', async () => {
  const { token } = await json('invite', '--board', 'jeunes', '--role', 'lead', '--json', '--data', data);
  const line = await enter(server, { invite: token });
  await line.join('jeunes');
  const preview = await line.call('round.preview', { board: 'jeunes' });
  const { winner, promoted, ideas } = JSON.parse(ranked[2]);
  assert.deepEqual([preview.winner, preview.promoted], [winner, promoted]);
  assert.deepEqual(preview.ideas.map(({ n, agree, disagree, pass, score }) => [n, agree, disagree, pass, score]), ideas.map(({ n, agree, disagree, pass, score }) => [n, agree, disagree, pass, score]));
  await line.close();
});

test('the public archive alone gives the same bytes', async () => {
  const out = join(folder(), 'archive');
  await output('export', 'jeunes', '--format', 'archive', '-o', out, '--data', data);
  for (const round of [1, 2]) {
    assert.equal(await output('rank', '--archive', out, '--round', String(round), '--json'), ranked[round], `round ${round}`);
  }
});

test('a room plays an atelier: the ideas first, then the queue, then the final, which the lead reveals', async () => {
  const { rounds, missing } = await rehearse('salle', '--template', 'atelier', '--people', '40', '--ideas', '24', '--repeat', '0.1', '--cut', '0.02');
  const [gather, heat, final] = rounds;
  assert.equal(missing, 0);
  assert.deepEqual([gather.posts, gather.ballots], [24, 0]);
  assert.deepEqual([heat.posts, heat.candidates, heat.promoted.length], [0, 24, 5]);
  assert.ok(heat.servings > 0 && heat.ballots + heat.skips <= heat.servings);
  assert.equal(final.candidates, 5);
  assert.ok(heat.promoted.includes(final.winner));
  const line = await enter(server);
  const { snapshot } = await line.join('salle');
  assert.deepEqual(snapshot.rounds.map(({ state }) => state), ['revealed', 'revealed', 'revealed']);
  await line.close();
});

test('a room that was recorded plays an atelier too, where no ballot is taken at first', async () => {
  const { rounds, missing, refused } = await rehearse('enregistree', dir, '--template', 'atelier');
  assert.deepEqual([missing, refused, rounds[0].ballots, rounds[0].posts], [0, 0, 0, 0]);
  assert.equal(rounds[1].candidates, SHOWN);
  assert.ok(rounds[2].winner);
});

test('three moves of chains, then heat and final', async () => {
  const { rounds, missing } = await rehearse('fils', '--template', 'mmowgli', '--people', '30', '--ideas', '30');
  assert.equal(missing, 0);
  assert.deepEqual(rounds.map(({ posts }) => posts), [10, 10, 10, 0, 0]);
  assert.ok(rounds.slice(0, 3).every(({ ballots, servings }) => ballots > 0 && servings === 0));
  assert.equal(rounds[3].promoted.length, 10);
  assert.ok(rounds[4].winner);
  const exported = await json('export', 'fils', '--format', 'json', '--data', data);
  assert.ok(exported.ideas.some(({ parent }) => parent), 'later moves build on earlier ones');
});

test('in plain words it names rounds, winner and verdict', async () => {
  const text = await output('rehearse', '--board', 'mots', '--template', 'consultation', '--people', '20', '--ideas', '15', '--url', server.url, '--data', data, '--speed', 'max');
  assert.match(text, /round 1: 15 candidates, \d+ ballots, 15 ideas posted, .* promoted/);
  assert.match(text, /round 2: \d+ candidates, \d+ ballots, winner \d+, (not robust: .+|robust)/);
});

test('a template that there is not is refused, and makes no board', async () => {
  const { status, stderr } = await run('rehearse', '--board', 'rien', '--template', 'loto', '--url', server.url, '--data', data);
  assert.equal(status, 1);
  assert.match(stderr, /loto.*atelier, consultation, mmowgli/);
  assert.ok((await json('boards', '--json', '--data', data)).every(({ slug }) => slug !== 'rien'));
});

test('under limits the crowd waits when it is told to, and nothing is lost', async () => {
  const own = folder();
  const strict = await serve({ data: own, limits: '1' });
  const place = ['--url', strict.url, '--data', own];
  const { missing, refused, too_fast: waits, rounds } = await json('rehearse', '--board', 'presse', '--template', 'consultation', '--people', '30', '--ideas', '30', ...place, '--speed', 'max', '--json');
  assert.deepEqual([missing, refused], [0, 0]);
  assert.ok(waits > 0 && rounds[1].winner);
  assert.equal(await strict.stop(), 0);
});

test('every board verifies once the server has written what it had to', async () => {
  const boards = await json('boards', '--json', '--data', data);
  assert.equal(boards.length, 5);
  for (const { slug } of boards) await assertVerifies(['--data', data], slug);
  assert.equal(await server.stop(), 0);
});

test('the log folded from scratch, without a server, gives the same bytes', async () => {
  for (const round of [1, 2]) {
    assert.equal(await output('rank', 'jeunes', '--round', String(round), '--json', '--data', data), ranked[round]);
  }
});
