// Goal: every screen is accessible as far as a program can tell, narrow and wide, light and
// dark, and with text twice as large; nothing reaches out to the side, and the console is silent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cleanUp } from '../integration/support/processes.js';
import { assertAccessible, assertNarrow, openBrowser, visit } from './support/chromium.js';
import { stage } from './support/stage.js';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof stage>>} */
let town;

before(async () => {
  [town, browser] = await Promise.all([stage(), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

const LOOKS = /** @type {const} */ ([
  { look: 'light, 320 px', options: { colorScheme: 'light', viewport: { width: 320, height: 640 } }, text: 1 },
  { look: 'dark, 320 px', options: { colorScheme: 'dark', viewport: { width: 320, height: 640 } }, text: 1 },
  { look: 'dark, 1440 px', options: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } }, text: 1 },
  { look: 'light, 1280 px, text at 200 %', options: { colorScheme: 'light', viewport: { width: 1280, height: 900 } }, text: 2 },
]);

/** Pages that the server answers with an error, which the console tells. */
const ABSENT = new Set(['missing']);

for (const { look, options, text } of LOOKS) {
  test(`every screen, ${look}`, async () => {
    for (const screen of town.screens) {
      const { page, faults, close } = await visit(browser, town.url, screen, options);
      if (!ABSENT.has(screen.name)) assert.deepEqual(faults, [], screen.name); // axe makes noise of its own
      if (text !== 1) await page.evaluate((factor) => { document.documentElement.style.fontSize = `${factor * 100}%`; }, text);
      await assertAccessible(page, `${screen.name}, ${look}`);
      await assertNarrow(page, `${screen.name}, ${look}`);
      await close();
    }
  });
}
