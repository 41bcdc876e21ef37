// Goal: charts say what the numbers say, and the order of a person's finalists is their own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowOf } from '../../web/app/charts/flow.js';
import { intervalOf } from '../../web/app/charts/interval.js';
import { fromSnapshot } from '../../web/app/state/apply.js';
import { openFinalists, ownOrder } from '../../web/app/state/finalists.js';
import { aboveLine, boundsOf, builtOn, settleMinutes, stationsOf } from '../../web/app/state/result.js';
import { stepsFor } from '../../web/app/state/steps.js';
import { inWords, isInGrace, warningDue } from '../../web/app/state/timer.js';
import { idea, round, snapshot } from './fixture.js';

const sample = (number, ...ranks) => ({ version: 1, at: '2026-11-23T10:00:00.000Z', round: number, ranks: ranks.map((rank, i) => [i + 1, rank, 0, 4]) });
const board = (fields) => fromSnapshot(snapshot(fields), { epoch: 'e1', version: 1 });

test('the rank flow draws what leads at the end, broken where an idea is not ranked', () => {
  assert.equal(flowOf([sample(1, 1, 2)]), null);
  const flow = flowOf([sample(1, 2, 1), { ...sample(1), ranks: [[1, 1, 0, 4]] }, sample(2, 1, 2)]);
  assert.deepEqual(flow.lines.map(({ n, rank, ranks }) => [n, rank, ranks]), [[1, 1, [2, 1, 1]], [2, 2, [1, null, 2]]]);
  assert.equal(flow.lines[1].path, 'M0 0.5M100 1.5');
  assert.deepEqual(flow.stretches.map(({ round: number }) => number), [1, 2]);
});

test('a long history is thinned, and keeps the end of each round', () => {
  const many = [...Array.from({ length: 333 }, () => sample(1, 1, 2)), sample(1, 2, 1), ...Array.from({ length: 700 }, () => sample(2, 1, 2))];
  const flow = flowOf(many);
  assert.ok(flow.samples.length <= 42);
  assert.deepEqual(flow.samples.filter(({ round: number }) => number === 1).at(-1), many[333]);
});

test('an idea that was far below gets a lane of its own', () => {
  const flow = flowOf([sample(1, 3, 1, 2), sample(1, 1, 2, 3)], { depth: 2 });
  assert.equal(flow.depth, 3);
  assert.ok(flow.lines[0].path.startsWith('M0 2.5'));
});

test('an interval is on a scale of a hundred, and its bounds are never narrower in words', () => {
  const shown = intervalOf({ agree: 3, judged: 4, low: 3012, high: 9544 }, 500_000);
  assert.deepEqual(shown, { low: 30.12, high: 95.44, share: 75, line: 50 });
  assert.deepEqual(boundsOf({ low: 3012, high: 9544 }), [30, 96]);
});

test('the line runs under the last idea that passes by rank', () => {
  const ideas = [1, 2, 3].map((n) => ({ n, reason: n === 3 ? 'quota' : 'rank' }));
  assert.equal(aboveLine({ promoted: [1, 2, 3], cut: null, ideas }), 2);
  assert.equal(aboveLine({ promoted: [], cut: null, ideas }), 0);
  assert.equal(aboveLine({ promoted: [1], winner: 1, cut: null, ideas }), 0);
});

test('how long it takes to settle follows from the pace', () => {
  const result = { settle: { ballots: 30 }, ideas: [{ judged: 60 }] };
  assert.equal(settleMinutes(result, round({ opened_at: '2026-11-23T10:00:00Z' }), Date.parse('2026-11-23T10:10:00Z')), 5);
  assert.equal(settleMinutes(result, round({ opened_at: null }), 0), null);
});

test('the path of an idea: its rank at each end, and all who built on it', () => {
  assert.deepEqual(stationsOf([sample(1, 2, 1), sample(1, 1, 2), sample(2, 2, 1)], 1).map(({ round: number, rank }) => [number, rank]), [[1, 1], [2, 2]]);
  const ideas = [idea(1), idea(2, { parent: 1 }), idea(3, { parent: 2 }), idea(4), idea(5, { with: 1, parent: 4 })];
  assert.deepEqual(builtOn(board({ ideas }), 1).map(({ n }) => n), [2, 3, 5]);
});

test('finalists come in the person’s own order, else by number', () => {
  const ideas = [1, 2, 3].map((n) => idea(n, { round: 1 }));
  const known = (finalists) => board({ ideas, me: { ...snapshot().me, ...(finalists && { finalists }), ballots: { 2: 'agree' } } });
  assert.deepEqual(ownOrder(known([3, 1, 2])).map(({ n }) => n), [3, 1, 2]);
  assert.deepEqual(ownOrder(known()).map(({ n }) => n), [1, 2, 3]);
  assert.deepEqual(ownOrder(known([2])).map(({ n }) => n), [2, 1, 3]);
  assert.equal(openFinalists(known([3, 1, 2])), 2);
});

test('a lead is offered what the rounds allow', () => {
  const rounds = (state, second = 'planned') => ({ rounds: [round({ state }), round({ n: 2, state: second })], round: 1 });
  const whats = (fields) => stepsFor(board(fields)).map(({ what }) => what);
  assert.deepEqual(whats({ ...rounds('planned'), round: null }), ['open']);
  assert.deepEqual(whats(rounds('open')), ['extend', 'pause', 'close', 'next']);
  assert.deepEqual(whats(rounds('paused')), ['resume', 'close', 'next']);
  assert.deepEqual(whats(rounds('closed')), ['reveal', 'next', 'back']);
  assert.deepEqual(whats({ ...rounds('revealed', 'open'), round: 2 }), ['extend', 'pause', 'close', 'cancel']);
});

test('time is said in the unit that one needs, and warnings once', () => {
  assert.deepEqual(inWords(245_000), { unit: 'seconds', n: 245 });
  assert.deepEqual(inWords(360_000), { unit: 'minutes', n: 6 });
  assert.equal(inWords(-1).unit, 'ending');
  assert.equal(warningDue(300_500, 299_900), 300_000);
  assert.equal(warningDue(299_900, 299_000), null);
  assert.equal(warningDue(400_000, -5), 0);
  const over = round({ closed_at: '2026-11-23T10:00:00.000Z' });
  const end = Date.parse(over.closed_at);
  assert.ok(isInGrace(over, end - 1, end + 30_000, 30_000));
  assert.ok(!isInGrace(over, end + 1, end + 2, 30_000) && !isInGrace(over, end - 1, end + 30_001, 30_000));
});
