// Goal: rounds reach every screen by themselves. A lead opens, closes and reveals; citizens type,
// judge and learn the result together; nothing that somebody is doing is lost on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, serve } from '../integration/support/processes.js';
import { agreeToTakePart, device, openBrowser, toast } from './support/chromium.js';

const TEXTS = ['Un pédibus par rue', 'Fermer la rue le matin', 'Des vélos-cargos partagés', 'Un arceau dans chaque cour', 'Un bus à vapeur'];
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
  people = await Promise.all(Array.from({ length: 7 }, () => enter(server)));
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

const GATHER = { title: 'Proposer', allows: ['post', 'build'], scores: 'live' };
const HEAT = {
  title: 'Donner son avis', allows: ['vote', 'build'], ballots: 'served', scores: 'after-vote', reveal: 'at-close', minutes: 10,
  rule: { keep: { top: 2 }, min_judges: 1, carry_over: false },
};
const FINAL = { title: 'Finale', final: true, allows: ['vote'], ballots: 'any', scores: 'closed', reveal: 'by-lead', minutes: 5 };

/** A board with its ideas. @param {string} slug @param {object[]} [rounds] */
async function board(slug, rounds = [GATHER, HEAT, FINAL]) {
  await admin.act('board.create', { slug, title: slug, question: 'Comment aller à l’école sans voiture ?', rounds });
  await admin.join(slug);
  await Promise.all(people.map((person) => person.join(slug)));
  for (const [i, text] of TEXTS.entries()) await people[i].act('idea.post', { board: slug, text });
  const step = (/** @type {string} */ what, /** @type {number} */ round) => admin.act(`round.${what}`, { board: slug, round });
  return { slug, step, path: `${server.url}/b/${slug}` };
}

/** Everybody judges what they are served: the lower its number, the better an idea is liked. @param {string} slug */
async function judgeAll(slug) {
  for (const [k, person] of people.entries()) {
    for (;;) {
      const { ideas } = await person.act('judge.next', { board: slug, count: 3 });
      if (ideas.length === 0) break;
      for (const { n } of ideas) await person.act('vote.cast', { board: slug, idea: n, choice: k + n < 8 ? 'agree' : 'disagree' });
    }
  }
}

/** The browser of somebody who has a session already. @param {{session: any}} who @param {import('playwright-core').BrowserContextOptions} [options] */
async function deviceOf(who, options) {
  const one = await device(browser, options);
  await one.page.addInitScript((token) => localStorage.setItem('pinson.token', token), who.session.token);
  one.page.setDefaultTimeout(10_000);
  return one;
}

/** @param {import('playwright-core').Page} page @param {string} name of a step that asks first */
async function conduct(page, name) {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Confirmer' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a round opens under the hands of somebody who is typing: the text stays, and the page too', async () => {
  const { step, path } = await board('ecrire', [GATHER, { ...HEAT, allows: ['post', 'vote'] }, FINAL]);
  const { page, faults, close } = await device(browser);
  await page.goto(path);
  const field = page.getByRole('textbox', { name: 'Votre idée' });
  await field.waitFor();
  await page.evaluate(() => Object.assign(globalThis, { stayed: true }));
  await field.pressSequentially('Une phrase en train');
  await step('open', 2);
  await page.getByText('Tour 2 sur 3').first().waitFor();
  await page.keyboard.type(' de s’écrire');
  assert.equal(await field.inputValue(), 'Une phrase en train de s’écrire');
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).stayed), true);
  await page.getByRole('link', { name: 'Donner mon avis sur les idées' }).waitFor();
  assert.equal(await page.locator('.cards .answer').count(), 0, 'a list of a served round takes no ballot');
  assert.deepEqual(faults, []);
  await close();
});

test('in a served round ideas come one by one, and a score shows only once one has judged', async () => {
  const { slug, step, path } = await board('avis');
  await step('open', 2);
  await judgeAll(slug);
  const { page, faults, close } = await device(browser);
  await page.goto(`${path}?mode=judge`);
  await page.getByRole('button', { name: 'Commencer' }).click();
  await agreeToTakePart(page);
  const face = page.locator('.judge .face');
  await face.waitFor();
  assert.equal(await page.locator('.bar').count(), 0);
  const first = await face.locator('.said').last().textContent();
  await page.waitForTimeout(350); // two answers at once are taken for a double click
  await page.getByRole('button', { name: 'Pour', exact: true }).click();
  await page.locator('.judge-last .bar').waitFor();
  await page.goto(path);
  const judged = page.locator('.card', { has: page.locator('.bar') });
  await judged.waitFor();
  assert.equal(await judged.count(), 1);
  assert.ok((await judged.textContent())?.includes(String(first)));
  assert.deepEqual(faults, []);
  await close();
});

test('a lead looks ahead, opens, closes, reveals and steps back; everybody learns at once', async () => {
  const { slug, path } = await board('conduire');
  const lead = await deviceOf(admin);
  const citizen = await deviceOf(people[1], { viewport: { width: 320, height: 640 } });
  await lead.page.goto(`${path}?mode=lead`);
  await conduct(lead.page, 'Passer au tour 2');
  await lead.page.getByRole('heading', { name: /Tour 2 sur 3 – en cours/ }).waitFor();
  await judgeAll(slug);

  await lead.page.getByRole('button', { name: 'Voir l’aperçu' }).click();
  const names = () => lead.page.locator('.ranking > li').evaluateAll((all) => all.map((one) => (one.className === 'cut' ? 'cut' : one.querySelector('.said')?.textContent)));
  await lead.page.locator('.ranking .cut').waitFor();
  assert.deepEqual((await names()).slice(0, 4), [TEXTS[0], TEXTS[1], 'cut', TEXTS[2]]);

  await citizen.page.goto(path);
  await conduct(lead.page, 'Passer au tour 3');
  await citizen.page.locator('.take').getByRole('link', { name: 'Donner mon avis sur les finalistes' }).waitFor();

  // Nobody has judged in the final yet: it can be taken back, and opened again.
  await conduct(lead.page, 'Revenir au tour 2');
  await citizen.page.getByText('Tour 2 sur 3').first().waitFor();
  assert.equal(await citizen.page.locator('.outcome').count(), 0);
  await conduct(lead.page, 'Passer au tour 3');
  await citizen.page.getByText('Tour 3 sur 3').first().waitFor();

  for (const [k, person] of people.entries()) if (k > 1) await person.act('vote.cast', { board: slug, idea: 1, choice: 'agree' });
  await citizen.page.goto(`${path}?mode=result&round=3`);
  await citizen.page.getByText('Il n’y a pas encore de résultat.').waitFor();
  await conduct(lead.page, 'Terminer maintenant');
  await citizen.page.getByText('Le résultat n’est pas encore dévoilé.').waitFor();
  assert.equal(await citizen.page.locator('.verdict').count(), 0);
  await conduct(lead.page, 'Dévoiler le résultat');
  await citizen.page.locator('.verdict').getByText(TEXTS[0]).waitFor();
  await citizen.page.locator('.tests').first().getByText(/Confirmé|Non confirmé|Non examiné/).first().waitFor();
  await citizen.page.locator('section[aria-labelledby="holds"] .tests li').first().waitFor();
  assert.equal(await citizen.page.locator('.seal li').count(), 8);
  assert.deepEqual([...lead.faults, ...citizen.faults], []);
  await lead.close();
  await citizen.close();
});

test('finalists are judged with the keyboard alone, and stay in one’s own order', async () => {
  const { slug, step, path } = await board('finale');
  await step('open', 2);
  await judgeAll(slug);
  await step('open', 3);
  const someone = people[5];
  const { me } = (await someone.join(slug)).snapshot;
  const { page, faults, close } = await deviceOf(someone);
  await page.goto(`${path}?mode=judge`);
  const groups = page.locator('.contender');
  await groups.first().waitFor();
  const shown = await groups.locator('.text').allTextContents();
  assert.deepEqual(shown, me.finalists.map((/** @type {number} */ n) => TEXTS[n - 1]));

  const focused = () => page.evaluate(() => /** @type {any} */ (document.activeElement)?.name ?? '');
  for (let i = 0; i < 30 && await focused() !== `idea-${me.finalists[0]}`; i++) await page.keyboard.press('Tab');
  assert.equal(await focused(), `idea-${me.finalists[0]}`);
  const given = me.ballots[me.finalists[0]];
  await page.keyboard.press(given === 'disagree' ? 'ArrowLeft' : 'ArrowRight');
  const wanted = given === 'agree' ? 'pass' : given === 'pass' ? 'disagree' : 'pass';
  await page.locator('.contender').first().locator(`input[value="${wanted}"]:checked`).waitFor({ state: 'attached' });
  await page.locator('.contender').first().getByText('✓').waitFor();
  await page.reload();
  await groups.first().waitFor();
  assert.deepEqual(await groups.locator('.text').allTextContents(), shown);
  await page.locator('.contender').first().locator(`input[value="${wanted}"]:checked`).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'J’ai terminé' }).press('Enter');
  await toast(page, /C’est noté, merci/).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('an idea that did not qualify says why, and can go on in another', async () => {
  const { slug, step, path } = await board('jalon', [GATHER, HEAT, { ...HEAT, title: 'Second tour' }]);
  await step('open', 2);
  await judgeAll(slug);
  const { page, faults, close } = await deviceOf(people[5]);
  await page.goto(`${path}/i/5`);
  await page.getByRole('heading', { level: 1, name: /Un bus à vapeur/ }).waitFor();
  await step('open', 3);
  await page.getByText(/^Non qualifiée/).first().waitFor();
  await page.getByRole('link', { name: 'Adapter l’idée #5' }).click();
  const field = page.getByRole('textbox', { name: 'Adapter' });
  await field.fill('Un bus électrique');
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  if (await page.getByRole('dialog').count()) await agreeToTakePart(page);
  await page.locator('.lane .card', { hasText: 'Un bus électrique' }).waitFor();
  await page.goto(path);
  await page.locator('.card', { hasText: 'Un bus électrique' }).getByText('née de l’idée #5').waitFor();
  const { snapshot } = await people[6].join(slug);
  assert.equal(snapshot.ideas.find((/** @type {any} */ { n }) => n === 6).round, 3, 'it is a candidate');
  assert.deepEqual(faults, []);
  await close();
});
