// Goal: a person has one ballot an idea, the latest; the queue serves the least judged first; what is closed stays closed.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fetchRaw } from './support/http.js';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';

const data = folder();
const round = (changes) => [{ title: 'Tour', allows: ['post', 'build', 'vote'], compete: ['idea'], ballots: 'any', scores: 'live', ...changes }];
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let author;

/** @param {string} slug @param {object} rounds @param {number} ideas */
async function board(slug, rounds, ideas) {
  const path = join(data, `${slug}.json`);
  writeFileSync(path, JSON.stringify(rounds));
  await output('create', slug, '--title', slug, '--rounds', path, '--data', data);
  // The server hears of the board on its own.
  while (!(await author.call('board.list')).boards.some((line) => line.slug === slug));
  for (let i = 1; i <= ideas; i++) await author.act('idea.post', { board: slug, text: `Une idée à juger, la ${i}e` });
}

before(async () => {
  await output('create', 'avis', '--title', 'Avis', '--data', data);
  server = await serve({ data });
  author = await enter(server);
  for (let i = 1; i <= 3; i++) await author.act('idea.post', { board: 'avis', text: `Une idée pour voir, la ${i}e` });
  await board('servis', round({ ballots: 'served' }), 14);
  await board('clos', round({ scores: 'closed' }), 3);
  await board('budget', round({ votes_per_person: 2, posts_per_person: 3 }), 3);
  await board('poste', round({ allows: ['post'] }), 1);
});

after(cleanUp);

const tally = async (line, idea, slug = 'avis') => (await line.join(slug)).snapshot.scores.find(([n]) => n === idea)?.slice(1, 4);

test('a ballot is cast, changed and withdrawn, and the latest counts', async () => {
  const line = await enter(server);
  const cast = (choice) => line.act('vote.cast', { board: 'avis', idea: 1, choice });
  for (const [choice, expected] of [['agree', [1, 0, 0]], ['disagree', [0, 1, 0]], ['pass', [0, 0, 1]], ['pass', [0, 0, 1]], ['agree', [1, 0, 0]]]) {
    const was = (await line.join('avis')).version;
    const { version } = await cast(choice);
    assert.ok(version > was);
    assert.deepEqual(await tally(line, 1), expected);
    assert.deepEqual((await line.join('avis')).snapshot.me.ballots, { 1: choice });
  }
  await line.act('vote.withdraw', { board: 'avis', idea: 1 });
  assert.deepEqual(await tally(line, 1), [0, 0, 0]);
  const { me, ballots } = (await line.join('avis')).snapshot;
  assert.deepEqual([me.ballots, ballots], [{}, 0]);
});

test('everybody’s ballots add up, and the score is that of the ranking', async () => {
  const people = await Promise.all(Array.from({ length: 9 }, () => enter(server)));
  await Promise.all(people.map((line, i) => line.act('vote.cast', { board: 'avis', idea: 2, choice: i < 5 ? 'agree' : i < 7 ? 'disagree' : 'pass' })));
  assert.deepEqual(await tally(people[0], 2), [5, 2, 2]);
  const ranked = await json('rank', 'avis', '--json', '--data', data);
  const { agree, disagree, pass, judged, score } = ranked.ideas.find(({ n }) => n === 2);
  assert.deepEqual([agree, disagree, pass, judged], [5, 2, 2, 9]);
  const mean = (ranked.pool.agree + 5) / (ranked.pool.n + 10);
  assert.ok(Math.abs(score / 1e6 - (5 + 6 * mean) / 15) < 2e-6);
});

test('the queue serves the least judged, never one’s own, ten at most', async () => {
  const one = await enter(server);
  const next = (line, count) => line.act('judge.next', { board: 'servis', count });
  const first = await next(one, 10);
  assert.equal(first.ideas.length, 10);
  assert.equal(new Set(first.ideas.map(({ n }) => n)).size, 10);
  const two = await enter(server);
  const second = await next(two, 4);
  const unseen = Array.from({ length: 14 }, (_, i) => i + 1).filter((n) => !first.ideas.some((idea) => idea.n === n));
  assert.deepEqual(second.ideas.map(({ n }) => n).sort((a, b) => a - b), unseen);
  assert.deepEqual((await next(author, 10)).ideas, []);
  const was = (await author.join('servis')).version;
  assert.equal((await next(author, 10)).version, was, 'nothing to serve makes no entry');
});

test('in a served round only what was served can be judged, and later changed', async () => {
  const line = await enter(server);
  const { ideas, left } = await line.act('judge.next', { board: 'servis', count: 2 });
  const [first, second] = ideas.map(({ n }) => n);
  const other = [1, 2, 3].find((n) => n !== first && n !== second);
  await assert.rejects(line.act('vote.cast', { board: 'servis', idea: other, choice: 'agree' }), { error: 'not-allowed-now' });
  await line.act('vote.cast', { board: 'servis', idea: first, choice: 'agree' });
  await line.act('vote.cast', { board: 'servis', idea: first, choice: 'disagree' });
  await line.act('judge.skip', { board: 'servis', idea: second });
  assert.equal(left, 12);
  const { me } = (await line.join('servis')).snapshot;
  assert.deepEqual(me.ballots, { [first]: 'disagree' }, 'later is no ballot');
  const again = await line.act('judge.next', { board: 'servis', count: 10 });
  assert.ok(!again.ideas.some(({ n }) => n === first), 'what is judged is not served again');
});

test('asking again with the same op serves the same', async () => {
  const line = await enter(server);
  const asked = { board: 'servis', count: 3, op: newOp() };
  const first = await line.call('judge.next', asked);
  assert.deepEqual(await line.call('judge.next', asked), first);
});

test('several questions at once are answered one after the other, with different ideas', async () => {
  const line = await enter(server);
  const ask = (count) => line.act('judge.next', { board: 'servis', count });
  const answers = await Promise.all([ask(2), ask(3), ask(1), ask(2)]);
  const served = answers.flatMap(({ ideas }) => ideas.map(({ n }) => n));
  assert.equal(served.length, 8);
  assert.equal(new Set(served).size, 8, served.join());
});

test('closed scores come out of no door below lead', async () => {
  const line = await enter(server);
  await line.join('clos');
  await line.act('vote.cast', { board: 'clos', idea: 1, choice: 'agree' });
  const { snapshot, head } = await line.join('clos');
  assert.deepEqual([snapshot.scores, snapshot.pool, snapshot.ballots, head], [[], null, null, null]);
  assert.deepEqual(snapshot.me.ballots, { 1: 'agree' }, 'but one’s own');
  for (const { judges } of snapshot.ideas) assert.equal(judges, null);
  assert.deepEqual(snapshot.ideas.map(({ n }) => n), [1, 2, 3], 'the order tells nothing');
  assert.deepEqual((await line.call('idea.list', { board: 'clos', sort: 'strongest', count: 5 })).scores, []);
  assert.deepEqual(JSON.parse((await fetchRaw(server, '/api/boards/clos/ranking')).body), { closed: true, ideas: [] });
  assert.equal((await fetchRaw(server, '/api/boards/clos/ballots.csv')).body.trim(), 'voter,idea,choice');
  for (const { tally: kept, score, rank } of JSON.parse((await fetchRaw(server, '/api/boards/clos/ideas.json')).body).ideas) {
    assert.deepEqual([kept ?? null, score ?? null, rank ?? null], [null, null, null]);
  }
  const read = JSON.parse((await fetchRaw(server, '/api/boards/clos')).body);
  assert.deepEqual([read.scores, read.pool, read.ballots], [[], null, null]);
  assert.deepEqual(line.notifications.filter(({ method }) => method === 'board.scores'), []);
  assert.deepEqual((await json('export', 'clos', '--format', 'json', '--data', data)).ideas[0].tally, { agree: 1, disagree: 0, pass: 0 });
  const { token } = await json('invite', '--board', 'clos', '--role', 'lead', '--json', '--data', data);
  const lead = await enter(server, { invite: token });
  assert.match((await lead.join('clos')).head, /^[0-9a-f]{64}$/);
});

test('budgets are kept, and a changed ballot costs nothing', async () => {
  const line = await enter(server);
  const cast = (idea, choice) => line.act('vote.cast', { board: 'budget', idea, choice });
  await cast(1, 'agree');
  await cast(1, 'disagree');
  await cast(2, 'agree');
  await assert.rejects(cast(3, 'agree'), { error: 'over-budget' });
  await cast(2, 'pass');
  assert.equal((await line.join('budget')).snapshot.me.votes_left, 0);
  await assert.rejects(author.act('idea.post', { board: 'budget', text: 'Une idée de trop' }), { error: 'over-budget' });
  assert.equal((await author.join('budget')).snapshot.me.posts_left, 0);
});

test('what the round does not allow is refused', async () => {
  const line = await enter(server);
  await assert.rejects(line.act('vote.cast', { board: 'poste', idea: 1, choice: 'agree' }), { error: 'not-allowed-now' });
  await assert.rejects(line.act('idea.build', { board: 'poste', parent: 1, relation: 'expand', text: 'Une suite refusée' }), { error: 'not-allowed-now' });
});

test('what does not compete is not judged', async () => {
  const { idea } = await author.act('idea.build', { board: 'avis', parent: 1, relation: 'counter', text: 'Une objection à cela' });
  const line = await enter(server);
  await assert.rejects(line.act('vote.cast', { board: 'avis', idea, choice: 'agree' }), { error: 'not-allowed-now' });
});

test('after all that every board verifies and the server ends in good order', async () => {
  for (const { slug } of await json('boards', '--json', '--data', data)) {
    assert.deepEqual((await json('verify', slug, '--json', '--data', data)).differences, [], slug);
  }
  assert.equal(await server.stop(), 0);
});
