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

const NARROW = { width: 320, height: 640 };
const LOOKS = /** @type {const} */ ([
  { look: 'light, 320 px', colorScheme: 'light', viewport: NARROW, text: 100 },
  { look: 'dark, 320 px', colorScheme: 'dark', viewport: NARROW, text: 100 },
  { look: 'dark, 1440 px', colorScheme: 'dark', viewport: { width: 1440, height: 900 }, text: 100 },
  { look: 'light, 1280 px, text at 200 %', colorScheme: 'light', viewport: { width: 1280, height: 900 }, text: 200 },
]);

/** Pages that the server answers with an error, which the console tells. */
const ABSENT = new Set(['missing']);

test('every screen', async (t) => {
  for (const screen of town.screens) {
    await t.test(screen.name, async () => {
      const { page, faults, close } = await visit(browser, town.url, screen, { viewport: NARROW });
      if (!ABSENT.has(screen.name)) assert.deepEqual(faults, []); // axe makes noise of its own
      for (const { look, colorScheme, viewport, text } of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }); // nothing is half faded
        await page.setViewportSize(viewport);
        await page.evaluate((percent) => { document.documentElement.style.fontSize = `${percent}%`; }, text);
        await assertAccessible(page, look);
        await assertNarrow(page, look);
      }
      await close();
    });
  }
});
