// Goal: a private board is there for its people, its staff and who has its code or a ticket, and for nobody else in any way; one with a link is read by whoever has its address and is in no list.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fetchRaw } from './support/http.js';
import { enter } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';
import { staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
const WORD = 'Confidentiellement';
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {string} */ let code;

before(async () => {
  await output('create', 'libre', '--title', 'Libre', ...place);
  await output('create', 'prive', '--title', WORD, '--visibility', 'private', ...place);
  await output('create', 'lien', '--title', 'Par son lien', '--visibility', 'link', ...place);
  server = await serve({ data });
  const moderator = await staff(server, place, 'prive', 'moderator');
  const { snapshot } = await moderator.join('prive');
  code = snapshot.join_code;
  await moderator.act('idea.seed', { board: 'prive', text: `${WORD} : une idée de départ` });
});

after(cleanUp);

test('its code has ten digits, others have six', async () => {
  assert.match(code, /^\d{10}$/);
  const lead = await enter(server, { invite: (await json('invite', '--role', 'lead', '--json', ...place)).token });
  const made = await lead.act('board.create', { slug: 'conseil', title: 'Conseil', template: 'atelier', visibility: 'private' });
  assert.match(made.join_code, /^\d{10}$/);
  const open = await lead.act('board.create', { slug: 'place', title: 'Place', template: 'atelier' });
  assert.match(open.join_code, /^\d{6}$/);
  await assert.rejects(lead.act('board.create', { slug: 'x', title: 'X', template: 'atelier', visibility: 'secret' }), { code: -32602, field: 'visibility' });
});

test('for others it is not there: no method, no page, no file, no list', async () => {
  const stranger = await enter(server);
  const methods = (await json('methods', '--json')).filter(({ board }) => board);
  assert.ok(methods.length > 40);
  for (const { method } of methods) {
    await assert.rejects(stranger.call(method, { board: 'prive' }), { error: 'unknown-board' }, method);
  }
  await assert.rejects(stranger.join('prive'), { error: 'unknown-board' });
  await assert.rejects(stranger.join('1000000000'), { error: 'unknown-board' });
  for (const path of ['/b/prive', '/b/prive/i/1', '/b/prive/ecran', '/b/prive/feed.atom', '/b/prive/qr.svg', '/b/prive/rapport', '/api/boards/prive', '/api/boards/prive/ranking', '/api/boards/prive/ideas.csv', '/api/boards/prive/moderation.csv']) {
    const { status, body } = await fetchRaw(server, path);
    assert.equal(status, 404, path);
    assert.ok(!body.includes(WORD), path);
  }
  for (const path of ['/', '/api/boards', '/catalog.jsonld', `/join/${code}`]) assert.ok(!/prive|Confidentiellement/.test((await fetchRaw(server, path)).body), path);
  assert.ok(!JSON.stringify(await stranger.call('board.list', {})).includes('prive'));
});

test('who has the code reads and acts, and is known ever after', async () => {
  const line = await enter(server);
  const { snapshot } = await line.join(code);
  assert.deepEqual([snapshot.slug, snapshot.visibility, snapshot.ideas.length], ['prive', 'private', 1]);
  assert.equal(snapshot.join_code, null, 'who was let in does not hand it on by the screen');
  assert.ok((await line.call('idea.list', { board: 'prive', sort: 'newest', count: 10 })).ideas.length === 1);
  await line.act('vote.cast', { board: 'prive', idea: 1, choice: 'agree' });
  const again = await enter(server, { token: line.session.token });
  assert.equal((await again.join('prive')).snapshot.me.ballots['1'], 'agree');
});

test('a ticket opens it', async () => {
  const { token } = await json('invite', '--board', 'prive', '--role', 'participant', '--json', ...place);
  const holder = await enter(server, { invite: token });
  assert.equal((await holder.join('prive')).snapshot.slug, 'prive');
  const other = await enter(server, { invite: (await json('invite', '--board', 'libre', '--role', 'participant', '--json', ...place)).token });
  await assert.rejects(other.join('prive'), { error: 'unknown-board' });
});

test('one with a link is read by whoever has the link, and is in no list', async () => {
  const page = await fetchRaw(server, '/b/lien');
  assert.equal(page.status, 200);
  assert.match(page.body, /<meta name="robots" content="noindex">/);
  const api = await fetchRaw(server, '/api/boards/lien');
  assert.equal(api.status, 200);
  assert.equal(api.headers['access-control-allow-origin'], undefined);
  for (const path of ['/', '/api/boards', '/catalog.jsonld']) assert.ok(!(await fetchRaw(server, path)).body.includes('/b/lien'), path);
  const reader = await enter(server);
  assert.equal((await reader.join('lien')).snapshot.visibility, 'link');
});
