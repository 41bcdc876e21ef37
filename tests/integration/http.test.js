// Goal: everything can be read without a WebSocket and without a script, and nothing but what is meant to be read.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fetchRaw, sendBytes, statusOf } from './support/http.js';
import { enter } from './support/line.js';
import { conversation } from './support/polis.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';

const data = folder();
const { dir, expected } = conversation('london.youth.policing');
const NASTY = '<script>alert("x")</script> & \'<img src=x onerror=alert(1)>';
const FORMULA = '=HYPERLINK("http://evil.example")';
/** @type {import('./support/processes.js').Server} */ let server;
let version = 0;

before(async () => {
  await output('create', 'lire', '--title', 'Lire <b>sans</b> script', '--question', 'Que lit-on ?', '--data', data);
  await output('create', 'ouvert', '--title', 'Journal ouvert', '--publish-log', '--data', data);
  await output('import', 'polis', dir, '--board', 'londres', '--data', data);
  server = await serve({ data });
  const author = await enter(server);
  const reader = await enter(server);
  for (const text of [NASTY, FORMULA, 'Une idée que l’on retire']) {
    await author.act('idea.post', { board: 'lire', text });
  }
  await author.act('idea.post', { board: 'ouvert', text: 'Une idée au grand jour' });
  await author.act('idea.withdraw', { board: 'lire', idea: 3 });
  await reader.act('vote.cast', { board: 'lire', idea: 1, choice: 'agree' });
  version = (await reader.act('vote.cast', { board: 'lire', idea: 2, choice: 'disagree' })).version;
  await projected('lire', version);
});

after(cleanUp);

const get = (path, options = {}) => fetchRaw(server, path, options);

/** The ranking is a view of the log that follows it. @param {string} slug @param {number} to */
async function projected(slug, to) {
  const shows = async () => JSON.parse((await get(`/api/boards/${slug}/ranking`)).body).version === to;
  for (const until = Date.now() + 20_000; !(await shows());) {
    assert.ok(Date.now() < until, `the ranking of ${slug} comes to version ${to}`);
    await delay(20);
  }
}

/** @param {{headers: Record<string, any>}} reply */
function assertSafe({ headers }, path) {
  const policy = headers['content-security-policy'] ?? '';
  assert.match(policy, /default-src '(self|none)'/, path);
  assert.match(policy, /frame-ancestors '(none|self)'/, path);
  assert.doesNotMatch(policy, /unsafe|\*/, path);
  assert.equal(headers['x-content-type-options'], 'nosniff', path);
  assert.ok(headers['referrer-policy'], path);
  assert.equal(headers['set-cookie'], undefined, path);
}

const PATHS = ['/', '/b/lire', '/b/lire/i/1', '/api/boards', '/api/boards/lire', '/api/boards/lire/ranking', '/api/boards/lire/ideas.csv',
  '/api/boards/lire/ideas.json', '/api/boards/lire/ballots.csv', '/healthz', '/readyz', '/app/main.js', '/api/boards/ouvert/log.ndjson',
  '/b/lire/ecran', '/b/lire/feed.atom', '/b/lire/agenda.ics', '/b/lire?mode=result', '/join/123456', '/pages/help', '/pages/legal'];
const MISSING = ['/nothing', '/b/nowhere', '/b/lire/i/999', '/b/lire/i/0', '/b/lire/i/x', '/b/lire/nothing', '/api', '/api/boards/nowhere', '/api/boards/lire/nothing',
  '/api/boards/nowhere/ranking', '/api/boards/lire/log.ndjson', '/metrics', '/index.html/', '/.git/config', '/app/', '/pages/x', '/join?code=x'];

test('every path that is served carries the safety headers', async () => {
  for (const path of PATHS) {
    const reply = await get(path);
    assert.equal(reply.status, 200, path);
    assertSafe(reply, path);
    assert.ok(reply.headers['content-type'], path);
  }
});

test('what is not there is 404, with the same headers', async () => {
  for (const path of MISSING) {
    const reply = await get(path);
    assert.equal(reply.status, 404, path);
    assertSafe(reply, path);
  }
});

test('HEAD answers as GET does, without the body', async () => {
  for (const path of [...PATHS, ...MISSING]) {
    const [whole, head] = [await get(path), await get(path, { method: 'HEAD' })];
    assert.equal(head.status, whole.status, path);
    assert.equal(head.body, '', path);
    assert.equal(head.headers['content-type'], whole.headers['content-type'], path);
    // Voters are numbered anew for each answer: no two tables of ballots are the same.
    if (!path.endsWith('/ballots.csv')) assert.equal(head.headers.etag, whole.headers.etag, path);
  }
});

test('other methods are refused', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
    for (const path of ['/', '/api/boards', '/healthz']) {
      const answer = await sendBytes(server, `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
      assert.ok([0, 400, 403, 404, 405].includes(statusOf(answer)), `${method} ${path}: ${answer.slice(0, 100)}`);
    }
  }
});

test('no path leads out of what is served', async () => {
  const outside = ['/../etc/passwd', '/../../../../etc/passwd', '/app/../../etc/passwd', '/%2e%2e/etc/passwd', '/%2e%2e%2fetc%2fpasswd', '/%252e%252e/etc/passwd',
    '/..%5cetc%5cpasswd', '/\\..\\etc\\passwd', '/%c0%ae%c0%ae/etc/passwd', '/app/main.js%00', '/%00', '/app/%2e%2e/%2e%2e/README.md', '//etc/passwd',
    '/%', '/%zz', '/%e9', '/?', '/b/%7bb%7d'];
  for (const path of outside) {
    const answer = await sendBytes(server, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
    assert.doesNotMatch(answer, /root:|EUPL/, path);
    if (path !== '/?') assert.ok([0, 400, 403, 404].includes(statusOf(answer)), `${path}: ${answer.slice(0, 60)}`);
  }
});

test('malformed requests get one refusal at most, and nobody is held up', async () => {
  const host = `Host: 127.0.0.1:${server.port}\r\n`;
  const end = 'Connection: close\r\n\r\n';
  const requests = [`GET / HTTP/1.1\r\n${end}`, `GET / HTTP/1.1\r\n${host}${host}${end}`, `GET / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n${end}xx`, `GET / HTTP/1.1\r\nHost: evil.example\r\n${end}`, `GARBAGE\r\n\r\n`,
    `GET /${'a'.repeat(65_536)} HTTP/1.1\r\n${host}${end}`, `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(65_536)}\r\n${end}`, `GET http://evil.example/ HTTP/1.1\r\n${host}${end}`];
  for (const request of requests) {
    const answer = await sendBytes(server, request);
    assert.ok((answer.match(/HTTP\/1\.[01] \d/g) ?? []).length <= 1, request.slice(0, 80));
    assert.ok(![200, 101].includes(statusOf(answer)), `${request.slice(0, 80)} ${answer.slice(0, 40)}`);
  }
  assert.equal((await get('/healthz')).status, 200);
});

test('it is alive, ready and durable', async () => {
  assert.deepEqual(JSON.parse((await get('/healthz')).body).alive, true);
  assert.deepEqual(JSON.parse((await get('/readyz')).body), { ready: true, durable: true });
});

test('the list and the board are what a WebSocket would tell', async () => {
  const line = await enter(server);
  assert.deepEqual(JSON.parse((await get('/api/boards')).body), await line.call('board.list'));
  const { snapshot } = await line.join('lire');
  const read = JSON.parse((await get('/api/boards/lire')).body);
  assert.ok(!('me' in read));
  assert.deepEqual({ ...read, me: snapshot.me, watching: snapshot.watching }, snapshot);
  await line.close();
});

test('the ranking is that of `pinson rank`, and can be cut short', async () => {
  const ranked = await json('rank', 'londres', '--json', '--data', data);
  const whole = JSON.parse((await get('/api/boards/londres/ranking')).body);
  assert.deepEqual(whole.ideas.map(({ n, score }) => [n, score]), ranked.ideas.map(({ n, score }) => [n, score]));
  assert.deepEqual(whole.pool, [ranked.pool.agree, ranked.pool.n]);
  assert.equal(typeof whole.version, 'number');
  const short = JSON.parse((await get('/api/boards/londres/ranking?round=1&limit=3')).body);
  assert.deepEqual(short.ideas, whole.ideas.slice(0, 3));
  for (const query of ['limit=-1', 'limit=x', 'round=99', 'limit=']) {
    assert.ok([200, 400, 404].includes((await get(`/api/boards/londres/ranking?${query}`)).status), query);
  }
});

/** The second request for the same thing is answered in a word. */
async function assertSpared(path) {
  const first = await get(path);
  assert.ok(first.headers.etag, `${path} has an ETag`);
  const again = await get(path, { headers: { 'If-None-Match': first.headers.etag } });
  assert.deepEqual([again.status, again.body], [304, ''], path);
  assertSafe(again, path);
  assert.equal((await get(path, { headers: { 'If-None-Match': '"other"' } })).status, 200, path);
}

describe('downloads', () => {
  test('ideas.json has the expected tallies and no text of a hidden idea', async () => {
    const { ideas, totals } = JSON.parse((await get('/api/boards/londres/ideas.json')).body);
    for (const idea of ideas) {
      assert.deepEqual(idea.tally, expected.tallies[idea.source.id]);
      assert.equal(idea.text === null, idea.state === 'hidden');
    }
    assert.equal(totals.ballots, expected.totals.ballots);
  });

  test('ideas.csv has a line an idea, and no cell that a spreadsheet would run', async () => {
    const { body, headers } = await get('/api/boards/lire/ideas.csv');
    assert.match(headers['content-type'], /^text\/csv/);
    assert.match(headers['content-disposition'], /ideas\.csv/);
    assert.doesNotMatch(body, /(^|[,\n])"?[=+@\t]/);
    assert.ok(body.includes("'=HYPERLINK"));
    assert.ok(!body.includes('que l’on retire'));
  });

  test('ballots.csv has no own ballots, no people and no times', async () => {
    const lines = (await get('/api/boards/londres/ballots.csv')).body.trimEnd().split(/\r?\n/);
    const exported = await json('export', 'londres', '--format', 'json', '--data', data);
    assert.equal(lines[0], 'voter,idea,choice');
    for (const line of lines.slice(1)) assert.match(line, /^\d+,\d+,(agree|disagree|pass)$/);
    assert.ok(lines.length - 1 < exported.totals.ballots, 'own ballots are left out');
    const again = (await get('/api/boards/londres/ballots.csv')).body.trimEnd().split(/\r?\n/);
    assert.equal(again.length, lines.length);
    assert.notDeepEqual(again, lines, 'voters are numbered anew each time');
  });

  test('log.ndjson is there only where the board chose to publish it', async () => {
    const lines = (await get('/api/boards/ouvert/log.ndjson')).body.trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(lines.map(({ command }) => command[0]), ['create', 'person', 'post']);
    for (const { id, v, command } of lines) assert.ok(v === 1 && /^\d+-\d+$/.test(id) && Array.isArray(command));
    assert.ok(!JSON.stringify(lines).includes('grand jour'), 'texts stay beside the log');
    assert.equal((await get('/api/boards/lire/log.ndjson')).status, 404);
  });

  test('an ETag spares the second transfer until something changes', async () => {
    for (const path of ['/api/boards/lire/ideas.csv', '/api/boards/lire/ideas.json', '/app/main.js']) await assertSpared(path);
    const { etag } = (await get('/api/boards/ouvert/ideas.json')).headers;
    const line = await enter(server);
    await line.act('vote.cast', { board: 'ouvert', idea: 1, choice: 'pass' });
    assert.equal((await get('/api/boards/ouvert/ideas.json', { headers: { 'If-None-Match': etag } })).status, 200);
    await line.close();
  });

  test('an ETag spares the second transfer of what changes all the time, too', async () => {
    for (const path of ['/api/boards/lire/ranking', '/api/boards/lire', '/api/boards']) await assertSpared(path);
  });

  test('a public board may be read by other sites, pages may not', async () => {
    for (const path of ['/api/boards', '/api/boards/lire', '/api/boards/lire/ranking', '/api/boards/lire/ideas.csv']) {
      assert.equal((await get(path, { headers: { Origin: 'https://other.example' } })).headers['access-control-allow-origin'], '*', path);
    }
    for (const path of ['/', '/b/lire', '/app/main.js']) {
      assert.equal((await get(path)).headers['access-control-allow-origin'], undefined, path);
    }
  });
});

test('pages can be read without a script, and texts are texts', async () => {
  for (const path of ['/b/lire', '/b/lire/i/1']) {
    const { body } = await get(path);
    assert.ok(body.includes('&lt;script&gt;alert('), path);
    assert.doesNotMatch(body, /<script>alert|<img src=x|<b>sans/, path);
    for (const [tag] of body.matchAll(/<script[^>]*>/g)) assert.match(tag, /src=/, 'no script is written into a page');
    assert.doesNotMatch(body.replaceAll(/"[^"]*"/g, '""'), /<[^>]*\s(on\w+|style)=/, path);
    assert.ok(!body.includes('que l’on retire'), path);
  }
  assert.ok((await get('/')).body.includes('/b/lire'));
  const { body } = await get('/b/londres');
  const { ideas } = await json('export', 'londres', '--format', 'json', '--data', data);
  const best = ideas.find(({ rank }) => rank === 1);
  assert.ok(body.includes(best.text.replaceAll('&', '&amp;').split(/['"’<>]/)[0]));
});

test('reading has changed nothing', async () => {
  const line = await enter(server);
  const joined = await line.join('lire');
  assert.equal(joined.version, version);
  assert.equal(joined.snapshot.people, 2);
  await line.close();
  assert.equal(await server.stop(), 0);
});
