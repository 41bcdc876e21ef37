// Goal: two moderators work through one room by keyboard without doing anything twice; authors see what happened and why, and are heard; everybody can read the record.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, serve } from '../integration/support/processes.js';
import { staff } from '../integration/support/rounds.js';
import { agreeToTakePart, assertAccessible, assertNarrow, device, openBrowser, toast } from './support/chromium.js';

const data = folder();
const ROUNDS = [{ title: 'Proposer', allows: ['post', 'build', 'vote'], ballots: 'any', scores: 'live' }];
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof enter>>} */
let admin;
/** @type {Awaited<ReturnType<typeof enter>>[]} */
let people;

before(async () => {
  server = await serve({ data });
  browser = await openBrowser();
  admin = await enter(server, { invite: server.adminInvite });
  people = await Promise.all(Array.from({ length: 6 }, () => enter(server)));
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

/** @param {string} slug @param {string[]} texts */
async function board(slug, texts) {
  await admin.act('board.create', { slug, title: slug, question: 'Que faire de la place ?', themes: ['Eau', 'Air'], rounds: ROUNDS });
  await admin.join(slug);
  await Promise.all(people.map((line) => line.join(slug)));
  for (const [i, text] of texts.entries()) await people[i % people.length].act('idea.post', { board: slug, text });
}

/** A browser of somebody who has a session. @param {{session: {token: string}}} who @param {object} [options] */
async function deviceOf(who, options) {
  const one = await device(browser, options);
  await one.page.addInitScript((token) => localStorage.setItem('pinson.token', token), who.session.token);
  return one;
}

/** @param {string} slug @param {object} [options] */
const moderator = (slug, options) => deviceOf(admin, options).then(async (one) => {
  await one.page.goto(`${server.url}/b/${slug}?mode=moderate`);
  return one;
});

test('two at once, by keyboard: hide with a reason, keep, undo; the author is told and answers', async () => {
  const slug = 'deux';
  await board(slug, ['Un kiosque à musique', 'Une fontaine qui chante', 'Des insultes pour le maire', 'Un marché du soir']);
  const second = await staff(server, ['--data', data], slug, 'moderator');
  const { page, faults, close } = await moderator(slug);
  const other = await deviceOf(second);
  await page.locator('.case', { hasText: 'kiosque' }).waitFor();
  await other.page.goto(`${server.url}/b/${slug}?mode=moderate`);
  await other.page.locator('.case', { hasText: 'fontaine' }).waitFor();
  await page.getByText(/traite l’idée #2/).waitFor();
  await page.keyboard.press('r');
  await page.locator('.case', { hasText: 'insultes' }).waitFor();
  await page.keyboard.press('u');
  await page.locator('.case', { hasText: 'kiosque' }).waitFor(); // nobody has read it
  await page.keyboard.press('r');
  await page.locator('.case', { hasText: 'insultes' }).waitFor();
  await page.keyboard.press('h');
  await page.getByRole('dialog', { name: 'Masquer l’idée #3' }).waitFor();
  await page.getByRole('radio', { name: 'Insultes, haine ou menaces' }).press(' ');
  await page.getByLabel('Message à l’auteur (facultatif)').fill('Restons courtois.');
  await page.getByRole('dialog').getByRole('button', { name: 'Masquer' }).press('Enter');
  await page.locator('.case', { hasText: 'marché' }).waitFor();
  await page.keyboard.press('u');
  await page.locator('.case', { hasText: 'insultes' }).waitFor(); // undone, and back on the desk
  await page.keyboard.press('h');
  await page.getByRole('radio', { name: 'Insultes, haine ou menaces' }).press(' ');
  await page.getByLabel('Message à l’auteur (facultatif)').fill('Restons courtois.');
  await page.getByRole('dialog').getByRole('button', { name: 'Masquer' }).press('Enter');
  await page.locator('.case', { hasText: 'marché' }).waitFor();

  const author = await deviceOf(people[2], { viewport: { width: 320, height: 640 } });
  await author.page.goto(`${server.url}/b/${slug}/i/3`);
  await author.page.getByText('Votre idée #3 a été masquée. Raison : Insultes, haine ou menaces.').first().waitFor();
  await author.page.locator('blockquote', { hasText: 'Restons courtois.' }).waitFor();
  await author.page.getByLabel('Vous n’êtes pas d’accord ?').fill('C’était de l’humour.');
  await author.page.getByRole('button', { name: 'Contester la décision' }).press('Enter');
  await author.page.getByText('Votre réponse est entre les mains de l’équipe.').waitFor();
  await assertAccessible(author.page, 'an author and a decision');
  await assertNarrow(author.page, 'an author and a decision');

  await other.page.keyboard.press('r');
  await other.page.locator('.case', { hasText: 'C’était de l’humour.' }).waitFor();
  await other.page.getByRole('button', { name: 'Lui donner raison' }).press('Enter');
  await author.page.getByText('L’équipe vous a donné raison.').waitFor();
  const reader = await device(browser);
  await reader.page.goto(`${server.url}/b/${slug}?mode=record`);
  await reader.page.getByRole('row', { name: /Idée masquée #3 Insultes.*Admise/ }).first().waitFor();
  await reader.page.getByRole('row', { name: /Idée masquée #3 \(annulée\)/ }).waitFor();
  for (const one of [faults, other.faults, author.faults]) assert.deepEqual(one.filter((fault) => !fault.includes('axe')), []);
  await Promise.all([close(), other.close(), author.close(), reader.close()]);
});

test('the letters can be switched off on a device, for good, and on again', async () => {
  const slug = 'touches';
  await board(slug, ['Un tilleul', 'Un platane']);
  const { page, faults, close } = await moderator(slug);
  const sheet = page.getByRole('dialog');
  const keys = page.getByRole('checkbox', { name: /touches qui sont une lettre/ });
  await page.locator('.case', { hasText: 'tilleul' }).waitFor();
  await page.keyboard.press('?');
  await keys.uncheck();
  await assertAccessible(page, 'the keys of moderators');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  assert.equal(await page.locator('.case kbd').count(), 0, 'no button says a key that does nothing');
  await page.reload();
  await page.locator('.case', { hasText: 'tilleul' }).waitFor();
  for (const key of ['h', 'm', 'd', 'j', 'r', '?']) await page.keyboard.press(key);
  assert.equal(await sheet.count(), 0);
  assert.match(await page.locator('.case').innerText(), /tilleul/);
  await page.getByRole('button', { name: 'Les touches du clavier' }).click();
  await keys.check();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('h');
  await page.getByRole('dialog', { name: 'Masquer l’idée #1' }).waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  assert.ok(await page.locator('.case').evaluate((face) => face.contains(document.activeElement)), 'the focus is back on the case');
  assert.deepEqual(faults.filter((fault) => !fault.includes('axe')), []);
  await close();
});

test('merging shows what would be counted, and is undone', async () => {
  const slug = 'reunir';
  await board(slug, ['Planter des tilleuls sur la place', 'Planter des tilleuls sur la grande place', 'Un bac à sable']);
  for (const [i, choice] of ['agree', 'disagree', 'agree'].entries()) await people[i + 3].act('vote.cast', { board: slug, idea: 1, choice });
  await people[3].act('vote.cast', { board: slug, idea: 2, choice: 'disagree' });
  const { page, faults, close } = await moderator(slug);
  await page.locator('.case', { hasText: 'tilleuls' }).waitFor();
  await page.keyboard.press('m');
  const sheet = page.getByRole('dialog', { name: 'Réunir des idées' });
  await sheet.getByText('Une fois réunies sous #1').waitFor();
  await sheet.locator('.notice .bar', { hasText: '3' }).first().waitFor();
  await sheet.getByRole('button', { name: 'Réunir 2 idées' }).press('Enter');
  await toast(page, 'Idées réunies sous #1.').waitFor();
  const merged = (await people[0].join(slug)).snapshot;
  assert.equal(merged.ideas.find((/** @type {any} */ { n }) => n === 2).merged_into, 1);
  await page.locator('.toast').getByRole('button', { name: 'Annuler' }).click();
  await toast(page, 'C’est annulé.').waitFor();
  const apart = (await people[0].join(slug)).snapshot;
  assert.equal(apart.ideas.find((/** @type {any} */ { n }) => n === 2).state, 'shown');
  assert.deepEqual(faults.filter((fault) => !fault.includes('axe')), []);
  await close();
});

test('lists, duplicates, people and what holds for all', async () => {
  const slug = 'listes';
  await board(slug, ['Un banc à l’ombre', 'Un banc à l’ombre près du puits', 'Appelez-moi au 06 12 34 56 78', 'Une pergola']);
  await people[5].act('report.file', { board: slug, person: (await people[0].join(slug)).snapshot.me.person, reason: 'abuse', note: 'Son nom' });
  const { page, faults, close } = await moderator(slug, { viewport: { width: 320, height: 640 } });
  await page.locator('.case', { hasText: 'Son nom' }).waitFor();
  const part = async (/** @type {string} */ name) => {
    await page.getByRole('navigation', { name: 'Parties de la modération' }).getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 2, name }).waitFor();
  };
  await part('Listes');
  await page.getByRole('button', { name: 'En attente', exact: true }).click();
  await page.locator('.line', { hasText: '06 12' }).waitFor();
  await assertNarrow(page, 'lists');
  await page.getByRole('button', { name: 'Nouvelles', exact: true }).click();
  await page.locator('.line', { hasText: 'pergola' }).waitFor();
  await page.getByLabel('Toutes').check();
  await page.getByRole('button', { name: 'Laisser en ligne' }).click();
  await toast(page, '3 idées traitées.').waitFor();
  await part('Doublons');
  await page.locator('.pair', { hasText: 'près du puits' }).waitFor();
  await part('Personnes');
  await page.getByRole('button', { name: 'Bloquer la personne' }).click();
  await page.getByRole('radio', { name: '1 heure' }).check();
  await page.getByRole('radio', { name: 'Publicité ou message répété' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Bloquer la personne' }).click();
  const stopped = await deviceOf(people[0]);
  await stopped.page.goto(`${server.url}/b/${slug}`);
  await stopped.page.getByText(/Vous ne pouvez pas contribuer jusqu’au/).waitFor();
  await part('Pour tous');
  await page.getByLabel('Annonce à tous').fill('Pause de dix minutes');
  await page.getByRole('button', { name: 'Annoncer' }).click();
  await page.getByRole('button', { name: 'Suspendre les contributions' }).click(); // sends the announcement at once
  await stopped.page.getByText('Pause de dix minutes').waitFor();
  await page.getByText('Les contributions sont suspendues pour tout le monde.').waitFor();
  await assertNarrow(page, 'for all');
  await page.getByRole('button', { name: 'Relire tout, à toute heure' }).click();
  const fresh = await device(browser);
  await fresh.page.goto(`${server.url}/b/${slug}`);
  await page.getByRole('button', { name: 'Reprendre les contributions' }).click();
  await fresh.page.getByText('Les idées sont relues par l’équipe avant de paraître.').waitFor();
  await fresh.page.locator('.composer textarea').first().fill('Une idée qui attend');
  await fresh.page.getByRole('button', { name: 'Proposer', exact: true }).first().click();
  if (await fresh.page.getByRole('dialog').waitFor({ timeout: 3_000 }).then(() => true, () => false)) await agreeToTakePart(fresh.page);
  await page.locator('.waiting').getByText('En attente').first().waitFor();
  await admin.until(() => admin.notifications.find(({ method, params }) => method === 'board.moderation' && params.board === slug && params.waiting.pending === 2));
  assert.deepEqual(faults.filter((fault) => !fault.includes('axe')), []);
  await page.getByLabel('Annonce à tous').fill('On reprend dans la salle');
  await page.getByRole('button', { name: 'Annoncer' }).click();
  await page.locator('.toast').getByRole('button', { name: 'Annuler' }).click();
  assert.equal(await page.getByLabel('Annonce à tous').inputValue(), 'On reprend dans la salle', 'what was not sent is given back');
  await page.getByRole('button', { name: 'Annoncer' }).click();
  await page.locator('a[href="/"]').first().click();
  await stopped.page.getByText('On reprend dans la salle').waitFor({ timeout: 20_000 }); // on its board, wherever the page is by then
  await Promise.all([close(), stopped.close(), fresh.close()]);
});
