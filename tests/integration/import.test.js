// Goal: real conversations come in with exactly the numbers that were computed from them independently.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertExpected, conversation } from './support/polis.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { readScores, redis } from './support/redis.js';

const data = folder();
const board = { '15-per-hour-seattle': 'seattle', 'london.youth.policing': 'london', 'bg2050-volunteers': 'bg' };

after(cleanUp);

for (const [name, slug] of Object.entries(board)) {
  describe(`the conversation ${name}`, () => {
    const { dir, expected } = conversation(name);
    /** @type {any} */
    let imported;

    before(async () => {
      imported = await json('import', 'polis', dir, '--board', slug, '--data', data, '--json');
    });

    test('says how many ballots it has and how many published tallies were wrong', () => {
      assert.equal(imported.ideas, expected.totals.ideas);
      assert.equal(imported.ballots, expected.totals.ballots);
      assert.equal(imported.vote_rows, expected.totals.raw_vote_rows);
      assert.equal(imported.corrected, expected.published_differs.length);
    });

    test('has every tally and the order that were computed from its files', async () => {
      const exported = await json('export', slug, '--format', 'json', '--data', data);
      const ranked = await json('rank', slug, '--json', '--data', data);
      assertExpected(expected, exported, ranked);
      assert.equal(exported.format, 'pinson.board/1');
      assert.deepEqual(ranked.ideas.map((idea) => idea.rank), ranked.ideas.map((_, i) => i + 1));
    });

    test('shares its pool with the reference', async () => {
      const { pool } = await json('rank', slug, '--json', '--data', data);
      const [agree, judged] = expected.ranking_shown.m.split('/').map(Number);
      assert.ok(Math.abs((pool.agree + 5) / (pool.n + 10) - agree / judged) < 1e-12);
    });

    test('verifies', async () => {
      const verified = await json('verify', slug, '--json', '--data', data);
      assert.equal(verified.ok, true);
      assert.equal(verified.ballots, expected.totals.ballots);
    });

    test('is not imported twice under one address', async () => {
      const { status, stderr } = await run('import', 'polis', dir, '--board', slug, '--data', data);
      assert.equal(status, 1);
      assert.ok(stderr.includes(slug), stderr);
    });
  });
}

test('rejected ideas keep their tallies and have neither rank nor text', async () => {
  const { expected } = conversation('london.youth.policing');
  const exported = await json('export', 'london', '--format', 'json', '--data', data);
  const unranked = exported.ideas.filter((idea) => idea.rank === null);
  assert.equal(unranked.length, expected.totals.ideas_rejected);
  for (const idea of unranked) assert.deepEqual([idea.text, idea.score, idea.state], [null, null, 'hidden']);
  const staff = await json('export', 'london', '--format', 'json', '--staff', '--data', data);
  for (const idea of staff.ideas) assert.equal(typeof idea.text, 'string');
});

test('the tables have a line an idea and a ballot, and no ballot of an author on an own idea', async () => {
  const out = folder();
  await output('export', 'seattle', '--format', 'csv', '-o', out, '--data', data);
  const ballots = readFileSync(join(out, 'ballots.csv'), 'utf8').trimEnd().split('\r\n');
  assert.equal(ballots[0], 'voter,idea,choice');
  const { totals } = conversation('15-per-hour-seattle').expected;
  assert.ok(ballots.length - 1 <= totals.ballots && ballots.length - 1 > totals.ballots * 0.9);
  for (const line of ballots.slice(1)) assert.match(line, /^\d+,\d+,(agree|disagree|pass)$/);
});

test('the ranking in Redis agrees with the export member by member', async () => {
  const server = await serve({ data });
  const socket = join(data, 'redis.sock');
  const boards = await json('boards', '--json', '--data', data);
  assert.equal(boards.length, 3);
  for (const { slug, b } of boards) {
    const exported = await json('export', slug, '--format', 'json', '--data', data);
    const scores = await readScores(socket, b);
    const ranked = exported.ideas.filter((idea) => idea.rank !== null);
    assert.deepEqual(new Map([...scores].sort(([x], [y]) => x - y)), new Map(ranked.map(({ n, score }) => [n, score])));
    for (const { n, tally } of exported.ideas) {
      const kept = await redis(socket, 'HGET', `pinson:{${b}}:tally:1`, n);
      assert.equal(kept ?? '0 0 0', `${tally.agree} ${tally.disagree} ${tally.pass}`, `tally of ${slug} ${n}`);
    }
  }
  assert.equal(await server.stop(), 0);
});

test('a folder that is no conversation makes no board', async () => {
  const empty = folder();
  const { status, stderr } = await run('import', 'polis', empty, '--board', 'vide', '--data', data);
  assert.equal(status, 1);
  assert.match(stderr, /nothing was imported/);
  assert.ok(!(await json('boards', '--json', '--data', data)).some(({ slug }) => slug === 'vide'));
});
