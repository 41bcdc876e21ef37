// Goal: one person is one person on several devices and after a loss of memory, and nobody else becomes them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fetchRaw, sendBytes, statusOf } from './support/http.js';
import { connect, enter, newOp } from './support/line.js';
import { cleanUp, folder, output, serve } from './support/processes.js';
import { redis, redisAll } from './support/redis.js';

const data = folder();
const socket = `${data}/redis.sock`;
const TRANSFER_MS = 300_000;
/** @type {import('./support/processes.js').Server} */ let server;
/** What a page of ours, and one of another site, say of themselves. */
let ours = '';
const THEIRS = 'https://evil.example';

before(async () => {
  await output('create', 'poche', '--title', 'Poche', '--data', data);
  await output('create', 'table', '--title', 'Table', '--data', data);
  server = await serve({ data });
  ours = `http://127.0.0.1:${server.port}`;
  const author = await enter(server);
  for (const board of ['poche', 'table']) await author.act('idea.post', { board, text: 'Une idée que l’on juge' });
  await author.close();
});

after(cleanUp);

/** @param {any} line @param {string} [board] */
async function me(line, board = 'poche') {
  return (await line.join(board)).snapshot.me;
}

const tally = async (line) => (await line.call('idea.list', { board: 'poche', sort: 'newest', count: 10 })).scores.find(([n]) => n === 1);

/** A link, and what the store keeps it under. @param {any} line */
async function transfer(line) {
  const known = await redis(socket, 'KEYS', 'pinson:invite:*');
  const { invite } = await line.call('session.transfer');
  const name = (await redis(socket, 'KEYS', 'pinson:invite:*')).find((key) => !known.includes(key));
  return { invite, name };
}

describe('a session is carried on on another device', () => {
  test('by the same person, who has one ballot', async () => {
    const desk = await enter(server);
    await me(desk);
    await desk.act('vote.cast', { board: 'poche', idea: 1, choice: 'agree' });
    const { invite } = await desk.call('session.transfer');
    const phone = await enter(server, { invite });
    assert.notEqual(phone.session.token, desk.session.token);
    const there = await me(phone);
    assert.deepEqual([there.person, there.ballots], [(await me(desk)).person, { 1: 'agree' }]);
    const [, agree, disagree] = await tally(phone);
    await phone.act('vote.cast', { board: 'poche', idea: 1, choice: 'disagree' });
    await desk.notified('board.me', ({ ballots }) => ballots?.['1'] === 'disagree');
    assert.deepEqual((await tally(desk)).slice(1, 3), [agree - 1, disagree + 1]);
    // Neither has ended the other.
    for (const { session } of [desk, phone]) assert.equal((await enter(server, { token: session.token })).session.token, session.token);
    await Promise.all([desk.close(), phone.close()]);
  });

  test('before they have done anything, and whoever acts first', async () => {
    const desk = await enter(server);
    assert.equal((await me(desk, 'table')).person, null);
    const { invite } = await desk.call('session.transfer');
    const phone = await enter(server, { invite });
    assert.equal((await me(phone, 'table')).person, null);
    await phone.act('vote.cast', { board: 'table', idea: 1, choice: 'pass' });
    const { person } = await desk.notified('board.me', (news) => news.person);
    await desk.act('vote.cast', { board: 'table', idea: 1, choice: 'agree' });
    await phone.notified('board.me', ({ ballots }) => ballots?.['1'] === 'agree');
    const both = await Promise.all([me(desk, 'table'), me(phone, 'table')]);
    assert.deepEqual(both.map((mine) => mine.person), [person, person]);
    assert.equal((await desk.call('board.list')).boards.find(({ slug }) => slug === 'table').ballots, 1);
    await Promise.all([desk.close(), phone.close()]);
  });

  test('by whoever opens the link first, and for five minutes', async () => {
    const desk = await enter(server);
    const { invite, name } = await transfer(desk);
    const left = await redis(socket, 'PTTL', name);
    assert.ok(left > TRANSFER_MS - 60_000 && left <= TRANSFER_MS, String(left));
    await (await enter(server, { invite })).close();
    assert.equal(await redis(socket, 'EXISTS', name), 0);
    await assert.rejects(enter(server, { invite }), { error: 'gone' });
    const late = await transfer(desk);
    await redis(socket, 'PEXPIRE', late.name, 1);
    while (await redis(socket, 'EXISTS', late.name));
    await assert.rejects(enter(server, { invite: late.invite }), { error: 'gone' });
    await desk.close();
  });

  test('with the role that they have in the installation', async () => {
    const admin = await enter(server, { invite: server.adminInvite });
    const { invite } = await admin.call('session.transfer');
    const phone = await enter(server, { invite });
    assert.deepEqual(phone.session.roles, { '*': 'admin' });
    assert.deepEqual((await enter(server, { token: phone.session.token })).session.roles, { '*': 'admin' });
    await Promise.all([admin.close(), phone.close()]);
  });

  test('by a code of the link, drawn for a camera', async () => {
    const line = await enter(server, { lang: 'en' }, { headers: { Host: 'localhost:8080' } });
    const { invite, qr, ...rest } = await line.call('session.transfer');
    assert.deepEqual(rest, {});
    assert.match(invite, /^[A-Za-z0-9_-]{43}$/);
    assert.match(qr, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 (\d+) \1" [^>]*><title>Link to go on on another device<\/title><rect [^>]*\/><path fill="#000" d="(M\d+ \d+h\d+v1h-\d+z)+"\/><\/svg>\n$/);
    await line.close();
  });

  test('after session.open, without parameters', async () => {
    const line = await connect(server);
    await assert.rejects(line.call('session.transfer'), { error: 'not-open' });
    await line.call('session.open');
    await assert.rejects(line.call('session.transfer', { board: 'poche' }), { code: -32602 });
    await line.close();
  });
});

test('who makes links without end is told to wait', async () => {
  const limited = await serve({ limits: '1' });
  const line = await enter(limited);
  const answers = [];
  for (let i = 0; i < 8; i++) answers.push(await line.ask('session.transfer'));
  const refused = answers.filter(({ error }) => error);
  assert.equal(refused.length, 3);
  for (const { error } of refused) assert.ok(error.data.error === 'too-fast' && error.data.retry_ms > 0);
  assert.equal(await limited.stop(), 0);
});

/** @param {unknown} body @param {Record<string, string>} [headers] */
function post(body, headers = { Origin: ours }, path = '/api/session') {
  return fetchRaw(server, path, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

/** A line whose upgrade brings a cookie. @param {string} cookie @param {Record<string, string>} [headers] */
async function withCookie(cookie, headers = { Origin: ours }) {
  return enter(server, {}, { headers: { Cookie: cookie, ...headers } });
}

describe('POST /api/session', () => {
  test('keeps the token where no script reads it', async () => {
    const line = await enter(server);
    const { status, headers, body } = await post({ token: line.session.token });
    assert.deepEqual([status, body, headers['content-length']], [204, '', undefined]);
    assert.deepEqual(headers['set-cookie'], [`pinson=${line.session.token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=15552000`]);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['access-control-allow-origin'], undefined);
    await line.close();
  });

  test('and forgets it', async () => {
    const { status, headers } = await post({ token: null });
    assert.deepEqual([status, headers['set-cookie']], [204, ['pinson=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0']]);
  });

  test('knows a session that only the store remembers', async () => {
    const line = await enter(server);
    await line.act('vote.cast', { board: 'poche', idea: 1, choice: 'pass' });
    const { token } = line.session;
    await line.close();
    assert.equal((await post({ token })).status, 204);
  });

  test('is for pages of this server', async () => {
    const line = await enter(server);
    const { token } = line.session;
    for (const headers of [{}, { Origin: THEIRS }, { Origin: 'null' }, { Origin: `http://127.0.0.1:1` }, { Origin: `${ours}.evil.example` }]) {
      const reply = await post({ token }, headers);
      assert.deepEqual([reply.status, reply.headers['set-cookie']], [403, undefined], JSON.stringify(headers));
      assert.equal((await post({ token: null }, headers)).status, 403);
    }
    const twice = await sendBytes(server, `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${ours}\r\nOrigin: ${ours}\r\nContent-Length: 14\r\n\r\n{"token":null}`);
    assert.equal(statusOf(twice), 403);
    assert.equal((await post({ token }, { Origin: 'http://evil.example', Host: 'evil.example' })).status, 421);
    await line.close();
  });

  test('refuses tokens of nobody', async () => {
    for (const token of ['', 'x', 'A'.repeat(43), 'A'.repeat(44), '../../x']) {
      const { status, headers } = await post({ token });
      assert.deepEqual([status, headers['set-cookie']], [403, undefined], token);
    }
  });

  test('refuses what it does not understand', async () => {
    for (const body of ['{', '[]', '{}', 'null', '{"token":1}', '{"token":null,"x":1}', '{"token":null,"token":null}', '{"token":null}x', '\xff', '[[[[[[']) {
      assert.equal((await post(body)).status, 400, body);
    }
  });

  test('refuses bodies that are large, of unknown length or none at all', async () => {
    assert.equal((await post(`{"token":null}${' '.repeat(1_011)}`)).status, 413);
    assert.equal((await post(`{"token":null}${' '.repeat(1_010)}`)).status, 204);
    const head = `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${ours}\r\n`;
    /** @type {[string, number[]][]} */
    const cases = [
      ['\r\n', [411]],
      ['Content-Length: 0\r\n\r\n', [400]],
      ['Content-Length: -1\r\n\r\n', [400]],
      ['Content-Length: 14x\r\n\r\n{"token":null}', [400]],
      ['Content-Length: 9999999999999\r\n\r\n', [400]],
      ['Content-Length: 1000000000\r\n\r\n', [413]],
      ['Content-Length: 14\r\nContent-Length: 14\r\n\r\n{"token":null}', [400]],
      ['Content-Length: 14\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n{"token":null}\r\n0\r\n\r\n', [400]],
      ['Transfer-Encoding: chunked\r\n\r\ne\r\n{"token":null}\r\n0\r\n\r\n', [400, 411]],
    ];
    for (const [rest, statuses] of cases) {
      const answer = await sendBytes(server, head + rest);
      assert.ok(statuses.includes(statusOf(answer)), `${rest} ${answer.slice(0, 80)}`);
      assert.doesNotMatch(answer, /set-cookie/i);
    }
  });

  test('gets one answer, whatever comes behind it', async () => {
    const request = `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${ours}\r\nContent-Length: 14\r\n\r\n{"token":null}`;
    for (const more of ['', 'x', request, 'x'.repeat(5_000), 'GET / HTTP/1.1\r\n\r\n']) {
      const answer = await sendBytes(server, request + more);
      assert.equal((answer.match(/HTTP\/1\.1 \d/g) ?? []).length, answer ? 1 : 0, more.slice(0, 20));
      if (answer) assert.equal(statusOf(answer), 204);
    }
  });

  test('takes no token out of an address', async () => {
    assert.equal((await post({ token: null }, { Origin: ours }, '/api/session?token=x')).status, 400);
  });

  test('is the only thing that can be sent', async () => {
    for (const path of ['/', '/api', '/api/boards', '/api/session/', '/b/poche', '/healthz', '/ws']) {
      const { status, headers } = await post({ token: null }, { Origin: ours }, path);
      assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'], path);
    }
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await fetchRaw(server, '/api/session', { method, headers: { Origin: ours } });
      assert.deepEqual([status, headers.allow], [405, 'POST'], method);
    }
  });
});

describe('a cookie alone opens its session', () => {
  let token = '';
  let person = 0;

  before(async () => {
    const line = await enter(server);
    await line.act('vote.cast', { board: 'poche', idea: 1, choice: 'agree' });
    person = (await me(line)).person;
    ({ token } = line.session);
    await line.close();
  });

  test('from a page of ours', async () => {
    for (const cookie of [`pinson=${token}`, `a=b; pinson=${token}`, `pinson=${token};c=d`, `xpinson=1; pinson=${token}; pinsonx=2`]) {
      const line = await withCookie(cookie);
      assert.deepEqual([line.session.token, (await me(line)).person], [token, person], cookie);
      await line.close();
    }
  });

  test('not from anywhere else', async () => {
    const line = await withCookie(`pinson=${token}`, {});
    assert.notEqual(line.session.token, token);
    assert.equal((await me(line)).person, null);
    await line.close();
    await assert.rejects(withCookie(`pinson=${token}`, { Origin: THEIRS }), /403|Unexpected server response/);
  });

  test('under its exact name, once', async () => {
    for (const cookie of [`Pinson=${token}`, `pinson =${token}`, `pinson="${token}"`, `pinson=${token}; pinson=${token}`, `pinson=x; pinson=${token}`, `x=pinson=${token}`, `pinson=${token.slice(1)}`, 'pinson', 'pinson=']) {
      const line = await withCookie(cookie);
      assert.notEqual(line.session.token, token, cookie);
      await line.close();
    }
  });

  test('unless it has ended: then whoever comes is new', async () => {
    const line = await withCookie(`pinson=${'A'.repeat(43)}`);
    assert.match(line.session.token, /^[A-Za-z0-9_-]{43}$/);
    assert.notEqual(line.session.token, 'A'.repeat(43));
    assert.equal((await me(line)).person, null);
    await line.close();
  });

  test('unless the page says who it is', async () => {
    const other = await enter(server);
    const headers = { Cookie: `pinson=${token}`, Origin: ours };
    assert.equal((await enter(server, { token: other.session.token }, { headers })).session.token, other.session.token);
    await assert.rejects(enter(server, { token: 'A'.repeat(43) }, { headers }), { error: 'signed-out' });
    const { invite } = await other.call('session.transfer');
    assert.ok(![token, other.session.token].includes((await enter(server, { invite }, { headers })).session.token));
    await other.close();
  });
});

test('no token is in the log, and the server ends in good order', async () => {
  const line = await enter(server);
  await post({ token: line.session.token });
  const { invite } = await line.call('session.transfer');
  await line.act('vote.cast', { board: 'poche', idea: 1, choice: 'pass', op: newOp() });
  const names = await redis(socket, 'KEYS', 'pinson:*');
  const values = await redisAll(socket, names.filter((name) => /session|invite/.test(name)).map((name) => ['GET', name]));
  for (const secret of [line.session.token, invite]) {
    assert.ok(![...names, ...values].some((text) => text?.includes(secret)));
    assert.ok(!server.errors.includes(secret));
    assert.ok(!server.lines.join('\n').includes(secret));
  }
  await line.close();
  assert.equal(await server.stop(), 0);
});
