// What a citizen with a telephone of the cheaper kind waits for, measured in Chromium on the
// real server with its Redis. One line a measurement: names and values.
//
//   node web.js open IDEAS [TIMES]    a board of so many ideas, opened with an empty cache
//   node web.js screens [TIMES]       the same for each screen
//   node web.js crowd [TIMES]         1,000 ideas that 20 gestures a second change, while
//                                     somebody writes a sentence and then scrolls
//
// The line is "slow 4G" as browsers' developer tools have it, the processor four times slower
// than this machine's. Nothing here knows the client's files: it looks at the page as a
// person does, and at what came over the line.
import { setTimeout as wait } from 'node:timers/promises';
import { openBrowser } from '../browser/support/chromium.js';
import { browser as clientOf } from '../integration/support/browser.js';
import { cleanUp, folder, serve } from '../integration/support/processes.js';
import { createBoard, staff } from '../integration/support/rounds.js';

/** @import { Browser, CDPSession, Page } from 'playwright-core' */

const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;
const TELEPHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, locale: 'fr-FR' };
const PATIENCE_MS = 180_000; // a page that cannot keep up is to be measured, too
const SETTLED_MS = 1_500; // what is fetched ahead has come
const AUTHORS = 20;
const SHOWN = 5; // ideas that make a list
const KIB = 1024;
const FRAME_MS = 1_000 / 60;

const CROWD_IDEAS = 1_000;
const GESTURES_PER_S = 20;
const CROWD_MS = 20_000;
const POST_EACH = 10; // of so many gestures one is a new idea
const KEY_MS = 70;
const WHEEL_MS = 50;
const WHEEL_PX = 90;
const SENTENCE = 'Une rue calme devant l’école, des arbres, des bancs à l’ombre et l’été une fontaine pour tous.';

const BOARD = 'bench';
const OVER = 'fini';
const OPEN_ROUND = { title: 'Tour', allows: ['post', 'build', 'vote'], compete: ['idea', 'expand', 'adapt'], ballots: 'any', scores: 'live' };
const LAST_ROUND = { ...OPEN_ROUND, rule: { keep: { top: 5 }, min_judges: 1, carry_over: false } };

const WHAT = ['Fermer la rue de l’école', 'Planter des arbres', 'Ouvrir la bibliothèque', 'Un bus de nuit', 'Des bancs à l’ombre', 'Un jardin partagé', 'Réparer les trottoirs'];
const WHERE = ['dans le centre', 'près de la gare', 'au bord de la rivière', 'dans chaque quartier', 'derrière la mairie', 'le long du canal'];
const WHEN = ['le matin', 'en été', 'toute l’année', 'le dimanche', 'pendant les vacances', 'dès cet automne', 'pour les plus petits comme pour les plus âgés'];

/** A sentence as people write it, another each time. @param {number} i */
const sentence = (i) => `${WHAT[i % WHAT.length]} ${WHERE[Math.floor(i / 7) % WHERE.length]} ${WHEN[Math.floor(i / 42) % WHEN.length]}, proposition ${i + 1}`;

/** @param {Record<string, number>} values */
const say = (values) => process.stdout.write(`${Object.entries(values).map(([name, value]) => `${name} ${Math.round(value * 100) / 100}`).join(' ')}\n`);

/** @param {{ws: string}} server @param {string} board */
async function people(server, board, count = AUTHORS) {
  const clients = Array.from({ length: count }, () => clientOf(server));
  await Promise.all(clients.map((client) => client.join(board)));
  return clients;
}

/** Ideas by several people, and some ballots on each. @param {any[]} clients @param {string} board @param {number} count */
async function fill(clients, board, count) {
  await Promise.all(clients.map(async (client, at) => {
    for (let i = at; i < count; i += clients.length) await client.act('idea.post', { board, text: sentence(i) });
  }));
  await Promise.all(clients.slice(0, 5).map(async (client, at) => {
    for (let idea = at + 1; idea <= count; idea += 3) {
      await client.act('vote.cast', { board, idea, choice: idea % 4 ? 'agree' : 'disagree' }).catch(() => {}); // their own: refused
    }
  }));
}

/** A server with an open board. @param {number} ideas */
async function stage(ideas) {
  const data = folder();
  const server = await serve({ data });
  await createBoard([server], ['--data', data], BOARD, [OPEN_ROUND], '--question', 'Que faire de la rue de l’école ?');
  const clients = await people(server, BOARD);
  await fill(clients, BOARD, ideas);
  return { server, data, clients };
}

// In the page, before anything of it: when is there a list of ideas, when a field to write in?
function watchPage({ shown }) {
  const seen = { ideas: 0, composer: 0 };
  Object.assign(globalThis, { seen });
  const isInSight = (element) => element.getClientRects().length > 0;
  const isReady = (field) => isInSight(field) && !field.disabled && !field.readOnly;
  const look = () => {
    const cards = [...document.querySelectorAll('.card')].filter((card) => card.textContent?.trim());
    if (!seen.ideas && cards.slice(0, shown).filter(isInSight).length === shown) seen.ideas = performance.now();
    if (!seen.composer && [...document.querySelectorAll('textarea')].some(isReady)) seen.composer = performance.now();
    if (!seen.ideas || !seen.composer) requestAnimationFrame(look);
  };
  look();
}

// Likewise: what kept the page from answering, and every frame that it drew.
function watchWork() {
  const work = { tasks: [], waits: [], frames: [] };
  Object.assign(globalThis, { work });
  new PerformanceObserver((list) => work.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
    .observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => work.waits.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
    .observe({ type: 'event', durationThreshold: 16, buffered: true });
  const frame = (at) => {
    work.frames.push(at);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** What comes over the line, by kind. @param {CDPSession} session */
async function countTraffic(session) {
  const sums = { requests: 0, bytes: 0, script_bytes: 0, style_bytes: 0, socket_bytes: 0 };
  const kinds = new Map();
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sums.requests++;
    sums.bytes += encodedDataLength;
    if (kinds.get(requestId) === 'Script') sums.script_bytes += encodedDataLength;
    if (kinds.get(requestId) === 'Stylesheet') sums.style_bytes += encodedDataLength;
  });
  session.on('Network.webSocketFrameReceived', ({ response }) => { sums.socket_bytes += Buffer.byteLength(response.payloadData); });
  await session.send('Network.enable');
  return sums;
}

/** @param {Awaited<ReturnType<typeof countTraffic>>} traffic */
const inKib = ({ requests, bytes, script_bytes, style_bytes, socket_bytes }) =>
  ({ requests, all_kib: bytes / KIB, script_kib: script_bytes / KIB, style_kib: style_bytes / KIB, socket_kib: socket_bytes / KIB });

/** A device that has never been here. @param {Browser} chromium @param {object} options */
async function newcomer(chromium, { line, watch }) {
  const context = await chromium.newContext(TELEPHONE);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const session = await context.newCDPSession(page);
  const traffic = await countTraffic(session);
  if (line) await session.send('Network.emulateNetworkConditions', line);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(watch, { shown: SHOWN });
  return { page, traffic, close: () => context.close() };
}

/** @param {Page} page */
const composer = (page) => page.locator('textarea:visible').first();

/** The field takes what is typed. @param {Page} page */
async function proveWritable(page) {
  await composer(page).fill('Un essai');
  if (await composer(page).inputValue() !== 'Un essai') throw new Error('the field does not keep what is typed');
}

/** @param {Page} page */
const firstPaint = (page) => page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);

/** @param {Page} page @param {string} url */
async function settle(page, url) {
  await page.goto(url, { timeout: PATIENCE_MS });
  await page.waitForLoadState('networkidle', { timeout: PATIENCE_MS });
  await wait(SETTLED_MS);
}

/** @param {Browser} chromium @param {string} url */
async function openBoard(chromium, url) {
  const { page, traffic, close } = await newcomer(chromium, { line: SLOW_4G, watch: watchPage });
  await page.goto(url, { timeout: PATIENCE_MS });
  await page.waitForFunction(() => globalThis.seen.ideas && globalThis.seen.composer, null, { timeout: PATIENCE_MS });
  await proveWritable(page);
  const { ideas, composer: writable } = await page.evaluate(() => globalThis.seen);
  await page.waitForLoadState('networkidle', { timeout: PATIENCE_MS });
  await wait(SETTLED_MS);
  const paint = await firstPaint(page);
  say({ paint_s: paint / 1_000, composer_s: writable / 1_000, ideas_s: Math.max(ideas, paint) / 1_000, ...inKib(traffic) }); // nothing is shown before the first paint
  await close();
}

/** @param {number} ideas @param {number} times */
async function open(ideas, times) {
  const { server, clients } = await stage(ideas);
  for (const client of clients) client.close();
  const chromium = await openBrowser();
  for (let i = 0; i < times; i++) await openBoard(chromium, `${server.url}/b/${BOARD}`);
  await chromium.close();
}

/** @param {number} times */
async function screens(times) {
  const { server, data, clients } = await stage(100);
  await createBoard([server], ['--data', data], OVER, [LAST_ROUND], '--question', 'Et maintenant ?');
  await fill(await people(server, OVER), OVER, 20);
  const lead = await staff(server, ['--data', data], OVER);
  await lead.act('round.close', { board: OVER, round: 1 });
  for (const client of clients) client.close();

  const chromium = await openBrowser();
  const places = { home: '/', board: `/b/${BOARD}`, judge: `/b/${BOARD}?mode=judge`, idea: `/b/${BOARD}/i/1`, result: `/b/${OVER}?mode=result` };
  for (const [screen, path] of Object.entries(places)) {
    for (let i = 0; i < times; i++) {
      const { page, traffic, close } = await newcomer(chromium, { line: SLOW_4G, watch: watchPage });
      await settle(page, server.url + path);
      process.stdout.write(`screen ${screen} `);
      say({ paint_s: await firstPaint(page) / 1_000, ...inKib(traffic) });
      await close();
    }
  }
  await chromium.close();
}

/** Gestures at an even pace; resolves to how many were made a second. @param {any[]} clients */
async function stir(clients) {
  const began = Date.now();
  const answers = [];
  for (let made = 0; made < CROWD_MS / 1_000 * GESTURES_PER_S; made++) {
    const client = clients[made % clients.length];
    const gesture = made % POST_EACH === 0
      ? client.act('idea.post', { board: BOARD, text: sentence(CROWD_IDEAS + made) })
      : client.act('vote.cast', { board: BOARD, idea: 1 + made * 37 % CROWD_IDEAS, choice: ['agree', 'pass', 'disagree'][made % 3] });
    answers.push(gesture.catch(() => {})); // on an own idea: refused
    await wait(Math.max(0, began + (made + 1) * 1_000 / GESTURES_PER_S - Date.now()));
  }
  await Promise.all(answers);
  return answers.length * 1_000 / (Date.now() - began);
}

/** Frames that should have been drawn between two times, and were not. @param {number[]} frames @param {number} from @param {number} to */
function missed(frames, from, to) {
  const drawn = frames.filter((at) => at >= from && at <= to);
  let lost = 0;
  for (let i = 1; i < drawn.length; i++) lost += Math.max(0, Math.round((drawn[i] - drawn[i - 1]) / FRAME_MS) - 1);
  return { lost, share: 100 * lost / Math.max(1, drawn.length - 1 + lost) };
}

/** @param {Page} page */
const now = (page) => page.evaluate(() => performance.now());

/** Up and down, until the crowd has gone. @param {Page} page @param {() => boolean} goesOn */
async function scroll(page, goesOn) {
  await page.mouse.move(195, 600);
  for (let i = 0; goesOn() || i < 20; i++) {
    await page.mouse.wheel(0, Math.floor(i / 40) % 2 ? -WHEEL_PX : WHEEL_PX);
    await wait(WHEEL_MS);
  }
}

/** What kept the page busy between two times. @param {Page} page @param {number} from @param {number} to */
async function workOf(page, from, to) {
  const { tasks, waits, frames } = await page.evaluate(() => globalThis.work);
  const within = (list) => list.filter(({ startTime }) => startTime >= from && startTime <= to).map(({ duration }) => duration);
  return { tasks: within(tasks), waits: within(waits), frames };
}

/** @param {Browser} chromium @param {string} url @param {any[]} clients */
async function watchCrowd(chromium, url, clients) {
  const { page, traffic, close } = await newcomer(chromium, { line: null, watch: watchWork });
  await settle(page, url);
  await composer(page).click();
  const received = traffic.socket_bytes;
  const began = await now(page);
  let gone = 0;
  const stirring = stir(clients).then((perS) => {
    gone = Date.now();
    return perS;
  });
  await page.keyboard.type(SENTENCE, { delay: KEY_MS });
  const intact = await composer(page).inputValue() === SENTENCE;
  const typed = await now(page);
  await scroll(page, () => !gone);
  const perS = await stirring;
  const ended = await now(page);
  const late = Date.now() - gone;
  const { tasks, waits, frames } = await workOf(page, began, ended);
  const { lost, share } = missed(frames, typed, ended);
  say({
    per_s: perS, long_tasks: tasks.length, longest_ms: Math.max(0, ...tasks), blocked_ms: tasks.reduce((sum, ms) => sum + ms - 50, 0),
    answer_ms: Math.max(0, ...waits), typing_s: (typed - began) / 1_000, late_ms: late, lost_frames: lost, lost_share: share,
    intact: Number(intact && await composer(page).inputValue() === SENTENCE), socket_kib: (traffic.socket_bytes - received) / KIB,
  });
  await close();
}

/** @param {number} times */
async function crowd(times) {
  const { server, clients } = await stage(CROWD_IDEAS);
  const chromium = await openBrowser();
  for (let i = 0; i < times; i++) await watchCrowd(chromium, `${server.url}/b/${BOARD}`, clients);
  await chromium.close();
}

const [mode, first, second] = process.argv.slice(2);
const modes = { open: () => open(Number(first), Number(second ?? 5)), screens: () => screens(Number(first ?? 3)), crowd: () => crowd(Number(first ?? 1)) };
if (!(mode in modes) || (mode === 'open' && !Number(first))) {
  process.stderr.write('usage: web.js open IDEAS [TIMES] | screens [TIMES] | crowd [TIMES]\n');
  process.exit(2);
}
try {
  await modes[mode]();
} finally {
  await cleanUp();
}
