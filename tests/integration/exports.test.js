// Goal: whatever leaves a board – tables, workbook, archive, report – says what the board says, to those who may know it, and the server measures its own turns meanwhile.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fetchRaw } from './support/http.js';
import { enter } from './support/line.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { createBoard, keep, round, staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
const SLUG = 'cour';
const PEOPLE = 36;
const FORMULAS = ['=1+1 arbres', '+33 bancs', '-5 degrés', '@tous', '＝SOMME(A1)', '＋ d’ombre', '－ de bruit', '＠ici même', '\'=déjà protégé', '"Des bancs"; oui, partout'];
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let lead;
let metricsPort = 0;

/** @returns {Promise<number>} */
const freePort = () => new Promise((resolve) => {
  const socket = createServer().listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (socket.address());
    socket.close(() => resolve(port));
  });
});

/** @param {string} path @param {Record<string, string>} [headers] */
const get = (path, headers) => fetchRaw(server, path, { headers });
const asLead = () => ({ Cookie: `pinson=${lead.session.token}` });

/** The bytes of an answer. @param {string} path @param {Record<string, string>} [headers] @returns {Promise<Buffer>} */
const getBytes = (path, headers = {}) => new Promise((resolve, reject) => {
  request({ host: '127.0.0.1', port: server.port, path, headers, agent: false }, (reply) => {
    /** @type {Buffer[]} */ const pieces = [];
    reply.on('data', (piece) => pieces.push(piece));
    reply.on('end', () => (reply.statusCode === 200 ? resolve(Buffer.concat(pieces)) : reject(new Error(`${path}: ${reply.statusCode}`))));
  }).on('error', reject).end();
});

/** RFC 4180, as strictly as it says. @param {string} text @param {string} separator @returns {string[][]} */
function parseCsv(text, separator = ',') {
  const rows = [];
  let at = 0;
  while (at < text.length) {
    const row = [];
    for (;;) {
      let field = '';
      if (text[at] === '"') {
        for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
          assert.ok(at < text.length, 'a quoted field ends');
          if (text[at] === '"') at += 1;
          field += text[at];
        }
        at += 1;
      } else {
        for (; at < text.length && text[at] !== separator && text[at] !== '\r'; at += 1) field += text[at];
      }
      row.push(field);
      if (text[at] === separator) {
        at += 1;
      } else {
        assert.equal(text.slice(at, at + 2), '\r\n');
        at += 2;
        break;
      }
    }
    rows.push(row);
  }
  return rows;
}

/** What an importer makes of a cell. @param {string} cell */
const unguarded = (cell) => (/^'+[=+\-@\t\r\n＝＋－＠−]/u.test(cell) ? cell.slice(1) : cell);

/** @param {string} text @returns {Record<string, string>[]} */
function table(text, separator = ',') {
  const [head, ...rows] = parseCsv(text, separator);
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])));
}

before(async () => {
  metricsPort = await freePort();
  server = await serve({ data, args: ['--metrics', `127.0.0.1:${metricsPort}`, '--responsible', 'Ville de Test'] });
  const rounds = [
    round({ title: 'Premier tour', allows: ['post', 'build', 'vote'], rule: keep(3) }),
    round({ title: 'Finale', final: true, scores: 'closed', reveal: 'by-lead' }),
  ];
  await createBoard([server], place, SLUG, rounds, '--question', 'Que faire de la cour de l’école ?', '--theme', 'Nature', '--group', 'Élèves', '--group', 'Parents', '--licence', 'ODbL-1.0');
  lead = await staff(server, place, SLUG);
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => enter(server)));
  await Promise.all(people.map((line) => line.join(SLUG)));
  for (const text of FORMULAS) await people[0].act('idea.post', { board: SLUG, text });
  await people[1].act('idea.build', { board: SLUG, parent: 1, relation: 'expand', text: 'Et des tilleuls, qui font de l’ombre' });
  await people[2].act('idea.build', { board: SLUG, parent: 1, relation: 'counter', text: 'Mais il faut les arroser l’été' });
  await people[3].act('idea.build', { board: SLUG, parent: 1, relation: 'explore', text: 'Qui va les planter et les soigner ?' });
  await people[4].act('idea.post', { board: SLUG, text: 'Une idée qu’il faut masquer' });
  await lead.act('mod.hide', { board: SLUG, idea: 14, reason: 'abuse' });
  await Promise.all(people.map(async (line, i) => {
    await line.act('person.declare', { board: SLUG, groups: [i < 33 ? 'Élèves' : 'Parents'] });
    for (let idea = 1; idea <= 4; idea += 1) {
      if (i) await line.act('vote.cast', { board: SLUG, idea, choice: (i + idea) % (idea + 2) ? 'agree' : 'disagree' });
    }
  }));
  await lead.act('round.close', { board: SLUG, round: 1 });
  await lead.act('round.open', { board: SLUG, round: 2 });
  await Promise.all(people.slice(1).map(async (line, i) => {
    for (const idea of [1, 2, 3]) await line.act('vote.cast', { board: SLUG, idea, choice: i % (idea + 3) ? 'agree' : 'disagree' }).catch(() => {});
  }));
});

after(cleanUp);

test('while scores are closed, no file tells what the vote comes to, but to who leads', async () => {
  for (const row of table((await get(`/api/boards/${SLUG}/ideas.csv`)).body)) assert.equal(row.agree + row.score + row.rank, '');
  for (const row of table((await get(`/api/boards/${SLUG}/decidim.csv`)).body, ';')) assert.equal(row.votes, '');
  assert.equal((await get(`/b/${SLUG}/laureats`)).body.includes('Lauréate'), false);
  const told = table((await get(`/api/boards/${SLUG}/ideas.csv?staff=1`, asLead())).body);
  assert.ok(Number(told[0].agree) > 0);
  await lead.act('round.close', { board: SLUG, round: 2 });
  assert.equal((await get(`/b/${SLUG}/laureats`)).body.includes('Lauréate'), false, 'it is closed, and not revealed');
  assert.match((await get(`/b/${SLUG}/laureats?staff=1`, asLead())).body, /Lauréate/);
  await lead.act('round.reveal', { board: SLUG, round: 2 });
  assert.match((await get(`/b/${SLUG}/laureats`)).body, /Lauréate/);
});

test('cells that a spreadsheet would run are guarded, and an importer gets the texts back exactly', async () => {
  const rows = table((await get(`/api/boards/${SLUG}/ideas.csv`)).body);
  assert.deepEqual(rows.slice(0, FORMULAS.length).map((row) => unguarded(row.text)), FORMULAS);
  for (const row of rows) assert.doesNotMatch(row.text, /^[=+\-@\t\r＝＋－＠]/u);
  for (const row of table((await get(`/api/boards/${SLUG}/decidim.csv`)).body, ';')) {
    assert.doesNotMatch(row['title/fr'], /^[=+\-@＝＋－＠]/u);
    assert.equal(unguarded(row['body/fr']), FORMULAS[Number(row.id) - 1] ?? row['body/fr']);
  }
});

test('what is recomputed from the tables equals the numbers of the board', async () => {
  const ideas = table((await get(`/api/boards/${SLUG}/ideas.csv`)).body);
  const whole = JSON.parse((await get(`/api/boards/${SLUG}/ideas.json`)).body);
  const ballots = table((await get(`/api/boards/${SLUG}/ballots.csv`)).body);
  assert.equal(whole.board.licence, 'ODbL-1.0');
  for (const idea of whole.ideas) {
    const row = ideas[idea.n - 1];
    assert.deepEqual([row.agree, row.disagree, row.pass].map(Number), [idea.tally.agree, idea.tally.disagree, idea.tally.pass]);
    const cast = ballots.filter((ballot) => Number(ballot.idea) === idea.n);
    const count = (/** @type {string} */ choice) => cast.filter((ballot) => ballot.choice === choice).length;
    assert.deepEqual([count('agree'), count('disagree'), count('pass')], [idea.tally.agree, idea.tally.disagree, idea.tally.pass], `idea ${idea.n}`);
  }
});

test('the workbook opens, has the winner first, the same numbers, and not one formula', async () => {
  const path = join(folder(), 'board.xlsx');
  writeFileSync(path, await getBytes(`/api/boards/${SLUG}/board.xlsx`));
  const script = `
import json, sys, zipfile
import xml.etree.ElementTree as ET
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
names = [s.get('name') for s in ET.fromstring(book.read('xl/workbook.xml')).iter(n + 'sheet')]
sheets = []
formulas = 0
for i in range(len(names)):
    rows = []
    for row in ET.fromstring(book.read('xl/worksheets/sheet%d.xml' % (i + 1))).iter(n + 'row'):
        cells = {}
        for cell in row.iter(n + 'c'):
            formulas += len(list(cell.iter(n + 'f')))
            texts = [t.text or '' for t in cell.iter(n + 't')]
            value = cell.find(n + 'v')
            cells[cell.get('r').rstrip('0123456789')] = ''.join(texts) if texts else value.text if value is not None else ''
        rows.append(cells)
    sheets.append(rows)
print(json.dumps({'names': names, 'sheets': sheets, 'formulas': formulas}))`;
  const book = JSON.parse(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }));
  assert.deepEqual(book.names, ['Lauréats', 'Idées', 'Tours']);
  assert.equal(book.formulas, 0);
  const whole = JSON.parse((await get(`/api/boards/${SLUG}/ideas.json`)).body);
  const winner = whole.rounds[1].results.find((item) => item.outcome === 'winner');
  assert.equal(Number(book.sheets[0][1].B), winner.idea);
  for (const [i, idea] of whole.ideas.entries()) {
    const row = book.sheets[1][i + 1];
    assert.deepEqual([row.A, row.O, row.P, row.Q].map(Number), [idea.n, idea.tally.agree, idea.tally.disagree, idea.tally.pass]);
    assert.equal(row.B ?? null, idea.text);
  }
  const out = folder();
  await output('export', SLUG, '--format', 'xlsx', '-o', out, ...place);
  assert.equal(readFileSync(join(out, 'board.xlsx')).subarray(0, 2).toString(), 'PK');
});

test('the archive that a lead downloads verifies, and so does the audit', async () => {
  for (const name of ['archive', 'audit']) {
    const dir = join(folder(), name);
    mkdirSync(dir);
    writeFileSync(join(dir, '..', 'a.tar'), await getBytes(`/api/boards/${SLUG}/${name}.tar`, asLead()));
    execFileSync('tar', ['-xf', join(dir, '..', 'a.tar'), '-C', dir]);
    const { status, stderr } = await run('verify', '--archive', dir);
    assert.equal(status, 0, stderr);
  }
});

test('what is for leads is for nobody else, and hidden texts are in nothing public', async () => {
  const participant = await enter(server);
  for (const name of ['archive.tar', 'audit.tar', 'ideas.csv?staff=1', 'board.xlsx?staff=1']) {
    for (const headers of [{}, { Cookie: `pinson=${participant.session.token}` }, { Cookie: 'pinson=x' }, { ...asLead(), Origin: 'https://ailleurs.example' }]) {
      const { status, body } = await get(`/api/boards/${SLUG}/${name}`, headers);
      assert.equal(status, 403, name);
      assert.equal(JSON.parse(body).error, 'forbidden');
    }
  }
  const told = await get(`/api/boards/${SLUG}/ideas.csv?staff=1`, asLead());
  assert.match(told.body, /qu’il faut masquer/);
  assert.equal(told.headers['access-control-allow-origin'], undefined);
  assert.match(told.headers['cache-control'], /no-store/);
  for (const path of ['ideas.csv', 'ideas.json', 'decidim.csv', 'datapackage.json']) {
    assert.doesNotMatch((await get(`/api/boards/${SLUG}/${path}`, asLead())).body, /masquer/);
  }
  for (const path of [`/b/${SLUG}/rapport`, `/b/${SLUG}/laureats`]) assert.doesNotMatch((await get(path)).body, /faut masquer/);
});

test('the report and the pages of the winners say what came out and how', async () => {
  const { body: report, headers } = await get(`/b/${SLUG}/rapport`);
  assert.match(headers['content-type'], /text\/html/);
  for (const words of ['<html lang="fr">', 'Ce qui est ressorti', 'Comment cela s’est passé', 'Qui a participé', 'Le résultat tient-il', 'Idées masquées : 1', 'Open Database License', 'Huit mots pour vérifier', 'Élèves']) {
    assert.ok(report.includes(words), words);
  }
  assert.equal(report.includes('Parents'), false, 'three people are too few to be told of');
  assert.doesNotMatch(report, /<script|style=/);
  const { body: pages } = await get(`/b/${SLUG}/laureats`);
  assert.equal(pages.match(/<article class="dossier">/g)?.length, 1);
  assert.match(pages, /objections/);
  assert.equal((await get('/styles/sheet.css')).status, 200);
  assert.equal((await get('/b/nulle-part/rapport')).status, 404);
});

test('catalogues name what there is, with schemas and the licence', async () => {
  const pack = JSON.parse((await get(`/api/boards/${SLUG}/datapackage.json`)).body);
  assert.equal(pack.licenses[0].name, 'ODbL-1.0');
  for (const resource of pack.resources) {
    const [head] = parseCsv((await get(`/api/boards/${SLUG}/${resource.path}`)).body);
    assert.deepEqual(resource.schema.fields.map((field) => field.name), head);
  }
  const { body, headers } = await get('/catalog.jsonld');
  const catalog = JSON.parse(body);
  assert.match(headers['content-type'], /application\/ld\+json/);
  assert.equal(catalog['dct:publisher']['foaf:name'], 'Ville de Test');
  const [dataset] = catalog['dcat:dataset'];
  assert.equal(dataset['dct:license']['@id'], 'https://opendatacommons.org/licenses/odbl/1-0/');
  for (const item of dataset['dcat:distribution']) {
    const url = new URL(item['dcat:downloadURL']['@id']);
    assert.equal((await get(url.pathname)).status, 200, url.pathname);
  }
  assert.equal(JSON.parse((await get(`/api/boards/${SLUG}`)).body).licence, 'ODbL-1.0');
});

test('many may ask at once, and what is known already is not sent again', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => get(`/api/boards/${SLUG}/${i % 2 ? 'ideas.csv' : 'ideas.json'}`)));
  for (const [i, answer] of answers.entries()) {
    assert.equal(answer.status, 200);
    assert.equal(answer.body, answers[i % 2].body);
    assert.equal(Number(answer.headers['content-length']), Buffer.byteLength(answer.body));
  }
  const again = await get(`/api/boards/${SLUG}/ideas.csv`, { 'If-None-Match': answers[1].headers.etag });
  assert.equal(again.status, 304);
});

test('the server tells those who run it how long its turns take', async () => {
  const reply = await fetchRaw({ port: metricsPort }, '/metrics');
  assert.equal(reply.status, 200);
  for (const name of ['pinson_loop_turn_seconds_count', 'pinson_loop_turn_max_seconds', 'pinson_loop_turn_recent_p99_seconds', 'pinson_loop_work_max_seconds']) {
    assert.match(reply.body, new RegExp(`^${name} [0-9.]+$`, 'm'));
  }
  assert.ok(Number(/^pinson_loop_turn_seconds_count (\d+)$/m.exec(reply.body)?.[1]) > 0);
  assert.equal((await fetchRaw({ port: metricsPort }, '/')).status, 404);
  assert.equal((await get('/metrics')).status, 404);
});

test('a licence that nobody knows is refused', async () => {
  assert.equal((await run('create', 'libre', '--title', 'Libre', '--licence', 'MIT', ...place)).status, 2);
  const { token } = await json('invite', '--role', 'admin', '--json', ...place);
  const admin = await enter(server, { invite: token });
  await assert.rejects(admin.act('board.create', { slug: 'libre', title: 'Libre', licence: 'MIT' }), /licence/);
});
