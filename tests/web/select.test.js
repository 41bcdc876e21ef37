// Goal: the client orders and counts exactly as selection.md says, whatever the numbers.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fromSnapshot } from '../../web/app/state/apply.js';
import { ancestors, byStrength, hasOpenScores, isRanked, matches, orderOf, percentages, repliesTo } from '../../web/app/state/select.js';
import { idea, round, snapshot } from './fixture.js';

const board = (fields) => fromSnapshot(snapshot(fields), { epoch: 'e', version: 1 });
const ordered = (scores, pool) => scores.map(([n]) => n).sort(byStrength(new Map(scores.map((score) => [score[0], score])), pool));

const cases = new URL('../../../shared/selection/', import.meta.url);
const json = (name) => JSON.parse(readFileSync(new URL(name, cases), 'utf8'));
for (const name of readdirSync(cases).filter((file) => /^rank_.*\.expected\.json$/.test(file))) {
  const wanted = json(name);
  const given = json(name.replace('.expected', ''));
  if (wanted.error || (given.k0 ?? 6) !== 6) continue;
  test(`corpus ${name}`, () => {
    const ranked = wanted.ideas.filter(({ outcome }) => outcome !== 'excluded');
    const scores = ranked.map(({ id, agree, disagree, pass }) => [id, agree, disagree, pass]);
    assert.deepEqual(ordered(scores.reverse(), [wanted.pool.agree, wanted.pool.n]), ranked.map(({ id }) => id));
  });
}

test('few ballots do not beat many', () => {
  assert.deepEqual(ordered([[1, 1, 0, 0], [2, 80, 20, 0], [3, 0, 100, 0]], [81, 201]), [2, 1, 3]);
});

test('no opinion counts against', () => {
  assert.deepEqual(ordered([[1, 10, 0, 5], [2, 10, 0, 0]], [20, 25]), [2, 1]);
});

test('equal scores: more ballots first, then the lower number', () => {
  assert.deepEqual(ordered([[3, 0, 0, 0], [2, 0, 0, 0], [1, 5, 5, 0]], [5, 10]), [1, 2, 3]);
});

test('stays exact where floating point does not', () => {
  const half = 2 ** 30;
  const scores = [[1, half, half, 0], [2, half - 1, half, 0]];
  assert.deepEqual(ordered(scores, [2 * half - 1, 4 * half - 1]), [1, 2]);
});

test('strongest shows what competes in the round, and nothing that is gone', () => {
  const here = { round: 1 };
  const ideas = [idea(1, here), idea(2, { kind: 'counter', parent: 1 }), idea(3, { ...here, state: 'withdrawn' }), idea(4, { round: null }), idea(5, here)];
  assert.deepEqual(orderOf(board({ ideas, scores: [[5, 3, 0, 0]] }), { sort: 'strongest' }), [5, 1]);
});

test('there is no order by strength in a step where nobody judges', () => {
  const gather = [round({ allows: ['post', 'build'] })];
  assert.equal(isRanked(board({ rounds: gather, ballots: 0 })), false);
  assert.equal(isRanked(board({ rounds: gather, ballots: 3 })), true);
  assert.equal(isRanked(board({ ballots: 0 })), true);
  assert.equal(isRanked(board({ rounds: [round({ scores: 'closed' })] })), false);
});

test('mine keeps what its author has withdrawn', () => {
  const me = { ...snapshot().me, own: [2, 3] };
  const ideas = [idea(1), idea(2), idea(3, { state: 'withdrawn', text: null })];
  assert.deepEqual(orderOf(board({ ideas, me }), { sort: 'mine' }), [3, 2]);
});

test('search does without accents and capitals, takes every word, and knows numbers', () => {
  const one = idea(12, { text: 'Fermer la rue de l’École', theme: 'Sécurité' });
  assert.ok(matches(one, 'ECOLE rue'));
  assert.ok(matches(one, 'securite'));
  assert.ok(matches(one, '#12'));
  assert.ok(!matches(one, '#1'));
  assert.ok(!matches(one, 'ecole bus'));
});

test('a crossing shows under both ideas', () => {
  const known = board({ ideas: [idea(1), idea(2), idea(3, { kind: 'adapt', parent: 1, with: 2 })] });
  assert.deepEqual(repliesTo(known, 1, 'adapt').map(({ n }) => n), [3]);
  assert.deepEqual(repliesTo(known, 2, 'adapt').map(({ n }) => n), [3]);
});

test('the chain goes up to its root, and ends where the board does', () => {
  const known = board({ ideas: [idea(1), idea(2, { parent: 1 }), idea(3, { parent: 2 }), idea(9, { parent: 8 })] });
  assert.deepEqual(ancestors(known, idea(3, { parent: 2 })).map(({ n }) => n), [1, 2]);
  assert.deepEqual(ancestors(known, idea(9, { parent: 8 })), []);
});

test('percentages add up to a hundred', () => {
  for (const [agree, pass, disagree] of [[1, 1, 1], [2, 3, 2], [74, 10, 16], [1, 0, 0], [199, 1, 1]]) {
    const shares = percentages({ agree, pass, disagree, judged: agree + pass + disagree });
    assert.equal(shares.agree + shares.pass + shares.disagree, 100);
  }
  assert.deepEqual(percentages({ agree: 0, pass: 0, disagree: 0, judged: 0 }), { agree: 0, pass: 0, disagree: 0 });
});

test('closed scores are closed', () => {
  assert.ok(!hasOpenScores(board({ rounds: [round({ scores: 'closed' })] })));
  assert.ok(!hasOpenScores(board({ rounds: [round({ scores: 'after-vote' })] })));
  assert.ok(hasOpenScores(board({ rounds: [round()] })));
});
