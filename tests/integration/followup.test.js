// Goal: people follow ideas, leads say what became of them, and everybody learns what may be shown to a room.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';
import { createBoard, keep, postIdeas, round, staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line[]} */ let people;
/** @type {import('./support/line.js').Line} */ let lead;

before(async () => {
  await output('create', 'suites', '--title', 'Suites', ...place);
  server = await serve({ data });
  people = await Promise.all(Array.from({ length: 8 }, () => enter(server)));
  await Promise.all(people.map((line) => line.join('suites')));
  lead = await staff(server, place, 'suites');
  await postIdeas(people[0], 'suites', 3); // 1, 2, 3
});

after(cleanUp);

const on = (params) => ({ board: 'suites', ...params });
const seen = async (line, n, board = 'suites') => (await line.join(board)).snapshot.ideas.find((idea) => idea.n === n);
const follows = async (line) => (await line.join('suites')).snapshot.me.follows;
const told = (line, version, n) => line.until(() => line.notifications
  .filter(({ method, params }) => method === 'board.events' && params.version >= version)
  .flatMap(({ params }) => params.events).find((event) => event.idea?.n === n)?.idea);

test('a person follows and leaves, once or twice, and all their tabs know', async () => {
  const tab = await enter(server, { token: people[1].session.token });
  assert.deepEqual(await follows(people[1]), []);
  await people[1].act('idea.follow', on({ idea: 2 }));
  await tab.join('suites');
  await people[1].act('idea.follow', on({ idea: 1 }));
  assert.deepEqual((await tab.notified('board.me', (news) => news.follows)).follows, [1, 2]);
  await people[1].act('idea.follow', on({ idea: 1, on: true }));
  assert.deepEqual(await follows(people[1]), [1, 2]);
  const since = await people[1].join('suites').then(({ epoch, version }) => ({ epoch, version }));
  await people[1].act('idea.follow', on({ idea: 1, on: false }));
  await people[1].act('idea.follow', on({ idea: 1, on: false }));
  assert.deepEqual((await people[1].join('suites', since)).me.follows, [2]);
});

test('one gesture counts once, and the own ideas are not listed', async () => {
  const op = newOp();
  const first = await people[2].act('idea.follow', on({ idea: 1, op }));
  assert.deepEqual(await people[2].act('idea.follow', on({ idea: 1, op })), first);
  await people[0].act('idea.follow', on({ idea: 1 }));
  assert.deepEqual(await follows(people[0]), []);
});

test('what is not shown cannot be followed, but left', async () => {
  const { idea } = await people[0].act('idea.post', on({ text: 'Une idée qui s’en ira' }));
  await people[3].act('idea.follow', on({ idea }));
  await people[0].act('idea.withdraw', on({ idea }));
  await assert.rejects(people[2].act('idea.follow', on({ idea })), { error: 'unknown-idea' });
  await assert.rejects(people[2].act('idea.follow', on({ idea: 999 })), { error: 'unknown-idea' });
  await assert.rejects(people[2].act('idea.follow', on({ idea: 1, on: 'yes' })), { code: -32602, field: 'on' });
  await people[3].act('idea.follow', on({ idea, on: false }));
  assert.deepEqual(await follows(people[3]), []);
});

test('a lead says what became of an idea, and everybody is told, in order', async () => {
  const first = await lead.act('idea.status', on({ idea: 1, status: 'review', answer: '  Nous étudions cela.  ', next_by: '2026-12-31' }));
  const idea = await told(people[5], first.version, 1);
  assert.deepEqual(idea.followup.map(({ at: _, ...rest }) => rest), [{ status: 'review', answer: 'Nous étudions cela.', next_by: '2026-12-31', v: first.version }]);
  assert.ok(Math.abs(Date.parse(idea.followup[0].at) - Date.now()) < 10_000);
  const second = await lead.act('idea.status', on({ idea: 1, status: 'accepted' }));
  const { followup } = await told(people[5], second.version, 1);
  assert.deepEqual(followup.map(({ status, answer, next_by }) => [status, answer, next_by]), [['review', 'Nous étudions cela.', '2026-12-31'], ['accepted', null, null]]);
  const board = await (await fetch(`${server.url}/api/boards/suites`)).json();
  assert.deepEqual(board.ideas.find(({ n }) => n === 1).followup, followup);
});

test('an answer that is late is told to whoever reads a page without a script', async () => {
  const day = (ms) => new Date(ms).toLocaleDateString('sv-SE'); // 2026-11-23, where the server is
  const page = async (path) => (await (await fetch(`${server.url}/b/suites${path}`)).text()).replaceAll('\u00a0', ' ');
  const late = /Réponse promise en retard de 3 jours/;
  await lead.act('idea.status', on({ idea: 3, status: 'review', next_by: day(Date.now() - 3 * 86_400_000) }));
  assert.match(await page('/i/3'), /class="next overdue"><p>Réponse promise pour le \d.*? : elle est en retard de 3 jours\./);
  assert.match(await page(''), late);
  await lead.act('idea.status', on({ idea: 3, status: 'review', next_by: day(Date.now()) }));
  assert.match(await page('/i/3'), /class="next"><p>Prochaine réponse promise le/);
  assert.doesNotMatch(await page(''), late);
  await lead.act('idea.status', on({ idea: 3, status: 'review', next_by: day(Date.now() - 86_400_000) }));
  assert.match(await page('/i/3'), /elle est en retard de 1 jour\./);
  await lead.act('idea.status', on({ idea: 3, status: 'done' }));
  assert.doesNotMatch(await page('/i/3'), /retard/);
});

test('what is wrong with a status is named', async () => {
  const say = (params) => lead.act('idea.status', on({ idea: 2, status: 'done', ...params }));
  await assert.rejects(people[0].act('idea.status', on({ idea: 1, status: 'done' })), { error: 'forbidden' });
  await assert.rejects(say({ status: 'perhaps' }), { code: -32602, field: 'status' });
  for (const next_by of ['2026-02-29', '2026-13-01', '1999-12-31', '2200-01-01', '2026-1-1', 'tomorrow', '']) {
    await assert.rejects(say({ next_by }), { code: -32602, field: 'next_by' }, next_by);
  }
  await assert.rejects(say({ answer: 'a'.repeat(1001) }), { error: 'too-long' });
  await assert.rejects(say({ answer: 'cloche \u0007' }), { error: 'bad-text' });
  await assert.rejects(say({ idea: 999 }), { error: 'unknown-idea' });
  await say({ answer: 'é'.repeat(1000), next_by: '2028-02-29' });
  for (let i = 1; i < 20; i++) await say({});
  await assert.rejects(say({}), { error: 'full' });
});

test('the answer about an idea whose words may not be read is not shown either', async () => {
  await lead.act('mod.hide', on({ idea: 1 }));
  assert.deepEqual([...new Set((await seen(people[4], 1)).followup.map(({ answer }) => answer))], [null]);
  assert.equal((await seen(people[0], 1)).followup[0].answer, 'Nous étudions cela.', 'its author');
  await lead.act('mod.restore', on({ idea: 1 }));
  assert.equal((await seen(people[4], 1)).followup[0].answer, 'Nous étudions cela.');
});

test('five others make an idea fit for a room, and everybody is told when that changes', async () => {
  for (const line of people.slice(1, 5)) await line.act('vote.cast', on({ idea: 3, choice: 'pass' }));
  assert.equal((await seen(people[7], 3)).vetted, false);
  const fifth = await people[5].act('vote.cast', on({ idea: 3, choice: 'disagree' }));
  assert.equal((await told(people[7], fifth.version, 3)).vetted, true);
  const sixth = await people[6].act('vote.cast', on({ idea: 3, choice: 'agree' }));
  const { version } = await people[7].act('idea.post', on({ text: 'Une idée qui ne dit rien' }));
  await told(people[7], version, 5);
  assert.ok(!people[7].notifications.some(({ method, params }) => method === 'board.events' && params.from >= fifth.version && params.version <= version
    && params.events.some((event) => event.idea?.n === 3 && event.v === sixth.version)), 'a sixth is no news');
  await people[6].act('vote.withdraw', on({ idea: 3 }));
  const back = await people[5].act('vote.withdraw', on({ idea: 3 }));
  assert.equal((await told(people[7], back.version, 3)).vetted, false);
});

test('one report takes an idea off the wall until staff restore it', async () => {
  const again = await people[5].act('vote.cast', on({ idea: 3, choice: 'agree' }));
  assert.equal((await told(people[7], again.version, 3)).vetted, true);
  const report = await people[6].act('report.file', on({ idea: 3, reason: 'abuse' }));
  const idea = await told(people[7], report.version, 3);
  assert.deepEqual([idea.state, idea.vetted], ['shown', false]);
  const restored = await lead.act('mod.restore', on({ idea: 3 }));
  assert.equal((await told(people[7], restored.version, 3)).vetted, true);
  await assert.rejects(lead.act('mod.restore', on({ idea: 3 })), { error: 'conflict' });
  const hidden = await lead.act('mod.hide', on({ idea: 3 }));
  assert.equal((await told(people[7], hidden.version, 3)).vetted, false);
});

test('where ideas are served, their authors know how many read them', async () => {
  await createBoard([server], place, 'lectures', [round({ allows: ['post', 'vote'], ballots: 'served', rule: keep(2) }), round({ title: 'Libre' })]);
  const [author, ...readers] = people;
  const boss = await staff(server, place, 'lectures');
  for (const line of people) await line.join('lectures');
  await postIdeas(author, 'lectures', 2);
  const mine = async () => (await author.join('lectures')).snapshot.me.reads;
  assert.deepEqual(await mine(), { 1: 0, 2: 0 });
  const { ideas } = await readers[0].act('judge.next', { board: 'lectures', count: 1 });
  assert.equal((await mine())[ideas[0].n], 1, 'being read');
  await readers[0].act('vote.cast', { board: 'lectures', idea: ideas[0].n, choice: 'agree' });
  await readers[1].act('judge.next', { board: 'lectures', count: 2 });
  assert.deepEqual(await mine(), { 1: 1, 2: 1, [ideas[0].n]: 2 });
  assert.deepEqual((await readers[1].join('lectures')).snapshot.me.reads, {});
  assert.equal((await (await enter(server)).join('lectures')).snapshot.me.reads, undefined);
  await boss.act('round.open', { board: 'lectures', round: 2 });
  assert.equal(await mine(), undefined);
});

test('after all that the board verifies and the server ends in good order', async () => {
  assert.equal(await server.stop(), 0);
  assert.deepEqual((await json('verify', 'suites', '--json', ...place)).differences, []);
});
