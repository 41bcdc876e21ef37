// Goal: only an honest browser of an allowed place gets a WebSocket, and only text of a sane size goes through it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { statusOf, upgrade } from './support/http.js';
import { connect, enter, newOp } from './support/line.js';
import { cleanUp, folder, output, serve } from './support/processes.js';

const data = folder();
/** @type {import('./support/processes.js').Server} */ let server;
let version = 0;
let token = '';

before(async () => {
  await output('create', 'porte', '--title', 'Porte', '--data', data);
  server = await serve({ data, limits: '1', args: ['--allow-origin', 'https://amie.example', '--host', 'idees.example'] });
  const line = await enter(server);
  await line.act('idea.post', { board: 'porte', text: 'Une idée derrière la porte' });
  version = (await line.join('porte')).version;
  token = line.session.token;
  await line.close();
});

after(cleanUp);

describe('an upgrade is refused before 101', () => {
  /** @type {[string, number[], Record<string, string | null>, string?][]} */
  const cases = [
    ['from a foreign origin', [403], { Origin: 'https://evil.example' }],
    ['from the origin null', [403], { Origin: 'null' }],
    ['from an origin that begins like ours', [403], { Origin: 'http://127.0.0.1.evil.example' }],
    ['from another port of our host', [403], { Origin: 'http://127.0.0.1:1' }],
    ['from an allowed host over another scheme', [403], { Origin: 'http://amie.example' }],
    ['from an origin of another kind', [403], { Origin: 'file://127.0.0.1' }],
    ['for a foreign host', [403], { Host: 'evil.example' }],
    ['for a host that ends like an allowed one', [403], { Host: 'x.idees.example' }],
    ['without a host', [400, 403], { Host: null }],
    ['with another subprotocol', [400], { 'Sec-WebSocket-Protocol': 'chat' }],
    ['with a later version of the subprotocol', [400], { 'Sec-WebSocket-Protocol': 'pinson.v2' }],
    ['without a subprotocol', [400], { 'Sec-WebSocket-Protocol': null }],
    ['with version 99', [426], { 'Sec-WebSocket-Version': '99' }],
    ['with version x', [426], { 'Sec-WebSocket-Version': 'x' }],
    ['without a version', [426], { 'Sec-WebSocket-Version': null }],
    ['with a short key', [400], { 'Sec-WebSocket-Key': 'c2hvcnQ=' }],
    ['with a key that is not base64', [400], { 'Sec-WebSocket-Key': '!'.repeat(22) + '==' }],
    ['without a key', [400], { 'Sec-WebSocket-Key': null }],
    ['with a body', [400], { 'Content-Length': '3' }],
    ['with a transfer encoding', [400], { 'Transfer-Encoding': 'chunked' }],
    ['by POST', [405, 400], {}, 'POST /ws HTTP/1.1'],
    ['over HTTP/1.0', [400], {}, 'GET /ws HTTP/1.0'],
    ['at another path', [404], {}, 'GET /other HTTP/1.1'],
    ['to another protocol', [400, 426], { Upgrade: 'h2c' }],
  ];
  for (const [name, statuses, changes, line] of cases) {
    test(name, async () => {
      const answer = await upgrade(server, changes, line);
      assert.doesNotMatch(answer, /^HTTP\/1.1 101/);
      // A hang-up without a word is a refusal too.
      if (answer) assert.ok(statuses.includes(statusOf(answer)), answer.slice(0, 300));
    });
  }
});

test('a good upgrade is taken, with the subprotocol', async () => {
  for (const changes of [{}, { Origin: `http://127.0.0.1:${server.port}` }, { Origin: 'https://amie.example' }, { Host: 'idees.example' }, { Host: `localhost:${server.port}` }, { 'Sec-WebSocket-Protocol': 'other, pinson.v1' }]) {
    const answer = await upgrade(server, changes);
    assert.match(answer, /^HTTP\/1.1 101/, JSON.stringify(changes));
    assert.match(answer, /sec-websocket-protocol: pinson\.v1\r\n/i);
    assert.doesNotMatch(answer, /sec-websocket-extensions/i);
  }
});

/** @param {(line: import('./support/line.js').Line) => void} misbehave */
async function closeCode(misbehave) {
  const line = await enter(server);
  misbehave(line);
  return line.closed;
}

/** A masked client frame, its length as announced. */
function frame(opcode, payload, announced = payload.length) {
  const mask = Buffer.from([1, 2, 3, 4]);
  const head = Buffer.alloc(announced < 65_536 ? 4 : 10);
  head[0] = opcode;
  if (head.length === 4) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(announced, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(announced), 2);
  }
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i % 4])]);
}

const raw = (line) => Reflect.get(line.socket, '_socket');

test('binary messages close the line with 1003', async () => {
  assert.equal(await closeCode((line) => line.socket.send(Buffer.from('{}'), { binary: true })), 1003);
});

test('a message of 20 KB closes the line with 1009', async () => {
  assert.equal(await closeCode((line) => line.socket.send('x'.repeat(20_480))), 1009);
});

test('a message that is announced too long is refused from its header', async () => {
  for (const length of [16_385, 1_000_000_000, 2 ** 52]) {
    assert.equal(await closeCode((line) => raw(line).write(frame(0x81, Buffer.from('{"'), length))), 1009);
  }
});

test('fragments count together', async () => {
  assert.equal(await closeCode((line) => {
    for (let i = 0; i < 5; i++) line.socket.send('x'.repeat(4_000), { fin: false });
  }), 1009);
});

test('a message of 16 KiB in fragments is read', async () => {
  const line = await enter(server);
  const text = JSON.stringify({ jsonrpc: '2.0', id: 'long', method: 'board.list', params: {} }).padEnd(16_384);
  for (let at = 0; at < text.length; at += 1_024) line.socket.send(text.slice(at, at + 1_024), { fin: at + 1_024 >= text.length });
  assert.ok((await line.until(() => line.strays[0])).result.boards);
  await line.close();
});

test('invalid UTF-8 closes the line with 1007', async () => {
  for (const bytes of [[0xff], [0xc3, 0x28], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0xaf]]) {
    const text = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]);
    assert.equal(await closeCode((line) => raw(line).write(frame(0x81, text))), 1007, bytes.join());
  }
});

test('frames that RFC 6455 forbids end the line', async () => {
  const empty = Buffer.from('x');
  for (const opcode of [0x83, 0x87, 0x8b, 0x8f, 0xc1, 0xa1, 0x91, 0x80, 0x09]) {
    const code = await closeCode((line) => raw(line).write(frame(opcode, empty)));
    assert.ok([1002, 1006].includes(code), `${opcode.toString(16)}: ${code}`);
  }
});

test('an illegal close code is not sent back', async () => {
  for (const payload of [[3], [0x03, 0x00], [0x13, 0x88], [0xff, 0xff]]) {
    const code = await closeCode((line) => raw(line).write(Buffer.from([0x88, 0x80 | payload.length, 0, 0, 0, 0, ...payload])));
    assert.ok([1000, 1002, 1005, 1006].includes(code), String(code));
  }
});

test('twenty bad messages in ten seconds close the line with 1008, and nobody else’s', async () => {
  const other = await enter(server);
  const line = await enter(server);
  for (let i = 0; i < 20; i++) line.socket.send('nonsense');
  assert.equal(await line.closed, 1008);
  assert.ok(line.strays.length >= 19, String(line.strays.length));
  for (const answer of line.strays) assert.equal(answer.error.code, -32700);
  assert.ok((await other.call('board.list')).boards.length);
  await other.close();
});

test('nineteen bad messages are answered and forgiven', async () => {
  const line = await enter(server);
  for (let i = 0; i < 19; i++) line.socket.send('nonsense');
  assert.ok((await line.call('board.list')).boards.length);
  await line.close();
});

test('the 65th request in flight is told to wait, and no more', async () => {
  const line = await enter(server, { token });
  const asked = Array.from({ length: 80 }, () => line.ask('vote.cast', { board: 'porte', idea: 999, choice: 'agree', op: newOp() }));
  const answers = await Promise.all(asked);
  const fast = answers.filter(({ error }) => error.data.error === 'too-fast');
  assert.ok(fast.length >= 16, String(fast.length));
  for (const { error } of fast) assert.ok(error.data.retry_ms > 0);
  assert.ok(await line.call('board.list'));
  await line.close();
});

test('a session that hurries is told how long to wait', async () => {
  const line = await enter(server, { token });
  const refused = [];
  for (let i = 0; i < 40; i++) {
    const { error } = await line.ask('vote.withdraw', { board: 'porte', idea: 999, op: newOp() });
    if (error?.data.error === 'too-fast') refused.push(error.data.retry_ms);
  }
  assert.ok(refused.length >= 10 && refused.every((ms) => ms > 0 && ms <= 1_000), refused.join());
  await line.close();
});

test('a silent or half-sent handshake delays nobody', async () => {
  const began = Date.now();
  const waiting = [upgrade(server, { 'Sec-WebSocket-Key': null, Host: 'x\0y' })];
  const line = await connect(server);
  assert.ok(Date.now() - began < 5_000);
  await line.close();
  for (const answer of await Promise.all(waiting)) assert.doesNotMatch(answer, /101/);
});

test('after all that nothing has changed and the server ends in good order', async () => {
  const line = await enter(server);
  assert.equal((await line.join('porte')).version, version);
  await line.close();
  assert.equal(await server.stop(), 0);
});
