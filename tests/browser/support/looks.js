// Each of some screens in every look: as accessible as a program can tell, nothing reaching out to
// the side, and the console silent. Several screens at a time, each in a window of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cleanUp } from '../../integration/support/processes.js';
import { assertAccessible, assertNarrow, deviceFor, goTo, openBrowser } from './chromium.js';
import { stage } from './stage.js';

const NARROW = { width: 320, height: 640 };
const AT_ONCE = 3;

/** Rules that colours, sizes and places decide; what else is on a page is the same in all looks of a width. Colours do not depend on the width. */
const OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];
const LOOKS = /** @type {const} */ ([
  { look: 'light, 320 px', colorScheme: 'light', viewport: NARROW, text: 100 },
  { look: 'dark, 1440 px', colorScheme: 'dark', viewport: { width: 1440, height: 900 }, text: 100 },
  { look: 'light, 1280 px, text at 200 %', colorScheme: 'light', viewport: { width: 1280, height: 900 }, text: 200, rules: OF_LOOKS },
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

  /** Devices of one person, or of nobody, that are not looked at now: their browser knows the program already. @type {Map<unknown, Awaited<ReturnType<typeof deviceFor>>[]>} */
  const idle = new Map();

  /** @param {import('./stage.js').Screen} screen */
  async function deviceOf(screen) {
    const used = idle.get(screen.who)?.pop();
    if (!used) return deviceFor(browser, town.url, screen, { viewport: NARROW });
    if (!screen.who) { // somebody who was never here
      await used.page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); });
      await used.context.clearCookies();
    }
    await used.page.goto('about:blank');
    await used.page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
    await used.page.setViewportSize(NARROW);
    used.faults.length = 0; // what was said of leaving
    return used;
  }

  /** @param {import('./stage.js').Screen} screen */
  async function look(screen) {
    const used = await deviceOf(screen);
    const { page, faults } = used;
    await goTo(used, town.url, screen);
    if (!ABSENT.has(screen.name)) assert.deepEqual(faults, []); // axe makes noise of its own
    for (const { look: name, colorScheme, viewport, text, ...only } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }); // nothing is half faded
      await page.setViewportSize(viewport);
      await page.evaluate((percent) => { document.documentElement.style.fontSize = `${percent}%`; }, text);
      await assertAccessible(page, name, only);
      await assertNarrow(page, name);
    }
    idle.set(screen.who, [...(idle.get(screen.who) ?? []), used]);
  }

  test('every screen of these', { concurrency: AT_ONCE }, async (t) => {
    await Promise.all(town.screens.filter((screen) => !screen.paper && chosen(screen)).map((screen) => t.test(screen.name, () => look(screen))));
  });
}
