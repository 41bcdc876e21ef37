// Goal: what the client folds from notifications is what the server would have sent as a snapshot.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { RESYNC, apply, fromSnapshot, join } from '../../web/app/state/apply.js';
import { idea, round, snapshot } from './fixture.js';

const corpus = new URL('../corpus/client/', import.meta.url);

/** A moved mean is not sent idea by idea: the score in millionths follows from tally and pool. */
function withMean(score, pool) {
  if (!pool) return score; // after-vote: they come one by one
  const [n, agree, disagree, pass] = score;
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
    const scores = [...golden.board.scores, ...(golden.board.me.scores ?? [])];
    assert.deepEqual(wanted.scores, scores.sort((a, b) => a[0] - b[0]));
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

const changed = (v, fields, more) => ({ v, type: 'round', round: round(fields), ...more });
const heat = { n: 1, state: 'revealed' };
const two = { rounds: [round(), round({ n: 2, state: 'planned', scores: 'closed', final: true })], ideas: [idea(1, { round: 1 }), idea(2, { round: 1 })] };
const last = { n: 2, state: 'open', scores: 'closed', final: true };
/** Round 1 has come to its end, idea 2 is out, and the final is open. */
const inFinal = (fields = {}) => fold(start({ ...two, ...fields }), events(5, 6, [
  changed(6, heat, { current: 2, outcomes: [[1, 'promoted', 'rank'], [2, 'eliminated', 'below_cut']] }),
  changed(6, last, { current: 2, candidates: [1] }),
]));

test('follows rounds: what is present, what ideas became, which of them go on', () => {
  const after = inFinal();
  assert.equal(after.round, 2);
  assert.deepEqual(after.rounds.map(({ n }) => n), [1, 2]);
  const fates = [1, 2].map((n) => after.ideas.get(n)).map((one) => [one.round, one.round_state, one.reason]);
  assert.deepEqual(fates, [[2, 'promoted', 'rank'], [1, 'eliminated', 'below_cut']]);
});

test('forgets scores that a round keeps closed, except for those who run the board', () => {
  const after = inFinal();
  assert.deepEqual([after.scores.size, after.pool, after.ballots], [0, null, null]);
  const lead = inFinal({ me: { roles: ['lead'], ballots: {}, own: [] } });
  assert.deepEqual([...lead.scores.keys()], [1]);
  assert.deepEqual(lead.pool, [3, 4]);
});

test('a step back undoes what a round came to, and keeps what the round before it had said', () => {
  const over = fold(inFinal(), events(6, 7, [changed(7, { ...last, state: 'revealed' }, { current: 2, outcomes: [[1, 'winner', null]] })]));
  assert.equal(over.ideas.get(1).round_state, 'winner');
  const again = fold(over, events(7, 8, [changed(8, { ...last, reopenings: 1 }, { current: 2, candidates: [1] })]));
  assert.equal(again.ideas.get(1).round_state, 'promoted');
  const further = fold(again, events(8, 9, [
    changed(9, { n: 1, reopenings: 1 }, { current: 1, candidates: [1, 2] }), changed(9, { ...last, state: 'planned' }, { current: 1 }),
  ]));
  assert.deepEqual([1, 2].map((n) => further.ideas.get(n)).map((one) => [one.round, one.round_state]), [[1, null], [1, null]]);
});

test('what a round came to is not told before the reveal, and a step back from there undoes it', () => {
  const closed = fold(inFinal(), events(6, 7, [changed(7, { ...last, state: 'closed' }, { current: 2, outcomes: [] })]));
  assert.deepEqual([closed.ideas.get(1).round_state, closed.ideas.get(2).round_state], [null, 'eliminated']);
  const told = fold(closed, events(7, 8, [changed(8, { ...last, state: 'revealed' }, { current: 2, outcomes: [[1, 'winner', null]] })]));
  const again = fold(told, events(8, 9, [changed(9, { ...last, reopenings: 1 }, { current: 2, candidates: [1] })]));
  assert.deepEqual([told, again].map(({ ideas }) => ideas.get(1).round_state), ['winner', 'promoted']);
});

test('takes what a person follows and how often they are read, and drops the latter with the round', () => {
  const me = (params) => ({ method: 'board.me', params: { board: 'ecole', ...params } });
  const after = fold(inFinal(), me({ follows: [1, 4], reads: { 2: 7 } }));
  assert.deepEqual([after.me.follows, after.me.reads], [[1, 4], { 2: 7 }]);
  assert.deepEqual(fold(after, me({ follows: [] })).me.follows, []);
  const back = fold(after, events(6, 7, [changed(7, { n: 1, reopenings: 1 }, { current: 1, candidates: [1, 2] })]));
  assert.deepEqual([back.me.follows, 'reads' in back.me], [[1, 4], false]);
});

test('takes a person\'s own order of finalists, and drops it with the final', () => {
  const me = (params) => ({ method: 'board.me', params: { board: 'ecole', ...params } });
  const after = fold(inFinal(), me({ finalists: [2, 1], done: null, declared: true }));
  assert.deepEqual([after.me.finalists, after.me.declared], [[2, 1], true]);
  const back = fold(after, events(6, 7, [changed(7, { n: 1, reopenings: 1 }, { current: 1, candidates: [1, 2] })]));
  assert.equal('finalists' in back.me, false);
});

test('after-vote: scores that a person is told are all that they may see', () => {
  const judged = (scores) => ({ method: 'board.me', params: { board: 'ecole', scores } });
  const before = start({ rounds: [round({ scores: 'after-vote' })], scores: [], pool: null });
  const after = fold(before, judged([[1, 1, 0, 0, 1], [2, 1, 0, 0, 1]]), judged([[2, 2, 0, 0, 1]]));
  assert.deepEqual([...after.scores.keys()], [2]);
  assert.equal(after.ideas.get(1).judges, null);
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
