// Goal: what is told to one person – what is new, what they changed, where they are led – is
// true of the board that they see.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromSnapshot } from '../../web/app/state/apply.js';
import { changedBy } from '../../web/app/state/changed.js';
import { momentPath } from '../../web/app/state/moment.js';
import { isEmpty, since, visitOf } from '../../web/app/state/since.js';
import { threadOf } from '../../web/app/state/thread.js';
import { idea, round, snapshot } from './fixture.js';

const ME = { person: 7, name: 'Loutre 12', roles: ['participant'], ballots: {}, posts_left: null, votes_left: null, own: [], follows: [] };
const LONG_AGO = Date.parse('2026-11-01T00:00:00Z');
const board = (/** @type {any} */ fields) => fromSnapshot(/** @type {any} */ (snapshot({ ...fields, me: { ...ME, ...fields.me } })), { epoch: 'e', version: 1 });
const numbers = (/** @type {any[]} */ ideas) => ideas.map(({ n }) => n);

test('what came after the last visit is new; one’s own is not', () => {
  const late = { at: '2026-11-24T10:00:00.000Z' };
  const known = board({ ideas: [idea(1), idea(2, late), idea(3, late), idea(4, { ...late, state: 'hidden' })], me: { own: [3] } });
  const news = since(known, { at: Date.parse('2026-11-23T12:00:00Z'), fates: {} });
  assert.deepEqual(numbers(news.ideas), [2]);
  assert.ok(isEmpty(since(known, { at: Date.parse('2026-11-25T00:00:00Z'), fates: {} })));
});

test('replies to one’s own ideas and to those one follows are told apart', () => {
  const known = board({
    ideas: [idea(1), idea(2), idea(3), idea(4, { kind: 'expand', parent: 1 }), idea(5, { kind: 'adapt', parent: 3, with: 2 }), idea(6, { kind: 'counter', parent: 3 })],
    me: { own: [1], follows: [2] },
  });
  assert.deepEqual(numbers(since(known, { at: LONG_AGO, fates: {} }).replies), [5, 4]);
});

test('what became of one’s own ideas is told when it differs from the last visit', () => {
  const before = board({ ideas: [idea(1), idea(2)], me: { own: [1, 2] } });
  const visit = visitOf(before, Date.parse('2026-12-01T00:00:00Z'));
  const after = board({ ideas: [idea(1, { round_state: 'promoted', round: 1 }), idea(2)], me: { own: [1, 2] } });
  assert.deepEqual(numbers(since(after, visit).fates), [1]);
  assert.deepEqual(numbers(since(before, visit).fates), []);
  const answered = board({ ideas: [idea(1), idea(2, { followup: [{ status: 'review', answer: null, at: '2026-12-02T00:00:00Z', next_by: null, v: 9 }] })], me: { own: [1, 2] } });
  assert.deepEqual(numbers(since(answered, visit).fates), [2]);
});

test('one’s opinions and replies are held against what was chosen', () => {
  const known = board({
    ideas: [idea(1), idea(2, { kind: 'adapt', parent: 1 }), idea(3, { kind: 'expand', parent: 2 }), idea(4)],
    me: { own: [1, 3], ballots: { 2: 'agree', 4: 'disagree' } },
  });
  const ranked = [2, 4].map((n) => ({ n }));
  const result = /** @type {any} */ ({ round: 1, promoted: [], winner: 2, ideas: ranked });
  const { judged, agreed, chosen, own, path } = changedBy(known, result);
  assert.deepEqual({ judged, agreed, chosen, own, path: numbers(path).sort() }, { judged: 2, agreed: 1, chosen: 1, own: [], path: [1, 3] });
  assert.deepEqual(numbers(changedBy(known, /** @type {any} */ ({ round: 1, promoted: [1, 4], ideas: ranked })).own), [1]);
});

test('whoever comes in by a code is led to the act of the moment', () => {
  const at = (/** @type {any} */ fields, /** @type {any} */ me = {}) => momentPath(board({ ideas: [idea(1, { round: 1 })], rounds: [round(fields)], me }));
  assert.equal(at({ allows: ['post', 'build'] }), '/b/ecole?write=idea');
  assert.equal(at({ allows: ['vote'], ballots: 'served' }), '/b/ecole?mode=judge');
  assert.equal(at({ allows: ['post', 'vote'] }), '/b/ecole?mode=judge');
  assert.equal(at({ allows: ['post', 'vote'] }, { ballots: { 1: 'pass' } }), '/b/ecole?write=idea', 'all is judged');
  assert.equal(at({ allows: ['post', 'vote'] }, { own: [1] }), '/b/ecole?write=idea', 'one’s own is not judged');
  assert.equal(at({ allows: ['vote'], final: true }, { ballots: { 1: 'pass' } }), '/b/ecole?mode=judge');
  assert.equal(at({ state: 'revealed' }), '/b/ecole?mode=result&round=1');
  assert.equal(at({ state: 'paused' }), '/b/ecole');
});

test('a thread is an outline from its root, whatever idea one comes from', () => {
  const reply = (/** @type {number} */ n, /** @type {number} */ parent, fields = {}) => idea(n, { kind: 'expand', parent, root: 1, ...fields });
  const known = board({ ideas: [idea(1), reply(2, 1), reply(3, 2), reply(4, 1, { state: 'withdrawn', text: null }), reply(5, 4), reply(6, 1, { state: 'hidden', text: null }), idea(7)] });
  const outline = (/** @type {any} */ { idea: { n }, children }) => [n, ...children.map(outline)];
  const thread = threadOf(known, /** @type {any} */ (known.ideas.get(3)));
  assert.deepEqual(outline(thread?.root), [1, [2, [3]], [4, [5]]]);
  assert.equal(thread?.count, 5);
  assert.equal(thread?.cut, false);
});
