// Goal: every method is for whom the table says, on the board of which they are that; and a role that is taken is gone before the next call, and before those that wait.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, redisServer, serve } from './support/processes.js';
import { createBoard, round, staff } from './support/rounds.js';

/** @import { Line } from './support/line.js' */

// Each method with the least role that may call it: a new one has no way round this list.
const LEAST = {
  'board.alerts': 'lead',
  'board.announce': 'moderator',
  'board.archive': 'lead',
  'board.create': '*lead',
  'board.edit': 'lead',
  'board.freeze': 'moderator',
  'board.history': 'visitor',
  'board.join': 'visitor',
  'board.leave': 'visitor',
  'board.list': 'visitor',
  'board.participation': 'lead',
  'board.plan': 'lead',
  'board.premoderate': 'moderator',
  'board.proxy': 'moderator',
  'board.rehearse': 'lead',
  'idea.appeal': 'participant',
  'idea.build': 'participant',
  'idea.edit': 'participant',
  'idea.follow': 'participant',
  'idea.list': 'visitor',
  'idea.post': 'participant',
  'idea.seed': 'moderator',
  'idea.similar': 'visitor',
  'idea.status': 'lead',
  'idea.withdraw': 'participant',
  'import.undo': 'lead',
  'judge.next': 'participant',
  'judge.skip': 'participant',
  'mod.approve': 'moderator',
  'mod.duplicates': 'moderator',
  'mod.hide': 'moderator',
  'mod.list': 'moderator',
  'mod.log': 'visitor',
  'mod.merge': 'moderator',
  'mod.next': 'moderator',
  'mod.people': 'moderator',
  'mod.redact': 'moderator',
  'mod.restore': 'moderator',
  'mod.retheme': 'moderator',
  'mod.undo': 'moderator',
  'mod.union': 'moderator',
  'mod.unmerge': 'moderator',
  'person.declare': 'participant',
  'person.done': 'participant',
  'person.erase': 'participant',
  'person.export': 'visitor',
  'person.rename': 'participant',
  'person.restore': 'moderator',
  'person.suspend': 'moderator',
  'person.unname': 'moderator',
  'report.file': 'participant',
  'report.resolve': 'moderator',
  'round.close': 'lead',
  'round.edit': 'lead',
  'round.extend': 'lead',
  'round.open': 'lead',
  'round.pause': 'lead',
  'round.preview': 'lead',
  'round.reopen': 'lead',
  'round.result': 'visitor',
  'round.reveal': 'lead',
  'session.open': 'nobody',
  'session.transfer': 'visitor',
  'staff.invite': 'lead',
  'staff.list': 'lead',
  'staff.revoke': 'lead',
  'vote.cast': 'participant',
  'vote.withdraw': 'participant',
};

// What each caller is on the board of the table: the first roles of LEAST that they have.
const HAS = {
  visitor: ['visitor', 'participant'], // whoever reads may begin to act
  participant: ['visitor', 'participant'],
  moderator: ['visitor', 'participant', 'moderator'],
  'lead of another board': ['visitor', 'participant'],
  lead: ['visitor', 'participant', 'moderator', 'lead'],
  '*: lead': ['visitor', 'participant', 'moderator', 'lead', '*lead'],
  admin: ['visitor', 'participant', 'moderator', 'lead', '*lead'],
};

const BOARD = 'table';
// Nothing that a call of the table does must be possible: it is asked for an idea, a round and a person that are not there.
const ASKS = { board: BOARD, idea: 999_999, into: 999_999, parent: 999_999, ideas: [999_998], person: 9_999_999 };

const data = folder();
const place = ['--data', data];
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {{method: string, role: string, board: boolean}[]} */ let methods;

before(async () => {
  await output('create', 'autre', '--title', 'Autre', ...place);
  server = await serve({ data });
  await createBoard([server], place, BOARD, [round({ allows: ['post', 'build', 'vote'] }), round()]);
  methods = await json('methods', '--json');
});

after(cleanUp);

/** @param {string} slug @param {string} role */
async function invited(slug, role) {
  const { token } = await json('invite', ...(slug ? ['--board', slug] : []), '--role', role, '--json', ...place);
  return enter(server, { invite: token });
}

/** A connection of each kind of caller. @param {string} kind @returns {Promise<Line>} */
async function caller(kind) {
  if (kind === 'visitor') return enter(server);
  if (kind === 'participant') {
    const line = await enter(server);
    await line.act('idea.post', { board: BOARD, text: 'Une idée qui fait de moi quelqu’un' });
    return line;
  }
  if (kind === 'lead of another board') return invited('autre', 'lead');
  if (kind === '*: lead') return invited('', 'lead');
  if (kind === 'admin') return invited('', 'admin');
  return invited(BOARD, kind);
}

test('every method of the server is in the table, and every one of the table in the server', () => {
  assert.deepEqual(methods.map(({ method }) => method).sort(), Object.keys(LEAST).sort());
});

test('the table says what the server’s own table says', () => {
  const said = { '*lead': 'lead', nobody: 'visitor' };
  for (const { method, role } of methods) assert.equal(role, said[LEAST[method]] ?? LEAST[method], method);
});

for (const [kind, roles] of Object.entries(HAS)) {
  test(`${kind}: each method is allowed or forbidden`, async () => {
    const line = await caller(kind);
    await line.join(BOARD);
    for (const { method } of methods) {
      if (LEAST[method] === 'nobody') continue;
      const answer = await line.ask(method, { ...ASKS, op: newOp() });
      const refused = answer.error?.data?.error === 'forbidden';
      assert.equal(refused, !roles.includes(LEAST[method]), `${kind} ${method}: ${JSON.stringify(answer)}`);
      assert.notEqual(answer.error?.code, -32601, method);
    }
    await line.close();
  });
}

test('before a session is open, nothing is', async () => {
  const line = await connect(server);
  for (const { method } of methods) {
    if (LEAST[method] === 'nobody') continue;
    await assert.rejects(line.call(method, { ...ASKS, op: newOp() }), { error: 'not-open' }, method);
  }
  await line.close();
});

test('a lead makes links by which others become moderators and leads, once each', async () => {
  const lead = await staff(server, place, BOARD);
  const { links } = await lead.act('staff.invite', { board: BOARD, role: 'moderator', count: 2 });
  assert.equal(links.length, 2);
  const invite = links[0].split('#invite=')[1];
  const moderator = await enter(server, { invite });
  assert.equal(moderator.session.board, BOARD);
  assert.deepEqual((await moderator.join(BOARD)).snapshot.me.roles, ['moderator']);
  await assert.rejects(enter(server, { invite }), { error: 'gone' });
  await assert.rejects(moderator.act('staff.invite', { board: BOARD, role: 'lead' }), { error: 'forbidden' });
  await Promise.all([lead.close(), moderator.close()]);
});

test('making links again with the same op gives the same links, and another role gives others', async () => {
  const lead = await staff(server, place, BOARD);
  const asked = { board: BOARD, role: 'moderator', count: 3, op: newOp() };
  const first = await lead.call('staff.invite', asked);
  assert.deepEqual(await lead.call('staff.invite', asked), first);
  assert.equal(new Set(first.links).size, 3);
  const { links } = await lead.call('staff.invite', { ...asked, role: 'lead' });
  assert.ok(links.every((link) => !first.links.includes(link)));
  for (const wrong of [{ role: 'admin' }, { role: 'visitor' }, { count: 301 }, { count: 0 }, { role: undefined }]) {
    await assert.rejects(lead.act('staff.invite', { board: BOARD, role: 'moderator', ...wrong }), { code: -32602, field: Object.keys(wrong)[0] });
  }
  await lead.close();
});

/** @param {Line} lead @param {Line} line */
async function numberOf(lead, line, slug = BOARD) {
  const { me } = (await line.join(slug)).snapshot;
  const { staff: list } = await lead.call('staff.list', { board: slug });
  return list.find(({ person }) => person === me.person);
}

test('who is staff is told to a lead, with their role and since when', async () => {
  const lead = await staff(server, place, BOARD);
  const moderator = await staff(server, place, BOARD, 'moderator');
  const { person, name, role, since } = await numberOf(lead, moderator);
  assert.deepEqual([typeof person, typeof name, role], ['number', 'string', 'moderator']);
  assert.ok(Math.abs(Date.parse(since) - Date.now()) < 60_000);
  await Promise.all([lead.close(), moderator.close()]);
});

test('a role that is taken is gone on every open connection before its next call, and they are told', async () => {
  const lead = await staff(server, place, BOARD);
  const one = await staff(server, place, BOARD, 'moderator');
  const two = await enter(server, { token: one.session.token });
  await two.join(BOARD);
  const { person } = await numberOf(lead, one);
  await lead.act('staff.revoke', { board: BOARD, person });
  for (const line of [one, two]) {
    assert.deepEqual((await line.notified('session.changed')).roles, {});
    assert.equal((await line.notified('board.resync')).board, BOARD);
    await assert.rejects(line.act('idea.seed', { board: BOARD, text: 'Trop tard pour semer' }), { error: 'forbidden' });
    assert.deepEqual((await line.join(BOARD)).snapshot.me.roles, ['participant']);
  }
  assert.equal((await lead.call('staff.list', { board: BOARD })).staff.some((member) => member.person === person), false);
  await assert.rejects(lead.act('staff.revoke', { board: BOARD, person }), { error: 'conflict' });
  await Promise.all([lead.close(), one.close(), two.close()]);
});

test('whose role was taken has no link of their own to come back by', async () => {
  const [lead, other] = [await staff(server, place, BOARD), await staff(server, place, BOARD)];
  const { links } = await other.act('staff.invite', { board: BOARD, role: 'lead', count: 1 });
  const slips = await other.act('staff.invite', { board: BOARD, role: 'participant', count: 1 });
  const { person } = await numberOf(lead, other);
  await lead.act('staff.revoke', { board: BOARD, person });
  await assert.rejects(enter(server, { invite: links[0].split('#invite=')[1] }), { error: 'gone' });
  const guest = await enter(server, { invite: slips.links[0].split('#invite=')[1] });
  assert.equal(guest.session.board, BOARD, 'a slip that was printed stays good');
  await Promise.all([lead.close(), other.close(), guest.close()]);
});

test('who was staff before a restart is staff at the first call, without joining', async () => {
  const where = folder();
  const there = ['--data', where];
  const old = await serve({ data: where });
  await createBoard([old], there, 'reprise', [round({ allows: ['post', 'build', 'vote'] })]);
  const moderator = await staff(old, there, 'reprise', 'moderator');
  await moderator.act('idea.seed', { board: 'reprise', text: 'Semée avant' });
  assert.equal(await old.stop(), 0);
  const anew = await serve({ data: where });
  const [again, guest] = [await enter(anew, { token: moderator.session.token }), await enter(anew)];
  await again.act('mod.hide', { board: 'reprise', idea: 1 });
  await guest.act('idea.post', { board: 'reprise', text: 'D’une personne qui passe' });
  await assert.rejects(guest.act('mod.restore', { board: 'reprise', idea: 1 }), { error: 'forbidden' });
  assert.equal(await anew.stop(), 0);
});

test('calls that wait behind the one by which a role is taken are refused', async () => {
  const slug = 'file';
  await createBoard([server], place, slug, [round({ allows: ['post', 'build', 'vote'] })]);
  const lead = await staff(server, place, slug);
  const other = await staff(server, place, slug);
  const { person } = await numberOf(other, lead, slug);
  assert.equal((await lead.act('idea.seed', { board: slug, text: 'Semée à temps, par un responsable' })).idea, 1);
  // All on one line, none of them answered when the next is read: the server knows the lead as a lead still.
  const taken = lead.act('staff.revoke', { board: slug, person });
  const late = [
    ...Array.from({ length: 10 }, (_, i) => lead.ask('idea.seed', { board: slug, text: `Semée trop tard, la ${i + 1}e`, op: newOp() })),
    lead.ask('round.pause', { board: slug, round: 1, op: newOp() }),
    lead.ask('staff.invite', { board: slug, role: 'lead', op: newOp() }),
    lead.ask('board.proxy', { board: slug, idea: 1, counts: { agree: 3 }, op: newOp() }),
    lead.ask('mod.hide', { board: slug, idea: 1, op: newOp() }),
  ];
  await taken;
  for (const { error } of await Promise.all(late)) assert.equal(error?.data.error, 'forbidden');
  const { snapshot } = await other.join(slug);
  assert.deepEqual([snapshot.ideas.length, snapshot.rounds[0].state, snapshot.ideas[0].hands, snapshot.ideas[0].state], [1, 'open', null, 'shown']);
  await Promise.all([lead.close(), other.close()]);
});

test('the log refuses what another node let pass', async () => {
  const slug = 'deux';
  const store = await redisServer();
  const there = ['--redis', store.url];
  const [here, away] = [await serve({ redis: store.url }), await serve({ redis: store.url })];
  await createBoard([here, away], there, slug, [round({ allows: ['post', 'build', 'vote'] })]);
  const lead = await staff(here, there, slug);
  const moderator = await staff(away, there, slug, 'moderator');
  const { person } = await numberOf(lead, moderator, slug);
  const taken = lead.act('staff.revoke', { board: slug, person });
  const seeds = Array.from({ length: 20 }, (_, i) => moderator.ask('idea.seed', { board: slug, text: `Semée la ${i + 1}e, ou refusée`, op: newOp() }));
  const { version } = await taken;
  const answers = await Promise.all(seeds);
  for (const { result, error } of answers) {
    if (result) assert.ok(result.version < version);
    else assert.equal(error.data.error, 'forbidden');
  }
  await moderator.notified('session.changed');
  await assert.rejects(moderator.act('idea.seed', { board: slug, text: 'Bien trop tard pour semer' }), { error: 'forbidden' });
  const { ideas } = (await lead.join(slug)).snapshot;
  assert.equal(ideas.length, answers.filter(({ result }) => result).length);
  assert.equal(await here.stop(), 0);
  assert.equal(await away.stop(), 0);
});

test('a board keeps somebody who leads it', async () => {
  const slug = 'barre';
  await createBoard([server], place, slug, [round()]);
  const lead = await staff(server, place, slug);
  const { person } = await numberOf(lead, lead, slug);
  await assert.rejects(lead.act('staff.revoke', { board: slug, person }), { error: 'not-allowed-now' });
  const other = await staff(server, place, slug);
  await lead.act('staff.revoke', { board: slug, person });
  await assert.rejects(lead.call('staff.list', { board: slug }), { error: 'forbidden' });
  assert.equal((await other.call('staff.list', { board: slug })).staff.length, 1);
  await assert.rejects(other.act('staff.revoke', { board: slug, person: 9_999_999 }), { error: 'unknown-person' });
  await Promise.all([lead.close(), other.close()]);
});

test('who leads the installation is not shut out of a board by those who lead it', async () => {
  const chief = await invited('', 'lead');
  await chief.join(BOARD);
  await chief.act('idea.seed', { board: BOARD, text: 'Une idée de départ, d’en haut' });
  const lead = await staff(server, place, BOARD);
  const { person } = await numberOf(lead, chief);
  await lead.act('staff.revoke', { board: BOARD, person });
  assert.deepEqual((await chief.notified('session.changed', ({ roles }) => !roles[BOARD])).roles, { '*': 'lead' });
  await chief.act('idea.seed', { board: BOARD, text: 'Une seconde idée, d’en haut aussi' });
  await Promise.all([chief.close(), lead.close()]);
});
