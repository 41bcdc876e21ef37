// Goal: a ticket is one person on whatever phones it is opened, where it is asked for nobody acts without one, and it cannot be guessed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect, enter } from './support/line.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { createBoard, round, staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
const ROUNDS = [round({ allows: ['post', 'build', 'vote'] })];
/** @type {import('./support/processes.js').Server} */ let server;

before(async () => {
  await output('create', 'libre', '--title', 'Libre', ...place);
  server = await serve({ data });
  await createBoard([server], place, 'tickets', ROUNDS, '--entry', 'ticket');
  await createBoard([server], place, 'code', ROUNDS, '--entry', 'code');
});

after(cleanUp);

const tickets = async (count = 1, slug = 'tickets') => json('invite', '--board', slug, '--role', 'participant', '--count', String(count), '--json', ...place);
const logOf = async (slug) => (await output('export', slug, '--format', 'log', ...place)).trim().split('\n').map((line) => JSON.parse(line).command);
const guest = (options) => enter(server, {}, options);

test('a ticket is twelve digits that can be read aloud, in a link of its own', async () => {
  const made = await tickets();
  assert.match(made.token, /^\d{12}$/);
  assert.equal(made.link, `http://localhost:8080/#invite=${made.token}`);
  assert.deepEqual(Object.keys(made), ['link', 'token']);
});

test('the same slip on two phones is one person with one ballot', async () => {
  const { token } = await tickets();
  const author = await staff(server, place, 'tickets', 'moderator');
  const { idea } = await author.act('idea.seed', { board: 'tickets', text: 'Une idée de départ à juger' });
  const one = await enter(server, { invite: token });
  const two = await enter(server, { invite: `${token.slice(0, 3)} ${token.slice(3, 6)}-${token.slice(6)}` });
  assert.notEqual(one.session.token, two.session.token);
  assert.equal(one.session.board, 'tickets');
  await Promise.all([one.join('tickets'), two.join('tickets')]);
  // Both at once, before either is known to the board.
  await Promise.all([
    one.act('vote.cast', { board: 'tickets', idea, choice: 'agree' }),
    two.act('vote.cast', { board: 'tickets', idea, choice: 'disagree' }),
  ]);
  const [first, second] = [(await one.join('tickets')).snapshot, (await two.join('tickets')).snapshot];
  assert.equal(first.me.person, second.me.person);
  assert.deepEqual(first.me.ballots, second.me.ballots);
  const [, agree, disagree] = first.scores.find(([n]) => n === idea);
  assert.equal(agree + disagree, 1);
  const people = (await logOf('tickets')).filter(([kind]) => kind === 'person');
  assert.equal(new Set(people.map(([, key]) => key)).size, 1);
  assert.deepEqual([...new Set(people.map((entry) => entry.at(-1)))], ['ticket']);
  assert.equal(first.people, 2); // with the moderator
  await Promise.all([one.close(), two.close(), author.close()]);
});

test('a session of a ticket goes on after a restart, and on another device, as a ticket’s', async () => {
  const { token } = await tickets();
  const one = await enter(server, { invite: token });
  const { invite } = await one.call('session.transfer');
  const { port } = server;
  assert.equal(await server.stop(), 0);
  server = await serve({ data, port });
  const back = await enter(server, { token: one.session.token });
  const other = await enter(server, { invite });
  await back.act('idea.post', { board: 'tickets', text: 'Une idée d’après le redémarrage' });
  await other.act('idea.post', { board: 'tickets', text: 'Une autre, de l’autre appareil' });
  assert.equal((await back.join('tickets')).snapshot.me.person, (await other.join('tickets')).snapshot.me.person);
  await Promise.all([back.close(), other.close()]);
});

test('a ticket whose person has gone is used up: what they said still counts, and is not said again', async () => {
  const { token } = await tickets();
  const author = await staff(server, place, 'tickets', 'moderator');
  const { idea } = await author.act('idea.seed', { board: 'tickets', text: 'Une autre idée de départ' });
  const line = await enter(server, { invite: token });
  await line.act('vote.cast', { board: 'tickets', idea, choice: 'agree' });
  await line.act('person.erase', { board: 'tickets', texts: 'erase' });
  for (const again of [line, await enter(server, { invite: token }), await enter(server, { token: line.session.token })]) {
    await assert.rejects(again.act('vote.cast', { board: 'tickets', idea, choice: 'agree' }), { error: 'gone' });
  }
  const { scores } = (await author.join('tickets')).snapshot;
  assert.deepEqual(scores.find(([n]) => n === idea).slice(1, 3), [1, 0]);
});

test('where tickets are asked for, nobody acts without one, and everybody reads', async () => {
  const line = await guest();
  const { snapshot } = await line.join('tickets');
  assert.deepEqual([snapshot.entry, snapshot.me.outside, snapshot.ideas.length > 0], ['ticket', true, true]);
  const { version } = await line.join('tickets');
  for (const [method, params] of [['idea.post', { text: 'Une idée sans ticket' }], ['vote.cast', { idea: 1, choice: 'agree' }], ['judge.next', { count: 1 }], ['report.file', { idea: 1, reason: 'spam' }]]) {
    await assert.rejects(line.act(method, { board: 'tickets', ...params }), { error: 'forbidden' }, method);
  }
  assert.equal((await line.join('tickets')).version, version);
  // Somebody who has acted elsewhere, and whose session is kept, is no better off.
  await line.act('idea.post', { board: 'libre', text: 'Ici chacun peut écrire' });
  await assert.rejects(line.act('idea.post', { board: 'tickets', text: 'Une idée sans ticket' }), { error: 'forbidden' });
  // Nor is who holds a ticket for another board.
  const { token } = await tickets(1, 'libre');
  const other = await enter(server, { invite: token });
  await assert.rejects(other.act('idea.post', { board: 'tickets', text: 'Une idée sans ticket' }), { error: 'forbidden' });
  assert.equal((await other.act('idea.post', { board: 'libre', text: 'Un ticket vaut aussi où il n’en faut pas' })).idea, 2);
  assert.deepEqual((await logOf('libre')).filter(([kind]) => kind === 'person').map((entry) => entry.at(-1)), ['guest', 'ticket']);
  await Promise.all([line.close(), other.close()]);
});

test('the log itself refuses a guest on such a board', async () => {
  const kinds = await logOf('tickets');
  assert.ok(kinds.every(([kind, , , , assurance]) => kind !== 'person' || assurance === 'ticket'));
  const role = await staff(server, place, 'tickets', 'moderator');
  await role.act('idea.seed', { board: 'tickets', text: 'L’équipe n’a pas besoin de ticket' });
  await role.close();
});

test('a board of a code takes acts from those who came by it', async () => {
  const lead = await staff(server, place, 'code');
  const code = (await lead.join('code')).snapshot.join_code;
  const line = await guest();
  assert.equal((await line.join('code')).snapshot.me.outside, true);
  await assert.rejects(line.act('idea.post', { board: 'code', text: 'Une idée sans le code' }), { error: 'forbidden' });
  const joined = (await line.join(code)).snapshot;
  assert.deepEqual([joined.slug, joined.me.outside], ['code', undefined]);
  await line.act('idea.post', { board: 'code', text: 'Une idée de qui a le code' });
  // Whoever is somebody there stays it, also where the code is not given again.
  const again = await enter(server, { token: line.session.token });
  await again.act('idea.post', { board: 'code', text: 'Une seconde idée, sans code' });
  await Promise.all([lead.close(), line.close(), again.close()]);
});

test('a lead prints tickets in the browser, with their QR codes', async () => {
  const lead = await staff(server, place, 'tickets');
  const { links, qr } = await lead.act('staff.invite', { board: 'tickets', role: 'participant', count: 3, qr: true });
  assert.equal(links.length, 3);
  assert.ok(qr.length === 3 && qr.every((svg) => svg.startsWith('<svg ')));
  const line = await enter(server, { invite: links[0].split('#invite=')[1] });
  assert.equal(line.session.board, 'tickets');
  await assert.rejects(lead.act('staff.invite', { board: 'tickets', role: 'participant', count: 31, qr: true }), { field: 'count' });
  await Promise.all([lead.close(), line.close()]);
});

test('slips are printed from the command line, each with its own code', async () => {
  const path = join(folder(), 'tickets.html');
  const made = await json('invite', '--board', 'tickets', '--role', 'participant', '--count', '25', '--print', path, '--public-url', 'https://idees.ville.fr/', '--json', ...place);
  const page = readFileSync(path, 'utf8');
  assert.equal(page.match(/<svg /g)?.length, 25);
  for (const { token } of made) assert.ok(page.includes(token.match(/\d{3}/g).join('\u00a0')));
  assert.ok(page.includes('idees.ville.fr/join') && page.includes('size:A4'));
  assert.doesNotMatch(page, /<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  assert.equal((await run('invite', '--board', 'tickets', '--role', 'lead', '--print', path, ...place)).status, 2);
});

test('codes that are none are gone, and who guesses is held up by their address; who has a right one is not', async () => {
  const other = await serve({ redis: `unix://${join(data, 'redis.sock')}`, limits: '1', args: ['--trusted-proxy', '127.0.0.1'] });
  const from = (address) => ({ headers: { 'X-Forwarded-For': address } });
  const { token } = await tickets();
  for (let i = 0; i < 40; i++) await (await enter(other, { invite: token }, from('192.0.2.1'))).close();
  const guesser = await connect(other, from('192.0.2.1'));
  const answers = [];
  for (let i = 0; i < 35; i++) answers.push(await guesser.ask('session.open', { invite: String(100_000_000_000 + i) }));
  const names = answers.map(({ error }) => error?.data?.error);
  assert.deepEqual([...new Set(names)], ['gone', 'too-fast']);
  assert.equal(names.indexOf('too-fast'), 30);
  assert.ok(answers.at(-1).error.data.retry_ms > 0);
  // Another address is not held up by it, and a right code is no guess.
  await (await enter(other, { invite: token }, from('192.0.2.2'))).close();
  assert.equal(await other.stop(), 0);
});

test('what is neither a link’s token nor a code is gone', async () => {
  for (const invite of ['', '12345678901', '1234567890123', 'x'.repeat(43), '٣٣٣ ٣٣٣ ٣٣٣ ٣٣٣', '../../etc']) {
    const line = await connect(server);
    await assert.rejects(line.call('session.open', { invite }), { error: 'gone' }, invite);
    await line.close();
  }
});

test('no code and no token of a link is in the log, nor in what the server says', async () => {
  const lead = await staff(server, place, 'tickets');
  const { links } = await lead.act('staff.invite', { board: 'tickets', role: 'participant', count: 2 });
  const log = await output('export', 'tickets', '--format', 'log', ...place);
  for (const link of links) {
    const code = link.split('#invite=')[1];
    assert.ok(!log.includes(code) && !server.errors.includes(code) && !server.lines.join('\n').includes(code));
  }
  await lead.close();
  assert.equal(await server.stop(), 0);
});
