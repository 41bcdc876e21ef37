// Goal: a lead makes a board in a minute, changes it, calculates, conducts it, is warned in time, sees who takes part, and answers; who follows an idea learns of the answer at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, serve } from '../integration/support/processes.js';
import { assertAccessible, assertNarrow, device, openBrowser, toast } from './support/chromium.js';

const TEXTS = ['Un pédibus par rue', 'Fermer la rue le matin', 'Des vélos-cargos partagés', 'Un arceau dans chaque cour'];
/** @type {import('playwright-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
/** @type {Awaited<ReturnType<typeof enter>>} */ let admin;
/** @type {Awaited<ReturnType<typeof enter>>[]} */ let people;

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

/** The browser of somebody who has a session already. @param {{session: any}} who @param {import('playwright-core').BrowserContextOptions} [options] */
async function deviceOf(who, options) {
  const one = await device(browser, options);
  await one.page.addInitScript((token) => localStorage.setItem('pinson.token', token), who.session.token);
  one.page.setDefaultTimeout(10_000);
  return one;
}

/** @param {import('playwright-core').Page} page @param {string} name */
const section = (page, name) => page.getByRole('navigation', { name: 'Parties du tableau de bord' }).getByRole('link', { name, exact: true }).click();

/** @param {import('playwright-core').Page} page @param {string} name of a step that asks first */
async function conduct(page, name) {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Confirmer' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('from an idea of a board to its first round, in less than a minute, by keyboard', async () => {
  const { page, faults, close } = await deviceOf(admin);
  const began = Date.now();
  await page.goto(server.url);
  await page.getByRole('link', { name: 'Nouvelle consultation' }).click();
  await page.getByRole('button', { name: 'Créer' }).waitFor();
  await page.getByRole('button', { name: 'Créer' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'n-title'); // the browser or we: a title is needed
  await page.keyboard.type('L’école à pied');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Comment aller à l’école sans voiture ?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown'); // consultation
  await page.keyboard.press('ArrowUp'); // and back to the workshop
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'C’est encore un brouillon' }).waitFor();
  assert.match(page.url(), /\/b\/l-ecole-a-pied\?mode=lead$/);

  await page.getByRole('textbox', { name: 'Thèmes' }).fill('Sécurité\nHoraires');
  await page.getByRole('textbox', { name: 'Titre' }).fill('À pied à l’école');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await toast(page, 'C’est enregistré.').waitFor();
  const { snapshot } = await admin.join('l-ecole-a-pied');
  assert.deepEqual([snapshot.title, snapshot.themes, snapshot.rounds.length], ['À pied à l’école', ['Sécurité', 'Horaires'], 3]);

  await page.getByRole('button', { name: 'Calculer' }).click();
  await page.getByText('300 personnes, 10 min, 200 idées : environ 18 avis par idée.').waitFor();
  await conduct(page, 'Ouvrir le tour 1');
  await section(page, 'Conduire');
  await page.getByRole('heading', { name: /sur 3 – en cours/ }).waitFor();
  assert.ok(Date.now() - began < 60_000, 'a minute is enough');
  assert.deepEqual(faults.filter((fault) => !fault.includes('axe')), []);
  await close();
});

test('a second board at the same address is refused where the address is', async () => {
  const { page, close } = await deviceOf(admin);
  await page.goto(`${server.url}/nouveau`);
  await page.getByRole('textbox', { name: 'Titre' }).fill('L’école à pied');
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByText('Cette adresse est déjà prise').waitFor();
  await page.getByRole('textbox', { name: 'Adresse' }).fill('ecole-2');
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByRole('heading', { name: 'C’est encore un brouillon' }).waitFor();
  await page.goto(server.url);
  await page.getByRole('heading', { name: 'En préparation' }).waitFor();
  await close();
});

test('whoever does not run the installation makes no board here', async () => {
  const { page, close } = await deviceOf(people[0]);
  await page.goto(`${server.url}/nouveau`);
  await page.getByText('Seules les personnes qui administrent').waitFor();
  await page.goto(server.url);
  await page.getByRole('link', { name: /À pied à l’école/ }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Nouvelle consultation' }).count(), 0);
  assert.equal(await page.getByRole('heading', { name: 'En préparation' }).count(), 0);
  await close();
});

/** Everybody gives an opinion on all that they are served. @param {string} board @param {Awaited<ReturnType<typeof enter>>[]} crowd @param {(idea: any, k: number) => boolean} likes */
const judgeAll = (board, crowd, likes) => Promise.all(crowd.map(async (one, k) => {
  for (;;) {
    const { ideas } = await one.act('judge.next', { board, count: 10 });
    if (ideas.length === 0) return;
    for (const idea of ideas) await one.act('vote.cast', { board, idea: idea.n, choice: likes(idea, k) ? 'agree' : 'disagree' });
  }
}));

test('a lead makes a board of a template, sows and rehearses it, runs its three rounds, reveals, and takes the report', async () => {
  const board = 'le-marche';
  const { page, faults, close } = await deviceOf(admin);
  await page.goto(`${server.url}/nouveau`);
  await page.getByRole('textbox', { name: 'Titre' }).fill('Le marché');
  await page.getByRole('textbox', { name: 'Question posée' }).fill('Que faire de la halle ?');
  await page.getByRole('radio', { name: /Atelier/ }).check();
  await page.getByRole('button', { name: 'Créer' }).click();
  await page.getByRole('heading', { name: 'C’est encore un brouillon' }).waitFor();
  assert.equal((await page.reload())?.status(), 200, 'a draft’s page is there for its lead');
  assert.equal((await fetch(page.url())).status, 404, 'and for nobody else');

  await section(page, 'Idées de départ');
  await page.getByLabel('L’idée', { exact: true }).fill('Un marché couvert le samedi');
  await page.getByText('Déjà fait ailleurs ?').click();
  await page.getByLabel('Où', { exact: true }).fill('Rennes');
  await page.getByLabel('Lien', { exact: true }).fill('rennes.example');
  await page.getByLabel('Ce que cela a donné').fill('Quarante étals en deux ans');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByText('Ce lien n’en est pas un.').waitFor();
  await page.getByLabel('Lien', { exact: true }).fill('https://rennes.example/halle');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await toast(page, 'Idée de départ ajoutée : #1').waitFor();
  await page.getByRole('link', { name: 'Déjà fait ailleurs : Rennes' }).waitFor();
  assert.equal(await page.getByLabel('L’idée', { exact: true }).inputValue(), '');

  await section(page, 'Préparer');
  await page.getByLabel('Personnes inventées').fill('12');
  await page.getByRole('button', { name: 'Lancer la répétition' }).click();
  await page.getByText('La répétition a commencé.').waitFor();
  await page.getByRole('link', { name: 'La piloter' }).click();
  await page.getByRole('heading', { name: /sur 3 – (en cours|résultat)/ }).waitFor();
  await page.locator('.top a[href$="-repetition"]').or(page.getByText('Répétition – Le marché')).first().waitFor();
  await page.getByRole('heading', { name: 'Tour 3 sur 3 – résultat public' }).waitFor({ timeout: 90_000 });
  await section(page, 'Résultats');
  await page.getByRole('button', { name: 'Effacer la répétition' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Confirmer' }).click();
  await page.getByText('La consultation est archivée').waitFor();

  await page.goto(`${server.url}/b/${board}?mode=lead`);
  await conduct(page, 'Ouvrir le tour 1');
  await section(page, 'Conduire');
  await page.getByText('Il reste 10 minutes').waitFor();
  await page.getByRole('button', { name: 'Ajouter 2 minutes' }).click();
  await page.getByText('Il reste 12 minutes').waitFor();
  await page.getByRole('button', { name: 'Mettre en pause' }).click();
  await page.getByText('le temps est arrêté').waitFor();
  await page.getByRole('button', { name: 'Reprendre' }).click();
  await page.getByText('Il reste 12 minutes').waitFor();
  await Promise.all(people.map((one) => one.join(board)));
  for (const [k, one] of people.entries()) await one.act('idea.post', { board, text: `${TEXTS[k % 4]} ${k + 1}` });

  await conduct(page, 'Passer au tour 2');
  await page.getByRole('heading', { name: 'Tour 2 sur 3 – en cours' }).waitFor();
  await judgeAll(board, people, ({ n }, k) => (n + k) % 8 < 9 - n);
  await page.getByRole('button', { name: 'Voir l’aperçu' }).click();
  await page.locator('.ranking .cut').waitFor();
  await conduct(page, 'Passer au tour 3');
  await page.getByRole('heading', { name: 'Tour 3 sur 3 – en cours' }).waitFor();
  await page.getByText('Il reste 5 minutes').waitFor();
  await judgeAll(board, people, ({ n }) => n === 1);
  await section(page, 'Idées de départ');
  await page.getByText('On n’ajoute plus d’idée de départ').waitFor();
  await section(page, 'Conduire');
  await conduct(page, 'Terminer maintenant');
  await page.getByRole('heading', { name: 'Tour 3 sur 3 – résultat à dévoiler' }).waitFor();
  await conduct(page, 'Dévoiler le résultat');
  await page.getByRole('heading', { name: 'Tour 3 sur 3 – résultat public' }).waitFor();

  await section(page, 'Résultats');
  await page.getByRole('link', { name: /^Tour 3 sur 3/ }).click();
  await page.locator('.ranking .winner').first().waitFor();
  const winner = (await page.locator('.ranking li', { has: page.locator('.winner') }).locator('.said').innerText()).trim();
  assert.equal(winner, 'Un marché couvert le samedi');
  await page.goBack();
  await page.getByRole('link', { name: 'Le rapport à imprimer' }).click();
  await page.getByRole('heading', { name: 'Ce qui est ressorti' }).waitFor();
  assert.equal((await page.locator('.winners .text').first().innerText()).trim(), winner, 'the winner of the screen is the winner of the report');
  assert.match((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString(), /^%PDF-/);
  assert.deepEqual(faults, []);
  await close();
});

test('what was done elsewhere is said on the board, and can be asked for', async () => {
  const { page, close } = await deviceOf(people[0], { viewport: { width: 320, height: 640 } });
  await page.goto(`${server.url}/b/le-marche`);
  await page.locator('.card', { hasText: 'Un marché couvert' }).getByText('Déjà fait ailleurs : Rennes').waitFor();
  assert.ok(await page.locator('.card').count() > 1);
  await page.getByRole('button', { name: 'Déjà fait ailleurs' }).click();
  await page.locator('.card').nth(1).waitFor({ state: 'detached' });
  assert.match(await page.locator('.card').innerText(), /Quarante étals en deux ans/);
  await close();
});

test('warnings come while something can be done, and numbers have their tables', async () => {
  const board = 'l-ecole-a-pied';
  await Promise.all(people.map((one) => one.join(board)));
  for (let i = 0; i < 20; i++) await people[0].act('idea.post', { board, text: `${TEXTS[i % 4]}, ${i + 1}`, theme: 'Sécurité' });
  await people[1].act('idea.follow', { board, idea: 2 });
  const { page, close } = await deviceOf(admin);
  await page.goto(`${server.url}/b/${board}?mode=lead`);
  await page.getByRole('heading', { name: 'À surveiller' }).waitFor();
  await page.getByText('Un thème n’a aucune idée : Horaires.').waitFor();
  await page.getByText('proposez une idée de départ', { exact: false }).waitFor();
  await section(page, 'Participation');
  const themes = page.getByRole('table', { name: 'Par thème' });
  await themes.waitFor();
  assert.deepEqual(await themes.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.textContent?.replace(/\s+/g, ' '))), ['Sécurité2000', 'Horaires000']);
  await page.getByText('Voir les chiffres').click();
  await page.getByRole('columnheader', { name: 'À partir de' }).waitFor();
  await page.setViewportSize({ width: 320, height: 640 });
  await assertNarrow(page, 'participation');
  await close();
});

test('an answer with its next date reaches who follows the idea, and everybody once it is late', async () => {
  const board = 'l-ecole-a-pied';
  await admin.join(board);
  await admin.act('round.open', { board, round: 2 });
  for (const one of people.slice(1)) {
    for (;;) {
      const { ideas } = await one.act('judge.next', { board, count: 10 });
      if (ideas.length === 0) break;
      for (const { n } of ideas) await one.act('vote.cast', { board, idea: n, choice: n === 2 ? 'agree' : 'disagree' });
    }
  }
  await people[0].act('idea.post', { board, text: 'Trop tard' }).catch(() => {});
  await admin.act('round.open', { board, round: 3 });
  await admin.act('idea.status', { board, idea: 2, status: 'published' });
  const lead = await deviceOf(admin);
  const follower = await deviceOf(people[1], { viewport: { width: 320, height: 640 } });
  await follower.page.goto(`${server.url}/b/${board}/i/2`);
  await follower.page.getByRole('heading', { name: 'Les suites données' }).waitFor();
  await lead.page.goto(`${server.url}/b/${board}?mode=lead&at=answers`);
  await lead.page.getByRole('button', { name: 'Répondre à l’idée #2', exact: true }).click();
  await lead.page.getByLabel('Où en est-elle ?').selectOption('refused');
  await lead.page.getByRole('button', { name: 'Publier la réponse' }).click();
  await lead.page.getByText('Un refus se motive').waitFor();
  await lead.page.getByLabel('Où en est-elle ?').selectOption('progress');
  await lead.page.getByLabel('Réponse publique').fill('Trois rues essaient en mars.');
  await lead.page.getByLabel(/Prochaine réponse/).fill('2099-03-01');
  await lead.page.getByRole('button', { name: 'Publier la réponse' }).click();
  await toast(lead.page, 'La réponse à l’idée #2 est publiée').waitFor();

  await toast(follower.page, 'Du nouveau pour l’idée #2 : En cours').waitFor();
  await follower.page.getByText('Trois rues essaient en mars.').waitFor();
  await follower.page.getByText('Prochaine réponse promise le 1 mars 2099').or(follower.page.getByText('Prochaine réponse promise le 1er mars 2099')).waitFor();
  await admin.act('idea.status', { board, idea: 2, status: 'review', next_by: '2020-01-01' });
  await follower.page.getByText(/Réponse promise pour le 1(er)? janvier 2020/).waitFor();
  await follower.page.goto(`${server.url}/b/${board}`);
  await follower.page.getByText('Une réponse promise n’est pas encore venue :').waitFor();
  await assertAccessible(follower.page, 'a late answer');
  await lead.page.getByText('1 réponse promise est en retard.').waitFor({ timeout: 15_000 });
  await lead.close();
  await follower.close();
});

test('it is closed and put away, and says so', async () => {
  const { page, faults, close } = await deviceOf(admin);
  await page.goto(`${server.url}/b/l-ecole-a-pied?mode=lead&at=finish`);
  await page.getByText('Terminez d’abord le tour en cours.').waitFor();
  await section(page, 'Conduire');
  await conduct(page, 'Terminer maintenant');
  await section(page, 'Résultats');
  await conduct(page, 'Clore la consultation');
  await page.getByText('La consultation est close').waitFor();
  await conduct(page, 'Archiver');
  await page.getByText('La consultation est archivée').waitFor();
  await toast(page, 'C’est enregistré.').waitFor({ state: 'detached', timeout: 15_000 });
  assert.deepEqual(faults.filter((fault) => !fault.includes('axe')), []);
  await close();
});
