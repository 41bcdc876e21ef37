// Does a large export keep others waiting? A board of 20,000 ideas and 500,000 ballots by an
// invented crowd is downloaded in every format at once, again and again, while people vote on
// the same server. The server's own gauge says how long the turns of its loop took, by the
// clock and by what its thread computed; the line before it says the same of the votes alone.
//
//   node exports.js [IDEAS [BALLOTS]]      a line each: names and values
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { browser as clientOf } from '../integration/support/browser.js';
import { cleanUp, folder, output, serve } from '../integration/support/processes.js';

const IDEAS = Number(process.argv[2] ?? 20_000);
const BALLOTS = Number(process.argv[3] ?? 500_000);
const PEOPLE = Math.max(50, Math.ceil(BALLOTS / 100));
const VOTES_PER_S = 200;
const VOTERS = 20;
const QUIET_MS = 10_000;
const TIMES = 3;
const BEGIN = Date.UTC(2025, 0, 6);
const FILES = ['ideas.csv', 'ideas.json', 'ballots.csv', 'decidim.csv', 'board.xlsx'];

/** The same each time. */
let state = 20_250_106;
const chance = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

/** The crowd as files that the program imports. @param {string} dir */
function invent(dir) {
  const comments = ['timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body'];
  for (let i = 0; i < IDEAS; i += 1) {
    comments.push(`${BEGIN + i * 10},,${i},${i % PEOPLE},0,0,1,"Proposition ${i + 1} : une rue calme, des arbres et des bancs à l’ombre, ${Math.floor(chance() * 1e6)}"`);
  }
  const votes = ['timestamp,datetime,comment-id,voter-id,vote'];
  const each = Math.ceil(BALLOTS / PEOPLE);
  for (let i = 0; i < BALLOTS; i += 1) {
    const voter = i % PEOPLE;
    const idea = (voter * 37 + Math.floor(i / PEOPLE) * Math.floor(IDEAS / each)) % IDEAS;
    votes.push(`${BEGIN + 1_000_000 + i},,${idea},${voter},${chance() < 0.55 ? 1 : chance() < 0.8 ? -1 : 0}`);
  }
  writeFileSync(join(dir, 'comments.csv'), `${comments.join('\n')}\n`);
  writeFileSync(join(dir, 'votes.csv'), `${votes.join('\n')}\n`);
  writeFileSync(join(dir, 'summary.csv'), 'topic,Une grande consultation\n');
}

/** @param {string} url @returns {Promise<{status?: number, bytes: number, body: string}>} */
const fetchIt = (url, keep = false) => new Promise((resolve, reject) => {
  get(url, (answer) => {
    let bytes = 0;
    let body = '';
    answer.on('data', (piece) => {
      bytes += piece.length;
      if (keep) body += piece;
    });
    answer.on('end', () => resolve({ status: answer.statusCode, bytes, body }));
    answer.on('error', reject);
  }).on('error', reject);
});

/** @param {Record<string, number>} values */
const say = (values) => process.stdout.write(`${Object.entries(values).map(([name, value]) => `${name} ${Math.round(value * 1000) / 1000}`).join(' ')}\n`);

/** How many turns took up to so many seconds, of both kinds. @param {string} text */
function turns(text) {
  const found = { turn: new Map(), work: new Map() };
  for (const [, kind, bound, count] of text.matchAll(/^pinson_loop_(turn|work)_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm)) {
    found[/** @type {'turn' | 'work'} */ (kind)].set(bound === '+Inf' ? Infinity : Number(bound), Number(count));
  }
  return found;
}

/** What the gauge counted between two looks: bounds in ms. @param {string} before @param {string} after */
function between(before, after) {
  const [from, to] = [turns(before), turns(after)];
  const told = {};
  for (const kind of /** @type {const} */ (['turn', 'work'])) {
    const counts = [...to[kind]].map(([bound, count]) => ({ bound, count: count - from[kind].get(bound) }));
    const total = counts.at(-1)?.count ?? 0;
    const over = counts.find(({ bound }) => bound === 0.005);
    told[`${kind}s`] = total;
    told[`${kind}_p99_ms`] = 1000 * (counts.find(({ count }) => count >= 0.99 * total)?.bound ?? 0);
    told[`${kind}_max_ms`] = 1000 * (counts.find(({ count }) => count === total)?.bound ?? 0);
    told[`${kind}_over_5ms`] = total - (over?.count ?? 0);
  }
  return told;
}

/** @param {number} pid */
const rssMib = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Looks at the memory until told to stop, and at the gauge then. @param {string} url @param {number} pid */
async function watch(url, pid) {
  const before = (await fetchIt(url, true)).body;
  let most = 0;
  const timer = setInterval(() => { most = Math.max(most, rssMib(pid)); }, 50);
  return async () => {
    clearInterval(timer);
    return { ...between(before, (await fetchIt(url, true)).body), rss_mib: most };
  };
}

async function main() {
  const data = folder();
  const dir = folder();
  invent(dir);
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  await output('import', 'polis', dir, '--board', 'grande', '--lang', 'fr', '--data', data);
  const server = await serve({ data, args: ['--metrics', `127.0.0.1:${port}`] });
  await output('create', 'bench', '--title', 'Bench', '--data', data);
  const clients = Array.from({ length: VOTERS }, () => clientOf(server));
  await Promise.all(clients.map((client) => client.join('bench')));
  for (let i = 0; i < 50; i += 1) await clients[0].act('idea.post', { board: 'bench', text: `Une proposition pour la rue, numéro ${i + 1}` });

  let voting = true;
  let votes = 0;
  const crowd = Promise.all(clients.slice(1).map(async (client, at) => {
    for (let i = at; voting; i += 1) {
      await client.act('vote.cast', { board: 'bench', idea: 1 + (i % 50), choice: i % 3 ? 'agree' : 'disagree' });
      votes += 1;
      await wait((1000 * (VOTERS - 1)) / VOTES_PER_S);
    }
  }));
  const metrics = `http://127.0.0.1:${port}/metrics`;
  const { pid } = server;
  await wait(QUIET_MS); // what the start left to do is done
  const before = rssMib(pid);
  let stop = await watch(metrics, pid);
  await wait(QUIET_MS);
  say({ exports: 0, ...await stop(), rss_before_mib: before });

  stop = await watch(metrics, pid);
  let bytes = 0;
  let slowest = 0;
  const began = Date.now();
  for (let n = 0; n < TIMES; n += 1) {
    await Promise.all(FILES.map(async (name) => {
      const at = Date.now();
      const got = await fetchIt(`${server.url}/api/boards/grande/${name}`);
      if (got.status !== 200) throw new Error(`${name}: ${got.status}`);
      bytes += got.bytes;
      slowest = Math.max(slowest, Date.now() - at);
    }));
  }
  const spent = (Date.now() - began) / 1000;
  say({ exports: FILES.length * TIMES, ...await stop(), rss_before_mib: before, mib: bytes / 2 ** 20, seconds: spent, slowest_s: slowest / 1000, votes });
  voting = false;
  await crowd;
  for (const client of clients) client.close();
}

try {
  await main();
} finally {
  await cleanUp();
}
