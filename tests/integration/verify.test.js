// Goal: whoever changes a ballot, a score or a text behind the program's back is found out and named.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { conversation } from './support/polis.js';
import { enter } from './support/line.js';
import { cleanUp, folder, json, output, redisServer, run, serve } from './support/processes.js';
import { readLog, readScores, redis, redisAll, writeLog } from './support/redis.js';
import { assertVerifies, createBoard, keep, postIdeas, round, staff } from './support/rounds.js';

const { dir } = conversation('london.youth.policing');
const OTHER = { agree: 'disagree', disagree: 'agree', pass: 'agree' };
/** @type {string} */ let socket;
/** @type {string} */ let url;
/** @type {string} */ let b;
let made = 0;
let slug = '';

before(async () => {
  ({ socket, url } = await redisServer());
});

beforeEach(async () => {
  slug = `jeunes-${++made}`;
  ({ b } = await json('import', 'polis', dir, '--board', slug, '--redis', url, '--json'));
});

after(cleanUp);

async function differences() {
  const { status, stdout } = await run('verify', slug, '--json', '--redis', url);
  const found = JSON.parse(stdout);
  assert.equal(status, found.ok ? 0 : 1);
  assert.equal(found.ok, found.differences.length === 0);
  return found.differences.join('\n');
}

test('an untouched board has no difference', async () => {
  assert.equal(await differences(), '');
});

test('a log that was rebuilt with the same entries has none either', async () => {
  await writeLog(socket, b, await readLog(socket, b));
  assert.equal(await differences(), '');
});

test('one changed ballot is found, with the idea that it is on', async () => {
  const log = await readLog(socket, b);
  const votes = log.filter(({ entry }) => entry[0] === 'vote');
  for (const vote of [votes[0], votes[Math.floor(votes.length / 2)], votes.at(-1)]) {
    const changed = log.map((item) => {
      if (item !== vote) return item;
      const entry = item.entry.map((part) => OTHER[part] ?? part);
      assert.notDeepEqual(entry, item.entry);
      return { id: item.id, entry };
    });
    await writeLog(socket, b, changed);
    const found = await differences();
    assert.match(found, new RegExp(`idea ${vote.entry[4]}\\b`));
    assert.match(found, /chain/);
  }
});

test('one changed score is found, with the idea that it is of', async () => {
  const [idea, score] = [...(await readScores(socket, b))][7];
  await redis(socket, 'ZADD', `pinson:{${b}}:score:1`, score + 1, idea);
  assert.match(await differences(), new RegExp(`idea ${idea}\\b`));
});

test('a score that is missing or too many is found', async () => {
  const key = `pinson:{${b}}:score:1`;
  const [idea, score] = [...(await readScores(socket, b))][3];
  await redis(socket, 'ZREM', key, idea);
  assert.match(await differences(), new RegExp(`idea ${idea}\\b`));
  await redisAll(socket, [['ZADD', key, score, idea], ['ZADD', key, 500_000, 9_999]]);
  assert.match(await differences(), /\b9999\b/);
});

test('a changed tally is found', async () => {
  const key = `pinson:{${b}}:tally:1`;
  const kept = await redis(socket, 'HGET', key, 5);
  await redis(socket, 'HSET', key, 5, kept.replace(/^\d+/, (n) => String(Number(n) + 1)));
  assert.match(await differences(), /idea 5\b/);
});

test('a removed entry is found, at the end too', async () => {
  const log = await readLog(socket, b);
  await redis(socket, 'XDEL', `pinson:{${b}}:log`, log[400].id);
  assert.notEqual(await differences(), '');
  await writeLog(socket, b, log.slice(0, -1));
  assert.notEqual(await differences(), '');
});

test('a changed text is found', async () => {
  const key = `pinson:{${b}}:text`;
  const [ref, kept] = await redis(socket, 'HGETALL', key);
  await redis(socket, 'HSET', key, ref, kept.replace(/"text":"/, '"text":"X'));
  assert.match(await differences(), /text/);
});

test('an unreadable entry is named', async () => {
  const log = await readLog(socket, b);
  await writeLog(socket, b, [...log.slice(0, 500), { id: log[500].id, entry: ['vote', 'nonsense'] }, ...log.slice(501)]);
  assert.ok((await differences()).includes(log[500].id));
});

test('in plain words it says the same, and ends with the same status', async () => {
  const fine = await output('verify', slug, '--redis', url);
  assert.match(fine, /verifies/);
  const [idea, score] = [...(await readScores(socket, b))][0];
  await redis(socket, 'ZADD', `pinson:{${b}}:score:1`, score - 1, idea);
  const { status, stdout } = await run('verify', slug, '--redis', url);
  assert.equal(status, 1);
  assert.match(stdout, new RegExp(`idea ${idea}\\b`));
});

/** A served round that closed, then another; its server has written all of it and stopped. */
async function servedBoard() {
  const place = ['--redis', url];
  const server = await serve({ redis: url });
  await createBoard([server], place, slug, [round({ allows: ['post', 'vote'], ballots: 'served', rule: keep(2) }), round()]);
  const lead = await staff(server, place, slug);
  const author = await enter(server);
  await author.join(slug);
  await postIdeas(author, slug, 5);
  const judges = await Promise.all(Array.from({ length: 4 }, () => enter(server)));
  await Promise.all(judges.map(async (line) => {
    await line.join(slug);
    const { ideas } = await line.act('judge.next', { board: slug, count: 3 });
    for (const { n } of ideas) await line.act('vote.cast', { board: slug, idea: n, choice: n % 2 ? 'agree' : 'disagree' });
  }));
  await lead.act('round.open', { board: slug, round: 2 });
  await assertVerifies(place, slug);
  await server.stop();
  ({ b } = (await json('boards', '--json', ...place)).find((board) => board.slug === slug));
}

test('a serving that the queue would not have chosen is found, whenever it was chosen', async () => {
  slug = `servis-${++made}`;
  await servedBoard();
  const log = await readLog(socket, b);
  for (const serving of log.filter(({ entry }) => entry[0] === 'serve')) {
    const ideas = [...serving.entry.at(-1)].reverse();
    const changed = log.map((item) => (item === serving ? { id: item.id, entry: [...item.entry.slice(0, -1), ideas] } : item));
    await writeLog(socket, b, changed);
    assert.match(await differences(), /ideas were served that the queue would not have chosen/);
  }
});

test('a changed score of a round that is closed is found', async () => {
  slug = `clos-${++made}`;
  await servedBoard();
  const [idea, score] = [...(await readScores(socket, b))][1];
  await redis(socket, 'ZADD', `pinson:{${b}}:score:1`, score + 1, idea);
  assert.match(await differences(), new RegExp(`round 1, idea ${idea}\\b`));
});

test('a board or an installation that is not there is said in one sentence', async () => {
  for (const place of [['--redis', url], ['--data', join(folder(), 'none')]]) {
    const { status, stderr } = await run('verify', 'nowhere', ...place);
    assert.equal(status, 1);
    assert.match(stderr, /pinson: .+/);
  }
});
