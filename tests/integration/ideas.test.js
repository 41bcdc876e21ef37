// Goal: ideas are posted, built upon, edited, withdrawn, listed and reported as the rules say.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';

const data = folder();
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line[]} */ let people;

before(async () => {
  await output('create', 'idees', '--title', 'Idées', '--theme', 'Vélo', '--theme', 'Bus', '--data', data);
  server = await serve({ data });
  people = await Promise.all(Array.from({ length: 5 }, () => enter(server)));
  await Promise.all(people.map((line) => line.join('idees')));
});

after(cleanUp);

const on = (params) => ({ board: 'idees', ...params });
const list = (line, params) => line.call('idea.list', on({ count: 200, ...params }));
const numbers = ({ ideas }) => ideas.map(({ n }) => n);

test('an idea gets the next number and is told with all that it has', async () => {
  const source = { title: 'Budget de Rennes', url: 'https://rennes.example/1' };
  const first = await people[0].act('idea.post', on({ text: '  Des pistes cyclables  ', theme: 'Vélo', source, lang: 'fr' }));
  assert.equal(first.idea, 1);
  const { events } = await people[1].notified('board.events', (news) => news.version >= first.version);
  const { idea } = events.find((event) => event.type === 'idea');
  assert.deepEqual({ ...idea, author: null, at: null }, {
    n: 1, text: 'Des pistes cyclables', lang: 'fr', theme: 'Vélo', kind: 'idea', parent: null, with: null, root: 1, depth: 0, source,
    author: null, at: null, state: 'shown', seed: false, proxy: false, replies: 0, merged_into: null, round: 1, round_state: null, reason: null, vetted: false, hands: null, followup: [], moderation: null, judges: 0,
  });
  assert.equal(idea.author.n, 1);
  assert.ok(Math.abs(Date.parse(idea.at) - Date.now()) < 10_000);
});

test('texts are kept in normal form and count as a person counts', async () => {
  const { idea } = await people[1].act('idea.post', on({ text: `e\u0301te\u0301 ${'👨‍👩‍👧‍👦'.repeat(270)}`, theme: 'Bus' }));
  const { ideas } = await list(people[1], { sort: 'newest' });
  assert.ok(ideas.find(({ n }) => n === idea).text.startsWith('\u00e9t\u00e9 👨‍👩‍👧‍👦'));
});

test('every relation makes a reply that knows its place', async () => {
  for (const relation of ['expand', 'counter', 'adapt', 'explore']) {
    const { idea } = await people[2].act('idea.build', on({ parent: 1, relation, text: `Une suite : ${relation}` }));
    const { ideas } = await list(people[2], { sort: 'newest' });
    const made = ideas.find(({ n }) => n === idea);
    assert.deepEqual([made.kind, made.parent, made.with, made.root, made.depth], [relation, 1, null, 1, 1]);
  }
  const parent = numbers(await list(people[2], { sort: 'newest' }))[0];
  const { idea } = await people[3].act('idea.build', on({ parent, with: 2, relation: 'adapt', text: 'Une croisée des deux' }));
  const { ideas } = await list(people[3], { sort: 'newest' });
  const made = ideas.find(({ n }) => n === idea);
  assert.deepEqual([made.kind, made.parent, made.with, made.root, made.depth], ['adapt', parent, 2, 1, 2]);
  assert.equal(ideas.find(({ n }) => n === 1).replies, 4);
  assert.equal(ideas.find(({ n }) => n === 2).replies, 1, 'it shows under both');
});

test('an author edits until somebody else has judged', async () => {
  const { idea } = await people[0].act('idea.post', on({ text: 'Une idée avec une fote' }));
  const { version } = await people[0].act('idea.edit', on({ idea, text: 'Une idée sans faute' }));
  const news = await people[4].notified('board.events', (params) => params.version >= version);
  assert.equal(news.events.find((event) => event.idea?.n === idea).idea.text, 'Une idée sans faute');
  await people[1].act('vote.cast', on({ idea, choice: 'agree' }));
  await assert.rejects(people[0].act('idea.edit', on({ idea, text: 'Tout autre chose, après coup' })), { error: 'not-allowed-now' });
  await people[1].act('vote.withdraw', on({ idea }));
  await assert.rejects(people[0].act('idea.edit', on({ idea, text: 'Tout autre chose, après coup' })), { error: 'not-allowed-now' });
});

test('an author withdraws; the text is gone for everybody', async () => {
  const { idea } = await people[4].act('idea.post', on({ text: 'Une idée que je retire' }));
  const { version } = await people[4].act('idea.withdraw', on({ idea }));
  await people[0].notified('board.events', (news) => news.version >= version);
  for (const line of [people[0], people[4]]) {
    const { snapshot } = await line.join('idees');
    const gone = snapshot.ideas.find(({ n }) => n === idea);
    assert.ok(!gone || (gone.state === 'withdrawn' && gone.text === null));
    assert.ok(!snapshot.scores.some(([n]) => n === idea));
  }
  await assert.rejects(people[0].act('vote.cast', on({ idea, choice: 'agree' })), { error: 'not-allowed-now' });
  await assert.rejects(people[4].act('idea.withdraw', on({ idea })), { error: 'unknown-idea' });
  await assert.rejects(people[4].act('idea.edit', on({ idea, text: 'Une idée qui revient' })), { error: 'unknown-idea' });
});

test('lists are sorted, cut and continued', async () => {
  const newest = numbers(await list(people[0], { sort: 'newest' }));
  assert.deepEqual(newest, [...newest].sort((a, b) => b - a));
  const pages = [];
  for (let page = await list(people[0], { sort: 'newest', count: 3 }); ; page = await list(people[0], { sort: 'newest', count: 3, after: pages.at(-1) })) {
    pages.push(...numbers(page));
    assert.equal(page.more, newest.length - pages.length);
    if (!page.more) break;
  }
  assert.deepEqual(pages, newest);
  assert.deepEqual(numbers(await list(people[2], { sort: 'mine' })).sort(), newest.filter((n) => n >= 3 && n <= 6).sort());
  assert.deepEqual(numbers(await list(await enter(server), { sort: 'mine' })), []);
  assert.equal(numbers(await list(people[0], { sort: 'active' }))[0], 1, 'the thread with the most replies');
});

test('the strongest come in the order of `pinson rank`', async () => {
  const choices = ['agree', 'disagree', 'pass'];
  for (const [i, line] of people.entries()) {
    for (const idea of [1, 2, 8]) await line.act('vote.cast', on({ idea, choice: choices[(i * idea) % 3] })).catch(() => {});
  }
  const ranked = await json('rank', 'idees', '--json', '--data', data);
  const order = ranked.ideas.map(({ n }) => n);
  assert.deepEqual(numbers(await list(people[0], { sort: 'strongest' })).slice(0, order.length), order);
});

test('lists are searched without case and accents, and by theme', async () => {
  assert.deepEqual(numbers(await list(people[0], { sort: 'newest', query: 'PISTES CYCLABLES' })), [1]);
  assert.deepEqual(numbers(await list(people[0], { sort: 'newest', query: 'croisee' })).length, 1);
  assert.deepEqual(numbers(await list(people[0], { sort: 'newest', query: '.*' })), []);
  assert.deepEqual(numbers(await list(people[0], { sort: 'newest', theme: 'Bus' })), [2]);
});

test('three reports of different people make an idea pending, and only staff and its author read it', async () => {
  const { idea } = await people[0].act('idea.post', on({ text: 'Une idée qui fâche tout le monde' }));
  const report = (line) => line.act('report.file', on({ idea, reason: 'abuse', note: 'Ce n’est pas correct' }));
  await report(people[1]);
  await report(people[1]);
  await report(people[1]);
  const state = async (line) => (await line.join('idees')).snapshot.ideas.find(({ n }) => n === idea);
  assert.equal((await state(people[4])).state, 'shown');
  await report(people[2]);
  const { version } = await report(people[3]);
  await people[4].notified('board.events', (news) => news.version >= version);
  assert.deepEqual([(await state(people[4]))?.text ?? null, (await state(people[0])).text], [null, 'Une idée qui fâche tout le monde']);
  const { token } = await json('invite', '--board', 'idees', '--role', 'moderator', '--json', '--data', data);
  const moderator = await enter(server, { invite: token });
  const seen = await state(moderator);
  assert.deepEqual([seen.state, seen.text], ['pending', 'Une idée qui fâche tout le monde']);
  await assert.rejects(people[4].act('vote.cast', on({ idea, choice: 'agree' })), { error: 'unknown-idea' });
});

test('a person is renamed once, and their ideas carry the name', async () => {
  const { version } = await people[2].act('person.rename', on({ name: 'Hirondelle du quartier' }));
  const { events } = await people[0].notified('board.events', (news) => news.version >= version);
  assert.ok(events.some((event) => event.idea?.author.name === 'Hirondelle du quartier'));
  await assert.rejects(people[2].act('person.rename', on({ name: 'Une autre' })), { error: 'not-allowed-now' });
  assert.equal((await people[2].join('idees')).snapshot.me.name, 'Hirondelle du quartier');
});

test('after all that the board verifies and the server ends in good order', async () => {
  assert.deepEqual((await json('verify', 'idees', '--json', '--data', data)).differences, []);
  assert.equal(await server.stop(), 0);
});
