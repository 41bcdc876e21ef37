// Goal: while a round keeps its scores closed, nobody below lead learns from any door how people judge, and everything shows afterwards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fetchRaw } from './support/http.js';
import { enter, within } from './support/line.js';
import { cleanUp, folder, json, redisServer, serve } from './support/processes.js';
import { assertVerifies, castAll, createBoard, keep, postIdeas, round, staff } from './support/rounds.js';
import { redis, redisAll } from './support/redis.js';

/** @import { Line } from './support/line.js' */

const SLUG = 'clos';
const SORTS = ['strongest', 'newest', 'mine', 'active'];
const data = folder();
const place = ['--data', data];
const on = (params) => ({ board: SLUG, ...params });
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {Line} */ let lead;
/** @type {Line} */ let moderator;
/** @type {Line} */ let watcher;
/** @type {Line[]} */ let people;
/** @type {any} what everybody could see before the first ballot of the closed round */ let before2;
/** @type {{epoch: string, version: number, head: string}} when it opened, as the lead sees it */ let opened;

before(async () => {
  server = await serve({ data });
  await createBoard([server], place, SLUG, [
    round({ allows: ['post', 'build', 'vote'], rule: keep(4) }),
    round({ title: 'À huis clos', allows: ['build', 'vote'], scores: 'closed', rule: keep(2), reveal: 'by-lead' }),
    round({ title: 'Finale', final: true, scores: 'closed' }),
  ], '--publish-log');
  lead = await staff(server, place, SLUG);
  moderator = await staff(server, place, SLUG, 'moderator');
  people = await Promise.all(Array.from({ length: 5 }, () => enter(server)));
  await postIdeas(people[0], SLUG, 5);
  await people[0].act('idea.build', on({ parent: 1, relation: 'counter', text: 'Une objection à la première' }));
  for (const [i, choices] of ['', '.aaad', 'dpaaa', 'aadda', 'adddp'].entries()) await castAll(people[i], SLUG, choices);
  watcher = await enter(server);
  await watcher.join(SLUG);
  await lead.act('round.open', on({ round: 2 }));
  opened = await lead.join(SLUG);
  await projected(opened.version);
});

after(cleanUp);

/** Without what tells of time and of one's own. @param {any} joined */
function seen({ snapshot: { me: _me, watching: _watching, ...snapshot } }) {
  return snapshot;
}

/** Rows of ballots.csv without the numbers of voters, which are drawn anew. @param {string} text */
const ballotsIn = (text) => text.trimEnd().split('\r\n').map((line) => line.split(',').slice(1).join()).sort();

const get = async (path) => (await fetchRaw(server, path)).body;

/** What is in Redis comes after the answers, soon. @param {number} version */
async function projected(version) {
  const stored = async () => JSON.parse(await get(`/api/boards/${SLUG}/ranking?round=1`)).version;
  const wait = async () => {
    while (await stored() < version) await new Promise((resolve) => { setTimeout(resolve, 20); });
  };
  await within(wait(), () => `a projection of version ${version}`);
}

async function history(line) {
  const ask = async () => {
    for (;;) {
      const { result, error } = await line.ask('board.history', on());
      if (result) return result;
      assert.equal(error.data.error, 'unavailable');
    }
  };
  return within(ask(), () => 'the history');
}

/** All that a connection without a role, a moderator and a browser can see. */
async function doors() {
  const reader = await enter(server);
  const all = { reader: seen(await reader.join(SLUG)), moderator: seen(await moderator.join(SLUG)), lists: {}, http: {} };
  for (const sort of SORTS) all.lists[sort] = [await people[1].call('idea.list', on({ sort, count: 50 })), await moderator.call('idea.list', on({ sort, count: 50 }))];
  all.boards = (await reader.call('board.list')).boards.find(({ slug }) => slug === SLUG);
  all.results = [await reader.call('round.result', on({ round: 2 })), await moderator.call('round.result', on({ round: 2 }))];
  for (const path of ['/api/boards', `/api/boards/${SLUG}/ranking`, `/api/boards/${SLUG}/ranking?round=1`, `/api/boards/${SLUG}/ideas.csv`, `/api/boards/${SLUG}/ideas.json`, `/api/boards/${SLUG}/log.ndjson`, '/', `/b/${SLUG}`, `/b/${SLUG}/i/1`, `/b/${SLUG}/i/4`]) {
    all.http[path] = await get(path);
  }
  const { watching: _, ...read } = JSON.parse(await get(`/api/boards/${SLUG}`));
  all.http.board = read;
  all.http.ballots = ballotsIn(await get(`/api/boards/${SLUG}/ballots.csv`));
  all.history = await history(reader);
  await reader.close();
  return all;
}

test('every door is the same before and after people judged', async () => {
  before2 = await doors();
  await Promise.all([castAll(people[1], SLUG, 'ddaa'), castAll(people[2], SLUG, 'aadp'), castAll(people[3], SLUG, 'ddaa'), castAll(people[4], SLUG, 'd.aa')]);
  const now = await doors();
  const version = (text) => text.replaceAll(/"version":\d+/g, '');
  assert.deepEqual(now, { ...before2, http: now.http });
  assert.deepEqual([now.http.board, now.http.ballots], [before2.http.board, before2.http.ballots]);
  const pages = Object.entries(now.http).filter(([, body]) => typeof body === 'string');
  const differ = pages.filter(([path, body]) => version(body) !== version(before2.http[path])).map(([path]) => path);
  assert.deepEqual(differ, []);
});

test('and none of them has a tally, a score or an order', async () => {
  const { reader, moderator: staffed, lists, http, results, boards } = before2;
  for (const snapshot of [reader, staffed, http.board]) {
    assert.deepEqual([snapshot.scores, snapshot.pool, snapshot.ballots], [[], null, null]);
    assert.ok(snapshot.ideas.every(({ judges }) => judges === null));
    assert.deepEqual(snapshot.ideas.map(({ n, round: in_ }) => [in_ === 2, n]).filter(([is]) => is).map(([, n]) => n), [1, 2, 3, 4, 5].filter((n) => snapshot.ideas.some((idea) => idea.n === n && idea.round === 2)), 'by number');
  }
  for (const sort of SORTS) {
    for (const list of lists[sort]) {
      assert.deepEqual(list.scores, []);
      assert.ok(list.ideas.every(({ judges }) => judges === null));
    }
  }
  assert.equal(boards.ballots, null);
  for (const result of results) assert.deepEqual([result.closed, result.result], [true, null]);
  assert.deepEqual(JSON.parse(http[`/api/boards/${SLUG}/ranking`]), { closed: true, ideas: [] });
  assert.equal(JSON.parse(http[`/api/boards/${SLUG}/ranking?round=1`]).closed, false, 'the round before is everybody’s');
  for (const line of [people[1], moderator]) assert.equal((await line.join(SLUG)).head, null);
});

test('what is joined again, sent or served has none either', async () => {
  for (const line of [people[1], moderator, watcher]) {
    const { epoch, version } = opened;
    const delta = await line.join(SLUG, { epoch, version });
    assert.deepEqual([delta.scores, delta.pool, delta.head], [[], null, null]);
    for (const { idea, round: one } of delta.events) {
      assert.equal(idea?.judges ?? null, null);
      assert.equal(one?.head ?? null, null);
    }
  }
  const { epoch, version } = opened;
  assert.ok((await lead.join(SLUG, { epoch, version })).scores.length > 0);
  await lead.notified('board.scores', (news) => news.version > version);
  for (const line of [watcher, moderator, people[1]]) {
    const news = line.notifications.filter(({ method, params }) => method === 'board.scores' && params.version > version);
    assert.deepEqual(news, []);
  }
  const fresh = await enter(server);
  const { ideas } = await fresh.act('judge.next', on({ count: 5 }));
  assert.ok(ideas.length > 0 && ideas.every(({ judges }) => judges === null));
  const built = await people[1].act('idea.build', on({ parent: 2, relation: 'explore', text: 'Une question sur la deuxième' }));
  assert.deepEqual(Object.keys(built).sort(), ['idea', 'version']);
  const news = await watcher.notified('board.events', ({ events }) => events.some((event) => event.idea?.n === built.idea));
  assert.ok(news.events.every(({ idea }) => (idea?.judges ?? null) === null));
});

test('uniting ideas tells a moderator nothing of their supporters', async () => {
  const { supporters } = await moderator.act('mod.merge', on({ into: 3, ideas: [4] }));
  assert.equal(supporters, null);
  await moderator.act('mod.unmerge', on({ into: 3, idea: 4 }));
  const told = await lead.act('mod.merge', on({ into: 3, ideas: [4] }));
  assert.ok(told.supporters > 0);
  await lead.act('mod.unmerge', on({ into: 3, idea: 4 }));
});

test('the log that everybody may read ends with the entry that opened the round, and its chain is the true one', async () => {
  const lines = (await get(`/api/boards/${SLUG}/log.ndjson`)).trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.at(-1).command[0], 'open');
  assert.equal(lines.length, opened.version);
  const [{ b }] = await json('boards', '--json', ...place);
  const copy = await redisServer();
  const index = await redis(`${data}/redis.sock`, 'XRANGE', 'pinson:index', '-', '+');
  await redisAll(copy.socket, [
    ['SET', `pinson:slug:${SLUG}`, b],
    ...index.map(([id, fields]) => ['XADD', 'pinson:index', id, ...fields]),
    ...lines.map(({ id, command }) => ['XADD', `pinson:{${b}}:log`, id, 'e', JSON.stringify(command)]),
  ]);
  assert.equal((await json('export', SLUG, '--format', 'json', '--redis', copy.url)).head, opened.head);
});

test('a lead sees all of it', async () => {
  const { snapshot, head } = await lead.join(SLUG);
  assert.match(head, /^[0-9a-f]{64}$/);
  assert.ok(snapshot.scores.length > 0 && snapshot.pool.length === 2 && snapshot.ballots > 0);
  assert.ok(snapshot.ideas.filter((idea) => idea.round === 2).every(({ judges }) => judges > 0));
  const { closed, result } = await lead.call('round.result', on({ round: 2 }));
  assert.equal(closed, false);
  assert.deepEqual(result, await json('rank', SLUG, '--json', ...place));
});

test('after its end it stays closed until it is revealed, and then everything shows', async () => {
  await lead.act('round.close', on({ round: 2 }));
  const kept = await doors();
  assert.deepEqual([kept.reader.scores, kept.moderator.scores, kept.reader.pool], [[], [], null]);
  assert.deepEqual(kept.results.map(({ closed }) => closed), [true, true]);
  assert.deepEqual(kept.http.ballots, before2.http.ballots);
  assert.equal(kept.http[`/api/boards/${SLUG}/log.ndjson`], before2.http[`/api/boards/${SLUG}/log.ndjson`]);
  assert.deepEqual(JSON.parse(kept.http[`/api/boards/${SLUG}/ranking?round=2`] ?? await get(`/api/boards/${SLUG}/ranking?round=2`)), { closed: true, ideas: [] });
  const states = Object.fromEntries(kept.reader.ideas.map(({ n, round_state: state }) => [n, state]));
  assert.ok([1, 2, 3, 4, 5].every((n) => states[n] === null || states[n] === 'eliminated'));

  await lead.act('round.reveal', on({ round: 2 }));
  const { closed, result } = await people[1].call('round.result', on({ round: 2 }));
  assert.equal(closed, false);
  const all = await doors();
  const truth = await lead.join(SLUG);
  assert.deepEqual(all.reader.scores, truth.snapshot.scores);
  assert.deepEqual([all.reader.pool, all.reader.ballots], [truth.snapshot.pool, truth.snapshot.ballots]);
  assert.deepEqual(all.reader.ideas.map(({ judges }) => judges), truth.snapshot.ideas.map(({ judges }) => judges));
  assert.equal((await people[1].join(SLUG)).head, truth.head);
  assert.deepEqual(result.promoted, (await json('rank', SLUG, '--round', '2', '--json', ...place)).promoted);
  assert.ok(all.http.ballots.length > 1);
  assert.equal(all.http[`/api/boards/${SLUG}/log.ndjson`].trimEnd().split('\n').length, truth.version);
  assert.notDeepEqual(all.history, before2.history);
  await watcher.notified('board.scores', ({ scores }) => scores.length > 0);
  const ranking = await within((async () => {
    for (;;) {
      const read = JSON.parse(await get(`/api/boards/${SLUG}/ranking?round=2`));
      if (read.version === truth.version && read.ideas.length) return read;
    }
  })(), () => 'the ranking to be written');
  assert.deepEqual(ranking.ideas.map(({ n }) => n), result.ideas.map(({ n }) => n));
});

test('after a vote one sees what one judged, and only that', async () => {
  await createBoard([server], place, 'apres-avis', [round({ allows: ['post', 'vote'], scores: 'after-vote', rule: keep(1) }), round({ final: true })]);
  const boss = await staff(server, place, 'apres-avis');
  const author = await enter(server);
  await postIdeas(author, 'apres-avis', 3);
  const [one, other, idle] = await Promise.all([enter(server), enter(server), enter(server)]);
  for (const line of [one, other, idle]) await line.join('apres-avis');
  await castAll(other, 'apres-avis', 'ada');
  await castAll(one, 'apres-avis', '.a');
  const told = await one.notified('board.me', ({ scores }) => scores?.length > 0);
  assert.deepEqual(told.scores.map(([n, agree, disagree, pass]) => [n, agree, disagree, pass]), [[2, 1, 1, 0]]);
  const { snapshot } = await one.join('apres-avis');
  assert.deepEqual([snapshot.scores, snapshot.pool, snapshot.ballots], [[], null, null]);
  assert.deepEqual(snapshot.me.scores.map(([n]) => n), [2]);
  assert.deepEqual(snapshot.ideas.map(({ n, judges }) => [n, judges]), [[1, null], [2, 2], [3, null]]);
  assert.deepEqual((await idle.join('apres-avis')).snapshot.me.scores, []);
  assert.deepEqual((await other.join('apres-avis')).snapshot.me.scores.map(([n]) => n), [1, 2, 3]);
  assert.deepEqual((await one.call('idea.list', { board: 'apres-avis', sort: 'strongest', count: 10 })).scores, []);
  for (const line of [one, other, idle]) assert.deepEqual(line.notifications.filter(({ method }) => method === 'board.scores'), []);
  for (const { params } of idle.notifications.filter(({ method }) => method === 'board.me')) assert.ok(!params.scores?.length);
  const read = JSON.parse(await get('/api/boards/apres-avis'));
  assert.deepEqual([read.scores, read.pool], [[], null]);
  assert.deepEqual(JSON.parse(await get('/api/boards/apres-avis/ranking')), { closed: true, ideas: [] });
  assert.equal((await get('/api/boards/apres-avis/ballots.csv')).trim(), 'voter,idea,choice');
  await one.act('vote.withdraw', { board: 'apres-avis', idea: 2 });
  assert.deepEqual((await one.join('apres-avis')).snapshot.me.scores, [], 'who takes back their opinion sees no more');
  await boss.act('round.close', { board: 'apres-avis', round: 1 });
  await idle.notified('board.scores', ({ scores }) => scores.length === 3);
  assert.equal((await idle.join('apres-avis')).snapshot.scores.length, 3);
});

test('after all that every board verifies, and the server ends in good order', async () => {
  for (const { slug } of await json('boards', '--json', ...place)) await assertVerifies(place, slug);
  assert.equal(await server.stop(), 0);
});
