// Goal: a citizen without JavaScript can find, join, read, follow and check a consultation, and sees nothing before its time.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fetchRaw } from './support/http.js';
import { enter } from './support/line.js';
import { Server, cleanUp, folder, output, run, serve } from './support/processes.js';
import { castAll, createBoard, keep, round, staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
const NASTY = '<script>alert("x")</script> & l’idée\\;, <img src=x onerror=alert(1)>';
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let lead;
let code = '';

const get = (path, headers = {}) => fetchRaw(server, path, { headers });
const page = async (path, headers) => {
  const reply = await get(path, headers);
  assert.equal(reply.status, 200, path);
  assert.match(reply.headers['content-type'], /^text\/html/, path);
  return reply.body;
};

/** Opened and closed one in the other, attributes in quotes, no script but the client's own. @param {string} body */
function assertSound(body, path) {
  const empty = new Set(['meta', 'link', 'img', 'input', 'br', 'path', 'circle', '!doctype']);
  const open = [];
  for (const [, end, name, rest] of body.replaceAll(/<!--.*?-->/gs, '').matchAll(/<(\/?)([a-z!][a-z0-9]*)((?:"[^"]*"|[^">])*)>/g)) {
    if (end) assert.equal(open.pop(), name, path);
    else if (!empty.has(name)) open.push(name);
    assert.doesNotMatch(rest.replaceAll(/"[^"]*"/g, '""'), /\s(on\w+|style)=/, path);
  }
  assert.deepEqual(open, [], path);
  for (const [tag] of body.matchAll(/<script[^>]*>/g)) assert.match(tag, /src="\/app\//, path);
}

before(async () => {
  mkdirSync(join(data, 'content'));
  writeFileSync(join(data, 'content', 'legal.fr.md'), '# Mentions d’ici\n\n<b>gras</b> **fort** {responsible}\n');
  server = await serve({ data });
  const rules = [
    round({ title: 'Tour <1>', prompt: `Dites ${NASTY}`, allows: ['post', 'build', 'vote'], scores: 'closed', reveal: 'by-lead', rule: keep(1) }),
    round({ title: 'Finale', final: true, opens_at: '2099-01-02T10:00:00Z', closes_at: '2099-01-02T12:00:00Z' }),
  ];
  await createBoard([server], place, 'sans-script', rules, '--question', `Que lit-on ${NASTY} ?`, '--json');
  lead = await staff(server, place, 'sans-script');
  const author = await enter(server);
  await author.join('sans-script');
  for (const text of [NASTY, 'Des bus plus tôt le matin']) await author.act('idea.post', { board: 'sans-script', text });
  await author.act('idea.build', { board: 'sans-script', parent: 2, relation: 'adapt', text: 'Et si plutôt des vélos' });
  await author.act('idea.build', { board: 'sans-script', parent: 3, relation: 'counter', text: 'Oui, mais la pluie' });
  for (let i = 0; i < 2; i++) await castAll(await enter(server), 'sans-script', 'da');
  code = JSON.parse(await output('create', 'a-code', '--title', 'Avec un code', '--json', ...place)).join_code;
  while ((await get('/b/a-code')).status !== 200);
});

after(cleanUp);

const BOARD = '/b/sans-script';
const PAGES = ['/', BOARD, `${BOARD}?sort=newest`, `${BOARD}/i/1`, `${BOARD}/i/3`, `${BOARD}?mode=result`, `${BOARD}?mode=result&round=1`, `${BOARD}/ecran`,
  ...['help', 'easy', 'accessibility', 'privacy', 'legal', 'charter'].map((name) => `/pages/${name}`), '/join/000000'];

test('every page is sound, in its language, and titled', async () => {
  for (const path of PAGES) {
    const body = await page(path);
    assertSound(body, path);
    assert.match(body, /<html lang="fr"/, path);
    assert.match(body, /<title>[^<]*Pinson<\/title>/, path);
    assert.equal(body.match(/<h1[ >]/g)?.length, 1, path);
    assert.match(body, /<main [^>]*id="main"/, path);
    assert.match(body, /href="\/pages\/accessibility">Accessibilité\u00a0: non conforme/, path);
  }
});

test('home says what this is, lists boards and takes a code', async () => {
  const body = await page('/');
  for (const words of ['Proposez', 'Donnez votre avis', 'Voyez ce qui se dégage', 'En ce moment', 'href="/b/sans-script"', 'action="/join"', 'name="code"']) {
    assert.ok(body.includes(words), words);
  }
  assert.match(await page('/', { 'Accept-Language': 'de-DE, en;q=0.8, fr;q=0.2' }), /<html lang="en"[^]*Open now/);
  assert.match(await page('/?lang=en'), /<html lang="en"/);
  assert.match(await page('/', { 'Accept-Language': 'es' }), /<html lang="fr"/);
});

test('a code leads to its board, however it is typed, and an unknown one is said to be so', async () => {
  assert.match(code, /^\d{6}$/);
  for (const typed of [code, `${code.slice(0, 3)}+${code.slice(3)}`, `${code.slice(0, 3)}%C2%A0${code.slice(3)}`, ` ${code}`.replace(' ', '%20')]) {
    const { status, headers, body } = await get(`/join?code=${typed}`);
    assert.deepEqual([status, headers.location, body], [303, '/b/a-code', ''], typed);
  }
  assert.match(await page(`/join/${code}`), /<h1>.*Avec un code/);
  const unknown = code === '000000' ? '000001' : '000000';
  assert.equal((await get(`/join?code=${unknown}`)).headers.location, `/join/${unknown}`);
  assert.match(await page(`/join/${unknown}`), /Ce code n’ouvre aucune consultation publique/);
  for (const bad of ['', 'x', '12a', '%0d%0aSet-Cookie:a', '1'.repeat(40)]) {
    const { status, body, headers } = await get(`/join?code=${bad}`);
    assert.deepEqual([status, headers.location], [404, undefined], bad);
    assert.match(body, /Il faut six chiffres/);
  }
});

describe('while scores are closed', () => {
  test('no page, feed or calendar has a number that comes of ballots', async () => {
    for (const path of [...PAGES.slice(1, 8), `${BOARD}/feed.atom`, `${BOARD}/agenda.ics`]) {
      const { body } = await get(path);
      assert.doesNotMatch(body.replace(/<head>.*<\/head>/s, '').replaceAll('au moins 1\u00a0avis', ''), /\d[\s\u00a0](avis|Pour)|%\s|class="(bar|rank|seal)|Qualifiée/, path);
    }
    assert.match(await page(BOARD), /Résultats masqués jusqu’à la fin du tour/);
    assert.match(await page(`${BOARD}?mode=result&round=1`), /Il n’y a pas encore de résultat/);
  });

  test('the board says where it stands and what it decides by', async () => {
    const body = await page(BOARD);
    for (const words of ['<b>Tour 1 sur 2</b>', 'L’idée la mieux classée est qualifiée.', 'à venir', 'Tour &lt;1&gt;', 'feed.atom', 'agenda.ics', '/pages/help', '2 janvier 2099']) {
      assert.ok(body.includes(words), words);
    }
    assert.ok(body.includes('&lt;script&gt;alert(&quot;x&quot;)'));
  });

  test('an idea has its chain, its lanes and the whole thread', async () => {
    const body = await page(`${BOARD}/i/3`);
    assert.match(body, /<nav class="chain"[^]*Des bus plus tôt[^]*<article class="face">/);
    assert.match(body, /<section class="lane counter">[^]*Oui, mais la pluie/);
    assert.match(body, /Tout le fil \(3\u00a0idées\)/);
  });

  test('a room sees no idea that too few people have read', async () => {
    const body = await page(`${BOARD}/ecran`);
    assert.match(body, /<img class="qr" src="\/b\/sans-script\/qr.svg"/);
    assert.ok(!body.includes('Des bus plus tôt'));
  });
});

describe('feed and calendar', () => {
  test('both may be read by any site, and again for nothing', async () => {
    for (const [path, type] of [['feed.atom', /^application\/atom\+xml/], ['agenda.ics', /^text\/calendar/]]) {
      const first = await get(`${BOARD}/${path}`);
      assert.equal(first.status, 200);
      assert.match(first.headers['content-type'], /** @type {RegExp} */ (type));
      assert.equal(first.headers['access-control-allow-origin'], '*');
      assert.equal((await get(`${BOARD}/${path}`, { 'If-None-Match': first.headers.etag })).status, 304);
      assert.equal((await get(`/b/nowhere/${path}`)).status, 404);
    }
  });

  test('the feed is Atom, with absolute links to where it was asked for', async () => {
    const { body } = await get(`${BOARD}/feed.atom`, { Host: `localhost:${server.port}` });
    assert.match(body, /^<\?xml version="1.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/);
    assert.ok(body.includes(`href="http://localhost:${server.port}/b/sans-script/i/1"`));
    assert.ok(body.includes('&lt;script&gt;'));
    assert.ok(!body.includes('<script'));
    assertSound(body.replace(/<\?.*?\?>/, '').replaceAll(/<link [^>]*\/>|<category [^>]*\/>/g, ''), 'feed');
    assert.equal(new Set(body.match(/<id>urn:uuid:[0-9a-f-]{36}<\/id>/g)).size, body.match(/<id>/g)?.length);
  });

  test('the calendar is iCalendar', async () => {
    const { body } = await get(`${BOARD}/agenda.ics`);
    const lines = body.split('\r\n');
    assert.equal(lines.pop(), '');
    for (const line of lines) assert.ok(Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line), line);
    const unfolded = body.replaceAll('\r\n ', '').split('\r\n');
    assert.equal(unfolded.filter((line) => line === 'BEGIN:VEVENT').length, 2);
    assert.ok(unfolded.includes('DTSTART:20990102T100000Z') && unfolded.includes('DTEND:20990102T120000Z'));
    assert.ok(unfolded.some((line) => line.startsWith('DESCRIPTION:') && line.includes('l’idée\\\\\\;\\,')));
    for (const line of unfolded.slice(0, -1)) assert.match(line, /^[A-Z-]+:/);
  });
});

describe('texts of the installation', () => {
  test('are there in both languages, chosen by address or by browser', async () => {
    assert.match(await page('/pages/help'), /<main class="wrap page" id="main" lang="fr">[^]*<h1>Aide<\/h1>/);
    assert.match(await page('/pages/help?lang=en'), /lang="en">[^]*<h1>Help<\/h1>/);
    assert.match(await page('/pages/help', { 'Accept-Language': 'en-GB' }), /<h1>Help<\/h1>/);
    for (const path of ['/pages/', '/pages/x', '/pages/help/x', '/pages/help.fr.md']) assert.equal((await get(path)).status, 404, path);
  });

  test('an operator’s own take their place, without their HTML', async () => {
    const body = await page('/pages/legal');
    assert.match(body, /<h1>Mentions d’ici<\/h1>[^]*<strong>fort<\/strong> l’organisateur de la consultation/);
    assert.ok(!body.includes('<b>gras'));
    assert.match(await page('/pages/legal?lang=en'), /<h1>Legal notice<\/h1>/);
  });

  test('a bad one is refused at the start, with a sentence', async () => {
    for (const [text, why] of [[Buffer.from('# A\n\n\xff', 'latin1'), /UTF-8/], ['no title', /title/], [`# A\n\n${'x'.repeat(70_000)}`, /too long/]]) {
      const content = folder();
      writeFileSync(join(content, 'help.en.md'), /** @type {string} */ (text));
      const { status, stderr } = await run('serve', '--content', content, '--data', folder(), '--listen', '127.0.0.1:0');
      assert.equal(status, 1);
      assert.match(stderr, /** @type {RegExp} */ (why));
      assert.match(stderr, /help\.en\.md/);
    }
    const { status, stderr } = await run('serve', '--content', join(folder(), 'none'), '--data', folder(), '--listen', '127.0.0.1:0');
    assert.equal(status, 1);
    assert.match(stderr, /there is no folder/);
  });
});

describe('once a round is closed', () => {
  test('its result is told when it is revealed, and not before', async () => {
    await lead.act('round.close', { board: 'sans-script', round: 1 });
    assert.match(await page(`${BOARD}?mode=result&round=1`), /Le résultat n’est pas encore dévoilé/);
    assert.ok(!(await get(`${BOARD}/feed.atom`)).body.includes('résultat</title>'));
    await lead.act('round.reveal', { board: 'sans-script', round: 1 });
    const body = await page(`${BOARD}?mode=result`);
    assertSound(body, 'result');
    for (const words of ['1\u00a0idée qualifiée sur', 'Des bus plus tôt', '2\u00a0Pour sur 2\u00a0avis', 'Seuil de qualification', 'Huit mots pour vérifier', 'ballots.csv', '2 personnes ont donné leur avis']) {
      assert.ok(body.includes(words), words);
    }
    assert.equal(body.match(/<ol class="seal"[^>]*>(.*?)<\/ol>/)?.[1].match(/<li>/g)?.length, 8);
    const feed = (await get(`${BOARD}/feed.atom`)).body;
    assert.match(feed, /Tour 1 sur 2 : résultat[^]*Qualifiée : #2 Des bus plus tôt/);
  });

  test('a final has its winner, its tests and other countings', async () => {
    await lead.act('round.open', { board: 'sans-script', round: 2 });
    await lead.act('round.close', { board: 'sans-script', round: 2 });
    let body = await page(`${BOARD}?mode=result&round=2`);
    assert.match(body, /<p class="outcome winner">Lauréate<\/p>[^]*Des bus plus tôt[^]*majorité non confirmée/);
    assert.match(body, /Sur 100 finales rejouées au hasard dans la marge d’incertitude, elle arrive en tête 100 fois/);
    while (!body.includes('Le résultat tient-il')) body = await page(`${BOARD}?mode=result&round=2`);
    assertSound(body, 'final');
    assert.match(body, /Sans les invités/);
    const idea = await page(`${BOARD}/i/2`);
    assert.match(idea, /Le parcours de l’idée[^]*Tour 1<\/a> : rang 1[^]*Qualifiée[^]*Tour 2<\/a> : rang 1[^]*Lauréate/);
  });
});

test('links name the public address where the operator gave one', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (listener.address());
  await new Promise((resolve) => { listener.close(resolve); });
  const other = new Server(['--data', folder(), '--listen', `127.0.0.1:${port}`, '--example', '--public-url', 'https://idees.example/']);
  other.port = port;
  await other.said(/^ready$/);
  const { body } = await fetchRaw(other, '/b/ecole-sans-voiture');
  assert.ok(body.includes('<link rel="canonical" href="https://idees.example/b/ecole-sans-voiture">'));
  assert.ok((await fetchRaw(other, '/b/ecole-sans-voiture/agenda.ics')).body.includes('URL:https://idees.example/b/ecole-sans-voiture\r\n'));
  assert.equal(await other.stop(), 0);
  assert.equal(await server.stop(), 0);
});
