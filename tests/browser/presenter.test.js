// Goal: the screen for a room shows only what a room may read, is led with the keys of a
// clicker, and tells the result when it is revealed: winner, ranking, film and eight words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, serve } from '../integration/support/processes.js';
import { assertAccessible, assertNarrow, device, openBrowser } from './support/chromium.js';

const QUESTION = 'Comment aller à l’école sans voiture ?';
const TEXTS = ['Un pédibus par rue', 'Fermer la rue le matin', 'Des vélos-cargos partagés', 'Un arceau dans chaque cour'];
const ROUNDS = [
  { title: 'Proposer', prompt: 'Une idée pour cet hiver', allows: ['post', 'build'], scores: 'live' },
  { title: 'Donner son avis', allows: ['vote'], ballots: 'served', scores: 'closed', reveal: 'at-close', rule: { keep: { top: 2 }, min_judges: 1, carry_over: false } },
  { title: 'Finale', final: true, allows: ['vote'], ballots: 'any', scores: 'closed', reveal: 'by-lead', minutes: 5 },
];
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof enter>>} */
let admin;
/** @type {Awaited<ReturnType<typeof enter>>[]} */
let people;

before(async () => {
  server = await serve({ data: folder() });
  browser = await openBrowser();
  admin = await enter(server, { invite: server.adminInvite });
  people = await Promise.all(Array.from({ length: 9 }, () => enter(server)));
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

/** @param {string} slug */
async function board(slug) {
  const { join_code: code } = await admin.act('board.create', { slug, title: slug, question: QUESTION, rounds: ROUNDS });
  await admin.join(slug);
  await Promise.all(people.map((person) => person.join(slug)));
  for (const [i, text] of TEXTS.entries()) await people[i].act('idea.post', { board: slug, text });
  const step = (/** @type {string} */ what, /** @type {number} */ round) => admin.act(`round.${what}`, { board: slug, round });
  return { slug, step, code, path: `${server.url}/b/${slug}/ecran` };
}

/** @param {string} slug @param {number} [judges] */
async function judgeAll(slug, judges = people.length) {
  for (const [k, person] of people.slice(-judges).entries()) {
    for (;;) {
      const { ideas } = await person.act('judge.next', { board: slug, count: 4 });
      if (ideas.length === 0) break;
      for (const { n } of ideas) await person.act('vote.cast', { board: slug, idea: n, choice: k + n < 8 ? 'agree' : 'disagree' });
    }
  }
}

test('a room reads only what enough people have read, and never who wrote it', async () => {
  const { slug, step, code, path } = await board('ecran');
  const { page, faults, close } = await device(browser, { viewport: { width: 1920, height: 1080 } });
  await page.goto(path);
  await page.getByRole('heading', { level: 1, name: QUESTION }).waitFor();
  await page.getByText(`${code.slice(0, 3)}\u00a0${code.slice(3)}`).first().waitFor();
  const qr = page.locator('img[src$="/qr.svg"]');
  await qr.waitFor();
  assert.ok(await qr.evaluate((image) => /** @type {HTMLImageElement} */ (image).naturalWidth) > 0);
  assert.equal(await page.getByText(TEXTS[0]).count(), 0, 'nobody has read it');
  await step('open', 2);
  await judgeAll(slug, 5);
  await page.getByText(TEXTS[0]).first().waitFor();
  await people[8].act('report.file', { board: slug, idea: 1, reason: 'other' });
  await page.getByText(TEXTS[0]).first().waitFor({ state: 'detached' });
  await page.getByText(TEXTS[1]).first().waitFor();
  assert.doesNotMatch(String(await page.locator('body').textContent()), /Loutre|Hirondelle|Renard \d/);
  assert.equal(await page.locator('.bar, .rank').count(), 0, 'scores are closed');
  await assertNarrow(page, 'the screen');
  assert.deepEqual(faults, []);
  await close();
});

test('the keys of a clicker lead, N shows nothing that people wrote, ? tells the keys', async () => {
  const { slug, step, path } = await board('touches');
  await step('open', 2);
  await judgeAll(slug);
  const { page, faults, close } = await device(browser, { viewport: { width: 1024, height: 768 } });
  await page.goto(path);
  await page.getByText(TEXTS[1]).first().waitFor();
  await page.keyboard.press('n');
  await page.getByText(TEXTS[1]).first().waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: QUESTION }).waitFor();
  await page.keyboard.press('n');
  await page.getByText(TEXTS[1]).first().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  assert.deepEqual(faults, []);
  await close();
});

test('the reveal changes the screen by itself; the keys go through winner, ranking, film and words', async () => {
  const { slug, step, path } = await board('reveal');
  await step('open', 2);
  await judgeAll(slug);
  await step('open', 3);
  for (const [k, person] of people.entries()) for (const n of [1, 2]) if (k !== n - 1) await person.act('vote.cast', { board: slug, idea: n, choice: k + n < 9 ? 'agree' : 'disagree' });
  const { page, faults, close } = await device(browser, { viewport: { width: 1440, height: 900 }, reducedMotion: 'no-preference' });
  await page.goto(path);
  await page.getByText(/4:\d\d/).first().waitFor();
  await step('close', 3);
  await page.getByText('Le résultat va être dévoilé').waitFor();
  await step('reveal', 3);
  await page.locator('.room-winner').getByText(TEXTS[0]).waitFor();
  await assertAccessible(page, 'the winner');
  const seen = new Set();
  for (let i = 0; i < 12; i++) {
    seen.add(await page.locator('main').getAttribute('data-scene'));
    if (seen.has('words')) break;
    if (await page.locator('main[data-scene="film"]').count()) {
      await page.getByRole('slider').waitFor();
      await page.getByRole('slider').focus();
      await page.keyboard.press('End');
      await assertAccessible(page, 'the film');
    }
    await page.locator('h1').evaluate((h1) => /** @type {HTMLElement} */ (h1).focus());
    await page.keyboard.press('PageDown');
    await page.waitForTimeout(400); // a step is taken once however long it is pressed
  }
  assert.deepEqual([...seen].filter((scene) => scene !== 'holds'), ['winner', 'ranking', 'film', 'words']);
  assert.equal(await page.locator('.seal li').count(), 8);
  await page.keyboard.press('PageUp');
  await page.locator('.seal').waitFor({ state: 'detached' });
  assert.deepEqual(faults.filter((one) => !one.includes('axe')), []);
  await close();
});

test('it fits a small window, and is accessible there', async () => {
  const { slug, step, path } = await board('petit');
  await step('open', 2);
  await judgeAll(slug);
  const { page, faults, close } = await device(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(path);
  await page.getByText(TEXTS[1]).first().waitFor();
  assert.deepEqual(faults, []);
  await assertAccessible(page, 'narrow');
  await assertNarrow(page, 'narrow');
  await close();
});
