// Goal: what a citizen lives in a hall and at home, in a real browser against the real server:
// coming in by a code, being led, judging by keys, a bad line, two tabs, two devices, coming
// back, and leaving for good.
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, output, serve } from '../integration/support/processes.js';
import { agreeToTakePart, assertAccessible, assertNarrow, device, openBrowser, toast } from './support/chromium.js';

/** @import { Page } from 'playwright-core' */

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof enter>>} */
let admin;
const data = folder();
const QUESTION = 'Comment aller à l’école sans voiture ?';
const PHONE = { viewport: { width: 320, height: 640 } };

before(async () => {
  server = await serve({ data, host: '0.0.0.0' });
  browser = await openBrowser();
  admin = await enter(server, { invite: server.adminInvite });
});

after(async () => {
  await browser?.close();
  await cleanUp();
});

const GATHER = { title: 'Proposer', allows: ['post', 'build'], scores: 'live' };
const HEAT = {
  title: 'Donner son avis', allows: ['post', 'build', 'vote'], ballots: 'served', scores: 'after-vote', reveal: 'by-lead',
  rule: { keep: { top: 2 }, min_judges: 2, carry_over: false },
};
const ANY = { title: 'Tour', allows: ['post', 'build', 'vote'], ballots: 'any', scores: 'live' };

/** A board, with so many ideas of somebody else's. @param {string} slug @param {object[]} rounds @param {number} [ideas] @param {object} [more] */
async function board(slug, rounds, ideas = 0, more = {}) {
  const { join_code: code } = await admin.act('board.create', { slug, title: slug, question: QUESTION, rounds, ...more });
  await admin.join(slug);
  const author = await enter(server);
  await author.join(slug);
  for (let n = 1; n <= ideas; n++) await author.act('idea.post', { board: slug, text: `La proposition numéro ${n} de la classe` });
  const step = (/** @type {string} */ what, /** @type {number} */ round) => admin.act(`round.${what}`, { board: slug, round });
  return { slug, code, author, step, path: `${server.url}/b/${slug}` };
}

/** @param {Page} page @param {string} text */
const card = (page, text) => page.locator('.cards > .card', { hasText: text });

/** @param {Page} page @param {string} text @param {boolean} [first] */
async function propose(page, text, first = true) {
  await page.getByRole('textbox', { name: 'Votre idée' }).fill(text);
  await page.getByRole('button', { name: 'Proposer', exact: true }).click();
  if (first) await agreeToTakePart(page);
  await toast(page, /Votre idée est enregistrée/).waitFor();
}

/** Stands between a page and the server: the test may hold back what goes up, or cut the line. @param {Page} page */
async function between(page) {
  const line = { cutAt: /** @type {RegExp | null} */ (null), holdAt: /** @type {RegExp | null} */ (null), held: /** @type {(() => void)[]} */ ([]) };
  await page.routeWebSocket(/\/ws$/, (ws) => {
    const up = ws.connectToServer();
    ws.onMessage((message) => {
      if (line.cutAt?.test(String(message))) {
        line.cutAt = null;
        up.send(message); // it arrives, and its answer does not
        up.close();
        ws.close({ code: 1012 });
      } else if (line.holdAt?.test(String(message))) {
        line.held.push(() => up.send(message));
      } else {
        up.send(message);
      }
    });
  });
  return line;
}

test('a phone in the hall comes in by its code, over plain http, and is led to writing, then to judging', async () => {
  const { code, step, author, slug } = await board('salle', [GATHER, HEAT]);
  const address = Object.values(networkInterfaces()).flat().find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  assert.ok(address, 'this machine has an address of its own');
  const { page, faults, close } = await device(browser, { ...PHONE, here: address });
  await page.goto(`http://${address}:${server.port}/join/${code}`);
  const field = page.getByRole('textbox', { name: 'Votre idée' });
  await field.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await propose(page, 'Un pédibus par rue');
  await page.getByText(/Vous êtes (Loutre|\S+) \d+/).first().waitFor();
  await assertNarrow(page, 'the board');
  await author.act('idea.post', { board: slug, text: 'Des vélos-cargos à partager' });
  await step('open', 2);
  await page.goto(`http://${address}:${server.port}/join/${code}`);
  await page.locator('.judge .face', { hasText: 'Des vélos-cargos' }).waitFor();
  await assertNarrow(page, 'judging');
  assert.deepEqual(faults, []);
  await close();
});

test('an idea like the one that is being written shows while it is written', async () => {
  const { path, author, slug } = await board('pareil', [ANY]);
  await author.act('idea.post', { board: slug, text: 'Fermer la rue de l’école aux voitures le matin' });
  const { page, faults, close } = await device(browser);
  await page.goto(path);
  await page.getByRole('textbox', { name: 'Votre idée' }).pressSequentially('fermer la rue de l ecole');
  const found = page.locator('.similar');
  await found.getByText('Fermer la rue de l’école aux voitures le matin').waitFor();
  await found.getByRole('link', { name: /donner mon avis sur celle-ci/ }).click();
  await page.getByRole('heading', { level: 1, name: /Fermer la rue/ }).waitFor();
  await page.getByRole('button', { name: 'Pour', exact: true }).waitFor();
  await page.goBack();
  assert.equal(await page.getByRole('textbox', { name: 'Votre idée' }).inputValue(), 'fermer la rue de l ecole', 'what was typed is kept');
  assert.deepEqual(faults, []);
  await close();
});

test('twenty ideas are judged with the keyboard alone', async () => {
  const { path, slug, step } = await board('vingt', [GATHER, { ...HEAT, allows: ['vote'] }], 20);
  await step('open', 2);
  const { page, faults, close } = await device(browser);
  await page.goto(`${path}?mode=judge`);
  await page.getByRole('button', { name: 'Commencer' }).waitFor();
  for (let i = 0; i < 20 && !(await page.evaluate(() => document.activeElement?.textContent === 'Commencer')); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  for (let i = 0; i < 12 && !(await page.evaluate(() => document.activeElement?.textContent === 'C’est parti')); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowDown'];
  for (let n = 0; n < 20; n++) {
    await page.locator('.judge-progress', { hasText: `${n + 1} sur ` }).waitFor();
    await page.locator('.judge .face').waitFor();
    await page.waitForTimeout(350); // two answers at once are taken for a double click
    await page.keyboard.press(keys[n % 3]);
  }
  await page.getByRole('heading', { name: 'Merci !' }).waitFor();
  const told = (await admin.join(slug)).snapshot;
  assert.equal(told.ballots, 20);
  await page.getByRole('button', { name: 'J’ai terminé' }).press('Enter');
  await toast(page, /C’est noté, merci/).waitFor();
  assert.equal((await admin.join(slug)).snapshot.rounds[1].done, 1);
  assert.deepEqual(faults, []);
  await close();
});

test('a line that is cut in the middle of an opinion loses nothing and counts nothing twice', async () => {
  const { path, slug } = await board('coupe', [ANY], 2);
  const { page, faults, close } = await device(browser, PHONE);
  const line = await between(page);
  await page.goto(path);
  await card(page, 'numéro 1').getByRole('button', { name: 'Pour', exact: true }).click();
  line.cutAt = /"vote\.cast"/;
  await agreeToTakePart(page);
  await card(page, 'numéro 1').getByText(/Enregistré/).waitFor();
  await card(page, 'numéro 2').getByRole('button', { name: 'Contre', exact: true }).click();
  await card(page, 'numéro 2').getByText(/Enregistré/).waitFor();
  assert.equal((await admin.join(slug)).snapshot.ballots, 2);
  assert.deepEqual(faults, []);
  await close();
});

test('an opinion that comes after the end says so, and is not counted', async () => {
  const { path, slug, step } = await board('tard', [{ ...ANY, reveal: 'at-close' }], 1);
  const { page, close } = await device(browser);
  const line = await between(page);
  await page.goto(path);
  await card(page, 'numéro 1').getByRole('button', { name: 'Pour', exact: true }).click();
  line.holdAt = /"vote\.cast"/;
  await agreeToTakePart(page);
  while (line.held.length === 0) await page.waitForTimeout(20);
  await step('close', 1);
  await toast(page, 'Le résultat est là.').waitFor();
  line.holdAt = null;
  line.held.forEach((send) => send());
  await card(page, 'numéro 1').getByText('Arrivé après la fin, non compté : Pour').waitFor();
  assert.equal((await admin.join(slug)).snapshot.ballots, 0);
  await close();
});

test('two tabs of one person agree', async () => {
  const { path } = await board('onglets', [ANY], 1);
  const { page, context, faults, close } = await device(browser);
  await page.goto(path);
  await propose(page, 'Une idée venue du premier onglet');
  const second = await context.newPage();
  await second.goto(path);
  await card(second, 'numéro 1').getByRole('button', { name: 'Contre', exact: true }).click();
  await card(page, 'numéro 1').locator('.answer.disagree[aria-pressed="true"]').waitFor();
  await card(page, 'numéro 1').getByRole('button', { name: 'Pour', exact: true }).click();
  await card(second, 'numéro 1').locator('.answer.agree[aria-pressed="true"]').waitFor();
  await card(second, 'Une idée venue du premier onglet').getByText('Votre idée', { exact: true }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('another device becomes the same person by a code that works once', async () => {
  const { path, slug } = await board('appareil', [ANY], 1);
  const one = await device(browser);
  await one.page.goto(path);
  await propose(one.page, 'Une idée écrite sur l’ordinateur');
  const name = (await one.page.locator('.you bdi').textContent())?.replace('Vous êtes ', '');
  await one.page.goto(`${path}?mode=me`);
  await one.page.getByRole('button', { name: 'Continuer sur un autre appareil' }).click();
  const sheet = one.page.getByRole('dialog');
  await sheet.locator('.qr svg path').first().waitFor({ state: 'attached' });
  await assertAccessible(one.page, 'the sheet with the code');
  await sheet.getByText('Sans appareil photo : le lien').click();
  const link = await sheet.locator('code').textContent();
  const invite = new URL(String(link)).hash;

  const other = await device(browser, PHONE);
  await other.page.goto(`${server.url}/${invite}`);
  await other.page.getByRole('heading', { level: 1 }).waitFor();
  await other.page.goto(path);
  await other.page.getByText(`Vous êtes ${name}`).waitFor();
  await card(other.page, 'numéro 1').getByRole('button', { name: 'Pour', exact: true }).click();
  await other.page.getByText(/Enregistré/).first().waitFor();
  await one.page.goto(path);
  await card(one.page, 'numéro 1').locator('.answer.agree[aria-pressed="true"]').waitFor();
  assert.equal((await admin.join(slug)).snapshot.ballots, 1);

  const third = await device(browser, PHONE);
  await third.page.goto(`${server.url}/${invite}`);
  await third.page.getByText(/a déjà servi ou n’est plus valable/).first().waitFor();
  for (const { close } of [one, other, third]) await close();
});

test('a network that blocks the live connection is named within five seconds', async () => {
  const { path } = await board('bloque', [ANY], 1);
  const { page, close } = await device(browser);
  await page.addInitScript(() => {
    Object.assign(globalThis, { WebSocket: class { readyState = 0; close() {} send() {} } });
  });
  await page.goto(path);
  await page.getByText(/bloque la connexion en direct/).waitFor({ timeout: 5_000 });
  await page.getByText('La proposition numéro 1').waitFor(); // what the server wrote stays
  await close();
});

test('whoever comes back is told what is new, and what became of their ideas', async () => {
  const { path, slug, author } = await board('retour', [ANY], 1);
  const { page, context, faults, close } = await device(browser);
  await page.goto(path);
  await propose(page, 'Mon idée, qui attend des réponses');
  assert.equal(await page.locator('.since').count(), 0);
  await page.goto('about:blank');
  await author.act('idea.build', { board: slug, parent: 2, relation: 'expand', text: 'Oui, et avec des gilets' });
  await author.act('idea.post', { board: slug, text: 'Une tout autre idée' });
  await admin.act('idea.status', { board: slug, idea: 2, status: 'review', answer: 'Le conseil en parlera.', next_by: '2099-03-01' });
  const later = await context.newPage();
  await page.close();
  await later.goto(path);
  const since = later.locator('.since');
  await since.getByText('2 nouvelles idées').waitFor();
  await since.getByText('Oui, et avec des gilets').waitFor();
  await since.getByText('Mon idée, qui attend des réponses').click();
  await later.getByText('À l’étude').waitFor();
  await later.getByText('Le conseil en parlera.').waitFor();
  await later.getByText('Prochaine réponse promise le 1 mars 2099').or(later.getByText('Prochaine réponse promise le 1er mars 2099')).first().waitFor();
  await later.getByText('Tout le fil').click();
  await later.locator('.outline').getByRole('link', { name: /Oui, et avec des gilets/ }).waitFor();
  await later.goto(path);
  await since.getByRole('button', { name: 'Tout marquer comme lu' }).click();
  await since.waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await close();
});

test('in a served round a list offers following and building, and an author learns who has read', async () => {
  const { path, slug, step } = await board('servi', [GATHER, HEAT]);
  const { page, faults, close } = await device(browser, PHONE);
  await page.goto(path);
  await propose(page, 'Mon idée à faire lire');
  const other = await enter(server);
  await other.join(slug);
  await other.act('idea.post', { board: slug, text: 'L’idée de quelqu’un d’autre' });
  await step('open', 2);
  const theirs = card(page, 'L’idée de quelqu’un d’autre');
  await theirs.getByRole('button', { name: 'Suivre l’idée #2' }).click();
  await theirs.locator('[aria-pressed="true"]', { hasText: 'Suivie' }).waitFor();
  assert.equal(await page.locator('.answer').count(), 0);
  await theirs.getByRole('link', { name: 'Enrichir l’idée #2' }).click();
  await page.getByRole('textbox', { name: 'Enrichir' }).waitFor();
  const { ideas } = await other.act('judge.next', { board: slug, count: 1 });
  await other.act('vote.cast', { board: slug, idea: ideas[0].n, choice: 'agree' });
  await page.goto(`${path}/i/1`);
  await page.getByText('Lue par 1 personne sur 2 garanties').waitFor();
  await page.goto(`${path}?mode=me`);
  await page.getByRole('heading', { name: /Les idées que je suis/ }).waitFor();
  await page.locator('section[aria-labelledby="followed"]').getByText('L’idée de quelqu’un d’autre').waitFor();
  await assertNarrow(page, 'one’s own space');
  assert.deepEqual(faults, []);
  await close();
});

test('after some opinions one question is asked about groups, once, and may be left open', async () => {
  const { path, step } = await board('groupes', [GATHER, { ...HEAT, allows: ['vote'] }], 6, { groups: ['Centre', 'Plateau'] });
  await step('open', 2);
  const { page, faults, close } = await device(browser);
  await page.goto(`${path}?mode=judge`);
  await page.getByRole('button', { name: 'Commencer' }).click();
  await agreeToTakePart(page);
  for (let n = 0; n < 3; n++) {
    await page.locator('.judge-progress', { hasText: `${n + 1} sur ` }).waitFor();
    await page.waitForTimeout(350);
    await page.getByRole('button', { name: 'Pour', exact: true }).click();
  }
  await page.getByRole('group', { name: /Une question/ }).waitFor();
  await assertAccessible(page, 'the question about groups');
  await page.getByRole('checkbox', { name: 'Plateau' }).check();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('.judge-progress', { hasText: '4 sur ' }).waitFor();
  await page.reload();
  await page.locator('.judge-progress').waitFor();
  await page.waitForTimeout(350);
  await page.getByRole('button', { name: 'Pour', exact: true }).click();
  await page.locator('.judge-progress', { hasText: '5 sur ' }).waitFor();
  assert.equal(await page.locator('.groups').count(), 0);
  assert.deepEqual(faults.filter((one) => !one.includes('axe')), []);
  await close();
});

test('at the reveal everybody who waits sees the result at once, and what they changed', async () => {
  const { path, slug, step, author } = await board('devoile', [{ ...HEAT, allows: ['vote', 'post'] }, { title: 'Finale', final: true, allows: ['vote'], ballots: 'any', scores: 'closed', reveal: 'by-lead' }], 3);
  const { page, faults, close } = await device(browser, PHONE);
  await page.goto(`${path}?mode=judge`);
  await page.getByRole('button', { name: 'Commencer' }).click();
  await agreeToTakePart(page);
  for (let n = 0; n < 3; n++) {
    await page.locator('.judge-progress', { hasText: `${n + 1} sur ` }).waitFor();
    await page.waitForTimeout(350);
    await page.getByRole('button', { name: 'Pour', exact: true }).click();
  }
  await page.getByRole('heading', { name: 'Merci !' }).waitFor();
  const second = await enter(server);
  await second.join(slug);
  for (const { n } of (await second.act('judge.next', { board: slug, count: 5 })).ideas) await second.act('vote.cast', { board: slug, idea: n, choice: n === 1 ? 'agree' : 'disagree' });
  await step('open', 2);
  await page.locator('.contender').first().waitFor();
  await step('close', 2);
  await page.getByText('Il s’affichera ici de lui-même.').waitFor();
  await step('reveal', 2);
  await page.locator('.verdict').getByText('La proposition numéro 1').waitFor();
  await page.getByRole('heading', { name: 'Ce que vous avez changé' }).waitFor();
  await page.getByRole('button', { name: 'Copier le lien' }).waitFor();
  await assertNarrow(page, 'the result');
  await author.close();
  assert.deepEqual(faults, []);
  await close();
});

test('one’s data can be taken along, and erased for good', async () => {
  const { path, slug } = await board('effacer', [ANY], 1);
  const { page, faults, close } = await device(browser);
  const watcher = await device(browser);
  await watcher.page.goto(path);
  await page.goto(path);
  await propose(page, 'Une phrase que je veux faire disparaître');
  await card(watcher.page, 'faire disparaître').waitFor();
  await page.mouse.move(0, 0);
  await card(page, 'numéro 1').getByRole('button', { name: 'Pour', exact: true }).click();
  await card(page, 'numéro 1').getByText(/Enregistré/).waitFor();
  await page.getByRole('link', { name: 'Mon espace' }).first().click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Télécharger mes données' }).click()]);
  assert.equal(file.suggestedFilename(), `pinson-${slug}.json`);

  await page.getByRole('button', { name: 'Effacer mes données' }).click();
  const sheet = page.getByRole('dialog');
  await assertAccessible(page, 'the sheet for erasing');
  await sheet.getByRole('button', { name: 'Effacer', exact: true }).click();
  await sheet.getByText('Cochez d’abord la case ci-dessus.').waitFor();
  await sheet.getByRole('checkbox').check();
  await sheet.getByRole('button', { name: 'Effacer', exact: true }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.getByText('Vous n’avez pas encore participé ici.').waitFor();
  await card(watcher.page, 'faire disparaître').waitFor({ state: 'detached' });
  const { snapshot } = await admin.join(slug);
  assert.equal(snapshot.ballots, 1, 'the opinion still counts');
  assert.ok(!JSON.stringify(snapshot).includes('disparaître'));
  await output('verify', slug, '--data', data);
  assert.deepEqual(faults.filter((one) => !one.includes('axe')), []);
  await watcher.close();
  await close();
});

test('a sentence typed while everything moves is there to the letter', async () => {
  const { path, slug, author } = await board('remous', [ANY], 40);
  const crowd = await Promise.all(Array.from({ length: 4 }, () => enter(server)));
  await Promise.all(crowd.map((one) => one.join(slug)));
  const { page, faults, close } = await device(browser);
  await page.goto(path);
  const field = page.getByRole('textbox', { name: 'Votre idée' });
  await field.click();
  let going = true;
  const stir = async (/** @type {typeof crowd[number]} */ one, /** @type {number} */ k) => {
    for (let i = 0; going; i++) {
      await one.act('vote.cast', { board: slug, idea: ((i * 7 + k * 11) % 40) + 1, choice: (i + k) % 2 ? 'agree' : 'disagree' });
      if (i % 10 === 0) await author.act('idea.post', { board: slug, text: `Encore une idée, la ${k}-${i}` });
    }
  };
  const stirring = Promise.all(crowd.map(stir));
  const sentence = 'Une phrase longue, tapée sans hâte, pendant que tout bouge autour d’elle.';
  await page.keyboard.type(sentence, { delay: 25 });
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'compose-new-idea');
  going = false;
  await stirring;
  assert.equal(await field.inputValue(), sentence);
  assert.deepEqual(faults, []);
  await close();
});

test('hostile texts show as text on every screen and break nothing', async () => {
  const { path, slug, author } = await board('hostile', [{ ...ANY, compete: ['idea', 'expand', 'adapt'] }], 0);
  const family = '👨‍👩‍👧‍👦';
  const texts = ['<script>alert(1)</script><img src=x onerror=alert(2)>', 'abc \u202e renversé \u202c fin', 'zero\u200bwidth\u200djoin', family.repeat(280), `${'Donaudampfschifffahrt'.repeat(12)}`];
  const kept = [];
  for (const text of texts) {
    const answer = await author.act('idea.post', { board: slug, text }).catch((refusal) => refusal);
    if (!(answer instanceof Error)) kept.push(answer.idea);
    else assert.equal(answer.error, 'bad-text', text);
  }
  assert.ok(kept.length >= 3);
  await author.act('person.rename', { board: slug, name: '<b>Gras</b>' });
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    const { page, faults, close } = await device(browser, { ...PHONE, colorScheme: scheme });
    for (const screen of ['', `/i/${kept[0]?.n ?? kept[0]}`, '?mode=judge', '?mode=me']) {
      await page.goto(path + screen);
      await page.locator('#app main h1').waitFor();
      await page.getByText(/personnes? ici/).first().waitFor({ state: 'attached' });
      await assertNarrow(page, screen);
    }
    await page.goto(path);
    await card(page, '<script>alert(1)</script>').waitFor();
    assert.equal(await page.evaluate(() => document.querySelectorAll('#app script, #app img[onerror]').length), 0);
    assert.deepEqual(faults, []);
    await close();
  }
});

test('the keys are told on demand, and colours and language as one chooses', async () => {
  const { path } = await board('reglages', [ANY], 1);
  const { page, faults, close } = await device(browser);
  await page.goto(path);
  await card(page, 'numéro 1').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Les touches du clavier' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.goto(`${path}?mode=me`);
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('radio', { name: 'Sombres' }).check();
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), light);
  await page.reload();
  await page.getByRole('radio', { name: 'Sombres' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('heading', { level: 1, name: 'My space' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('where pages are served securely, one opens although the server is away, and says so', async () => {
  const place = folder();
  const own = await serve({ data: place });
  await output('create', 'coquille', '--title', 'Coquille', '--question', QUESTION, '--data', place);
  const { page, close } = await device(browser);
  await page.goto(`${own.url}/b/coquille`);
  await page.getByRole('textbox', { name: 'Votre idée' }).fill('Un brouillon commencé avant la panne');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller != null);
  await own.kill();
  await page.goto(`${own.url}/b/coquille`);
  await page.getByText('Le service ne répond pas pour l’instant.').waitFor();
  const again = await serve({ data: place, port: own.port });
  await page.getByRole('textbox', { name: 'Votre idée' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Votre idée' }).inputValue(), 'Un brouillon commencé avant la panne');
  await page.getByText('Le service ne répond pas pour l’instant.').waitFor({ state: 'detached' });
  assert.ok(again.isRunning);
  await close();
});
