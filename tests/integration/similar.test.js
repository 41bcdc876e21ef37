// Goal: while somebody writes, the ideas that say much the same are offered, and only such as everybody may read.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, enter } from './support/line.js';
import { cleanUp, folder, output, serve } from './support/processes.js';
import { staff } from './support/rounds.js';

const SLUG = 'rue';
const data = folder();
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let author;
/** @type {import('./support/line.js').Line} */ let reader;
/** @type {import('./support/line.js').Line} */ let moderator;

before(async () => {
  await output('create', SLUG, '--title', 'Rue', '--data', data);
  server = await serve({ data });
  author = await enter(server);
  reader = await enter(server);
  moderator = await staff(server, ['--data', data], SLUG, 'moderator');
  for (const line of [author, reader]) await line.join(SLUG);
});

after(cleanUp);

const on = (params) => ({ board: SLUG, ...params });
/** @param {import('./support/line.js').Line} line @param {string} text */
const similar = async (line, text) => (await line.call('idea.similar', on({ text }))).ideas;
/** @param {import('./support/line.js').Line} line @param {string} text */
const numbers = async (line, text) => (await similar(line, text)).map(({ idea }) => idea.n);
/** @param {string} text @returns {Promise<number>} */
const post = async (text) => (await author.act('idea.post', on({ text }))).idea;

test('what is typed so far finds the idea, without its accents and for its author too', async () => {
  const idea = await post('Fermer la rue de l’école aux voitures le matin');
  await post('Planter des arbres dans les cours d’école');
  await post('Ouvrir la bibliothèque le dimanche');
  for (const line of [reader, author, moderator]) {
    const [first, ...others] = await similar(line, "FERMER la rue de l'ec");
    assert.equal(first.idea.n, idea);
    assert.equal(first.idea.text, 'Fermer la rue de l’école aux voitures le matin');
    assert.ok(first.likeness > 0.7 && first.likeness < 1 && /^0\.\d{1,3}$/.test(String(first.likeness)));
    assert.deepEqual(others, []);
  }
  const [same] = await similar(reader, 'fermer la rue de l\'ecole aux voitures le matin !');
  assert.equal(same.likeness, 1);
});

test('a visitor without a session of their own may ask', async () => {
  const line = await connect(server);
  await line.call('session.open', {});
  assert.equal((await numbers(line, 'bibliotheque dimanche')).length, 1);
});

test('at most five are offered, the likest first and of equal ones the older', async () => {
  const ideas = [];
  for (let i = 0; i < 7; i++) ideas.push(await post('Des composteurs partout'));
  const exact = await post('Des composteurs');
  assert.deepEqual(await numbers(reader, 'des composteurs'), [exact, ...ideas.slice(0, 4)]);
});

test('nothing is found for something else, nor for fewer than three letters', async () => {
  for (const text of ['Une patinoire en hiver', 'la', '', '  a b ', '🙂🙂🙂']) assert.deepEqual(await similar(reader, text), []);
});

test('an edit is followed', async () => {
  const idea = await post('Un skatepark couvert');
  await author.act('idea.edit', on({ idea, text: 'Une piscine ouverte en été' }));
  assert.deepEqual(await numbers(reader, 'un skatepark'), []);
  assert.deepEqual(await numbers(reader, 'piscine ouverte'), [idea]);
});

test('a withdrawn idea is offered to nobody', async () => {
  const idea = await post('Un cinéma en plein air');
  assert.deepEqual(await numbers(reader, 'cinema en plein air'), [idea]);
  await author.act('idea.withdraw', on({ idea }));
  for (const line of [reader, author, moderator]) assert.deepEqual(await numbers(line, 'cinema en plein air'), []);
});

test('a hidden idea is offered to nobody until it is restored', async () => {
  const idea = await post('Un parc à chiens clôturé');
  await moderator.act('mod.hide', on({ idea, reason: 'spam' }));
  for (const line of [reader, author, moderator]) assert.deepEqual(await numbers(line, 'un parc à chiens'), []);
  await author.act('idea.edit', on({ idea, text: 'Un enclos pour les chats' }));
  for (const line of [reader, author, moderator]) assert.deepEqual(await numbers(line, 'un enclos pour les chats'), []);
  await moderator.act('mod.restore', on({ idea }));
  assert.deepEqual(await numbers(reader, 'un enclos pour les chats'), [idea]);
  assert.deepEqual(await numbers(reader, 'un parc à chiens'), []);
});

test('what somebody erased is offered to nobody, what they left without their name is', async () => {
  for (const [texts, left] of [['erase', 0], ['anonymous', 1]]) {
    const leaving = await enter(server);
    await leaving.join(SLUG);
    await leaving.act('idea.post', on({ text: 'Une fontaine sur la place' }));
    assert.equal((await numbers(reader, 'une fontaine sur la place')).length, 1);
    await leaving.act('person.erase', on({ texts }));
    assert.equal((await numbers(reader, 'une fontaine sur la place')).length, left);
  }
});

test('of merged ideas the one that stands for them is offered', async () => {
  const into = await post('Un marché de producteurs');
  const idea = await post('Un marché de producteurs locaux');
  await moderator.act('mod.merge', on({ into, ideas: [idea] }));
  assert.deepEqual(await numbers(reader, 'marché de producteurs'), [into]);
  await moderator.act('mod.unmerge', on({ into, idea }));
  assert.deepEqual(await numbers(reader, 'marché de producteurs'), [into, idea]);
});

test('a text is bounded and clean as an idea is, and nothing else is taken', async () => {
  await assert.rejects(similar(reader, 'é'.repeat(2_001)), { error: 'too-long' });
  await assert.rejects(similar(reader, 'a\u202eb'), { error: 'bad-text' });
  await assert.rejects(reader.call('idea.similar', on({})), { field: 'text' });
  await assert.rejects(reader.call('idea.similar', on({ text: 'des bancs', limit: 9 })), { field: 'limit' });
  await assert.rejects(reader.call('idea.similar', { board: 'nulle-part', text: 'des bancs' }), { error: 'unknown-board' });
});

test('after a restart the same is found', async () => {
  const asked = ['des composteurs', 'un enclos pour les chats', 'piscine ouverte', 'un skatepark', 'cinema en plein air'];
  const found = await Promise.all(asked.map((text) => similar(reader, text)));
  await server.stop();
  server = await serve({ data });
  const line = await enter(server);
  await line.join(SLUG);
  assert.deepEqual(await Promise.all(asked.map((text) => similar(line, text))), found);
});
