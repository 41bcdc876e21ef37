// Goal: a room is shown what it may read, in the order of the moment; and the film of the ranking
// is at every moment where the samples say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filmOf, momentAt, placesAt } from '../../web/app/charts/film.js';
import { fromSnapshot } from '../../web/app/state/apply.js';
import { fillWall, forRoom, modeOf, placeOf, roomOrder, stepsOf, turnWall } from '../../web/app/state/presenter.js';
import { idea, round, snapshot } from './fixture.js';

const board = (/** @type {any} */ fields) => fromSnapshot(/** @type {any} */ (snapshot(fields)), { epoch: 'e', version: 1 });
const inRound = (/** @type {any} */ fields) => board({ rounds: [round(fields)] });
const sample = (/** @type {number} */ minute, /** @type {number} */ n, /** @type {[number, number, number, number][]} */ ranks) => ({ version: minute, at: `2026-11-23T10:0${minute}:00.000Z`, round: n, ranks });

test('the act of the moment follows the round', () => {
  assert.equal(modeOf(board({ round: null })), 'before');
  assert.equal(modeOf(inRound({ allows: ['post', 'build'] })), 'gather');
  assert.equal(modeOf(inRound({ allows: ['vote'] })), 'judge');
  assert.equal(modeOf(inRound({ allows: ['vote'], final: true })), 'final');
  assert.equal(modeOf(inRound({ allows: ['vote'], state: 'closed' })), 'closed');
  assert.equal(modeOf(inRound({ allows: ['vote'], state: 'revealed' })), 'result');
});

test('what is not vetted, and who wrote, is not on the board of a room', () => {
  const room = forRoom(board({ ideas: [idea(1), idea(2, { vetted: false }), idea(3, { state: 'pending' }), idea(4, { text: null })] }));
  assert.deepEqual([...room.ideas.keys()], [1]);
  assert.equal(room.ideas.get(1)?.author, null);
});

test('an order by strength is shown only where scores are open, with the ranks among all', () => {
  const ideas = [idea(1, { round: 1, vetted: false }), idea(2, { round: 1 }), idea(3, { round: 1 })];
  const scores = [[1, 9, 0, 0, 900000], [2, 1, 8, 0, 300000], [3, 5, 4, 0, 500000]];
  const open = board({ ideas, scores, pool: [15, 27], rounds: [round({ allows: ['vote'] })] });
  assert.deepEqual(roomOrder(open), [{ n: 3, rank: 2 }, { n: 2, rank: 3 }]);
  const closed = board({ ideas, scores: [], pool: null, rounds: [round({ allows: ['vote'], scores: 'closed' })] });
  assert.deepEqual(roomOrder(closed), [{ n: 2, rank: null }, { n: 3, rank: null }]);
  const gather = board({ ideas, scores: [], rounds: [round({ allows: ['post'] })] });
  assert.deepEqual(roomOrder(gather).map(({ n }) => n), [3, 2], 'the newest first');
});

test('the steps of a result, and where one is when they change', () => {
  const whole = stepsOf('result', { ideas: 9, result: { winner: true, ranks: 7, holds: true, film: 1, words: true } });
  assert.deepEqual(whole.map(({ id }) => id), ['winner.0', 'ranking.0', 'ranking.1', 'holds.0', 'film.0', 'words.0']);
  assert.equal(placeOf(whole, 'ranking.1'), 2);
  assert.equal(placeOf(whole, 'ranking.9'), 2, 'the last of its kind');
  assert.equal(placeOf(whole, 'nothing.0'), 0);
  assert.deepEqual(stepsOf('result', { ideas: 9, result: null }).map(({ what }) => what), ['soon']);
  assert.equal(stepsOf('judge', { ideas: 11, result: null }).length, 3);
});

test('ideas keep their place on the wall; a new one takes a free one, or that of the oldest', () => {
  const wall = fillWall([], [3, 2, 1]);
  assert.deepEqual(wall, [1, 2, 3, null, null]);
  assert.deepEqual(fillWall(wall, [4, 3, 1]), [1, 4, 3, null, null], 'what may not be shown any more leaves');
  const full = fillWall([], [5, 4, 3, 2, 1]);
  assert.deepEqual(turnWall(full, [6, 5, 4, 3, 2, 1]), [6, 2, 3, 4, 5]);
  assert.equal(turnWall(full, [5, 4, 3, 2, 1]), full);
});

test('the film is where the samples are, and between them on the way', () => {
  const film = filmOf([
    sample(0, 1, [[1, 1, 0, 0], [2, 2, 0, 0]]), // nobody has judged: no order yet
    sample(1, 1, [[1, 1, 5, 5], [2, 2, 3, 5]]),
    sample(2, 1, [[2, 1, 9, 10], [1, 2, 8, 10]]),
    sample(3, 2, [[2, 1, 12, 14]]),
  ]);
  assert.ok(film);
  assert.deepEqual(film.lines.map(({ n }) => n), [2, 1], 'in the order of the end');
  assert.equal(film.lanes, 2);
  assert.deepEqual(film.ends, [0.5, 1]);
  assert.deepEqual(placesAt(film, 0), [2, 1]);
  assert.deepEqual(placesAt(film, 0.25), [1.5, 1.5]);
  assert.deepEqual(placesAt(film, 1), [1, 3], 'who is out is below the last lane');
  assert.deepEqual(placesAt(film, 7), placesAt(film, 1));
  assert.equal(momentAt(film, 0.25).at, Date.parse('2026-11-23T10:01:30.000Z'));
  assert.deepEqual(film.marks.map(({ round: n }) => n), [1, 2]);
  const crowd = (/** @type {number} */ minute) => sample(minute, 1, Array.from({ length: 20 }, (_, i) => [i + 1, i + 1, 3, 5]));
  assert.deepEqual(filmOf([crowd(1), crowd(2)])?.lines.map(({ n }) => n), Array.from({ length: 12 }, (_, i) => i + 1), 'twelve lines, the first of the end');
  assert.equal(filmOf([sample(1, 1, [[1, 1, 1, 1]])]), null);
  assert.equal(filmOf([]), null);
});
