// Goal: a lead brings ideas from a file by the keyboard alone: sees what is wrong line by line, says which column is what, imports, finds them on the board, and takes them out again.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, json, output, serve } from '../integration/support/processes.js';
import { assertAccessible, assertNarrow, device, openBrowser, toast } from './support/chromium.js';

const CSV = [
  'Proposition;Catégorie;Lieu;Lien;Résultat',
  '"Une rue aux enfants ; une heure par jour";Rues;Nantes;https://exemple.org/rue;Quarante écoles en deux ans',
  '<p>Des haies</p><p>autour des cours</p>;Nature;;;',
  ';Nature;;;',
].join('\n');

/** @type {import('playwright-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
/** @type {Awaited<ReturnType<typeof enter>>} */ let lead;

before(async () => {
  const data = folder();
  await output('create', 'cours', '--title', 'Nos cours', '--theme', 'Espace public', '--theme', 'Nature', '--data', data);
  const { token } = await json('invite', '--board', 'cours', '--role', 'lead', '--json', '--data', data);
  [server, browser] = await Promise.all([serve({ data }), openBrowser()]);
  lead = await enter(server, { invite: token });
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

/** @param {{session: any} | null} who @param {object} [options] */
async function open(who, path, options) {
  const one = await device(browser, options);
  if (who) await one.page.addInitScript((token) => localStorage.setItem('pinson.token', token), who.session.token);
  one.page.setDefaultTimeout(10_000);
  await one.page.goto(server.url + path);
  return one;
}

test('a file is looked at, understood, imported and taken back', async () => {
  const { page, faults, close } = await open(lead, '/b/cours?mode=import', { viewport: { width: 320, height: 640 } });
  await page.getByRole('heading', { name: 'Importer des idées' }).waitFor();
  await page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'idees.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
  await page.getByRole('heading', { name: 'Un tableau' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'import-found', 'the focus is where the news is');
  await page.getByText('2 idées peuvent être importées.').waitFor();
  const problems = page.getByRole('region', { name: 'Ce qui a été constaté' }).getByRole('row');
  assert.match(await problems.nth(1).innerText(), /^2\s+Importée\s+Ce thème n’existe pas ici.*Rues/s);
  assert.match(await problems.nth(2).innerText(), /^3\s+Importée\s+La mise en forme HTML/s);
  assert.match(await problems.nth(3).innerText(), /^4\s+Ligne en défaut\s+La ligne n’a pas de texte/s);
  assert.equal(await page.getByLabel('Texte de l’idée').inputValue(), '#1');
  assert.equal(await page.getByLabel('Déjà fait ailleurs : le lieu').inputValue(), '#3');
  await assertAccessible(page, 'the preview');
  await assertNarrow(page, 'the preview');

  await page.getByLabel('« Rues », 1 ligne').focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('cell', { name: 'Espace public' }).waitFor();
  const go = page.getByRole('button', { name: 'Importer 2 idées' });
  assert.equal(await go.getAttribute('aria-disabled'), 'true');
  await page.getByLabel('Laisser de côté la ligne en défaut').focus();
  await page.keyboard.press('Space');
  await page.locator('button[aria-disabled="false"]', { hasText: 'Importer 2 idées' }).waitFor();
  await go.focus();
  await page.keyboard.press('Enter');
  await toast(page, '2 idées importées, à partir de #1.').waitFor();

  const guest = await open(null, '/b/cours');
  await guest.page.getByRole('link', { name: 'Une rue aux enfants ; une heure par jour' }).waitFor();
  assert.equal(await guest.page.locator('.card').count(), 2);
  await guest.page.getByRole('button', { name: 'Déjà fait ailleurs' }).click();
  await guest.page.locator('.card').nth(1).waitFor({ state: 'detached' });
  assert.match(await guest.page.locator('.card').innerText(), /Déjà fait ailleurs\s: Nantes – Quarante écoles en deux ans/);
  assert.equal(await guest.page.getByRole('link', { name: 'Déjà fait ailleurs : Nantes' }).getAttribute('href'), 'https://exemple.org/rue');
  assert.match(await guest.page.locator('.card').innerText(), /départ/i);
  await guest.page.goto(`${server.url}/b/cours/i/1`);
  await guest.page.getByText('Déjà fait ailleurs : Nantes').waitFor();

  await page.getByRole('button', { name: 'Annuler cet import' }).focus();
  await page.keyboard.press('Enter');
  await toast(page, 'Import annulé : 2 idées retirées.').waitFor();
  await page.getByText('annulé', { exact: true }).waitFor();
  await guest.page.getByText('retirée', { exact: false }).first().waitFor();
  await page.locator('.toast').waitFor({ state: 'detached' });
  await assertAccessible(page, 'after the import');
  assert.deepEqual([...faults, ...guest.faults], []);
  await guest.close();
  await close();
});

test('a file that cannot be read says why, and nobody but a lead gets here', async () => {
  const large = join(folder(), 'grand.csv');
  writeFileSync(large, Buffer.alloc((8 << 20) + 1, 'a'));
  const { page, close } = await open(lead, '/b/cours?mode=import');
  await page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'idees.csv', mimeType: 'text/csv', buffer: Buffer.from('id\xE9e\nDes v\xE9los\n', 'latin1') });
  await page.getByText('Le fichier n’est pas en UTF-8').waitFor();
  await page.getByText('Rien ne peut être importé de ce fichier.').waitFor();
  await page.getByLabel('Fichier', { exact: true }).setInputFiles(large);
  await page.getByText('Ce fichier dépasse 8 Mo').waitFor();
  await page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'vide.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
  await page.getByText('Ce fichier est vide.').waitFor();
  await close();
  const guest = await open(null, '/b/cours?mode=import');
  await guest.page.getByText('Cette page est réservée aux responsables.').waitFor();
  await guest.close();
});
