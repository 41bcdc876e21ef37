// Goal: what is scheduled happens once, in its order and at its time, however many nodes there are, and also when all of them slept.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { enter, within } from './support/line.js';
import { cleanUp, json, output, redisServer, serve } from './support/processes.js';
import { assertVerifies, castAll, createBoard, keep, postIdeas, round } from './support/rounds.js';

/** @type {import('./support/processes.js').Server[]} */ let nodes;
/** @type {string[]} */ let place;
/** @type {import('./support/line.js').Line} */ let admin;

before(async () => {
  const { url } = await redisServer();
  place = ['--redis', url];
  nodes = [await serve({ redis: url }), await serve({ redis: url })];
  const { token } = await json('invite', '--role', 'admin', '--json', ...place);
  admin = await enter(nodes[1], { invite: token });
});

after(cleanUp);

const at = (ms) => new Date(ms).toISOString();

/** Rounds that open and close by themselves: so many milliseconds from now. */
function scheduled(...[close1, open2, close2]) {
  const now = Date.now();
  return [
    round({ allows: ['post', 'vote'], rule: keep(2), closes_at: at(now + close1) }),
    round({ final: true, opens_at: at(now + open2), closes_at: at(now + close2) }),
  ];
}

/** A board with three ideas that somebody judged, on both nodes. Made by a connection: the
 * command line keeps the lease of a board that it makes for some seconds. */
async function board(slug, rounds) {
  await admin.act('board.create', { slug, title: slug, rounds });
  for (const node of nodes) {
    const line = await enter(node);
    while (!(await line.call('board.list')).boards.some((one) => one.slug === slug));
    await line.close();
  }
  const author = await enter(nodes[0]);
  await postIdeas(author, slug, 3);
  await castAll(await enter(nodes[1]), slug, 'aad');
  await author.close();
}

/** What that node says of the rounds. */
async function roundsOf(node, slug) {
  const line = await enter(node);
  const { snapshot, version, head } = await line.join(slug);
  await line.close();
  return { version, head, rounds: snapshot.rounds };
}

/** @param {(rounds: any[]) => boolean} holds @param {number} ms */
function until(node, slug, holds, ms) {
  let seen;
  const look = async () => {
    do {
      seen = await roundsOf(node, slug);
      if (!holds(seen.rounds)) await sleep(50);
    } while (!holds(seen.rounds));
    return seen;
  };
  return within(look(), () => `${holds} of ${JSON.stringify(seen?.rounds.map(({ state, closes_at: closes }) => [state, closes]))}`, ms);
}

const isOver = (rounds) => rounds[1].state === 'revealed';

/** Entries of the clock: of no person. */
async function clockEntries(slug) {
  const log = (await output('export', slug, '--format', 'log', ...place)).trimEnd().split('\n').map((line) => JSON.parse(line));
  return log.filter(({ command: [kind, person] }) => (kind === 'open' || kind === 'close') && !Number.parseInt(person, 16));
}

const timeOf = ({ id }) => Number(id.split('-')[0]);

/** The first entry of each turn is the one that counts; nothing comes out of order. */
async function assertTurned(slug, rounds) {
  const log = await clockEntries(slug);
  const first = (kind, n) => log.find(({ command }) => command[0] === kind && command.includes(n));
  const turns = [first('close', 1), first('open', 2), first('close', 2)];
  assert.ok(turns.every(Boolean), JSON.stringify(log));
  assert.ok(timeOf(turns[0]) <= timeOf(turns[1]) && timeOf(turns[1]) <= timeOf(turns[2]));
  assert.deepEqual([rounds[0].closed_at, rounds[1].opened_at, rounds[1].closed_at], turns.map((turn) => at(timeOf(turn))));
  assert.deepEqual(rounds.map(({ reopenings, early, extended }) => [reopenings, early, extended]), [[0, false, 0], [0, false, 0]]);
}

test('rounds that are scheduled open and close by themselves, once, and both nodes say the same', async () => {
  const rounds = scheduled(2_000, 3_000, 4_500);
  await board('horaire', rounds);
  const watcher = await enter(nodes[1]);
  await watcher.join('horaire');
  const seen = await until(nodes[0], 'horaire', isOver, 12_000);
  await until(nodes[1], 'horaire', isOver, 5_000);
  assert.deepEqual(await roundsOf(nodes[1], 'horaire'), seen);
  await assertTurned('horaire', seen.rounds);
  for (const [n, key, was] of [[1, 'closed_at', rounds[0].closes_at], [2, 'opened_at', rounds[1].opens_at], [2, 'closed_at', rounds[1].closes_at]]) {
    const late = Date.parse(seen.rounds[n - 1][key]) - Date.parse(was);
    assert.ok(late >= 0 && late < 2_000, `round ${n} ${key} is ${late} ms late`);
  }
  const events = watcher.notifications.filter(({ method }) => method === 'board.events').flatMap(({ params }) => params.events);
  const states = events.filter(({ type }) => type === 'round').map((event) => [event.round.n, event.round.state]);
  assert.deepEqual(states.filter(([n]) => n === 2), [[2, 'open'], [2, 'revealed']]);
  await watcher.close();
});

test('when every node slept over it, all of it happens at once, in order', async () => {
  await board('sommeil', scheduled(2_500, 3_500, 4_500));
  for (const node of nodes) process.kill(node.pid, 'SIGSTOP');
  await sleep(6_000);
  const woke = Date.now();
  for (const node of nodes) process.kill(node.pid, 'SIGCONT');
  const seen = await until(nodes[0], 'sommeil', isOver, 20_000);
  await until(nodes[1], 'sommeil', isOver, 5_000);
  assert.deepEqual(await roundsOf(nodes[1], 'sommeil'), seen);
  await assertTurned('sommeil', seen.rounds);
  assert.ok(Date.parse(seen.rounds[0].closed_at) >= woke - 1_000);
  assert.ok(Date.parse(seen.rounds[1].closed_at) - woke < 4_000, `took ${Date.parse(seen.rounds[1].closed_at) - woke} ms`);
});

test('a schedule goes on with the other node when the one that kept it dies', async () => {
  await board('releve', scheduled(3_000, 14_000, 15_000));
  await until(nodes[1], 'releve', ([one]) => one.state === 'revealed', 8_000);
  await nodes[0].kill();
  const seen = await until(nodes[1], 'releve', isOver, 40_000);
  await assertTurned('releve', seen.rounds);
  nodes[0] = await serve({ redis: place[1] });
  assert.deepEqual(await until(nodes[0], 'releve', isOver, 5_000), seen);
});

test('an extension moves the end, and what has an end by minutes ends by itself', async () => {
  const now = Date.now();
  await createBoard(nodes, place, 'rallonge', [round({ allows: ['post'], closes_at: at(now + 2_500) }), round({ final: true })]);
  const { token } = await json('invite', '--board', 'rallonge', '--role', 'lead', '--json', ...place);
  const lead = await enter(nodes[0], { invite: token });
  await lead.join('rallonge');
  await lead.act('round.extend', { board: 'rallonge', round: 1, minutes: 1 });
  await sleep(Math.max(0, now + 4_000 - Date.now()));
  const { rounds: [one] } = await roundsOf(nodes[1], 'rallonge');
  assert.equal(one.state, 'open');
  assert.equal(Date.parse(one.closes_at), now + 62_500);
  await lead.act('round.close', { board: 'rallonge', round: 1 });
  assert.equal((await roundsOf(nodes[1], 'rallonge')).rounds[0].early, true);
  await lead.close();
});

test('every board verifies, and both end in good order', async () => {
  for (const { slug } of await json('boards', '--json', ...place)) await assertVerifies(place, slug);
  assert.deepEqual(await Promise.all(nodes.map((node) => node.stop())), [0, 0]);
});
