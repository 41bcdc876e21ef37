// Goal: what the client folds from notifications is what the server would have sent as a snapshot.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { RESYNC, apply, fromSnapshot, join } from '../../web/app/state/apply.js';
import { idea, round, snapshot } from './fixture.js';

const corpus = new URL('../corpus/client/', import.meta.url);

/** A moved mean is not sent idea by idea: the score in millionths follows from tally and pool. */
function withMean([n, agree, disagree, pass], pool) {
  const [A, N] = [BigInt(pool[0] + 5), BigInt(pool[1] + 10)];
  const x = BigInt(agree) * N + 6n * A;
  const y = BigInt(agree + disagree + pass + 6) * N;
  return [n, agree, disagree, pass, Number((2n * x * 1000000n + y) / (2n * y))];
}

/** The parts that the client mirrors, in an order that can be compared. */
function mirrored(board) {
  const { version, ideas, scores, pool, me, rounds, round: current, people, ballots, state } = board;
  return {
    ideas: [...ideas.values()].sort((a, b) => a.n - b.n),
    scores: [...scores.values()].sort((a, b) => a[0] - b[0]).map((score) => withMean(score, pool)),
    version, pool, me, rounds, round: current, people, ballots, state,
  };
}

const start = (fields = {}, version = 5) => fromSnapshot(snapshot(fields), { epoch: 'e1', version });
const events = (from, version, list, more = {}) => ({
  method: 'board.events', params: { board: 'ecole', epoch: 'e1', from, version, events: list, ...more },
});
const fold = (board, ...notifications) => notifications.reduce((known, one) => apply(known, one), board);

for (const name of existsSync(corpus) ? readdirSync(corpus).filter((file) => file.endsWith('.json')).sort() : []) {
  const golden = JSON.parse(readFileSync(new URL(name, corpus), 'utf8'));
  if (!golden.notifications) continue;
  test(`corpus ${name}: ${golden.goal}`, () => {
    const first = golden.notifications.find(({ method }) => method === 'board.events')?.params;
    const epoch = golden.snapshot.epoch ?? first?.epoch ?? null;
    const before = fromSnapshot(golden.snapshot, { epoch, version: golden.snapshot.version ?? first?.from ?? 0 });
    const after = fold(before, ...golden.notifications);
    assert.notEqual(after, RESYNC);
    const version = golden.board.version ?? after.version;
    const wanted = mirrored(fromSnapshot(golden.board, { epoch, version }));
    // What the server computed is what follows from tally and pool.
    assert.deepEqual(wanted.scores, [...golden.board.scores].sort((a, b) => a[0] - b[0]));
    const got = mirrored(after);
    const told = golden.notifications.flatMap(({ params }) => Object.keys(params));
    if (!told.includes('people')) wanted.people = got.people;
    if (!told.includes('ballots')) wanted.ballots = got.ballots;
    assert.deepEqual(got, wanted);
  });
}

test('adds a new idea and replaces a changed one', () => {
  const after = fold(start(), events(5, 7, [
    { v: 6, type: 'idea', idea: idea(3) },
    { v: 7, type: 'idea', idea: idea(1, { replies: 1 }) },
  ]));
  assert.deepEqual([...after.ideas.keys()], [1, 2, 3]);
  assert.equal(after.ideas.get(1).replies, 1);
  assert.equal(after.version, 7);
});

test('leaves the board before as it was', () => {
  const before = start();
  fold(before, events(5, 6, [{ v: 6, type: 'idea', idea: idea(3) }]));
  assert.equal(before.ideas.size, 2);
  assert.equal(before.version, 5);
});

test('ignores events that it has already', () => {
  const before = start();
  assert.equal(apply(before, events(3, 5, [{ v: 4, type: 'idea', idea: idea(9) }])), before);
  const after = fold(before, events(3, 6, [{ v: 4, type: 'idea', idea: idea(9) }, { v: 6, type: 'idea', idea: idea(3) }]));
  assert.deepEqual([...after.ideas.keys()], [1, 2, 3]);
});

test('asks for a snapshot when versions are missing, or the epoch is another', () => {
  assert.equal(apply(start(), events(7, 8, [])), RESYNC);
  assert.equal(apply(start(), events(5, 6, [], { epoch: 'e2' })), RESYNC);
});

test('leaves other boards alone', () => {
  const before = start();
  assert.equal(apply(before, { method: 'board.scores', params: { board: 'autre', scores: [[1, 9, 9, 9, 0]] } }), before);
});

test('takes the tallies that changed, and the pool', () => {
  const after = fold(start(), { method: 'board.scores', params: { board: 'ecole', version: 6, pool: [5, 7], scores: [[2, 2, 1, 0, 1]] } });
  assert.deepEqual([...after.scores.values()], [[1, 3, 1, 0, 600000], [2, 2, 1, 0, 1]]);
  assert.deepEqual(after.pool, [5, 7]);
  assert.equal(after.version, 5, 'tallies are not a place to resume from');
});

test('keeps ballots of two tabs together, and forgets a withdrawn one', () => {
  const me = (params) => ({ method: 'board.me', params: { board: 'ecole', ...params } });
  const after = fold(start(), me({ ballots: { 1: 'agree' } }), me({ ballots: { 2: 'pass' }, own: [2], votes_left: 3 }), me({ ballots: { 1: null } }));
  assert.deepEqual(after.me.ballots, { 2: 'pass' });
  assert.deepEqual(after.me.own, [2]);
  assert.equal(after.me.votes_left, 3);
});

test('follows rounds: what opens is current, what closes is not, outcomes reach the ideas', () => {
  const closed = round({ state: 'closed' });
  const between = fold(start(), events(5, 6, [{ v: 6, type: 'round', round: closed, outcomes: [{ idea: 1, outcome: 'promoted', reason: 'rank' }] }]));
  assert.equal(between.round, null);
  assert.equal(between.ideas.get(1).round_state, 'promoted');
  assert.equal(between.ideas.get(1).reason, 'rank');
  const next = fold(between, events(6, 7, [{ v: 7, type: 'round', round: round({ n: 2 }) }]));
  assert.equal(next.round, 2);
  assert.deepEqual(next.rounds.map(({ n }) => n), [1, 2]);
});

test('takes changed fields of the board, and nothing that is not one', () => {
  const after = fold(start(), events(5, 6, [{ v: 6, type: 'board', board: { title: 'Neuf', frozen: true, ideas: 'no' } }]));
  assert.equal(after.title, 'Neuf');
  assert.equal(after.frozen, true);
  assert.ok(after.ideas instanceof Map);
});

test('resumes with all that changed since', () => {
  const after = /** @type {any} */ (join(start(), { events: [{ v: 6, type: 'idea', idea: idea(3) }], scores: [[3, 1, 0, 0, 1]], pool: [4, 5], me: { ballots: { 3: 'agree' } }, epoch: 'e1', version: 9 }));
  assert.equal(after.version, 9);
  assert.equal(after.ideas.size, 3);
  assert.deepEqual(after.me.ballots, { 3: 'agree' });
  assert.deepEqual(after.pool, [4, 5]);
});

test('cannot resume on another history', () => {
  assert.equal(join(start(), { events: [], epoch: 'e2', version: 9 }), RESYNC);
  assert.equal(join(null, { events: [], epoch: 'e1', version: 9 }), RESYNC);
});
