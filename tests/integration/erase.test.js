// Goal: people are given all that is held about them, and what they erase is gone from everywhere.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, redisServer, serve } from './support/processes.js';
import { redis } from './support/redis.js';
import { assertVerifies, staff } from './support/rounds.js';

const REWRITE_MS = 60_000;
const data = folder();
const place = ['--data', data];
const socket = join(data, 'redis.sock');
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let watcher;
/** @type {string} */ let b;

before(async () => {
  await output('create', 'oubli', '--title', 'Oubli', '--group', 'Nord', '--group', 'Sud', '--theme', 'Eau', ...place);
  server = await serve({ data });
  watcher = await enter(server);
  await watcher.join('oubli');
  ({ b } = (await json('boards', '--json', ...place)).find(({ slug }) => slug === 'oubli'));
});

after(cleanUp);

const on = (params) => ({ board: 'oubli', ...params });
const post = async (line, text, more = {}) => (await line.act('idea.post', on({ text, ...more }))).idea;
const vote = (line, idea, choice = 'agree') => line.act('vote.cast', on({ idea, choice }));
const people = () => redis(socket, 'HLEN', `pinson:{${b}}:people`);
const seen = async (line, n) => (await line.join('oubli')).snapshot.ideas.find((idea) => idea.n === n);

async function person(options = {}) {
  const line = await enter(server, options);
  await line.join('oubli');
  return line;
}

/** Paths of the files that contain the word. */
function filesWith(word, dir = data) {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    try {
      const stat = statSync(path);
      if (stat.isDirectory()) return filesWith(word, path);
      return stat.isFile() && readFileSync(path).includes(word) ? [path] : [];
    } catch {
      return []; // renamed or deleted meanwhile
    }
  });
}

/** Whoever holds the board's lease takes a row away, soon after the answer. @param {number} left */
async function forgotten(left) {
  for (const until = Date.now() + 10_000; await people() !== left && Date.now() < until;) await delay(20);
  assert.equal(await people(), left);
}

async function gone(word) {
  const until = Date.now() + REWRITE_MS;
  while (filesWith(word).length && Date.now() < until) await delay(200);
  assert.deepEqual(filesWith(word), [], word);
}

test('an export is everything that is held of a person, and nothing of others', async () => {
  const line = await person({ lang: 'en' });
  const source = { title: 'Rennes', url: 'https://rennes.example/1' };
  const own = await post(line, 'Une mare dans chaque école', { theme: 'Eau', source });
  const other = await post(watcher, 'L’idée d’une autre personne');
  await vote(line, other, 'disagree');
  await line.act('idea.follow', on({ idea: other }));
  await line.act('report.file', on({ idea: other, reason: 'spam', note: 'Deux fois la même' }));
  await line.act('person.rename', on({ name: 'Mésange' }));
  await line.act('person.declare', on({ groups: ['Sud'] }));
  await line.act('person.done', on({ round: 1 }));
  const { boards, log } = await line.call('person.export', { board: 'oubli' });
  const [{ person: who, ideas, ...rest }] = boards;
  assert.deepEqual({ ...who, n: 0 }, { n: 0, name: 'Mésange', assurance: 'guest', role: 'participant' });
  assert.deepEqual(ideas.map(({ at: _, ...idea }) => idea), [{ n: own, text: 'Une mare dans chaque école', kind: 'idea', parent: null, with: null, state: 'shown', theme: 'Eau', lang: 'fr', source }]);
  assert.deepEqual(rest, {
    slug: 'oubli', title: 'Oubli', groups: ['Sud'], ballots: { [other]: 'disagree' }, served: 0, reports: [other], follows: [other], done: [1], notes: ['Deux fois la même'],
  });
  assert.match(log, /under a number/);
  assert.deepEqual((await line.call('person.export')).boards, boards, 'all boards are this one');
  const tab = await enter(server, { token: line.session.token });
  assert.deepEqual((await tab.call('person.export', { board: 'oubli' })).boards, boards, 'another connection is the same person');
});

test('who is nobody here is given nothing and has nothing to erase', async () => {
  const line = await person();
  const registered = await people();
  assert.deepEqual((await line.call('person.export', { board: 'oubli' })).boards, []);
  await assert.rejects(line.call('person.export', { board: 'nowhere' }), { error: 'unknown-board' });
  await assert.rejects(line.call('person.export', { board: 7 }), { code: -32602, field: 'board' });
  const { version } = await line.join('oubli');
  assert.deepEqual(await line.act('person.erase', on({ texts: 'erase' })), { version });
  assert.equal((await line.join('oubli')).version, version, 'no entry');
  assert.equal(await people(), registered);
});

test('what is wrong with a request to erase is named', async () => {
  const line = await person();
  await assert.rejects(line.act('person.erase', on({})), { code: -32602, field: 'texts' });
  await assert.rejects(line.act('person.erase', on({ texts: 'all' })), { code: -32602, field: 'texts' });
  await assert.rejects(line.call('person.erase', on({ texts: 'erase' })), { code: -32602, field: 'op' });
  await assert.rejects(line.act('person.erase', { board: 'nowhere', texts: 'erase' }), { error: 'unknown-board' });
});

test('what is erased leaves the watchers, the store and the disk, and every ballot stands', async () => {
  const words = ['Zorglubidon', 'Fanfrelucha', 'Patatouflet', 'Krokodelirium'];
  const line = await person();
  const tab = await person({ token: line.session.token });
  const own = await post(line, `Une idée de ${words[0]}`, { source: { title: words[1] } });
  const other = await post(watcher, 'Une idée qui reste');
  await line.act('person.rename', on({ name: words[2] }));
  await line.act('report.file', on({ idea: other, reason: 'other', note: `À cause de ${words[3]}` }));
  await vote(line, other);
  await vote(watcher, own, 'disagree');
  for (const word of words) assert.notDeepEqual(filesWith(word), [], word);
  const scores = (await watcher.join('oubli')).snapshot;
  const registered = await people();
  const { version } = await line.act('person.erase', on({ texts: 'erase' }));

  const { events } = await watcher.notified('board.events', (news) => news.version >= version);
  const idea = events.find((event) => event.idea?.n === own).idea;
  assert.deepEqual([idea.state, idea.text, idea.source, idea.author], ['withdrawn', null, null, null]);
  for (const one of [line, tab]) {
    assert.equal((await one.notified('board.resync')).reason, 'erased');
    const { me } = (await one.join('oubli')).snapshot;
    assert.deepEqual([me.person, me.name, me.own, me.follows, me.ballots], [null, null, [], [], {}]);
  }
  await forgotten(registered - 1);
  assert.deepEqual((await line.call('person.export', { board: 'oubli' })).boards, []);
  const { snapshot } = await watcher.join('oubli');
  const tally = (board) => board.scores.find(([n]) => n === other).slice(0, 4); // the mean has moved without the other idea
  assert.deepEqual(tally(snapshot), tally(scores));
  assert.deepEqual([snapshot.ballots, snapshot.people], [scores.ballots, scores.people]);
  for (const word of words) assert.ok(!JSON.stringify(snapshot).includes(word));
  // Whoever holds the board's lease takes the words away, soon after the answer.
  let log = words.join();
  const kept = async () => JSON.stringify(await redis(socket, 'HVALS', `pinson:{${b}}:text`));
  for (const until = Date.now() + 10_000; Date.now() < until && words.some((word) => log.includes(word)); log = await kept()) await delay(50);
  for (const word of words) assert.ok(!log.includes(word), word);
  for (const word of words) await gone(word);
  await assertVerifies(place, 'oubli');
});

test('who comes again is somebody new, and may be erased in turn', async () => {
  const others = await people();
  const line = await person();
  const own = await post(line, 'Une idée d’avant');
  assert.equal(await people(), others + 1);
  const op = newOp();
  await line.act('person.erase', on({ texts: 'erase', op }));
  await forgotten(others);
  await line.act('person.erase', on({ texts: 'erase', op })); // a repeat finds nobody
  assert.equal(await people(), others);
  assert.equal((await line.join('oubli')).snapshot.me.person, null);
  await assert.rejects(line.act('idea.edit', on({ idea: own, text: 'Une idée reprise' })), { error: 'unknown-idea' });
  const again = await post(line, 'Une idée d’après');
  const { me } = (await line.join('oubli')).snapshot;
  assert.deepEqual(me.own, [again]);
  assert.equal(me.posts_left, null);
  const { version } = await line.act('person.erase', on({ texts: 'erase' }));
  await watcher.notified('board.events', (news) => news.version >= version);
  assert.equal((await seen(watcher, again)).state, 'withdrawn');
});

test('ideas may stay without an author', async () => {
  const line = await person();
  const own = await post(line, 'Une idée qui restera là');
  await vote(watcher, own);
  await line.act('person.rename', on({ name: 'Quelqu’un' }));
  const { version } = await line.act('person.erase', on({ texts: 'anonymous' }));
  await watcher.notified('board.events', (news) => news.version >= version);
  const idea = await seen(watcher, own);
  assert.deepEqual([idea.author, idea.text, idea.state, idea.judges], [null, 'Une idée qui restera là', 'shown', 1]);
  const exported = await json('export', 'oubli', '--format', 'json', ...place);
  assert.equal(exported.ideas.find(({ n }) => n === own).author, null);
});

test('what was on its way when its person was erased is refused by name', async () => {
  const line = await person();
  await post(line, 'Une idée et puis rien');
  const { _socket: tcp } = /** @type {any} */ (line.socket);
  tcp.cork(); // both arrive at once
  const erased = line.act('person.erase', on({ texts: 'anonymous' }));
  const late = line.act('idea.follow', on({ idea: 2 }));
  tcp.uncork();
  await erased;
  await assert.rejects(late, { error: 'gone' });
});

test('a lead who is erased leads no more', async () => {
  const lead = await staff(server, place, 'oubli');
  await lead.act('idea.follow', on({ idea: 2 }));
  assert.deepEqual((await lead.join('oubli')).snapshot.me.roles, ['lead']);
  await lead.act('person.erase', on({ texts: 'erase' }));
  assert.deepEqual((await lead.join('oubli')).snapshot.me.roles, ['participant']);
  await assert.rejects(lead.act('mod.hide', on({ idea: 2 })), { error: 'forbidden' });
});

test('the log gives the same board to a server that starts anew', async () => {
  const { snapshot } = await watcher.join('oubli');
  assert.equal(await server.stop(), 0);
  assert.deepEqual((await json('verify', 'oubli', '--json', ...place)).differences, []);
  server = await serve({ data });
  const line = await person();
  const again = (await line.join('oubli')).snapshot;
  const plain = ({ ideas }) => ideas.map((idea) => JSON.stringify(idea)).sort();
  assert.deepEqual(plain(again), plain(snapshot));
});

test('what could not be deleted in its time is deleted at the next start', async () => {
  const line = await person();
  await post(line, 'Une idée de Rastapopoulos');
  const kept = await redis(socket, 'HGETALL', `pinson:{${b}}:text`);
  await line.act('person.erase', on({ texts: 'erase' }));
  const at = kept.findIndex((text) => text.includes('Rastapopoulos'));
  while (await redis(socket, 'HEXISTS', `pinson:{${b}}:text`, kept[at - 1]));
  assert.equal(await server.stop(), 0);
  server = await serve({ data });
  await redis(socket, 'HSET', `pinson:{${b}}:text`, kept[at - 1], kept[at]); // as a backup would bring it back
  assert.equal(await server.stop(), 0);
  server = await serve({ data });
  await gone('Rastapopoulos');
});

test('on two servers a person is erased on both', async () => {
  const { url } = await redisServer();
  await output('create', 'deux', '--title', 'Deux', '--redis', url);
  const nodes = [await serve({ redis: url }), await serve({ redis: url })];
  const here = await enter(nodes[0]);
  await here.join('deux');
  const { idea } = await here.act('idea.post', { board: 'deux', text: 'Une idée sur deux serveurs' });
  const there = await enter(nodes[1], { token: here.session.token });
  while ((await there.join('deux')).snapshot.me.person === null);
  await here.act('person.erase', { board: 'deux', texts: 'erase' });
  assert.equal((await there.notified('board.resync')).reason, 'erased');
  const { snapshot } = await there.join('deux');
  assert.equal(snapshot.me.person, null);
  assert.equal(snapshot.ideas.find(({ n }) => n === idea).state, 'withdrawn');
  const again = await there.act('idea.post', { board: 'deux', text: 'Une autre idée ensuite' });
  assert.deepEqual((await there.join('deux')).snapshot.me.own, [again.idea]);
  for (const node of nodes) assert.equal(await node.stop(), 0);
});
