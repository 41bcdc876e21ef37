// Goal: every gesture counts once, and a joined board is complete again after any loss.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '../../web/app/net/client.js';
import { MemoryStorage } from '../../web/app/net/storage.js';
import { fakeSockets, settle, snapshot } from './fixture.js';

const NOW = '2026-11-23T10:00:00.000Z';
const session = { token: 'secret', person_name: 'Loutre 12', roles: {}, now: NOW, server: {}, limits: { text_max_graphemes: 280 } };
const place = { epoch: 'e1', version: 5 };

/** A client with an open session, and the test as its server. */
async function connected({ storage = new MemoryStorage() } = {}) {
  const { sockets, FakeSocket } = fakeSockets();
  const client = new Client({ url: 'ws://here/ws', WebSocket: FakeSocket, storage, lang: 'fr', random: () => 0 });
  const told = [];
  for (const type of ['state', 'session', 'snapshot', 'delta', 'notification', 'notice']) {
    client.addEventListener(type, (event) => told.push({ type, .../** @type {CustomEvent} */ (event).detail }));
  }
  client.start();
  const server = () => sockets.at(-1);
  server().open();
  server().answer('session.open', session);
  await settle();
  return { client, server, sockets, storage, told };
}

/** The next socket, once the client has come back to it. */
async function back({ sockets, server }, lose = 1006) {
  const count = sockets.length;
  server().lose(lose);
  while (sockets.length === count) await new Promise((resolve) => { setTimeout(resolve, 1); });
  server().open();
  server().answer('session.open', session);
  await settle();
}

async function joined(room, board = 'ecole') {
  const promise = room.client.join(board);
  room.server().answer('board.join', { snapshot: snapshot(), ...place });
  await promise;
}

test('opens with the kept token and keeps the one it gets', async () => {
  const storage = new MemoryStorage();
  storage.setItem('pinson.token', 'former');
  const room = await connected({ storage });
  const { params } = room.server().last('session.open');
  assert.deepEqual(params, { token: 'former', lang: 'fr' });
  assert.equal(storage.getItem('pinson.token'), 'secret');
  assert.equal(room.client.state, 'open');
  room.client.close();
});

test('speaks the subprotocol, JSON-RPC 2.0, and corrects its clock', async () => {
  const room = await connected();
  assert.equal(room.server().protocol, 'pinson.v1');
  assert.equal(room.server().sent[0].jsonrpc, '2.0');
  assert.ok(Math.abs(room.client.now() - Date.parse(NOW)) < 2_000);
  room.client.close();
});

test('opens as a new guest when the session is over', async () => {
  const storage = new MemoryStorage();
  storage.setItem('pinson.token', 'dead');
  const { sockets, FakeSocket } = fakeSockets();
  const client = new Client({ url: 'ws://here/ws', WebSocket: FakeSocket, storage, random: () => 0 }).start();
  sockets[0].open();
  sockets[0].refuse('session.open', 'signed-out');
  await settle();
  assert.deepEqual(sockets[0].last('session.open').params, {});
  sockets[0].answer('session.open', session);
  await settle();
  assert.equal(storage.getItem('pinson.token'), 'secret');
  client.close();
});

test('asks for a board together with the session, and again if that was too early', async () => {
  const { sockets, FakeSocket } = fakeSockets();
  const client = new Client({ url: 'ws://here/ws', WebSocket: FakeSocket, random: () => 0 }).start();
  const promise = client.join('ecole');
  sockets[0].open();
  assert.deepEqual(sockets[0].sent.map(({ method }) => method), ['session.open', 'board.join']);
  sockets[0].refuse('board.join', 'not-open');
  await settle();
  sockets[0].answer('session.open', session);
  await settle();
  assert.equal(sockets[0].sent.filter(({ method }) => method === 'board.join').length, 2);
  sockets[0].answer('board.join', { snapshot: snapshot(), ...place });
  assert.equal((await promise).slug, 'ecole');
  client.close();
});

test('a gesture carries an op and resolves when it is acknowledged', async () => {
  const room = await connected();
  const promise = room.client.act('vote.cast', { board: 'ecole', idea: 1, choice: 'agree' });
  assert.match(room.server().last('vote.cast').params.op, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.equal(room.client.outbox.size, 1);
  room.server().answer('vote.cast', { version: 6 });
  assert.deepEqual(await promise, { version: 6 });
  assert.equal(room.client.outbox.size, 0);
  room.client.close();
});

test('a refusal has its wire name, its sentence and its data', async () => {
  const room = await connected();
  const promise = room.client.act('idea.post', { board: 'ecole', text: 'x' });
  room.server().refuse('idea.post', 'over-budget', { left: 0 });
  await assert.rejects(promise, (/** @type {any} */ refusal) => refusal.name === 'over-budget' && refusal.message === 'No.' && refusal.data.left === 0);
  assert.equal(room.client.outbox.size, 0);
  room.client.close();
});

test('an unanswered gesture is sent again under the same op', async () => {
  const room = await connected();
  const promise = room.client.act('vote.cast', { board: 'ecole', idea: 1, choice: 'agree' });
  const { op } = room.server().last('vote.cast').params;
  await back(room);
  assert.equal(room.server().last('vote.cast').params.op, op);
  room.server().answer('vote.cast', { version: 6 });
  assert.deepEqual(await promise, { version: 6 });
  room.client.close();
});

test('a gesture outlives the page', async () => {
  const room = await connected();
  room.client.act('vote.cast', { board: 'ecole', idea: 1, choice: 'agree' }, { op: room.client.newOp() }).catch(() => {});
  const { op } = room.server().last('vote.cast').params;
  room.client.close();
  const later = await connected({ storage: room.storage });
  assert.equal(later.server().last('vote.cast').params.op, op);
  later.client.close();
});

test('waits out too-fast and unavailable, then sends the same op', async () => {
  const room = await connected();
  const promise = room.client.act('vote.cast', { board: 'ecole', idea: 1, choice: 'agree' });
  const { op } = room.server().last('vote.cast').params;
  for (const name of ['too-fast', 'unavailable']) {
    const count = room.server().sent.length;
    room.server().refuse('vote.cast', name, { retry_ms: 5 });
    while (room.server().sent.length === count) await new Promise((resolve) => { setTimeout(resolve, 1); });
    assert.equal(room.server().last('vote.cast').params.op, op);
  }
  room.server().answer('vote.cast', { version: 6 });
  await promise;
  room.client.close();
});

test('resumes a board from its last events, never from an answer', async () => {
  const room = await connected();
  await joined(room);
  room.server().tell({ method: 'board.events', params: { board: 'ecole', epoch: 'e1', from: 5, version: 8, events: [] } });
  const promise = room.client.act('vote.cast', { board: 'ecole', idea: 1, choice: 'agree' });
  room.server().answer('vote.cast', { version: 12 });
  await promise;
  await back(room);
  assert.deepEqual(room.server().last('board.join').params, { board: 'ecole', since: { epoch: 'e1', version: 8 } });
  room.server().answer('board.join', { events: [], scores: [], pool: null, me: {}, epoch: 'e1', version: 12 });
  await settle();
  assert.equal(room.told.at(-1).type, 'delta');
  room.client.close();
});

test('joins without since when told to, and after a gap is not resumed past it', async () => {
  const room = await connected();
  await joined(room);
  room.server().tell({ method: 'board.events', params: { board: 'ecole', epoch: 'e1', from: 7, version: 8, events: [] } });
  assert.equal(room.client.places.get('ecole')?.version, 5);
  room.server().tell({ method: 'board.resync', params: { board: 'ecole', reason: 'lag' } });
  await settle();
  assert.deepEqual(room.server().last('board.join').params, { board: 'ecole' });
  room.client.close();
});

test('a new epoch gets the acknowledged ballots again, under their old ops, in order', async () => {
  const room = await connected();
  await joined(room);
  const ops = [];
  for (const [target, choice] of [[1, 'agree'], [2, 'pass'], [1, 'disagree']]) {
    const promise = room.client.act('vote.cast', { board: 'ecole', idea: target, choice });
    ops.push(room.server().last('vote.cast').params.op);
    room.server().answer('vote.cast', { version: 6 });
    await promise;
  }
  await back(room);
  room.server().answer('board.join', { snapshot: snapshot(), epoch: 'e2', version: 1 });
  await settle();
  const again = room.server().sent.filter(({ method }) => method === 'vote.cast').map(({ params }) => params.op);
  assert.deepEqual(again, [ops[1], ops[2]]);
  room.client.close();
});

test('what a session had sent dies with it, so that nobody counts twice', async () => {
  const room = await connected();
  const promise = room.client.act('vote.cast', { board: 'ecole', idea: 1, choice: 'agree' });
  room.server().refuse('vote.cast', 'signed-out');
  await assert.rejects(promise, { name: 'signed-out' });
  assert.equal(room.storage.getItem('pinson.token'), null);
  assert.equal(room.client.outbox.size, 0);
  room.client.close();
});

test('a drained room comes back spread over five seconds', async () => {
  const room = await connected();
  room.server().tell({ method: 'server.notice', params: { kind: 'draining' } });
  room.client.link.backoff.random = () => 1;
  room.server().lose(1012);
  assert.equal(room.client.link.backoff.bound, 10_000, 'waits up to 5 s, then up to 10');
  assert.equal(room.client.state, 'reconnecting');
  room.client.close();
});

test('a question that was cut off is asked again', async () => {
  const room = await connected();
  const promise = room.client.request('board.list');
  await back(room);
  room.server().answer('board.list', { boards: [] });
  assert.deepEqual(await promise, { boards: [] });
  room.client.close();
});

test('keeps at most 32 calls in flight', async () => {
  const room = await connected();
  for (let i = 0; i < 40; i++) room.client.request('board.list').catch(() => {});
  assert.equal(room.server().sent.filter(({ method }) => method === 'board.list').length, 32);
  room.client.close();
});

test('the state tells how many gestures wait', async () => {
  const room = await connected();
  room.server().lose(1006);
  room.client.act('vote.cast', { board: 'ecole', idea: 1, choice: 'agree' }).catch(() => {});
  assert.deepEqual(room.told.at(-1), { type: 'state', state: 'reconnecting', outbox: 1 });
  room.client.close();
});

test('a ticket’s code makes another person of the client, on a line of its own', async () => {
  const room = await connected();
  await joined(room);
  const redeemed = room.client.redeem('482913570264');
  assert.equal(room.sockets.length, 2);
  room.server().open();
  assert.deepEqual(room.server().last('session.open').params, { token: 'secret', invite: '482913570264', lang: 'fr' });
  room.server().answer('session.open', { ...session, token: 'other', board: 'ecole', roles: {} });
  assert.deepEqual(await redeemed, { board: 'ecole', roles: {} });
  assert.equal(room.storage.getItem('pinson.token'), 'other');
  assert.equal(room.told.filter(({ type }) => type === 'session').at(-1).fresh, true);
  assert.ok(room.server().last('board.join')); // what was joined is joined by whom it is now
  room.client.close();
});

test('where the code is none, or guessed too fast, one stays who one was', async () => {
  for (const name of ['gone', 'too-fast']) {
    const room = await connected();
    const refused = assert.rejects(room.client.redeem('000000000000'), { name });
    room.server().open();
    room.server().refuse('session.open', name, { retry_ms: 10 });
    await refused;
    assert.deepEqual(room.server().last('session.open').params, { token: 'secret', lang: 'fr' });
    room.server().answer('session.open', session);
    await settle();
    assert.deepEqual([room.client.state, room.storage.getItem('pinson.token')], ['open', 'secret']);
    assert.equal(room.told.some(({ type }) => type === 'notice'), false);
    room.client.close();
  }
});

test('who joined by a code goes on by it, so that they may act where it is asked for', async () => {
  const room = await connected();
  await joined(room, '482913');
  await back(room);
  assert.equal(room.server().last('board.join').params.board, '482913');
  room.client.close();
});
