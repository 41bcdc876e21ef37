// Goal: everybody gets in as who they are: guests, those who come back, and those who were invited to a role.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';

const data = folder();
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let admin;

before(async () => {
  await output('create', 'entree', '--title', 'Entrée', '--theme', 'Vélo', '--theme', 'Bus', '--data', data);
  server = await serve({ data });
});

after(cleanUp);

const invitation = async (...args) => json('invite', ...args, '--json', '--data', data);

test('a guest gets a token, a clock, the limits and no role', async () => {
  const { session } = await enter(server, { lang: 'fr' });
  assert.match(session.token, /^[\w-]{43}$/);
  assert.deepEqual(session.roles, {});
  assert.ok(Math.abs(session.now - Date.now()) < 5_000);
  assert.equal(session.server.protocol, 'pinson.v1');
  assert.match(session.server.version, /^\d+\.\d+\.\d+$/);
  assert.equal(session.limits.idea_max, 280);
});

test('reading makes no person, the first act does', async () => {
  const line = await enter(server);
  const { snapshot, version } = await line.join('entree');
  await line.call('idea.list', { board: 'entree', sort: 'strongest', count: 10 });
  await line.call('board.list');
  assert.deepEqual([snapshot.people, snapshot.me.person, snapshot.me.ballots, snapshot.me.own], [0, null, {}, []]);
  assert.equal((await line.join('entree')).version, version);
  await line.act('idea.post', { board: 'entree', text: 'Une idée qui fait de moi quelqu’un' });
  const is = (await line.join('entree')).snapshot;
  assert.deepEqual([is.people, is.me.person, is.me.own], [1, 1, [1]]);
  assert.equal(typeof is.me.name, 'string');
});

test('a token brings the same person back, also after a restart', async () => {
  const line = await enter(server);
  await line.act('vote.cast', { board: 'entree', idea: 1, choice: 'agree' });
  const { token } = line.session;
  const { me } = (await line.join('entree')).snapshot;
  await line.close();
  const again = await enter(server, { token });
  assert.equal(again.session.token, token);
  assert.deepEqual((await again.join('entree')).snapshot.me, me);
  const { port } = server;
  assert.equal(await server.stop(), 0);
  server = await serve({ data, port });
  const later = await enter(server, { token });
  const { snapshot } = await later.join('entree');
  assert.deepEqual(snapshot.me, me);
  assert.deepEqual([snapshot.people, me.ballots], [2, { 1: 'agree' }]);
});

test('the first start prints an administrator’s link, once', async () => {
  const other = folder();
  const first = await serve({ data: other });
  const invite = first.adminInvite;
  assert.ok(invite);
  const line = await enter(first, { invite });
  assert.deepEqual(line.session.roles, { '*': 'admin' });
  assert.equal(await first.stop(), 0);
  const second = await serve({ data: other });
  assert.equal(second.adminInvite, undefined);
  const again = await connect(second);
  await assert.rejects(again.call('session.open', { invite }), { error: 'gone' });
  const back = await enter(second, { token: line.session.token });
  assert.deepEqual(back.session.roles, { '*': 'admin' });
  assert.equal(await second.stop(), 0);
});

test('an invitation gives the role that it was made for', async () => {
  for (const role of ['moderator', 'lead']) {
    const { token, link } = await invitation('--board', 'entree', '--role', role);
    assert.ok(link.endsWith(`/#invite=${token}`));
    const line = await enter(server, { invite: token });
    const { snapshot } = await line.join('entree');
    assert.deepEqual(snapshot.me.roles, [role]);
    const back = await enter(server, { token: line.session.token });
    assert.deepEqual(back.session.roles, { entree: role });
    await Promise.all([line.close(), back.close()]);
  }
  const { token } = await invitation('--role', 'admin');
  admin = await enter(server, { invite: token });
  assert.deepEqual(admin.session.roles, { '*': 'admin' });
});

test('the answer to an invitation already names the role', async () => {
  const { token } = await invitation('--board', 'entree', '--role', 'moderator');
  const line = await enter(server, { invite: token });
  assert.deepEqual(line.session.roles, { entree: 'moderator' });
  await line.close();
});

test('staff do not count as people before they act, and are not asked for ballots', async () => {
  const was = (await admin.join('entree')).snapshot.people;
  const { token } = await invitation('--board', 'entree', '--role', 'moderator');
  const line = await enter(server, { invite: token });
  assert.equal((await line.join('entree')).snapshot.people, was);
  await assert.rejects(line.act('vote.cast', { board: 'entree', idea: 1, choice: 'agree' }), { error: 'forbidden' });
  await line.close();
});

test('several invitations are all different', async () => {
  const list = await invitation('--board', 'entree', '--role', 'participant', '--count', '20');
  assert.equal(new Set(list.map(({ token }) => token)).size, 20);
  const line = await enter(server, { invite: list[7].token });
  await line.act('vote.cast', { board: 'entree', idea: 1, choice: 'pass' });
  await line.close();
});

test('an administrator makes a board, which everybody can join by its address and by its code', async () => {
  const op = newOp();
  const made = await admin.call('board.create', { slug: 'neuve', title: 'Neuve', question: 'Et maintenant ?', lang: 'fr', themes: ['Eau', 'Air'], op });
  assert.equal(made.board, 'neuve');
  assert.match(made.join_code, /^\d{6}$/);
  const line = await enter(server);
  const bySlug = (await line.join('neuve')).snapshot;
  const byCode = (await line.join(made.join_code)).snapshot;
  assert.deepEqual(byCode, bySlug);
  assert.deepEqual([bySlug.title, bySlug.question, bySlug.themes, bySlug.state], ['Neuve', 'Et maintenant ?', ['Eau', 'Air'], 'open']);
  assert.ok((await line.call('board.list')).boards.some(({ slug }) => slug === 'neuve'));
  await assert.rejects(line.join('000000'), { error: 'unknown-board' });
  await line.close();
});

test('an address is given once', async () => {
  await assert.rejects(admin.act('board.create', { slug: 'neuve', title: 'Encore' }), { error: 'conflict' });
});

test('making a board again with the same op gives the first answer', async () => {
  const board = { slug: 'deux-fois', title: 'Deux fois', op: newOp() };
  const first = await admin.call('board.create', board);
  assert.deepEqual(await admin.call('board.create', board), first);
});

test('addresses that are none, and titles that are none, are refused and named', async () => {
  for (const slug of ['', 'A', 'a b', 'é', '-a', 'a--b', '{b}', 'a'.repeat(33), '../x']) {
    await assert.rejects(admin.act('board.create', { slug, title: 'T' }), { code: -32602, field: 'slug' });
  }
  for (const title of ['', '  ', 'x'.repeat(201), 'a\u0007b']) {
    await assert.rejects(admin.act('board.create', { slug: 'titre', title }), { code: -32602, field: 'title' });
  }
});

test('a board is made with the rounds of a template, or with those that are written out', async () => {
  await admin.act('board.create', { slug: 'modele', title: 'Modèle', template: 'mmowgli', lang: 'en' });
  await admin.act('board.create', {
    slug: 'ecrits', title: 'Écrits', themes: ['Eau'],
    rounds: [{ title: 'Tour', rule: { keep: { share: 0.2 }, quota: [{ theme: 'Eau', at_least: 1 }] } }, { title: 'Finale', final: true }],
  });
  const line = await enter(server);
  assert.deepEqual((await line.join('modele')).snapshot.rounds.map(({ title }) => title), ['Imagine', 'Build', 'Make it real', 'Give your opinion', 'Final']);
  assert.deepEqual((await line.join('ecrits')).snapshot.rounds.map(({ title }) => title), ['Tour', 'Finale']);
  await line.close();
});

test('rounds that cannot be are refused by the place of what is wrong', async () => {
  const refused = (params, field) => assert.rejects(admin.act('board.create', { slug: 'refus', title: 'T', ...params }), { code: -32602, field });

  await refused({ template: 'concours' }, 'template');
  await refused({ template: 7 }, 'template');
  await refused({ template: 'atelier', rounds: [{}] }, 'template');
  await refused({ draft: 'yes' }, 'draft');
  await refused({ rounds: [] }, 'rounds');
  await refused({ rounds: [{}, { rule: { keep: { top: 0 } } }] }, 'rounds[2].rule.keep.top');
  await refused({ rounds: [{ rule: { keep: { top: 1 }, quota: [{ theme: 'Eau', at_least: 1 }] } }] }, 'rounds[1].rule.quota[1].theme');
  await refused({ rounds: [{ final: true }] }, 'rounds[1].final');
});

test('the command line makes a board of a template, and says which there are', async () => {
  const made = await json('create', 'atelier', '--title', 'Atelier', '--template', 'atelier', '--group', 'Nord', '--draft', '--data', data, '--json');
  assert.equal(made.path, '/b/atelier');
  const unknown = await run('create', 'concours', '--title', 'T', '--template', 'concours', '--data', data);
  assert.deepEqual([unknown.status, unknown.stderr], [1, 'pinson: there is no template "concours"; use one of atelier, consultation, mmowgli\n']);
  const both = await run('create', 'concours', '--title', 'T', '--template', 'atelier', '--rounds', 'x.json', '--data', data);
  assert.equal(both.status, 2);
});

test('who has left a board is told nothing more of it', async () => {
  const watching = await enter(server);
  const acting = await enter(server);
  await watching.join('neuve');
  assert.deepEqual(await watching.call('board.leave', { board: 'neuve' }), {});
  const stayed = await enter(server);
  await stayed.join('neuve');
  await acting.act('idea.post', { board: 'neuve', text: 'Une idée que l’on n’entend pas' });
  await stayed.notified('board.events');
  await watching.call('board.list');
  assert.deepEqual(watching.notifications.filter(({ method }) => method === 'board.events'), []);
});

test('the command line says in one sentence what it cannot do', async () => {
  for (const args of [['create', 'entree', '--title', 'T'], ['export', 'nowhere', '--format', 'json'], ['rank', 'nowhere'], ['invite', '--board', 'nowhere', '--role', 'lead']]) {
    const { status, stderr } = await run(...args, '--data', data);
    assert.equal(status, 1, args.join(' '));
    assert.match(stderr, /^pinson: .+$/m);
  }
  for (const args of [[], ['nothing'], ['create'], ['export', 'entree'], ['serve', '--nothing'], ['invite', '--role', 'king'], ['rank', 'entree', '--at', 'x']]) {
    assert.equal((await run(...args)).status, 2, args.join(' '));
  }
  for (const args of [['--help'], ['--version'], ...['serve', 'create', 'boards', 'invite', 'import', 'export', 'rank', 'verify', 'rehearse'].map((name) => [name, '--help'])]) {
    const { status, stdout, stderr } = await run(...args);
    assert.deepEqual([status, stderr], [0, ''], args.join(' '));
    assert.ok(stdout.length > 0);
  }
});

test('after all that the server ends in good order', async () => {
  assert.equal(await server.stop(), 0);
});
