// Goal: whoever watches a board, comes back to it or asks twice always has the board as it is, and their own things only.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';

const data = folder();
const on = (params) => ({ board: 'direct', ...params });
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let author;
/** @type {import('./support/line.js').Line} */ let voter;

before(async () => {
  await output('create', 'direct', '--title', 'Direct', '--data', data);
  server = await serve({ data });
  author = await enter(server);
  voter = await enter(server);
  for (let i = 1; i <= 4; i++) await author.act('idea.post', on({ text: `Une idée en direct, la ${i}e` }));
});

after(cleanUp);

test('events follow each other without a gap, from the version of the snapshot on', async () => {
  const watcher = await enter(server);
  let { version } = await watcher.join('direct');
  for (let i = 0; i < 5; i++) {
    await voter.act('vote.cast', on({ idea: 1 + (i % 4), choice: 'agree' }));
    await author.act('idea.post', on({ text: `Une idée qui suit, la ${i}e` }));
  }
  const last = (await author.act('idea.post', on({ text: 'Une idée qui ferme la marche' }))).version;
  await watcher.notified('board.events', (news) => news.version >= last);
  const { epoch } = await watcher.join('direct');
  const seen = [];
  for (const { params } of watcher.notifications.filter(({ method }) => method === 'board.events')) {
    assert.equal(params.board, 'direct');
    assert.equal(params.epoch, epoch);
    assert.ok(params.from <= version && params.version > params.from, `${params.from} after ${version}`);
    for (const event of params.events) {
      assert.ok(event.v > params.from && event.v <= params.version);
      seen.push(event.idea.n);
    }
    version = params.version;
  }
  assert.equal(new Set(seen).size, 6);
  assert.ok(version >= last);
});

test('scores arrive at everybody who watches, and end at the tallies of the board', async () => {
  const watchers = await Promise.all(Array.from({ length: 5 }, () => enter(server)));
  await Promise.all(watchers.map((line) => line.join('direct')));
  const people = await Promise.all(Array.from({ length: 8 }, () => enter(server)));
  const answers = await Promise.all(people.map((line, i) => line.act('vote.cast', on({ idea: 2, choice: i % 2 ? 'agree' : 'disagree' }))));
  const last = Math.max(...answers.map(({ version }) => version));
  for (const line of watchers) {
    await line.notified('board.scores', (news) => news.version >= last);
    const held = new Map();
    for (const { method, params } of line.notifications) {
      if (method === 'board.scores') for (const [n, ...tally] of params.scores) held.set(n, tally.slice(0, 3));
    }
    const { snapshot } = await line.join('direct');
    assert.deepEqual(held.get(2), snapshot.scores.find(([n]) => n === 2).slice(1, 4));
  }
});

test('personal things go to both tabs of a session and to nobody else', async () => {
  const one = await enter(server);
  await one.act('vote.cast', on({ idea: 1, choice: 'pass' }));
  const two = await enter(server, { token: one.session.token });
  const stranger = await enter(server);
  await Promise.all([one, two, stranger].map((line) => line.join('direct')));
  await one.act('vote.cast', on({ idea: 1, choice: 'disagree' }));
  for (const line of [one, two]) {
    assert.equal((await line.notified('board.me', ({ ballots }) => ballots?.[1] === 'disagree')).board, 'direct');
  }
  const { idea } = await two.act('idea.post', on({ text: 'Une idée de mes deux onglets' }));
  for (const line of [one, two]) await line.notified('board.me', ({ own }) => own?.includes(idea));
  await two.act('vote.withdraw', on({ idea: 1 }));
  await one.notified('board.me', ({ ballots }) => ballots && 1 in ballots && ballots[1] === null);
  await stranger.notified('board.events', ({ events }) => events.some((event) => event.idea?.n === idea));
  await stranger.call('board.list');
  assert.deepEqual(stranger.notifications.filter(({ method }) => method === 'board.me'), []);
});

test('only an author’s own events carry the op', async () => {
  const [mine, other] = [await enter(server), await enter(server)];
  await mine.act('vote.cast', on({ idea: 1, choice: 'agree' }));
  await Promise.all([mine.join('direct'), other.join('direct')]);
  const op = newOp();
  const { idea } = await mine.call('idea.post', on({ text: 'Une idée reconnue par les siens', op }));
  const event = async (line) => (await line.notified('board.events', ({ events }) => events.some((e) => e.idea?.n === idea))).events.find((e) => e.idea?.n === idea);
  assert.equal((await event(mine)).op, op);
  assert.equal((await event(other)).op, undefined);
});

test('people are told how many watch', async () => {
  const first = await enter(server);
  const { snapshot } = await first.join('direct');
  const more = await Promise.all([enter(server), enter(server)]);
  await Promise.all(more.map((line) => line.join('direct')));
  await first.notified('board.presence', ({ watching }) => watching >= snapshot.watching + 2);
  await Promise.all(more.map((line) => line.close()));
  await first.notified('board.presence', ({ watching }) => watching === snapshot.watching);
});

/** What a client holds after a delta. */
function patched({ snapshot }, delta) {
  const ideas = new Map(snapshot.ideas.map((idea) => [idea.n, idea]));
  const scores = new Map(snapshot.scores.map((score) => [score[0], score]));
  for (const event of delta.events) if (event.type === 'idea') ideas.set(event.idea.n, event.idea);
  for (const score of delta.scores) scores.set(score[0], score);
  for (const { n, state } of ideas.values()) if (state !== 'shown') scores.delete(n);
  const tallies = [...scores.values()].map((score) => score.slice(0, 4)).sort((a, b) => a[0] - b[0]);
  return { ideas: [...ideas.values()].sort((a, b) => a.n - b.n), tallies, pool: delta.pool, me: delta.me };
}

test('coming back with a resume point gives what a fresh join gives', async () => {
  const line = await enter(server);
  await line.act('vote.cast', on({ idea: 3, choice: 'agree' }));
  const snapshot = await line.join('direct');
  const { epoch, version } = snapshot;
  await line.act('vote.cast', on({ idea: 4, choice: 'pass' }));
  const { idea } = await author.act('idea.build', on({ parent: 1, with: 2, relation: 'expand', text: 'Une suite pendant l’absence' }));
  await author.act('idea.edit', on({ idea, text: 'Une suite, corrigée pendant l’absence' }));
  const gone = (await author.act('idea.post', on({ text: 'Une idée que l’on ne verra pas' }))).idea;
  await author.act('idea.withdraw', on({ idea: gone }));
  await author.act('idea.withdraw', on({ idea: 4 }));
  await voter.act('vote.withdraw', on({ idea: 1 }));
  await voter.act('person.rename', on({ name: 'Hibou moyen' }));
  const delta = await line.join('direct', { epoch, version });
  const fresh = await line.join('direct');
  assert.equal(delta.snapshot, undefined);
  assert.deepEqual([delta.epoch, delta.version, delta.head], [fresh.epoch, fresh.version, fresh.head]);
  const same = patched(fresh, { events: [], scores: [], pool: fresh.snapshot.pool, me: fresh.snapshot.me });
  assert.deepEqual(patched(snapshot, delta), same);
  const nothing = await line.join('direct', { epoch: fresh.epoch, version: fresh.version });
  assert.deepEqual([nothing.events, nothing.scores], [[], []]);
});

test('a resume point of another epoch or of the future gets a snapshot', async () => {
  const line = await enter(server);
  const { epoch, version } = await line.join('direct');
  for (const since of [{ epoch: '0123456789abcdef', version }, { epoch, version: version + 1_000 }]) {
    const joined = await line.join('direct', since);
    assert.ok(joined.snapshot);
    assert.equal(joined.version, version);
  }
});

test('a gesture that is sent again gets the first answer, also after others and a restart', async () => {
  let line = await enter(server);
  const gestures = [
    ['idea.post', on({ text: 'Une idée envoyée deux fois', op: newOp() })],
    ['idea.build', on({ parent: 1, relation: 'adapt', text: 'Une suite envoyée deux fois', op: newOp() })],
    ['vote.cast', on({ idea: 2, choice: 'agree', op: newOp() })],
    ['vote.withdraw', on({ idea: 2, op: newOp() })],
    ['report.file', on({ idea: 1, reason: 'spam', op: newOp() })],
    ['person.rename', on({ name: 'Martre rousse', op: newOp() })],
    ['judge.skip', on({ idea: 3, op: newOp() })],
  ];
  const answers = [];
  for (const [method, params] of gestures) answers.push(await line.ask(String(method), params));
  const { version, snapshot } = await line.join('direct');
  const again = async () => {
    for (const [i, [method, params]] of gestures.entries()) {
      const { result, error } = await line.ask(String(method), params);
      assert.deepEqual({ result, error }, { result: answers[i].result, error: answers[i].error }, String(method));
    }
    const joined = await line.join('direct');
    assert.deepEqual([joined.version, joined.snapshot.scores, joined.snapshot.people], [version, snapshot.scores, snapshot.people]);
  };
  await again();
  const { port } = server;
  const { token } = line.session;
  assert.equal(await server.stop(), 0);
  server = await serve({ data, port });
  line = await enter(server, { token });
  await again();
});

test('the same op of two people are two gestures', async () => {
  const [one, two] = [await enter(server), await enter(server)];
  const op = newOp();
  const first = await one.call('vote.cast', on({ idea: 2, choice: 'agree', op }));
  const second = await two.call('vote.cast', on({ idea: 2, choice: 'disagree', op }));
  assert.notEqual(second.version, first.version);
});

test('ten copies of a gesture at once count once', async () => {
  const line = await enter(server);
  const vote = on({ idea: 2, choice: 'agree', op: newOp() });
  const was = (await line.join('direct')).snapshot.ballots;
  const answers = await Promise.all(Array.from({ length: 10 }, () => line.call('vote.cast', vote)));
  assert.equal(new Set(answers.map(({ version }) => version)).size, 1);
  assert.equal((await line.join('direct')).snapshot.ballots, was + 1);
});

test('after all that the board verifies and the server ends in good order', async () => {
  assert.deepEqual((await json('verify', 'direct', '--json', '--data', data)).differences, []);
  assert.equal(await server.stop(), 0);
});
