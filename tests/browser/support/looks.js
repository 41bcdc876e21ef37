// Each of some screens in every look: as accessible as a program can tell, nothing reaching out to
// the side, and the console silent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cleanUp } from '../../integration/support/processes.js';
import { assertAccessible, assertNarrow, openBrowser, visit } from './chromium.js';
import { stage } from './stage.js';

const NARROW = { width: 320, height: 640 };
const LOOKS = /** @type {const} */ ([
  { look: 'light, 320 px', colorScheme: 'light', viewport: NARROW, text: 100 },
  { look: 'dark, 320 px', colorScheme: 'dark', viewport: NARROW, text: 100 },
  { look: 'dark, 1440 px', colorScheme: 'dark', viewport: { width: 1440, height: 900 }, text: 100 },
  { look: 'light, 1280 px, text at 200 %', colorScheme: 'light', viewport: { width: 1280, height: 900 }, text: 200 },
]);

/** Pages that the server answers with an error, which the console tells. */
const ABSENT = new Set(['missing']);

/** @param {(screen: import('./stage.js').Screen) => boolean} chosen */
export function testLooks(chosen) {
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

  test('every screen of these', async (t) => {
    for (const screen of town.screens.filter(chosen)) {
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
}
