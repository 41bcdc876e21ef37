// Goal: a lead makes a board from a template, changes it, sees who takes part and what goes wrong while it can still be helped, and puts it away.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, output, serve } from './support/processes.js';
import { castAll, createBoard, keep, postIdeas, round, staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line[]} */ let people;
/** @type {import('./support/line.js').Line} */ let admin;

before(async () => {
  server = await serve({ data });
  admin = await enter(server, { invite: server.adminInvite });
  people = await Promise.all(Array.from({ length: 6 }, () => enter(server)));
});

after(cleanUp);

const head = async (line, board) => (await line.join(board)).snapshot;

test('a draft made from a template is edited whole, and read only by its staff', async () => {
  await admin.act('board.create', { slug: 'brouillon', title: 'Un brouillon', question: 'Que faire ?', template: 'atelier', groups: ['Nord'], draft: true });
  await admin.join('brouillon');
  await admin.act('board.edit', { board: 'brouillon', title: '  Le parc  ', question: '', about: 'Pour le conseil', themes: ['Eau', 'Air'], groups: ['Sud', 'Est'], template: 'consultation' });
  const board = await head(admin, 'brouillon');
  assert.deepEqual([board.title, board.question, board.about, board.themes, board.groups, board.state], ['Le parc', null, 'Pour le conseil', ['Eau', 'Air'], ['Sud', 'Est'], 'draft']);
  assert.equal(board.rounds.length, 2);
  assert.ok(board.rounds.every(({ title }) => title));
  await admin.act('board.edit', { board: 'brouillon', themes: ['Terre'] });
  const again = await head(admin, 'brouillon');
  assert.deepEqual([again.themes, again.title, again.rounds.map(({ title }) => title)], [['Terre'], 'Le parc', board.rounds.map(({ title }) => title)]);
  await assert.rejects(people[0].join('brouillon'), { error: 'unknown-board' });
  for (const [method, params] of [['idea.list', { sort: 'newest', count: 5 }], ['idea.similar', { text: 'Le parc' }], ['mod.log', {}], ['board.history', {}], ['round.result', { round: 1 }]]) {
    await assert.rejects(people[0].call(method, { board: 'brouillon', ...params }), { error: 'unknown-board' }, method);
  }
  await assert.rejects(people[0].act('person.rename', { board: 'brouillon', name: 'Camille' }), { error: 'unknown-board' });
});

test('a draft takes seeds, also of what was done elsewhere, and its author is told of them', async () => {
  const source = { place: 'Paris', url: 'https://exemple.org/oasis', result: 'Cent cours en cinq ans' };
  await admin.act('board.create', { slug: 'semis', title: 'Un semis', template: 'atelier', draft: true });
  await admin.join('semis');
  const { idea } = await admin.act('idea.seed', { board: 'semis', text: 'Une cour sans bitume', source });
  const { posts_left: left } = await admin.notified('board.me', ({ own }) => own?.includes(idea));
  assert.equal(left, undefined, 'no round counts them yet');
  const { ideas } = await head(admin, 'semis');
  assert.deepEqual(ideas.map(({ n, seed, source: at }) => [n, seed, at.place, at.url, at.result]), [[idea, true, ...Object.values(source)]]);
});

test('a draft’s pages are there for its staff, and for nobody else', async () => {
  const page = (/** @type {string} */ path, /** @type {string} */ token) => fetch(`${server.url}/b/brouillon${path}`, { headers: token ? { cookie: `pinson=${token}` } : {} });
  for (const path of ['', '?mode=lead', '/i/1', '/ecran', '/borne']) {
    const { status, headers } = await page(path, admin.session.token);
    assert.equal(status, 200, path);
    assert.equal(headers.get('cache-control'), 'no-store', path);
    assert.equal((await page(path, '')).status, 404, path);
    assert.equal((await page(path, people[0].session.token)).status, 404, path);
  }
  assert.equal((await fetch(`${server.url}/api/boards/brouillon`, { headers: { cookie: `pinson=${admin.session.token}` } })).status, 404);
});

test('what is wrong is named, and changes nothing', async () => {
  const edit = (params) => admin.act('board.edit', { board: 'brouillon', ...params });
  const unchanged = await head(admin, 'brouillon');
  await assert.rejects(edit({ title: ' ' }), { code: -32602, field: 'title' });
  await assert.rejects(edit({ title: 'x'.repeat(201) }), { code: -32602, field: 'title' });
  await assert.rejects(edit({ themes: 'Eau' }), { code: -32602, field: 'themes' });
  await assert.rejects(edit({ template: 'rien' }), { code: -32602, field: 'template' });
  await assert.rejects(edit({ rounds: [] }), { code: -32602, field: 'rounds' });
  await assert.rejects(edit({ slug: 'autre' }), { code: -32602, field: 'slug' });
  await assert.rejects(people[0].act('board.edit', { board: 'brouillon', title: 'À moi' }), { error: 'forbidden' });
  assert.deepEqual({ ...(await head(admin, 'brouillon')), me: 0 }, { ...unchanged, me: 0 });
});

test('once it has begun, its words change and its lists grow, and everybody is told', async () => {
  await admin.act('round.open', { board: 'brouillon', round: 1 });
  await people[0].join('brouillon');
  const op = newOp();
  const first = await admin.act('board.edit', { board: 'brouillon', question: 'Que planter ?', themes: ['Terre', 'Feu'], op });
  assert.deepEqual(await admin.act('board.edit', { board: 'brouillon', question: 'Que planter ?', themes: ['Terre', 'Feu'], op }), first);
  const { events } = await people[0].notified('board.events', (news) => news.version >= first.version);
  const told = events.find(({ type }) => type === 'board').board;
  assert.deepEqual([told.question, told.themes, told.title], ['Que planter ?', ['Terre', 'Feu'], 'Le parc']);
  await assert.rejects(admin.act('board.edit', { board: 'brouillon', themes: ['Feu'] }), { error: 'not-allowed-now' });
  await assert.rejects(admin.act('board.edit', { board: 'brouillon', template: 'mmowgli' }), { error: 'not-allowed-now' });
  await people[0].act('idea.post', { board: 'brouillon', text: 'Planter des chênes', theme: 'Feu' });
});

test('it is closed, opened again, put away, and then only read', async () => {
  const state = (to) => admin.act('board.archive', { board: 'brouillon', ...(to && { state: to }) });
  await assert.rejects(state('closed'), { error: 'not-allowed-now' }); // a round is open
  await admin.act('round.close', { board: 'brouillon', round: 1 });
  await assert.rejects(state('draft'), { code: -32602, field: 'state' });
  await state('closed');
  await assert.rejects(admin.act('round.open', { board: 'brouillon', round: 2 }), { error: 'not-allowed-now' });
  await admin.act('idea.status', { board: 'brouillon', idea: 1, status: 'review' });
  await state('open');
  await state('closed');
  await assert.rejects(people[1].act('board.archive', { board: 'brouillon' }), { error: 'forbidden' });
  await state();
  assert.equal((await head(people[0], 'brouillon')).state, 'archived');
  await assert.rejects(admin.act('idea.status', { board: 'brouillon', idea: 1, status: 'done' }), { error: 'not-allowed-now' });
  await assert.rejects(people[0].act('idea.follow', { board: 'brouillon', idea: 1 }), { error: 'not-allowed-now' });
  const { boards } = await people[0].call('board.list');
  assert.equal(boards.find(({ slug }) => slug === 'brouillon').state, 'archived');
  await people[0].act('person.erase', { board: 'brouillon', texts: 'erase' }); // nobody's rights end
});

test('participation counts, and says nothing of directions', async () => {
  await createBoard([server], place, 'comptes', [round({ allows: ['post', 'vote'], scores: 'closed', rule: { keep: { top: 2 }, min_judges: 4 } }), round({ final: true })]);
  const lead = await staff(server, place, 'comptes');
  await lead.act('board.edit', { board: 'comptes', themes: ['Eau', 'Air'], groups: ['Nord'] });
  await Promise.all(people.map((line) => line.join('comptes')));
  await postIdeas(people[0], 'comptes', 6);
  await people[0].act('idea.post', { board: 'comptes', text: 'De l’eau pour tous', theme: 'Eau' });
  await castAll(people[1], 'comptes', 'aaaaaad');
  await castAll(people[2], 'comptes', 'ap');
  await people[2].act('person.declare', { board: 'comptes', groups: ['Nord'] });
  await people[1].act('person.done', { board: 'comptes', round: 1 });
  const seen = await lead.call('board.participation', { board: 'comptes' });
  assert.deepEqual([seen.people, seen.ideas, seen.ballots], [4, 7, 9]); // the lead has acted too
  assert.deepEqual(seen.funnel, { acted: 4, judged: 2, enough: 1, finished: 1 });
  assert.deepEqual(seen.busiest, { people: 1, ballots: 7 });
  assert.deepEqual(seen.exposure, { candidates: 7, least: 1, quarter: 1, middle: 1, three_quarters: 2, most: 2, wanted: 4, lacking: 7 });
  assert.deepEqual(seen.themes, [
    { theme: null, ideas: 6, ballots: 8, candidates: 6, lacking: 6 },
    { theme: 'Eau', ideas: 1, ballots: 1, candidates: 1, lacking: 1 },
    { theme: 'Air', ideas: 0, ballots: 0, candidates: 0, lacking: 0 }]);
  assert.deepEqual([seen.groups, seen.rest], [[], { people: 4, ballots: 9 }]); // one person is not told apart
  assert.deepEqual(seen.time.spans.reduce((sum, span) => sum.map((n, i) => n + span[i]), [0, 0, 0]), [4, 7, 9]);
  assert.doesNotMatch(JSON.stringify(seen), /agree|disagree|pass"/);
  await assert.rejects(people[0].call('board.participation', { board: 'comptes' }), { error: 'forbidden' });
  await assert.rejects(people[0].call('board.alerts', { board: 'comptes' }), { error: 'forbidden' });
  await assert.rejects(people[0].call('board.plan', { board: 'comptes', people: 1, ideas: 1 }), { error: 'forbidden' });
});

test('an author who fills the line and an overdue answer are said while one can act', async () => {
  await createBoard([server], place, 'alertes', [round({ allows: ['post', 'vote'], rule: keep(3) }), round({ final: true })]);
  const lead = await staff(server, place, 'alertes');
  await Promise.all(people.map((line) => line.join('alertes')));
  await postIdeas(people[0], 'alertes', 4);
  await postIdeas(people[1], 'alertes', 2);
  await castAll(people[2], 'alertes', 'aaaadd');
  await lead.act('idea.status', { board: 'alertes', idea: 5, status: 'review', next_by: '2020-01-02' });
  const { alerts } = await lead.call('board.alerts', { board: 'alertes' });
  assert.deepEqual(alerts.map(({ kind, count, of, ideas }) => [kind, count, of, ideas]), [['author', 3, 3, [1, 2, 3]], ['overdue', 1, 0, [5]]]);
  await lead.act('idea.status', { board: 'alertes', idea: 5, status: 'done' });
  assert.deepEqual((await lead.call('board.alerts', { board: 'alertes' })).alerts.map(({ kind }) => kind), ['author']);
});

test('a forecast is the same for the same question, and better with more people', async () => {
  const lead = await staff(server, place, 'alertes');
  const ask = (params) => lead.call('board.plan', { board: 'alertes', ideas: 200, minutes: 10, seconds: 30, ...params });
  const few = await ask({ people: 60 });
  assert.deepEqual(await ask({ people: 60 }), few);
  const many = await ask({ people: 300 });
  assert.equal(many.opinions_per_person, 20);
  assert.equal(many.opinions_per_idea, 30);
  assert.ok(many.best_promoted > few.best_promoted, JSON.stringify({ few, many }));
  assert.ok(many.winner_top5 > 50 && many.winner_top5 <= 100, JSON.stringify(many));
  await assert.rejects(ask({ people: 0 }), { code: -32602, field: 'people' });
  await assert.rejects(ask({ people: 5, seats: 3 }), { code: -32602, field: 'seats' });
});

test('the log of a board that was edited and closed verifies', async () => {
  await output('verify', 'brouillon', ...place);
  await output('export', 'brouillon', '--format', 'archive', '-o', folder(), ...place);
});
