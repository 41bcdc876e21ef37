// Goal: what a citizen does on a board works in a real browser against the real server, live
// for everybody who looks on, by keyboard alone, and through a crash of the server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cleanUp, folder, json, output, serve } from '../integration/support/processes.js';
import { agreeToTakePart, device, openBrowser, toast } from './support/chromium.js';

const BOARD = 'ecole';
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
const data = folder();

before(async () => {
  server = await serve({ data });
  await output('create', BOARD, '--title', 'École sans voiture', '--question', 'Comment aller à l’école sans voiture ?',
    '--theme', 'Sécurité', '--theme', 'Mobilité', '--data', data);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function onBoard(options) {
  const one = await device(browser, options);
  await one.page.goto(`${server.url}/b/${BOARD}`);
  await one.page.getByRole('textbox', { name: 'Votre idée' }).waitFor();
  return one;
}

/** @param {import('playwright-core').Page} page @param {string} text */
const card = (page, text) => page.locator('.cards > .card', { hasText: text });

/** @param {import('playwright-core').Page} page @param {string} text @param {boolean} [first] */
async function propose(page, text, first = true) {
  await page.getByRole('textbox', { name: 'Votre idée' }).fill(text);
  await page.getByRole('button', { name: 'Proposer', exact: true }).click();
  if (first) await agreeToTakePart(page);
  await toast(page, /Votre idée est enregistrée/).waitFor();
  await page.mouse.move(0, 0); // the order stands still while somebody points at the list
}

test('an idea that one person posts and another judges moves under the eyes of both', async () => {
  const author = await onBoard();
  const reader = await onBoard({ viewport: { width: 320, height: 640 } });

  await propose(author.page, 'Un pédibus par rue, avec un calendrier partagé');
  await card(reader.page, 'Un pédibus par rue').waitFor();
  await card(reader.page, 'Un pédibus par rue').getByRole('button', { name: 'Pour', exact: true }).click();
  await agreeToTakePart(reader.page);
  await card(author.page, 'Un pédibus par rue').getByText(/1 Pour sur 1 avis/).waitFor();
  const { boards } = await json('boards', '--json', '--data', data).then((list) => ({ boards: list.boards ?? list }));
  assert.equal(boards[0].ballots, 1);

  assert.deepEqual([...author.faults, ...reader.faults], []);
  await author.close();
  await reader.close();
});

test('each kind of reply finds its lane, and the number of replies follows', async () => {
  const { page, faults, close } = await onBoard();
  await propose(page, 'Fermer la rue de l’école le matin');
  await card(page, 'Fermer la rue').getByRole('link', { name: /Fermer la rue/ }).click();
  await page.getByRole('heading', { level: 1, name: /Fermer la rue/ }).waitFor();
  for (const [lane, text] of [['Enrichir', 'Avec des parents en gilet'], ['Objecter', 'Les livraisons passent à huit heures'],
    ['Adapter', 'Un mois d’essai en mai'], ['Questionner', 'Qui ouvre pour les secours ?']]) {
    await page.getByRole('button', { name: new RegExp(`^${lane}`) }).click();
    const field = page.getByRole('textbox', { name: lane });
    await field.fill(text);
    await page.getByRole('button', { name: 'Publier', exact: true }).click();
    await page.locator('.lane .card', { hasText: text }).waitFor();
  }
  await page.goto(`${server.url}/b/${BOARD}`);
  await card(page, 'Fermer la rue').getByText('4 prolongements').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('ideas are judged with the keyboard alone, and an answer can be taken back', async () => {
  const author = await onBoard();
  for (const [index, text] of ['Des vélos-bus de dix enfants', 'Un abri chauffé pour le car', 'Décaler l’entrée des grands'].entries()) {
    await propose(author.page, text, index === 0);
  }
  await author.close();

  const { page, faults, close } = await device(browser);
  await page.goto(`${server.url}/b/${BOARD}?mode=judge`);
  await page.getByRole('button', { name: 'Commencer' }).focus();
  await page.keyboard.press('Enter');
  await agreeToTakePart(page);
  const face = page.locator('.judge .face');
  await face.waitFor();
  const first = await face.textContent();
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowDown']) {
    const shown = await face.textContent();
    await page.waitForTimeout(350); // two answers at once are taken for a double click
    await page.keyboard.press(key);
    await page.waitForFunction(([text]) => document.querySelector('.judge .face')?.textContent !== text, [shown]);
  }
  await page.getByText(/3 avis enregistrés/).waitFor();
  await page.keyboard.press('u');
  await page.waitForFunction(([text]) => document.querySelector('.judge .face')?.textContent !== text, [first]);
  assert.deepEqual(faults, []);
  await close();
});

test('an idea that was served and not judged is still there after a reload', async () => {
  const { page, faults, close } = await device(browser);
  await page.goto(`${server.url}/b/${BOARD}?mode=judge`);
  await page.getByRole('button', { name: 'Commencer' }).click();
  await agreeToTakePart(page);
  const face = page.locator('.judge .face');
  await face.waitFor();
  const shown = await face.textContent();
  await page.reload();
  await face.waitFor(); // whoever has begun needs no introduction
  assert.equal(await face.textContent(), shown);
  assert.deepEqual(faults, []);
  await close();
});

test('what is typed and what is judged survives a killed server, and counts once', async () => {
  const { page, close } = await onBoard();
  await propose(page, 'Une idée avant la panne');
  await card(page, 'Une idée avant la panne').waitFor();
  const other = await onBoard();
  await card(other.page, 'Une idée avant la panne').waitFor();
  await page.getByRole('textbox', { name: 'Votre idée' }).fill('Une phrase en train de s’écrire');
  const port = server.port;
  await server.kill();
  await other.page.getByText(/Connexion perdue/).waitFor();
  await card(other.page, 'Une idée avant la panne').getByRole('button', { name: 'Contre', exact: true }).click();
  await agreeToTakePart(other.page);
  server = await serve({ data, port });
  await card(page, 'Une idée avant la panne').getByText(/0 Pour sur 1 avis/).waitFor({ timeout: 30_000 });
  assert.equal(await page.getByRole('textbox', { name: 'Votre idée' }).inputValue(), 'Une phrase en train de s’écrire');
  await output('verify', BOARD, '--data', data);
  await close();
  await other.close();
});

test('a six-digit code opens the board, in either language', async () => {
  const { page, faults, close } = await device(browser, { locale: 'en-GB', viewport: { width: 320, height: 640 } });
  const made = await json('create', 'hall', '--title', 'The hall', '--question', 'What now?', '--lang', 'en', '--json', '--data', data);
  await page.goto(server.url);
  await page.getByRole('textbox', { name: /Code of six or ten digits/ }).fill(made.join_code);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { level: 1, name: 'What now?' }).waitFor();
  await page.getByRole('button', { name: 'FR' }).or(page.getByRole('link', { name: 'FR' })).first().click();
  await page.getByRole('textbox', { name: 'Votre idée' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/b/hall');
  assert.deepEqual(faults, []);
  await close();
});

test('hostile texts are shown as texts', async () => {
  const { page, faults, close } = await onBoard();
  const text = '<img src=x onerror=alert(1)> <script>alert(2)</script> & "guillemets"';
  await propose(page, text);
  await card(page, 'onerror').waitFor();
  assert.ok((await card(page, 'onerror').textContent())?.includes(text));
  await page.reload();
  await card(page, 'onerror').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
