// Goal: who is in the room finds the way in – its code, its QR code – and whoever comes learns who runs the place.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fetchRaw } from './support/http.js';
import { enter } from './support/line.js';
import { cleanUp, folder, json, output, run, serve, Server } from './support/processes.js';

const data = folder();
const RESPONSIBLE = 'Mairie de Trifouillis, "service" <participation>';
/** @type {import('./support/processes.js').Server} */ let server;
let code = '';

before(async () => {
  code = (await json('create', 'salle', '--title', 'Que faire <b>ici</b> & ailleurs ?', '--json', '--data', data)).join_code;
  await output('create', 'secret', '--title', 'En travaux', '--draft', '--data', data);
  const said = ['--responsible', RESPONSIBLE, '--contact', 'participation@ville.example', '--keep-months', '12'];
  server = await serve({ data, args: [...said, '--host', 'idees.example', '--host', 'autre.example'] });
});

after(cleanUp);

/** @param {{port: number}} from @param {string} [host] @param {string} [slug] */
const qr = (from, host = `127.0.0.1:${from.port}`, slug = 'salle') => fetchRaw(from, `/b/${slug}/qr.svg`, { headers: { Host: host } });

/** @param {string[]} args */
async function start(...args) {
  const started = new Server(['--data', data, ...args]);
  await started.said(/^ready$/);
  return started;
}

describe('the join code', () => {
  test('is part of a board that everybody may read', async () => {
    assert.match(code, /^\d{6}$/);
    const line = await enter(server);
    const { snapshot } = await line.join('salle');
    assert.equal(snapshot.join_code, code);
    assert.equal((await line.join(code)).snapshot.slug, 'salle');
    assert.equal(JSON.parse((await fetchRaw(server, '/api/boards/salle')).body).join_code, code);
    await line.close();
  });

  test('is known of a board that is made while the server runs, here or elsewhere', async () => {
    const admin = await enter(server, { invite: server.adminInvite });
    const made = await admin.act('board.create', { slug: 'ici', title: 'Ici' });
    assert.equal((await admin.join('ici')).snapshot.join_code, made.join_code);
    const there = await json('create', 'ailleurs', '--title', 'Ailleurs', '--json', '--data', data);
    while (!(await admin.call('board.list')).boards.some(({ slug }) => slug === 'ailleurs'));
    assert.equal((await admin.join('ailleurs')).snapshot.join_code, there.join_code);
    await admin.close();
  });
});

describe('its QR code', () => {
  test('is a drawing that is safe to show, and is asked for once', async () => {
    const { status, headers, body } = await qr(server);
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'image/svg+xml; charset=utf-8');
    assert.ok(body.includes('<title>Rejoindre : Que faire &lt;b&gt;ici&lt;/b&gt; &amp; ailleurs ?</title>'));
    assert.doesNotMatch(body, /style|script|<b>/);
    const again = await fetchRaw(server, '/b/salle/qr.svg', { headers: { 'If-None-Match': headers.etag } });
    assert.deepEqual([again.status, again.body], [304, '']);
    const head = await fetchRaw(server, '/b/salle/qr.svg', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.etag, head.body], [200, headers.etag, '']);
  });

  test('is of no board that is not public', async () => {
    for (const slug of ['secret', 'nowhere']) assert.equal((await qr(server, undefined, slug)).status, 404);
    assert.equal((await fetchRaw(server, '/b/salle/qr.svg/')).status, 404);
  });

  test('leads where the server was found, or to its public address', async () => {
    const here = await qr(server);
    const [named, other] = [await qr(server, 'idees.example'), await qr(server, 'autre.example')];
    assert.equal(new Set([here, named, other].map(({ body }) => body)).size, 3);
    assert.equal((await qr(server, 'evil.example')).status, 421);
    assert.equal(await server.stop(), 0);
    const open = await start('--listen', `127.0.0.1:${server.port}`, '--public-url', 'http://idees.example/');
    for (const host of [`127.0.0.1:${server.port}`, 'idees.example', `localhost:${server.port}`]) assert.equal((await qr(server, host)).body, named.body);
    assert.equal(await open.stop(), 0);
  });

  test('leads a camera to the machine, not to its own', async (t) => {
    const open = await start('--listen', ':0');
    const said = open.lines.join('\n');
    open.port = Number(/localhost:(\d+)/.exec(said)?.[1]);
    const network = /On this network: http:\/\/(\S+)/.exec(said)?.[1];
    if (network) {
      const { body } = await qr(open, network);
      for (const name of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) assert.equal((await qr(open, `${name}:${open.port}`)).body, body, name);
      assert.notEqual((await qr(open, '192.0.2.1')).body, body);
    } else {
      t.diagnostic('this machine is on no network');
      assert.equal((await qr(open, `localhost:${open.port}`)).status, 200);
    }
    assert.equal(await open.stop(), 0);
  });
});

describe('who runs the place', () => {
  test('is told with the session', async () => {
    const said = ['--responsible', RESPONSIBLE, '--contact', 'participation@ville.example', '--keep-months', '12'];
    server = await serve({ data, args: said });
    const line = await enter(server);
    assert.deepEqual(line.session.site, { responsible: RESPONSIBLE, contact: 'participation@ville.example', keep_months: 12 });
    assert.equal(await server.stop(), 0);
  });

  test('is not made up', async () => {
    server = await serve({ data });
    const line = await enter(server);
    assert.deepEqual(line.session.site, { responsible: null, contact: null, keep_months: null });
    assert.equal(await server.stop(), 0);
  });

  test('is said in a line, and in months', async () => {
    for (const said of [['--keep-months', '0'], ['--keep-months', '121'], ['--keep-months', 'x'], ['--responsible', ''], ['--contact', 'a\nb'], ['--responsible', 'x'.repeat(501)]]) {
      assert.equal((await run('serve', '--data', data, ...said)).status, 2, said[0]);
    }
    assert.match(await output('serve', '--help'), /--responsible TEXT[^]*--contact TEXT[^]*--keep-months N/);
  });
});
