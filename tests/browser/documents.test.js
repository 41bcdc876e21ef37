// Goal: the report and the pages of the winners can be read by everybody, on a telephone too, and print to A4 with tags: a page a winner.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, serve } from '../integration/support/processes.js';
import { createBoard, keep, round, staff } from '../integration/support/rounds.js';
import { assertAccessible, assertNarrow, device, openBrowser } from './support/chromium.js';

const SLUG = 'papier';
const WINNERS = 3;
/** @type {import('playwright-core').Browser} */ let browser;
/** @type {import('../integration/support/processes.js').Server} */ let server;

before(async () => {
  const data = folder();
  browser = await openBrowser();
  server = await serve({ data });
  await createBoard([server], ['--data', data], SLUG, [round({ allows: ['post', 'build', 'vote'], rule: keep(WINNERS) }), round({ title: 'Finale', final: true })], '--question', 'Que faire de la cour ?');
  const lead = await staff(server, ['--data', data], SLUG);
  const people = await Promise.all(Array.from({ length: 6 }, () => enter(server)));
  await Promise.all(people.map((line) => line.join(SLUG)));
  for (const text of ['Planter des tilleuls', 'Poser des bancs', 'Une fontaine pour les petits', 'Un préau']) await people[0].act('idea.post', { board: SLUG, text });
  await lead.act('idea.seed', { board: SLUG, text: 'Ouvrir la cour aux habitants le samedi', source: { title: 'Cours Oasis', url: 'https://exemple.org/cours?a=1&b=2', place: 'Paris <19e>', result: '100 cours ouvertes en 2025' } });
  await people[1].act('idea.build', { board: SLUG, parent: 1, relation: 'counter', text: 'Il faut dix ans pour avoir de l’ombre' });
  for (const [i, line] of people.slice(1).entries()) {
    for (let idea = 1; idea <= 4; idea += 1) await line.act('vote.cast', { board: SLUG, idea, choice: i < idea ? 'agree' : 'disagree' });
  }
  await lead.act('round.close', { board: SLUG, round: 1 });
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

for (const [name, heading, pages] of /** @type {[string, string, number][]} */ ([['rapport', 'Ce qui est ressorti', 2], ['laureats', 'Les plus fortes objections', WINNERS]])) {
  test(`/${name} is accessible, fits a telephone, and prints to A4 with tags`, async () => {
    const { page, faults, close } = await device(browser, { viewport: { width: 320, height: 640 } });
    await page.goto(`${server.url}/b/${SLUG}/${name}`);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    assert.deepEqual(faults, []);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await assertAccessible(page, `${name}, ${width} px`);
      await assertNarrow(page, `${name}, ${width} px`);
    }
    if (name === 'rapport') {
      const entry = page.locator('.elsewhere li');
      assert.equal((await entry.innerText()).replace(/\s+/g, ' '), 'Paris <19e> : Ouvrir la cour aux habitants le samedi (idée n° 5) Résultat : 100 cours ouvertes en 2025 Cours Oasis : https://exemple.org/cours?a=1&b=2');
      assert.equal(await entry.getByRole('link').getAttribute('href'), 'https://exemple.org/cours?a=1&b=2');
    }
    const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true })).toString('latin1');
    assert.match(pdf, /\/Marked true/);
    assert.match(pdf, /\/Lang \(fr/);
    const printed = pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    if (name === 'laureats') assert.equal(printed, pages);
    else assert.ok(printed <= pages, `${printed} pages`);
    await close();
  });
}
