// Goal: a lead brings ideas from a file: what is wrong with it is said line by line, all of it comes in or nothing, and it can be taken out while nobody has judged.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchRaw } from './support/http.js';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { readLog } from './support/redis.js';

const data = folder();
const place = ['--data', data];
const socket = join(data, 'redis.sock');
const decidim = fileURLToPath(new URL('../../../shared/data/decidim/', import.meta.url));
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {string} */ let token;
/** @type {import('./support/line.js').Line} */ let lead;

const CSV = [
  'Numéro;Titre;Proposition;Thème;Lieu;Lien;Résultat',
  '1;Rue aux enfants;"Fermer la rue de l\'école ; une heure par jour.";eau;Nantes;https://exemple.org/1;Adoptée dans 40 écoles',
  '2;;"<p>Planter des&nbsp;haies</p><ul><li>noisetier</li></ul>";Inconnu;;;',
  '3;;=SUM(A1:A9);Bus;;;',
].join('\r\n');

const on = (params) => ({ board: 'import', ...params });
const file = (name, text) => {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
};

/** @param {string | Buffer} body @param {Record<string, string>} params */
async function post(body, params, headers = {}) {
  const query = new URLSearchParams(params).toString();
  const reply = await fetchRaw(server, `/api/boards/import/import?${query}`, {
    method: 'POST',
    headers: { origin: server.url, authorization: `Bearer ${token}`, 'content-length': String(Buffer.byteLength(body)), ...headers },
    body: /** @type {any} */ (body),
  });
  return { status: reply.status, body: reply.body.startsWith('{') ? JSON.parse(reply.body) : reply.body };
}
const preview = (body, params = {}) => post(body, { preview: '1', ...params });
const bring = (body, params = {}) => post(body, { op: newOp(), ...params });
const names = ({ body }) => body.problems.map(({ line, name }) => [line, name]);
const ideas = async () => (await lead.join('import')).snapshot;

before(async () => {
  await output('create', 'import', '--title', 'Import', '--theme', 'Eau', '--theme', 'Bus', '--draft', ...place);
  const link = await json('invite', '--board', 'import', '--role', 'lead', '--json', ...place);
  server = await serve({ data });
  lead = await enter(server, { invite: link.token });
  token = lead.session.token;
});

after(cleanUp);

test('a preview says what the file is, how it was understood, and what was done to which line', async () => {
  const { status, body } = await preview(CSV);
  assert.equal(status, 200);
  assert.equal(body.format, 'csv');
  assert.equal(body.separator, ';');
  assert.deepEqual(body.map, { text: 3, title: 2, theme: 4, id: 1, url: 6, place: 5, result: 7 });
  assert.deepEqual(body.themes, [{ name: 'eau', rows: 1, theme: 'Eau' }, { name: 'Inconnu', rows: 1, theme: null }, { name: 'Bus', rows: 1, theme: 'Bus' }]);
  assert.equal(body.sample[0].text, "Rue aux enfants\n\nFermer la rue de l'école ; une heure par jour.");
  assert.deepEqual(body.sample[0].source, { title: null, url: 'https://exemple.org/1', place: 'Nantes', result: 'Adoptée dans 40 écoles' });
  assert.equal(body.sample[1].text, 'Planter des\u00A0haies\n* noisetier');
  assert.equal(body.sample[2].text, '=SUM(A1:A9)');
  assert.deepEqual(names({ body }), [[3, 'html'], [3, 'unknown-theme'], [4, 'formula']]);
  assert.equal(body.ready, true);
  assert.equal((await ideas()).ideas.length, 0);
});

test('an import brings all of it, also before the board opens; asking again brings nothing twice', async () => {
  const op = newOp();
  const first = await post(CSV, { op, seed: '1', themes: 'Inconnu=Eau' });
  assert.deepEqual([first.status, first.body.ideas, first.body.first], [200, 3, 1]);
  assert.deepEqual((await post(CSV, { op, seed: '1', themes: 'Inconnu=Eau' })).body, first.body);
  const board = await ideas();
  assert.deepEqual(board.ideas.map(({ n, theme, seed }) => [n, theme, seed]), [[1, 'Eau', true], [2, 'Eau', true], [3, 'Bus', true]]);
  assert.deepEqual(board.ideas[0].source, { system: 'csv', id: '1', title: null, url: 'https://exemple.org/1', place: 'Nantes', result: 'Adoptée dans 40 écoles' });
  assert.deepEqual(board.imports.map(({ id, system, ideas: count, undone }) => [id, system, count, undone]), [[op, 'csv', 3, false]]);
  await lead.act('round.open', on({ round: 1 }));
  const guest = await enter(server);
  const seen = (await guest.join('import')).snapshot;
  assert.equal(seen.imports, undefined);
  assert.equal(seen.ideas.length, 3);
});

test('what is in the board already is not brought again', async () => {
  const { status, body } = await bring(CSV);
  assert.equal(status, 422);
  assert.deepEqual(names({ body }).filter(([, name]) => name === 'already-here'), [[2, 'already-here'], [3, 'already-here'], [4, 'already-here']]);
});

test('bad files are refused or cleaned, each with its line', async () => {
  const stops = async (body, name, line = null) => {
    const answer = await preview(body);
    assert.equal(answer.status, 200);
    assert.equal(answer.body.ready, false, name);
    assert.deepEqual([answer.body.problems[0].line, answer.body.problems[0].name], [line, name]);
    assert.equal((await bring(body)).status, 422, name);
  };
  await stops(Buffer.from('texte\nPlus de v\xE9los\n', 'latin1'), 'encoding', 2);
  await stops(Buffer.concat([Buffer.from([0xFF, 0xFE]), Buffer.from('texte\nPlus de vélos\n', 'utf16le')]), 'encoding', 1);
  await stops('a,b\n1,2\n', 'missing-column', 1);
  await stops('texte\n', 'no-rows');
  await stops('texte\nune idée qui va\n"une autre\nqui ne finit pas\n', 'quotes', 3);
  await stops(`texte\n${'une idée de plus\n'.repeat(5001)}`, 'too-many-rows', 5002);
  await stops('[{"id":1},3]', 'json', 2);
  const rows = await preview(`id,texte\n7,Une place à vivre\n7,Une autre place\n\n8,\n9,${'x'.repeat(2001)}\n10,Des bancs\u0007 partout,trop\n`);
  assert.deepEqual(names(rows), [[7, 'columns'], [3, 'duplicate-id'], [5, 'empty'], [6, 'too-long']]);
  assert.equal(rows.body.faulty, 4);
  assert.equal(rows.body.ready, false);
  const kept = await preview('\uFEFFtexte\tdate\nDes bancs\u0007 partout\t2199-01-01\n', {});
  assert.deepEqual(names(kept), [[2, 'control'], [2, 'bad-date']]);
  assert.equal(kept.body.sample[0].text, 'Des bancs partout');
});

test('a file that is too large is refused before it is read', async () => {
  const reply = await fetchRaw(server, '/api/boards/import/import?preview=1', {
    method: 'POST', headers: { origin: server.url, authorization: `Bearer ${token}`, 'content-length': String(100 << 20) }, body: 'texte\n',
  });
  assert.equal(reply.status, 413);
  const path = file('grand.csv', '');
  const { truncateSync } = await import('node:fs');
  truncateSync(path, 100 << 20);
  const { status, stderr } = await run('import', 'csv', path, '--board', 'import', ...place);
  assert.equal(status, 1);
  assert.match(stderr, /larger than 32 MiB/);
});

test('only a lead, from a page of this server, brings a file', async () => {
  const guest = await enter(server);
  await guest.join('import');
  await guest.act('idea.post', on({ text: 'Une idée de passage' }));
  assert.equal((await preview(CSV, {})).status, 200);
  assert.equal((await post(CSV, { preview: '1' }, { authorization: `Bearer ${guest.session.token}` })).status, 403);
  assert.equal((await post(CSV, { preview: '1' }, { authorization: 'Bearer none' })).status, 403);
  assert.equal((await post(CSV, { preview: '1' }, { origin: 'https://ailleurs.example' })).status, 403);
  assert.equal((await post(CSV, { preview: '1' }, { authorization: '', cookie: `pinson=${token}` })).status, 200);
  assert.equal((await post(CSV, {})).status, 400, 'without an op');
  await assert.rejects(guest.act('import.undo', on({ import: 'x' })), { error: 'forbidden' });
});

test('an import is undone as long as nobody has judged any of it', async () => {
  const first = (await bring('texte\nUne fontaine par place\nDes arbres en ville\n')).body;
  await lead.act('import.undo', on({ import: first.import }));
  const gone = (await ideas()).ideas.filter(({ n }) => n >= first.first && n < first.first + 2);
  assert.deepEqual(gone.map(({ state, text }) => [state, text]), [['withdrawn', null], ['withdrawn', null]]);
  await assert.rejects(lead.act('import.undo', on({ import: first.import })), { error: 'conflict' });
  const second = (await bring('texte\nUne fontaine par place\nDes arbres en ville\n')).body;
  const guest = await enter(server);
  await guest.join('import');
  await guest.act('vote.cast', on({ idea: second.first, choice: 'agree' }));
  await assert.rejects(lead.act('import.undo', on({ import: second.import })), { error: 'not-allowed-now' });
  const { status } = await run('import', 'undo', second.import, '--board', 'import', ...place);
  assert.equal(status, 1);
});

test('what was done elsewhere is told with its place, its link and its result', async () => {
  const source = { title: null, url: 'https://exemple.org/lyon', place: 'Lyon', result: 'Vingt rues en un an' };
  const { idea } = await lead.act('idea.post', on({ text: 'Fermer les rues des écoles', source: { url: source.url, place: source.place, result: source.result } }));
  assert.deepEqual((await ideas()).ideas.find(({ n }) => n === idea).source, source);
  const wrong = (changes) => lead.act('idea.post', on({ text: 'Fermer les rues des écoles', source: { ...source, title: 'Rues', ...changes } }));
  await assert.rejects(wrong({ url: 'http://exemple.org' }), { field: 'source' });
  await assert.rejects(wrong({ place: 'x'.repeat(81) }), { error: 'too-long' });
  await assert.rejects(wrong({ result: 'x'.repeat(141) }), { error: 'too-long' });
  await assert.rejects(wrong({ result: 'deux\nlignes' }), { error: 'bad-text' });
});

test('replies hang on what they answer, wherever it stands in the file', async () => {
  const text = 'id,texte,parent,relation\n50,Oui mais le soir,51,objecter\n51,Ouvrir les cours d’école,,\n52,Et si c’était un parc,99,adapter\n';
  const { body } = await bring(text);
  const board = await ideas();
  const at = (n) => board.ideas.find((idea) => idea.n === n);
  const root = board.ideas.find((idea) => idea.source?.id === '51');
  const reply = board.ideas.find((idea) => idea.source?.id === '50');
  assert.deepEqual([reply.parent, reply.kind, at(root.n).replies], [root.n, 'counter', 1]);
  assert.equal(board.ideas.find((idea) => idea.source?.id === '52').kind, 'idea');
  assert.equal(body.ideas, 3);
});

test('what came of a table of ours is text again', async () => {
  await lead.act('idea.post', on({ text: "=1+1 n'est pas une formule" }));
  const out = folder();
  await output('export', 'import', '--format', 'csv', '-o', out, ...place);
  const { body } = await preview(readFileSync(join(out, 'ideas.csv')));
  assert.equal(body.format, 'pinson-csv');
  const fromJson = (await preview(await output('export', 'import', '--format', 'json', ...place))).body;
  assert.equal(fromJson.format, 'pinson-json');
  assert.deepEqual(fromJson.sample, body.sample.map((row) => ({ ...row, line: fromJson.sample.find(({ id }) => id === row.id).line, parent: fromJson.sample.find(({ id }) => id === row.id).parent })));
  const exported = await json('export', 'import', '--format', 'json', ...place);
  const shown = exported.ideas.filter(({ state }) => state === 'shown').slice(0, 20).map(({ text }) => text);
  assert.deepEqual(body.sample.filter(({ parent }) => !parent).map(({ text }) => text), shown.filter((text) => text !== 'Oui mais le soir'));
});

test('proposals of Decidim come in as they were written', { skip: !existsSync(decidim) }, async () => {
  const expected = JSON.parse(readFileSync(join(decidim, 'proposals-sample.expected.json'), 'utf8'));
  const { body } = await preview(readFileSync(join(decidim, 'proposals-sample.csv')));
  assert.equal(body.format, 'decidim-csv');
  assert.deepEqual(body.columns, expected.columns);
  assert.equal(body.rows, expected.rows);
  for (const row of body.sample) {
    const one = expected.proposals.find(({ id }) => String(id) === row.id);
    const [lang] = Object.keys(one.title);
    assert.equal(row.text, `${one.title[lang].trim()}\n\n${one.body[lang].replaceAll('\r\n', '\n')}`);
    assert.equal(row.source.url, `https://participer.example.org/processes/eau/f/12/proposals/${row.id}`);
    assert.equal(row.lang, lang);
    assert.equal(row.author, null);
  }
  assert.deepEqual(expected.proposals.filter(({ withdrawn }) => !withdrawn).map(({ id }) => String(id)).sort(), body.sample.map(({ id }) => id).sort());
  const amended = body.sample.find(({ id }) => id === '209');
  assert.deepEqual([amended.kind, amended.parent], ['adapt', body.sample.find(({ id }) => id === '201').line]);
  const nested = expected.proposals.map((one) => ({ ...one, 'component': { id: 12 }, url: `https://exemple.org/${one.id}` }));
  const fromJson = (await preview(JSON.stringify(nested))).body;
  assert.equal(fromJson.format, 'decidim-json');
  assert.deepEqual(fromJson.sample.map(({ text }) => text).sort(), body.sample.map(({ text }) => text).sort());
});

test('what holds an address or a number comes in, and waits with its replies until staff have read it', async () => {
  const table = 'id,text,parent,relation\nk1,Écrivez à jean@exemple.fr,,\nk2,Un banc sans adresse,,\nk3,Oui mais le soir,k1,counter\n';
  assert.deepEqual(names(await preview(table)), [[2, 'contact']]);
  const { first } = (await bring(table)).body;
  const seen = (await ideas()).ideas.filter(({ n }) => n >= first);
  assert.deepEqual(seen.sort((a, b) => a.n - b.n).map(({ state, parent }) => [state, parent]), [['pending', null], ['shown', null], ['shown', first]]);
});

test('our own table for Decidim comes back as it was', async () => {
  await output('create', 'aller', '--title', 'Aller', ...place);
  await output('create', 'retour', '--title', 'Retour', ...place);
  const [from, to] = [file('aller.csv', 'titre,texte\nUn banc,À l’ombre\n,"Une ligne\n\net une autre"\n'), join(folder(), 'decidim')];
  await output('import', 'csv', from, '--board', 'aller', ...place);
  await output('export', 'aller', '--format', 'decidim', '-o', to, ...place);
  await output('import', 'csv', join(to, 'decidim.csv'), '--board', 'retour', ...place);
  const texts = async (slug) => (await json('export', slug, '--format', 'json', ...place)).ideas.map(({ text }) => text);
  assert.deepEqual(await texts('retour'), await texts('aller'));
});

test('a file whose rows cannot be told apart has no column that is anything', async () => {
  const { body } = await preview('texte\nUne idée, sans guillemets\n');
  assert.deepEqual(names({ body }), [[2, 'columns'], [null, 'no-rows']]);
  assert.deepEqual(body.map, {});
});

test('a server that is killed in the middle leaves all of an import or nothing, and a log that verifies', async () => {
  const { b } = (await json('boards', '--json', ...place)).find(({ slug }) => slug === 'import');
  const rows = `texte\n${Array.from({ length: 3000 }, (_, i) => `Une idée de plus dans le même fichier ${i}`).join('\n')}\n`;
  let cut = 0;
  for (const wait of [5, 20, 60, 120, 200]) {
    const known = (await readLog(socket, b)).length;
    const asked = bring(rows).then(({ status }) => status, () => 0);
    await sleep(wait);
    await server.kill();
    cut += await asked === 0 ? 1 : 0;
    server = await serve({ data });
    const log = await readLog(socket, b);
    assert.ok([known, known + 3001].includes(log.length), `${log.length - known} entries after ${wait} ms`);
  }
  assert.ok(cut > 0, 'none was cut off');
  assert.equal((await json('verify', 'import', '--json', ...place)).ok, true);
});
