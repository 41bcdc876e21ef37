// Goal: people without a phone take part at a kiosk, one ticket after the other, and leave nothing
// for the next; a ticket opens its person on any phone; leads print tickets and run their team.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, json, output, serve } from '../integration/support/processes.js';
import { assertAccessible, assertNarrow, device, openBrowser, toast } from './support/chromium.js';

/** @import { Page } from 'playwright-core' */

const SLUG = 'salle';
const data = folder();
const SHOTS = process.env.PINSON_SHOTS; // a folder to look at afterwards
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof enter>>} */
let lead;

before(async () => {
  server = await serve({ data });
  await output('create', SLUG, '--title', 'La salle', '--question', 'Que faire de la halle ?', '--entry', 'ticket', '--data', data);
  await output('create', 'ailleurs', '--title', 'Ailleurs', '--data', data);
  browser = await openBrowser();
  lead = await enter(server, { invite: (await json('invite', '--board', SLUG, '--role', 'lead', '--json', '--data', data)).token });
  for (;;) {
    const { boards } = await lead.call('board.list');
    if (boards.length === 2) break;
  }
  await lead.join(SLUG);
  for (const text of ['Un marché couvert le samedi', 'Une salle de concert']) await lead.act('idea.seed', { board: SLUG, text });
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

/** @param {string} [slug] @returns {Promise<string>} */
const ticket = async (slug = SLUG) => (await json('invite', '--board', slug, '--role', 'participant', '--json', '--data', data)).token;

/** @param {Page} page @param {string} name */
async function shoot(page, name) {
  if (!SHOTS) return;
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Fit for everybody at the width of a phone and of a desk. @param {Page} page @param {string} where */
async function assertFits(page, where) {
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await assertAccessible(page, `${where} at ${width}`);
    await assertNarrow(page, `${where} at ${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** A device with the session of staff, on which a kiosk is begun. */
async function kiosk() {
  const one = await device(browser);
  const { invite } = await lead.call('session.transfer');
  await one.page.goto(`${server.url}/#invite=${invite}`);
  await one.page.waitForFunction(() => localStorage.getItem('pinson.token'));
  await one.page.goto(`${server.url}/b/${SLUG}/borne`);
  await one.page.getByRole('button', { name: 'Faire de cet appareil une borne' }).waitFor();
  return one;
}

const codeField = (/** @type {Page} */ page) => page.getByLabel('Le code de votre ticket');

/** What the device holds of anybody. @param {Page} page */
const kept = (page) => page.evaluate(() => [Object.entries({ ...localStorage }), Object.entries({ ...sessionStorage })]);

test('a kiosk takes one person after the other, by keyboard alone, and keeps nothing of them', async () => {
  const { page, context, faults, close } = await kiosk();
  await shoot(page, 'start');
  await page.getByRole('button', { name: 'Faire de cet appareil une borne' }).press('Enter');
  await codeField(page).waitFor();
  assert.deepEqual(await kept(page), [[['pinson.kiosk', SLUG]], []]);
  assert.deepEqual((await context.cookies()).filter(({ value }) => value), []);
  await shoot(page, 'enter');

  // A wrong code, then the first person writes and judges.
  await codeField(page).pressSequentially('123456789012');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'Ce code n’est pas celui d’un ticket' }).waitFor();
  const first = await ticket();
  await codeField(page).fill('');
  await codeField(page).pressSequentially(first);
  await page.keyboard.press('Enter');
  await page.getByRole('main').getByRole('button', { name: 'Proposer une idée' }).waitFor();
  await shoot(page, 'choose');
  await page.getByRole('main').getByRole('button', { name: 'Proposer une idée' }).press('Enter');
  await page.getByRole('textbox', { name: 'Votre idée' }).pressSequentially('Un atelier de réparation');
  await shoot(page, 'write');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'C’est parti' }).press('Enter');
  await lead.until(() => lead.notifications.some(({ method, params }) => method === 'board.events' && params.events.some((event) => event.idea?.text === 'Un atelier de réparation')));
  await page.getByRole('navigation', { name: 'Sur la borne' }).getByRole('button', { name: 'Donner mon avis' }).press('Enter');
  await page.getByRole('button', { name: 'Commencer' }).or(page.locator('.judge .face')).first().waitFor();
  if (await page.getByRole('button', { name: 'Commencer' }).isVisible()) await page.getByRole('button', { name: 'Commencer' }).press('Enter');
  await page.locator('.judge .face').waitFor();
  await page.locator('.toast p').waitFor({ state: 'detached' });
  await shoot(page, 'judge');
  await assertFits(page, 'judging at a kiosk');
  await page.waitForTimeout(400); // the second half of a double press is no answer
  await page.keyboard.press('ArrowLeft');

  // Links lead nowhere, and say so.
  const here = page.url();
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = '/';
    link.textContent = 'Sortie';
    document.body.append(link);
    link.click();
  });
  assert.equal(page.url(), here);
  await toast(page, 'Sur la borne, les liens ne s’ouvrent pas.').waitFor();

  await page.getByRole('button', { name: 'J’ai terminé' }).press('Enter');
  await codeField(page).waitFor();
  assert.deepEqual(await kept(page), [[['pinson.kiosk', SLUG]], []]);
  const { snapshot } = await lead.join(SLUG);
  assert.equal(snapshot.ideas.length, 3);
  assert.equal(snapshot.ballots, 1);

  // The same ticket on a phone is the same person: their idea, their ballot.
  const phone = await enter(server, { invite: first });
  const { me } = (await phone.join(SLUG)).snapshot;
  assert.deepEqual([me.own, Object.keys(me.ballots).length], [[3], 1]);

  // The next is somebody else, who finds nothing of the first.
  await codeField(page).fill(`https://idees.example/#invite=${await ticket()}`); // as a scanner types it
  await page.keyboard.press('Enter');
  await page.getByRole('main').getByRole('button', { name: 'Proposer une idée' }).press('Enter');
  assert.equal(await page.getByRole('textbox', { name: 'Votre idée' }).inputValue(), '');
  await page.getByRole('textbox', { name: 'Votre idée' }).fill('Un brouillon que l’on jette');
  await page.getByRole('button', { name: 'J’ai terminé' }).click();
  await page.getByRole('dialog').getByText('Ce que vous avez écrit n’est pas envoyé').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'J’ai terminé' }).click();
  await codeField(page).waitFor();
  assert.equal((await lead.join(SLUG)).snapshot.ideas.length, 3);

  // A ticket for another board, and a reload of any address: it stays a kiosk.
  await codeField(page).fill(await ticket('ailleurs'));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'Ce ticket est pour une autre consultation' }).waitFor();
  await page.goto(`${server.url}/`);
  await codeField(page).waitFor();
  assert.equal(new URL(page.url()).pathname, `/b/${SLUG}/borne`);

  // A link of staff ends it.
  const { invite } = await lead.call('session.transfer');
  await codeField(page).fill(`${server.url}/#invite=${invite}`);
  await page.keyboard.press('Enter');
  await page.getByText('Saisir une idée pour l’équipe').waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('pinson.kiosk')), null);
  assert.deepEqual(faults, []);
  await close();
});

test('a minute of stillness ends a visit, after a warning that a touch takes away', async () => {
  const { page, faults, close } = await kiosk();
  await page.getByRole('button', { name: 'Faire de cet appareil une borne' }).click();
  await codeField(page).waitFor();
  await page.clock.install();
  await page.reload();
  await codeField(page).fill(await ticket());
  await page.keyboard.press('Enter');
  await page.getByRole('main').getByRole('button', { name: 'Donner mon avis' }).waitFor();
  await page.clock.runFor(45_000);
  const warning = page.getByRole('dialog', { name: 'Êtes-vous toujours là ?' });
  await warning.waitFor();
  await shoot(page, 'warning');
  await assertAccessible(page, 'the warning');
  await warning.getByRole('button', { name: 'Je continue' }).click();
  await warning.waitFor({ state: 'detached' });
  await page.clock.runFor(30_000);
  assert.equal(await warning.count(), 0);
  await page.clock.runFor(31_000);
  await codeField(page).waitFor();
  assert.deepEqual(await kept(page), [[['pinson.kiosk', SLUG]], []]);
  // A clock that leaps makes the line seem dead, and be made anew.
  assert.deepEqual(faults.filter((fault) => !fault.includes('WebSocket')), []);
  await close();
});

test('who has no ticket is told so at their first act, and types its code there', async () => {
  const { page, faults, close } = await device(browser);
  await page.goto(`${server.url}/b/${SLUG}`);
  await page.getByRole('textbox', { name: 'Votre idée' }).fill('Une bibliothèque d’outils');
  await page.getByRole('button', { name: 'Proposer', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Cette consultation se fait avec un ticket' });
  await sheet.waitFor();
  await shoot(page, 'gate');
  await assertAccessible(page, 'the sheet that asks for a ticket');
  await sheet.getByRole('textbox').fill('000000000000');
  await sheet.getByRole('button', { name: 'Rejoindre' }).click();
  await sheet.getByText('Aucune consultation ne porte ce code').waitFor();
  await sheet.getByRole('textbox').fill(await ticket());
  await sheet.getByRole('button', { name: 'Rejoindre' }).click();
  await sheet.waitFor({ state: 'detached' });
  // What was typed is there still.
  assert.equal(await page.getByRole('textbox', { name: 'Votre idée' }).inputValue(), 'Une bibliothèque d’outils');
  await page.getByRole('button', { name: 'Proposer', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'C’est parti' }).click();
  await lead.until(() => lead.notifications.some(({ method, params }) => method === 'board.events' && params.events.some((event) => event.idea?.text === 'Une bibliothèque d’outils')));
  assert.deepEqual(faults, []);
  await close();
});

test('a slip’s link leads to its board as its person', async () => {
  const { page, faults, close } = await device(browser);
  await page.goto(`${server.url}/#invite=${await ticket()}`);
  await page.waitForURL(`${server.url}/b/${SLUG}`);
  assert.ok(!page.url().includes('invite'));
  assert.deepEqual(faults, []);
  await close();
});

test('a lead makes tickets to print, invites to the team and takes a role away', async () => {
  const { page, faults, close } = await device(browser);
  const { token } = lead.session;
  await page.addInitScript((mine) => localStorage.setItem('pinson.token', mine), token);
  await page.goto(`${server.url}/b/${SLUG}?mode=tickets`);
  await page.getByLabel('Combien de tickets').fill('12');
  await page.getByRole('button', { name: 'Faire des tickets' }).press('Enter');
  await page.locator('.slip-qr svg').nth(11).waitFor();
  assert.equal(await page.locator('.slip').count(), 12);
  await shoot(page, 'tickets');
  await assertFits(page, 'tickets');
  const code = (await page.locator('.slip-code').first().innerText()).replace(/\D/g, '');
  assert.equal((await enter(server, { invite: code })).session.board, SLUG);
  assert.deepEqual(faults, []);
  await close();
});

test('what staff enter says so, and hands are counted beside the opinions', async () => {
  const { page, faults, close } = await device(browser);
  const { token } = lead.session;
  await page.addInitScript((mine) => localStorage.setItem('pinson.token', mine), token);
  await page.goto(`${server.url}/b/${SLUG}`);
  await page.getByText('Saisir une idée pour l’équipe').click();
  await page.getByRole('textbox', { name: 'L’idée' }).fill('Des bancs devant la halle');
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.getByRole('button', { name: 'nouvelle idée' }).click(); // the status line says the same
  const card = page.locator('.card', { hasText: 'Des bancs devant la halle' });
  await card.getByText('Saisie par l’équipe pour une personne présente').waitFor();
  await page.locator('.toast p').waitFor({ state: 'detached' });
  await shoot(page, 'entered');
  await assertAccessible(page, 'the board of staff');
  await card.getByRole('link').first().click();
  await page.getByText('Compter les mains levées').click();
  for (const [name, count] of [['Pour', '12'], ['Contre', '3'], ['Sans avis', '1']]) await page.locator('.hands-count').getByLabel(name, { exact: true }).fill(count);
  await page.getByRole('button', { name: 'Enregistrer le compte' }).click();
  await page.locator('.hands', { hasText: '12 pour, 3 contre, 1 sans avis' }).waitFor();
  await page.locator('.toast p').waitFor({ state: 'detached' });
  await shoot(page, 'hands');
  await assertFits(page, 'an idea with its hands');
  // A citizen reads both, and the page without scripts says them too.
  const text = await (await fetch(page.url())).text();
  assert.match(text, /Saisie par l’équipe pour une personne présente/);
  assert.match(text, /12 pour, 3 contre, 1 sans avis/);
  assert.deepEqual(faults, []);
  await close();
});

test('whoever’s role is taken sees so calmly, without a reload', async () => {
  const { token } = await json('invite', '--board', SLUG, '--role', 'lead', '--json', '--data', data);
  const other = await enter(server, { invite: token });
  await other.join(SLUG);
  const { page, faults, close } = await device(browser);
  await page.addInitScript((mine) => localStorage.setItem('pinson.token', mine), other.session.token);
  await page.goto(`${server.url}/b/${SLUG}?mode=tickets`);
  await page.getByRole('heading', { name: 'Tickets' }).waitFor();
  const { person } = (await other.join(SLUG)).snapshot.me;
  await lead.act('staff.revoke', { board: SLUG, person });
  await page.getByRole('heading', { name: 'Tickets' }).waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});
