// Photographs every screen at 320, 768 and 1440 px, light and dark, for people to look at.
//
//   node tests/browser/screenshots.js FOLDER [part of a screen's name]
//
// The server, the crowd and the boards are real; it needs a release build and Chromium.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp } from '../integration/support/processes.js';
import { openBrowser, visit } from './support/chromium.js';
import { stage } from './support/stage.js';

const [out, only = ''] = process.argv.slice(2);
if (!out) {
  process.stderr.write('usage: node tests/browser/screenshots.js FOLDER [part of a screen\'s name]\n');
  process.exit(2);
}
mkdirSync(out, { recursive: true });

const WIDTHS = { 320: 640, 768: 1024, 1440: 900 };
const SCHEMES = /** @type {const} */ (['light', 'dark']);
const { url, screens } = await stage();
const browser = await openBrowser();
for (const screen of screens.filter(({ name }) => name.includes(only))) {
  for (const [width, height] of Object.entries(WIDTHS)) {
    for (const colorScheme of SCHEMES) {
      const { page, faults, close } = await visit(browser, url, screen, { colorScheme, viewport: { width: Number(width), height } });
      const { name } = screen;
      await page.waitForTimeout(300); // what is on its way has arrived
      await page.screenshot({ path: join(out, `${name}-${width}-${colorScheme}.png`), fullPage: !screen.sheet && !name.startsWith('presenter') });
      process.stdout.write(`${name} ${width} ${colorScheme}${faults.length ? `: ${faults.join(' · ')}` : ''}\n`);
      await close();
    }
  }
}
await browser.close();
await cleanUp();
