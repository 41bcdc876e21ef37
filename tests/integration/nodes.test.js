// Goal: two servers on one Redis are one: same state, same order, same numbers, same chain.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser } from './support/browser.js';
import { enter, newOp, within } from './support/line.js';
import { conversation, orderBySource, talliesBySource } from './support/polis.js';
import { cleanUp, json, output, redisServer, serve } from './support/processes.js';

const PEOPLE = 20;
const CHOICES = ['agree', 'disagree', 'pass'];
/** @type {import('./support/processes.js').Server[]} */ let nodes;
/** @type {string} */ let url;

before(async () => {
  ({ url } = await redisServer());
  await output('create', 'deux', '--title', 'Deux', '--redis', url);
  nodes = [await serve({ redis: url }), await serve({ redis: url })];
});

after(cleanUp);

/** What each node says of a board, once both have folded the same entries. */
async function both(slug) {
  const [a, b] = await Promise.all(nodes.map(async (node) => {
    const line = await enter(node);
    const joined = await line.join(slug);
    await line.close();
    return joined;
  }));
  // Who watches is counted by each node for itself, and the clock has gone on.
  return [a, b].map((joined) => ({ ...joined, ...joined.snapshot, snapshot: null, watching: null, now: null }));
}

/** Waits until both nodes are where the log is. */
async function assertSame(slug) {
  const { version, head } = await json('export', slug, '--format', 'json', '--redis', url);
  for (const node of nodes) {
    const line = await enter(node);
    const joined = await line.join(slug);
    if (joined.version < version) await line.notified('board.scores', (news) => news.version >= version);
    await line.close();
  }
  const [one, other] = await both(slug);
  assert.deepEqual(other, one);
  assert.deepEqual([one.version, one.head], [version, head]);
  return one;
}

test('a hall that votes on both at once sees one board', async () => {
  const clients = Array.from({ length: PEOPLE }, (_, i) => browser(nodes[i % 2]));
  await Promise.all(clients.map((client) => client.join('deux')));
  const posted = await Promise.all(clients.slice(0, 6).map((client, i) => client.act('idea.post', { board: 'deux', text: `Une idée de la salle, la ${i}e` })));
  const ideas = posted.map(({ idea }) => idea);
  assert.deepEqual([...ideas].sort((x, y) => x - y), [1, 2, 3, 4, 5, 6]);
  const votes = [];
  for (let round = 0; round < 3; round++) {
    for (const idea of ideas) {
      for (const [i, client] of clients.entries()) {
        if (ideas[i] !== idea) votes.push(client.act('vote.cast', { board: 'deux', idea, choice: CHOICES[(idea + i + round) % 3] }));
      }
    }
  }
  const versions = (await within(Promise.all(votes), () => 'all votes', 60_000)).map(({ version }) => version);
  assert.equal(new Set(versions).size, versions.length, 'every entry has a version of its own');
  const board = await assertSame('deux');
  assert.equal(board.ballots, ideas.length * (PEOPLE - 1));
  assert.equal(board.people, PEOPLE);
  for (const client of clients) client.close();
});

test('one session on both nodes is one person, and both tabs show the later ballot', async () => {
  const one = await enter(nodes[0]);
  await one.join('deux');
  await one.act('vote.cast', { board: 'deux', idea: 1, choice: 'agree' });
  const two = await enter(nodes[1], { token: one.session.token });
  const { snapshot } = await two.join('deux');
  assert.equal(snapshot.me.ballots['1'], 'agree');
  await two.act('vote.cast', { board: 'deux', idea: 1, choice: 'disagree' });
  await one.notified('board.me', ({ ballots }) => ballots?.['1'] === 'disagree');
  const { people } = snapshot;
  assert.equal((await assertSame('deux')).people, people);
  await Promise.all([one.close(), two.close()]);
});

test('one gesture that goes to both nodes counts once and gets one answer', async () => {
  const one = await enter(nodes[0]);
  await one.act('vote.cast', { board: 'deux', idea: 2, choice: 'pass' });
  const two = await enter(nodes[1], { token: one.session.token });
  for (let i = 0; i < 20; i++) {
    const vote = { board: 'deux', idea: 2, choice: CHOICES[i % 3], op: newOp() };
    const [a, b] = await Promise.all([one.call('vote.cast', vote), two.call('vote.cast', vote)]);
    assert.deepEqual(a, b);
  }
  await assertSame('deux');
  await Promise.all([one.close(), two.close()]);
});

test('what happens on one node is heard on the other', async () => {
  const here = await enter(nodes[0]);
  const there = await enter(nodes[1]);
  await there.join('deux');
  const { idea } = await here.act('idea.post', { board: 'deux', text: 'Une idée qui traverse' });
  const news = await there.notified('board.events', ({ events }) => events.some((event) => event.idea?.n === idea));
  assert.equal(news.events.find((event) => event.idea?.n === idea).idea.text, 'Une idée qui traverse');
  await here.act('vote.withdraw', { board: 'deux', idea: 1 }).catch(() => {});
  await there.act('vote.cast', { board: 'deux', idea, choice: 'agree' });
  await Promise.all([here.close(), there.close()]);
});

test('a board that is imported while they run shows on both, with the same order', async () => {
  const { dir, expected } = conversation('london.youth.policing');
  await output('import', 'polis', dir, '--board', 'londres', '--redis', url);
  for (const node of nodes) {
    const line = await enter(node);
    for (let known = false; !known;) known = (await line.call('board.list')).boards.some(({ slug }) => slug === 'londres');
    await line.close();
  }
  const board = await assertSame('londres');
  assert.equal(board.ballots, expected.totals.ballots);
  assert.match(board.join_code, /^\d{6}$/);
  assert.deepEqual(talliesBySource(await json('export', 'londres', '--format', 'json', '--redis', url)), expected.tallies);
  assert.deepEqual(orderBySource(await json('rank', 'londres', '--json', '--redis', url)), expected.ranking_shown.order);
});

test('one node dies, the other goes on, and the first comes back to the same chain', async () => {
  const { port } = nodes[0];
  const line = await enter(nodes[1]);
  await line.join('deux');
  await nodes[0].kill();
  for (let i = 0; i < 10; i++) await line.act('vote.cast', { board: 'deux', idea: 3, choice: CHOICES[i % 3] });
  nodes[0] = await serve({ redis: url, port });
  await assertSame('deux');
  const verified = await json('verify', 'deux', '--json', '--redis', url);
  assert.deepEqual(verified.differences, []);
  await line.close();
});

test('both end in good order', async () => {
  assert.deepEqual(await Promise.all(nodes.map((node) => node.stop())), [0, 0]);
});
