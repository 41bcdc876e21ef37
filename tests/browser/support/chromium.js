// Chromium as a citizen has it: pages that must stay silent, and never ask another host.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const OWN = new Set(['data:', 'blob:']); // made on the page itself

export const openBrowser = () => chromium.launch({ executablePath: CHROMIUM, args: ARGS });

/**
 * A device of somebody: its own storage, one page. What the console says and what is asked
 * of other hosts is collected in page.faults.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions & {here?: string}} [options] here: the only host that may be asked
 */
export async function device(browser, { here = '127.0.0.1', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr-FR', ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!OWN.has(protocol) && hostname !== here) faults.push(`asked ${hostname}`);
  });
  return { page, context, faults, close: () => context.close() };
}

/**
 * The message at the foot of the screen. What it says is also said aloud, a moment later and in
 * another place: a text alone finds both.
 * @param {import('playwright-core').Page} page @param {string | RegExp} text
 */
export const toast = (page, text) => page.getByRole('complementary', { name: 'Message' }).getByText(text);

/** Passes the sheet before the first act, where it is shown. @param {import('playwright-core').Page} page */
export async function agreeToTakePart(page) {
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'C’est parti' }).click();
  await sheet.waitFor({ state: 'detached' });
}

/**
 * No violation of WCAG 2.2 A and AA that can be found by a program.
 * @param {import('playwright-core').Page} page @param {string} where
 * @param {{rules?: readonly string[]}} [only] these of its rules, not all
 */
export async function assertAccessible(page, where, { rules } = {}) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await page.evaluate(
    // @ts-expect-error axe is what was just evaluated
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }), rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: tags });
  const found = violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ n) => n.html).slice(0, 3).join(' ')}`);
  assert.deepEqual(found, [], where);
}

/** Nothing reaches out of the page to the side. @param {import('playwright-core').Page} page @param {string} where */
export async function assertNarrow(page, where) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${where} scrolls sideways by ${wide} px`);
}

const PATIENCE_MS = 10_000;

/**
 * The device of whoever a screen is for.
 * @param {import('playwright-core').Browser} browser @param {string} url
 * @param {import('./stage.js').Screen} screen @param {import('playwright-core').BrowserContextOptions} options
 */
export async function deviceFor(browser, url, { who }, options) {
  const one = await device(browser, options);
  one.page.setDefaultTimeout(PATIENCE_MS);
  if (who) {
    await one.page.addInitScript((token) => localStorage.setItem('pinson.token', token), who.session.token);
    await one.context.addCookies([{ name: 'pinson', value: who.session.token, url }]);
  }
  return one;
}

/**
 * Goes to a screen, and waits until it is there.
 * @param {{page: import('playwright-core').Page, faults: string[]}} device @param {string} url @param {import('./stage.js').Screen} screen
 */
export async function goTo({ page, faults }, url, { path, act }) {
  try {
    await page.goto(url + path);
    await page.locator('main h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    await act?.(page);
  } catch (failure) {
    faults.push(String(failure).split('\n')[0]);
  }
}

/**
 * Opens a screen as whoever it is for, and waits until it is there.
 * @param {import('playwright-core').Browser} browser @param {string} url
 * @param {import('./stage.js').Screen} screen @param {import('playwright-core').BrowserContextOptions} options
 */
export async function visit(browser, url, screen, options) {
  const one = await deviceFor(browser, url, screen, options);
  await goTo(one, url, screen);
  return one;
}
