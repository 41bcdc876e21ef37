// Goal: a lead rehearses a draft with an invented crowd: on a copy that only the link finds, with the board's words, rules and seeds, to the end of its last round.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';
import { staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let admin;
/** @type {import('./support/line.js').Line} */ let lead;

before(async () => {
  server = await serve({ data, args: ['--example'] });
  admin = await enter(server, { invite: server.adminInvite });
  await admin.act('board.create', { slug: 'ecole', title: 'L’école', question: 'Comment y aller ?', template: 'atelier', themes: ['Eau'], groups: ['Nord'], draft: true });
  lead = await staff(server, place, 'ecole');
});

after(cleanUp);

/** Processes whose parent is the server. */
const children = () => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
  try {
    const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/, 'x').split(' ')[3]; // pid (name) state parent
    return Number(parent) === server.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('rehearse') ? [pid] : [];
  } catch {
    return []; // it has just ended
  }
});

const state = async (line, board) => (await line.join(board)).snapshot;

/** Until the crowd has done. @param {string} board */
async function played(board) {
  for (const until = Date.now() + 90_000; Date.now() < until;) {
    const seen = await state(lead, board);
    if (seen.rounds.at(-1).state === 'revealed') return seen;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  return assert.fail('it was not played to its end');
}

test('the copy has the words and the rules, and is played to its end while its lead looks on', async () => {
  const op = newOp();
  const answer = await lead.act('board.rehearse', { board: 'ecole', people: 20, ideas: 10, speed: 100, op });
  assert.deepEqual(answer, { board: 'ecole-repetition' });
  const copy = await state(lead, 'ecole-repetition');
  assert.deepEqual([copy.title, copy.question, copy.visibility, copy.themes, copy.groups], ['Répétition – L’école', 'Comment y aller ?', 'link', ['Eau'], ['Nord']]);
  assert.ok(copy.me.roles.includes('lead'));
  const model = await state(lead, 'ecole');
  assert.deepEqual(copy.rounds.map(({ title, rule }) => [title, rule]), model.rounds.map(({ title, rule }) => [title, rule]));
  assert.equal(model.state, 'draft');

  if (children().length) {
    await assert.rejects(lead.act('board.rehearse', { board: 'ecole' }), { error: 'not-allowed-now' }); // one at a time
    const open = children().flatMap((pid) => readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)));
    assert.equal(open.filter((name) => name.startsWith(data)).length, 0, `it holds files of the server: ${open}`);
  }
  const end = await played('ecole-repetition');
  assert.ok(end.people >= 20 && end.ideas.length >= 5, `${end.people} people, ${end.ideas.length} ideas`);
  assert.ok(end.ideas.some(({ round_state: outcome }) => outcome === 'winner'));
  assert.equal((await state(lead, 'ecole')).ideas.length, 0); // nothing of it came to the board itself
  const { boards } = await (await fetch(`${server.url}/api/boards`)).json();
  assert.deepEqual(boards.map(({ slug }) => slug), ['ecole-sans-voiture']);
});

test('it is put away by its lead, and the next has an address of its own', async () => {
  await lead.act('board.archive', { board: 'ecole-repetition' });
  assert.equal((await state(lead, 'ecole-repetition')).state, 'archived');
  let answer;
  while (!answer) answer = await lead.act('board.rehearse', { board: 'ecole', people: 5, ideas: 5, speed: 100 }).catch((refusal) => assert.equal(refusal.error, 'not-allowed-now'));
  assert.deepEqual(answer, { board: 'ecole-repetition-2' });
});

test('only who leads the board rehearses it, within bounds', async () => {
  const person = await enter(server);
  await assert.rejects(person.act('board.rehearse', { board: 'ecole' }), { error: 'forbidden' });
  await assert.rejects(lead.act('board.rehearse', { board: 'ecole', people: 501 }), { code: -32602, field: 'people' });
  await assert.rejects(lead.act('board.rehearse', { board: 'ecole', speed: 0 }), { code: -32602, field: 'speed' });
});

test('seeds are on the copy before anybody comes, and are judged', async () => {
  await output('rehearse', '--like', 'ecole-sans-voiture', '--board', 'semis', '--url', server.url, '--people', '10', '--ideas', '4', '--speed', 'max', ...place);
  const model = await json('export', 'ecole-sans-voiture', '--format', 'json', ...place);
  const copy = await json('export', 'semis', '--format', 'json', ...place);
  const seeds = model.ideas.filter(({ seed, kind }) => seed && kind === 'idea').map(({ text }) => text);
  assert.ok(seeds.length > 10);
  assert.deepEqual(copy.ideas.filter(({ seed }) => seed).map(({ text }) => text), seeds);
  assert.deepEqual(copy.ideas.slice(0, seeds.length).map(({ author }) => author), seeds.map(() => null));
  const judged = copy.ideas.slice(0, seeds.length).filter(({ tally }) => tally.agree + tally.disagree + tally.pass > 0);
  assert.ok(judged.length > seeds.length / 2, `${judged.length} of ${seeds.length} seeds were judged`);
  await output('verify', 'semis', ...place);
});

test('the copy of a private board is private, and is played all the same', async () => {
  await admin.act('board.create', { slug: 'conseil', title: 'Le conseil', template: 'atelier', visibility: 'private', draft: true });
  lead = await staff(server, place, 'conseil');
  let answer;
  while (!answer) answer = await lead.act('board.rehearse', { board: 'conseil', people: 10, ideas: 5, speed: 100 }).catch((refusal) => assert.equal(refusal.error, 'not-allowed-now'));
  const stranger = await enter(server);
  await assert.rejects(stranger.join('conseil-repetition'), { error: 'unknown-board' });
  const end = await played('conseil-repetition');
  assert.deepEqual([end.visibility, end.people >= 10], ['private', true]);
  lead = await staff(server, place, 'ecole');
});

test('the crowd goes when the server goes', async () => {
  let running = null;
  while (!running) running = await lead.act('board.rehearse', { board: 'ecole', people: 30, ideas: 10, speed: 1 }).catch((refusal) => assert.equal(refusal.error, 'not-allowed-now'));
  const [pid] = children();
  assert.ok(pid, 'it is played by a process of its own');
  assert.equal(await server.stop(), 0);
  assert.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' });
});
