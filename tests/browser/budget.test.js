// Goal: what a screen loads, all that it fetches ahead included, stays small; nothing comes
// from another host.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, output, serve } from '../integration/support/processes.js';
import { device, openBrowser } from './support/chromium.js';

const KIB = 1024;
const SCRIPTS_MAX = 40 * KIB;
const STYLES_MAX = 15 * KIB;
const SETTLED_MS = 1_000; // what is fetched ahead has come

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof enter>>} */
let admin;
const data = folder();

before(async () => {
  server = await serve({ data });
  await output('create', 'ecole', '--title', 'École', '--question', 'Comment aller à l’école ?', '--template', 'consultation', '--data', data);
  admin = await enter(server, { invite: server.adminInvite });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

/** @param {import('playwright-core').Page} page @param {RegExp} what */
const loaded = (page, what) => page.evaluate(
  (source) => /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'))
    .filter(({ name }) => new RegExp(source).test(new URL(name).pathname))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  what.source,
);

const OF_CITIZENS = ['/', '/b/ecole', '/b/ecole?mode=judge', '/b/ecole?mode=result', '/b/ecole?mode=record', '/b/ecole?mode=me', '/b/ecole/ecran', '/pages/help'];
const OF_STAFF = ['/nouveau', '/b/ecole/borne', ...['tickets', 'import'].map((mode) => `/b/ecole?mode=${mode}`),
  ...['prepare', 'seeds', 'steer', 'people', 'answers', 'finish', 'import', 'team'].map((at) => `/b/ecole?mode=lead&at=${at}`),
  ...['', 'lists', 'duplicates', 'people', 'board'].map((part) => `/b/ecole?mode=moderate&part=${part}`)];

test('every screen loads little', { concurrency: 5 }, (all) => Promise.all([...OF_CITIZENS, ...OF_STAFF].map((screen) => all.test(screen, async (t) => {
  const { page, close } = await device(browser);
  if (OF_STAFF.includes(screen)) await page.addInitScript((token) => localStorage.setItem('pinson.token', token), admin.session.token);
  await page.goto(server.url + screen);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(SETTLED_MS);
  assert.equal(await page.getByText('réservée').count(), 0, 'it is the screen itself');
  const scripts = await loaded(page, /\.js$/);
  const styles = await loaded(page, /\.css$/);
  t.diagnostic(`${screen}: ${(scripts / KIB).toFixed(1)} KiB of scripts, ${(styles / KIB).toFixed(1)} KiB of styles`);
  assert.ok(scripts > 0 && scripts <= SCRIPTS_MAX, `${scripts} bytes of scripts`);
  assert.ok(styles > 0 && styles <= STYLES_MAX, `${styles} bytes of styles`);
  await close();
}))));
