// Goal: no acknowledged vote is lost and none counts twice, whichever process is killed in the middle of voting.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { browser } from './support/browser.js';
import { enter, within } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';
import { readLog, redisPid } from './support/redis.js';

const SESSIONS = 12;
const IDEAS = 8;
const ROUNDS = 3;
const CHOICES = ['agree', 'disagree', 'pass'];
const data = folder();
const socket = join(data, 'redis.sock');

/** @type {import('./support/processes.js').Server} */ let server;
/** @type {{client: import('../../web/app/net/client.js').Client, acked: Map<string, {version: number, idea: number, choice: string}>}[]} */ let people;
/** @type {number[]} */ let ideas;

before(async () => {
  await output('create', 'panne', '--title', 'Panne', '--data', data);
  server = await serve({ data });
  const author = await enter(server);
  ideas = [];
  for (let i = 1; i <= IDEAS; i++) {
    ideas.push((await author.act('idea.post', { board: 'panne', text: `Une idée qui tient bon, la ${i}e` })).idea);
  }
  people = [];
  for (let i = 0; i < SESSIONS; i++) {
    const client = browser(server);
    await client.join('panne');
    people.push({ client, acked: new Map() });
  }
});

after(cleanUp);

/** Votes on every idea, several times, and keeps what was acknowledged. */
async function voteALot(person, seed) {
  const gestures = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const idea of ideas) {
      const choice = CHOICES[(seed + idea + round * 2) % 3];
      const op = person.client.newOp();
      gestures.push(person.client.act('vote.cast', { board: 'panne', idea, choice }, { op }).then(({ version }) => {
        person.acked.set(op, { version, idea, choice });
      }));
      await sleep(Math.random() * 40); // as fast as a thumb in a hurry: the kill falls anywhere
    }
  }
  await Promise.all(gestures);
}

/** The ballots that stand by what a person was told: the latest in the log counts. */
function standing(acked) {
  const inOrder = [...acked.values()].sort((a, b) => a.version - b.version);
  return Object.fromEntries(inOrder.map(({ idea, choice }) => [idea, choice]));
}

/** What the board says must be what every person was told. */
async function assertNothingLost() {
  const { b } = (await json('boards', '--json', '--data', data))[0];
  const log = await readLog(socket, b);
  /** @type {Map<string, number>} */
  const first = new Map();
  log.forEach(({ entry }, at) => {
    if (entry[0] === 'vote' && !first.has(entry[2])) first.set(entry[2], at + 1);
  });
  const tallies = new Map(ideas.map((idea) => [idea, { agree: 0, disagree: 0, pass: 0 }]));
  for (const { client, acked } of people) {
    for (const [op, { version }] of acked) assert.equal(first.get(op), version, 'an acknowledged vote is where it was said to be');
    const { snapshot } = await client.join('panne');
    const ballots = standing(acked);
    assert.deepEqual(snapshot.me.ballots, ballots, 'each sees the ballots that they cast');
    for (const [idea, choice] of Object.entries(ballots)) tallies.get(Number(idea))[choice]++;
  }
  const exported = await json('export', 'panne', '--format', 'json', '--data', data);
  for (const { n, tally } of exported.ideas) assert.deepEqual(tally, tallies.get(n), `idea ${n}`);
  assert.equal(exported.totals.ballots, SESSIONS * IDEAS);
  assert.equal(exported.totals.people, SESSIONS + 1);
  const verified = await json('verify', 'panne', '--json', '--data', data);
  assert.equal(verified.ok, true, verified.differences.join('\n'));
}

async function killServer() {
  const { port } = server;
  await server.kill();
  server = await serve({ data, port });
}

/** The embedded one: its server starts another. */
async function killRedis() {
  const pid = await redisPid(socket);
  process.kill(pid, 'SIGKILL');
  const until = Date.now() + 20_000;
  for (;;) {
    const now = await redisPid(socket).catch(() => pid);
    if (now !== pid && now > 0) return;
    assert.ok(Date.now() < until, 'Redis comes back');
    await sleep(20);
  }
}

async function killBoth() {
  const pid = await redisPid(socket);
  const { port } = server;
  process.kill(pid, 'SIGKILL');
  await server.kill();
  server = await serve({ data, port });
}

/** @param {() => Promise<void>} kill @param {number} times */
async function voteUnder(kill, times) {
  const votes = Promise.all(people.map((person, i) => voteALot(person, i + times)));
  for (let i = 0; i < times; i++) {
    await sleep(150 + Math.random() * 150); // anywhere in the burst
    await kill();
  }
  await within(votes, () => 'every vote to be acknowledged by clients that resume by themselves', 60_000);
  await assertNothingLost();
}

test('the server is killed again and again', () => voteUnder(killServer, 4));

test('Redis is killed again and again', () => voteUnder(killRedis, 4));

test('both are killed at once, again and again', () => voteUnder(killBoth, 3));

test('who changes their mind while the store is away keeps the last choice', async () => {
  const [{ client, acked }] = people;
  const op = () => client.newOp();
  const cast = (idea, choice, id = op()) => client.act('vote.cast', { board: 'panne', idea, choice }, { op: id })
    .then(({ version }) => { acked.set(id, { version, idea, choice }); });
  process.kill(await redisPid(socket), 'SIGKILL');
  const gestures = [];
  for (const choice of ['agree', 'pass', 'disagree', 'agree', 'disagree']) {
    for (const idea of ideas) gestures.push(cast(idea, choice));
    await sleep(60); // a thumb that hesitates
  }
  await within(Promise.all(gestures), () => 'every vote to be acknowledged', 60_000);
  const { snapshot } = await client.join('panne');
  assert.deepEqual(snapshot.me.ballots, Object.fromEntries(ideas.map((idea) => [idea, 'disagree'])));
});

test('ballots that are held by a browser stay one person\'s after all that', async () => {
  const [{ client }] = people;
  const { snapshot } = await client.join('panne');
  assert.equal(snapshot.people, SESSIONS + 1);
  assert.equal(snapshot.me.own.length, 0);
});

test('after all that the server ends in good order', async () => {
  for (const { client } of people) client.close();
  assert.equal(await server.stop(), 0);
});
