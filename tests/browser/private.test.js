// Goal: a private board is made in the browser; whoever has its code comes in and stays in, and for others nothing is there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, serve } from '../integration/support/processes.js';
import { assertAccessible, assertNarrow, device, openBrowser } from './support/chromium.js';

/** @type {import('playwright-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let server;

before(async () => {
  server = await serve({ data: folder() });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

test('made by a lead, closed to a stranger, open to who has the code', async () => {
  const admin = await enter(server, { invite: server.adminInvite });
  const lead = await device(browser);
  await lead.page.addInitScript((token) => localStorage.setItem('pinson.token', token), admin.session.token);
  await lead.page.goto(`${server.url}/nouveau`);
  await lead.page.getByLabel('Titre').fill('Le conseil de service');
  await lead.page.getByText('Autres réglages').click();
  await lead.page.getByRole('radio', { name: /Qui en a le code à dix chiffres/ }).check();
  await assertAccessible(lead.page, 'a new private board');
  await lead.page.getByRole('button', { name: 'Créer' }).click();
  await lead.page.getByText('Consultation privée : il faut son code ou un ticket.').waitFor();
  const code = (await lead.page.locator('.board-head b.num').textContent())?.replaceAll(/\D/g, '') ?? '';
  assert.match(code, /^\d{10}$/);
  await lead.page.getByRole('button', { name: 'Ouvrir le tour 1', exact: true }).click();
  await lead.page.getByRole('dialog').getByRole('button', { name: 'Confirmer' }).click();
  await lead.page.getByRole('dialog').waitFor({ state: 'detached' });

  const { page, faults, close } = await device(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(`${server.url}/b/le-conseil-de-service`);
  await page.getByRole('heading', { name: 'Cette page n’existe pas' }).waitFor();
  await page.getByLabel(/Code à six ou dix chiffres/).waitFor();
  await assertAccessible(page, 'a board that is not open to everybody');
  await assertNarrow(page, 'a board that is not open to everybody');
  await page.locator('#code').fill('1234567890');
  await page.locator('#code').press('Enter');
  await page.locator('#code-fault.fault').waitFor();
  await page.locator('#code').fill(code);
  await page.locator('#code').press('Enter');
  await page.getByRole('heading', { name: 'Le conseil de service' }).first().waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Le conseil de service' }).first().waitFor();
  assert.deepEqual(faults.filter((fault) => !/axe|404/.test(fault)), []);
  await Promise.all([close(), lead.close()]);
});
