// A town's boards, each at another moment, and every screen that shows one: for photographs, and
// for whatever must hold on all screens.
import { enter } from '../../integration/support/line.js';
import { folder, serve } from '../../integration/support/processes.js';

/** @import { Page } from 'playwright-core' */
/** @import { Line } from '../../integration/support/line.js' */
/** @typedef {{name: string, path: string, who: Line | null, act?: (page: Page) => Promise<unknown>, sheet?: boolean, paper?: boolean}} Screen who: whose session it is; sheet: it covers the page; paper: a document, which has tests of its own */

const SHEETS = new Set(['sheet', 'moderate-hide', 'moderate-merge', 'transfer', 'erase', 'keys']);
const PAPERS = new Set(['report', 'winners']);
const QUESTION = 'Comment aller à l’école sans voiture, même l’hiver ?';
const THEMES = ['Sécurité', 'Mobilité', 'Horaires', 'Espace public', 'Information'];
const ABOUT = 'Trois écoles, six cents familles, une rue trop étroite. La ville retiendra une idée et répondra à chacune des finalistes.';
const GATHER = { title: 'Proposer', prompt: 'Une idée concrète, que l’on pourrait essayer dès cet hiver.', allows: ['post', 'build'], scores: 'live', minutes: 60 };
const HEAT = {
  title: 'Donner son avis', allows: ['vote', 'build'], ballots: 'served', scores: 'after-vote', reveal: 'at-close', minutes: 60,
  rule: { keep: { top: 5 }, min_judges: 5, carry_over: false },
};
const FILE = [
  'Proposition;Catégorie;Lieu;Lien;Résultat',
  '"Une rue aux enfants, une heure par jour";Rues;Nantes;https://exemple.org/rue;Quarante écoles en deux ans',
  '<p>Des haies</p><p>autour des cours</p>;Ombre;;;',
  ';Ombre;;;',
].join('\n');
const FINAL = { title: 'Finale', final: true, allows: ['vote'], ballots: 'any', scores: 'closed', reveal: 'by-lead', minutes: 60 };

/** Of those who lead and moderate. @param {Screen} screen */
export const isOfStaff = ({ name }) => /^(lead|moderate|record|new|import|tickets|kiosk|report|winners)/.test(name);

/** Sets it up on a server of its own. @returns {Promise<{url: string, screens: Screen[]}>} */
export async function stage() {
  const server = await serve({ data: folder(), args: ['--example', '--responsible', 'Ville de Saint-Aubin', '--contact', 'participer@saint-aubin.example', '--keep-months', '12'] });
  const admin = await enter(server, { invite: server.adminInvite });
  const crowd = await Promise.all(Array.from({ length: 16 }, () => enter(server)));
  const { ideas: texts } = await admin.join('ecole-sans-voiture').then(({ snapshot }) => snapshot);

  /** @param {string} slug @param {object[]} rounds @param {object} [more] */
  async function board(slug, rounds, more = {}) {
    await admin.act('board.create', { slug, title: 'Aller à l’école sans voiture', question: QUESTION, about: ABOUT, themes: THEMES, groups: ['Centre', 'Plateau', 'Rives'], rounds, ...more });
    await admin.join(slug);
    await Promise.all(crowd.map((one) => one.join(slug)));
    const roots = texts.filter((/** @type {any} */ { kind }) => kind === 'idea').slice(0, 14);
    for (const [i, { text, theme }] of roots.entries()) await crowd[i % 8].act('idea.post', { board: slug, text, ...(theme && { theme }) });
    const replies = [['expand', 1, 'Avec des parents en gilet aux deux bouts de la rue'], ['counter', 1, 'Les livraisons du marché passent à 8 h'], ['adapt', 1, 'Un mois d’essai en mai, comme à Rennes'],
      ['explore', 1, 'Qui ouvre la barrière pour les secours ?'], ['expand', 15, 'Et des élèves de CM2 pour les aider'], ['explore', 2, 'Combien faut-il de parents par semaine ?']];
    for (const [i, [relation, parent, text]] of replies.entries()) await crowd[i + 4].act('idea.build', { board: slug, parent, relation, text });
    return slug;
  }

  /** Everybody judges: the lower its number, the better an idea is liked. @param {string} slug */
  async function judgeAll(slug) {
    for (const [k, person] of crowd.entries()) {
      for (;;) {
        const { ideas } = await person.act('judge.next', { board: slug, count: 5 });
        if (ideas.length === 0) break;
        for (const { n } of ideas) await person.act('vote.cast', { board: slug, idea: n, choice: (k * 5 + n * 3) % 17 < 14 - n / 2 ? 'agree' : (k + n) % 5 ? 'disagree' : 'pass' });
      }
    }
  }

  /** The same where nothing is served. @param {string} slug */
  async function judgeLive(slug) {
    for (const [k, one] of crowd.entries()) {
      for (let n = 1; n <= 20; n++) if ((k + n) % 3) await one.act('vote.cast', { board: slug, idea: n, choice: (k * 5 + n * 3) % 17 < 15 - n / 2 ? 'agree' : (k + n) % 4 ? 'disagree' : 'pass' }).catch(() => {}); // one's own
    }
  }

  /** @param {string} slug @param {string} what @param {number} round */
  const step = (slug, what, round) => admin.act(`round.${what}`, { board: slug, round });

  // Boards, each as far as its name says.
  const live = await board('en-direct', [{ title: 'Tour', allows: ['post', 'build', 'vote'], ballots: 'any', scores: 'live' }]);
  await judgeLive(live);
  const gather = await board('proposer', [GATHER, HEAT, FINAL]);
  const heat = await board('juger', [GATHER, HEAT, FINAL]);
  await step(heat, 'open', 2);
  await judgeAll(heat);
  const final = await board('finale', [GATHER, HEAT, FINAL]);
  const closed = await board('cachee', [GATHER, HEAT, FINAL]);
  const revealed = await board('devoilee', [GATHER, HEAT, FINAL]);
  for (const slug of [final, closed, revealed]) {
    await step(slug, 'open', 2);
    await judgeAll(slug);
    await step(slug, 'open', 3);
  }
  for (const slug of [closed, revealed]) {
    const { snapshot } = await admin.join(slug);
    const finalists = snapshot.ideas.filter((/** @type {any} */ { round }) => round === 3);
    for (const [k, one] of crowd.entries()) {
      for (const { n, author } of finalists) if (author?.n !== one.session?.n) await one.act('vote.cast', { board: slug, idea: n, choice: (k * 3 + n) % 7 < 5 ? 'agree' : 'disagree' }).catch(() => {});
    }
    await step(slug, 'close', 3);
  }
  await step(revealed, 'reveal', 3);
  await admin.act('idea.status', { board: revealed, idea: 1, status: 'review', answer: 'Le conseil municipal l’a inscrite à sa séance de janvier.', next_by: '2099-01-20' });
  await admin.act('idea.status', { board: closed, idea: 2, status: 'published', next_by: '2026-01-20' });
  await admin.act('idea.follow', { board: live, idea: 2 });

  // A board that is moderated: reports, a number, an appeal, and what was done already.
  const kept = await board('moderee', [{ title: 'Tour', allows: ['post', 'build', 'vote'], ballots: 'any', scores: 'live' }]);
  await crowd[3].act('idea.post', { board: kept, text: 'Appelez-moi au 06 12 34 56 78 pour organiser le pédibus' });
  for (const one of crowd.slice(9, 12)) await one.act('report.file', { board: kept, idea: 2, reason: 'spam', note: 'C’est de la publicité pour un magasin.' });
  await admin.act('mod.hide', { board: kept, idea: 5, reason: 'abuse', note: 'Merci de rester courtois avec les agents.' });
  await crowd[4].act('idea.appeal', { board: kept, idea: 5, text: 'Je ne visais personne.' });
  for (const idea of [7, 8, 9]) await admin.act('mod.approve', { board: kept, idea });
  await admin.act('mod.hide', { board: kept, idea: 3, reason: 'off-topic', note: 'La question porte sur le trajet vers l’école.' });
  await admin.act('mod.merge', { board: kept, into: 10, ideas: [11] });
  await crowd[12].act('report.file', { board: kept, person: (await crowd[6].join(kept)).snapshot.me.person, reason: 'abuse', note: 'Son nom est une insulte.' });
  await crowd[13].act('idea.post', { board: kept, text: 'Fermer la rue de l’école aux voitures une demi-heure, le matin et le soir' }); // almost the first one

  // A board that is not open yet, and one on which something goes wrong.
  await admin.act('board.create', { slug: 'brouillon', title: 'Les cours d’école', question: 'Que planter dans les cours d’école ?', themes: ['Ombre', 'Jeux'], template: 'atelier', draft: true });
  await admin.join('brouillon');
  await admin.act('idea.seed', { board: 'brouillon', text: 'Une cour sans bitume, avec des haies et des troncs', theme: 'Ombre', source: { place: 'Paris, cours Oasis', url: 'https://exemple.org/oasis', result: 'Cent cours en cinq ans, quatre degrés de moins l’été' } });
  await admin.act('idea.seed', { board: 'brouillon', text: 'Un potager par classe' });
  const ticket = (await admin.act('staff.invite', { board: heat, role: 'participant', count: 1 })).links[0].split('#invite=')[1];
  const becomeKiosk = async (/** @type {Page} */ page) => {
    await page.evaluate((slug) => localStorage.setItem('pinson.kiosk', slug), heat);
    await page.reload();
    await page.getByLabel('Le code de votre ticket').waitFor();
  };
  const desk = (/** @type {Page} */ page) => page.locator('.case').waitFor();

  /** @type {[name: string, path: string, who: Line | null, act?: (page: Page) => Promise<unknown>][]} */
  const rows = [
    ['home', '/', null],
    ['join', '/join/000000', null],
    ['board-live', `/b/${live}`, crowd[1]],
    ['board-gather', `/b/${gather}`, null],
    ['board-served', `/b/${heat}`, crowd[3]],
    ['board-closed', `/b/${closed}`, crowd[3]],
    ['board-result', `/b/${revealed}`, crowd[3]],
    ['similar', `/b/${gather}`, null, (page) => page.getByRole('textbox', { name: 'Votre idée' }).fill('fermer la rue de l ecole le matin').then(() => page.locator('.similar').waitFor())],
    ['sheet', `/b/${gather}`, null, async (page) => {
      await page.getByRole('textbox', { name: 'Votre idée' }).fill('Un pédibus pour chaque rue');
      await page.getByRole('button', { name: 'Proposer', exact: true }).click();
      await page.getByRole('dialog').waitFor();
    }],
    ['idea', `/b/${live}/i/1`, crowd[2], (page) => page.getByText('Tout le fil').click()],
    ['idea-answered', `/b/${revealed}/i/1`, crowd[2]],
    ['idea-mine', `/b/${heat}/i/1`, crowd[0]],
    ['judge-start', `/b/${heat}?mode=judge`, null],
    ['judge', `/b/${live}?mode=judge`, null, async (page) => {
      await page.getByRole('button', { name: 'Commencer' }).click();
      await page.getByRole('button', { name: 'C’est parti' }).click();
      await page.locator('.judge .face').waitFor();
    }],
    ['judge-end', `/b/${heat}?mode=judge`, crowd[5]],
    ['finalists', `/b/${final}?mode=judge`, crowd[9], (page) => page.locator('.contender').first().waitFor()],
    ['result-hidden', `/b/${closed}?mode=result&round=3`, crowd[9]],
    ['result', `/b/${revealed}?mode=result&round=3`, crowd[9], (page) => page.locator('.seal').waitFor()],
    ['result-heat', `/b/${revealed}?mode=result&round=2`, crowd[9], (page) => page.locator('.ranking .cut').waitFor()],
    ['lead', `/b/${heat}?mode=lead`, admin],
    ['moderate', `/b/${kept}?mode=moderate`, admin, desk],
    ['moderate-report', `/b/${kept}?mode=moderate&idea=2`, admin, desk],
    ['moderate-hide', `/b/${kept}?mode=moderate&idea=2`, admin, (page) => desk(page).then(() => page.keyboard.press('h')).then(() => page.getByRole('dialog').waitFor())],
    ['moderate-merge', `/b/${kept}?mode=moderate&idea=1`, admin, (page) => desk(page).then(() => page.keyboard.press('m')).then(() => page.getByRole('dialog').waitFor())],
    ['moderate-lists', `/b/${kept}?mode=moderate&part=lists`, admin, (page) => page.getByRole('button', { name: 'Nouvelles', exact: true }).click().then(() => page.locator('.line').first().waitFor())],
    ['moderate-duplicates', `/b/${kept}?mode=moderate&part=duplicates`, admin, (page) => page.getByText(/^Aucun doublon|Comparer/).first().waitFor()],
    ['moderate-people', `/b/${kept}?mode=moderate&part=people`, admin, (page) => page.locator('.moderate .card').first().waitFor()],
    ['moderate-board', `/b/${kept}?mode=moderate&part=board`, admin, (page) => page.locator('.switches').waitFor()],
    ['record', `/b/${kept}?mode=record`, null, (page) => page.locator('.record table').waitFor()],
    ['idea-moderated', `/b/${kept}/i/3`, crowd[2], (page) => page.locator('.moderated').waitFor()],
    ['lead-prepare', `/b/${heat}?mode=lead&at=prepare`, admin, async (page) => {
      await page.getByRole('button', { name: 'Calculer' }).click();
      await page.getByText(/avis par idée/).waitFor();
    }],
    ['lead-people', `/b/${heat}?mode=lead&at=people`, admin, (page) => page.locator('#assurance').waitFor()],
    ['lead-answers', `/b/${revealed}?mode=lead&at=answers`, admin, (page) => page.getByRole('button', { name: 'Répondre à l’idée #1', exact: true }).click()],
    ['lead-finish', `/b/${revealed}?mode=lead&at=finish`, admin],
    ['lead-draft', '/b/brouillon?mode=lead', admin, (page) => page.getByRole('heading', { name: 'Répétition générale' }).waitFor()],
    ['lead-seeds', '/b/brouillon?mode=lead&at=seeds', admin, (page) => page.getByText('Déjà fait ailleurs ?').click()],
    ['lead-alerts', `/b/${closed}?mode=lead`, admin, (page) => page.locator('.alerts').waitFor()],
    ['lead-preview', `/b/${final}?mode=lead`, admin, (page) => page.getByRole('button', { name: 'Voir l’aperçu' }).click().then(() => page.locator('.ranking').waitFor())],
    ['lead-revealed', `/b/${revealed}?mode=lead&at=steer`, admin],
    ['lead-team', `/b/${heat}?mode=lead&at=team`, admin, (page) => page.getByRole('button', { name: 'Inviter à la modération' }).click().then(() => page.locator('.link').waitFor())],
    ['import', '/b/brouillon?mode=lead&at=import', admin, async (page) => {
      await page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'idees.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
      await page.locator('#import-found').waitFor();
    }],
    ['tickets', `/b/${heat}?mode=tickets`, admin, async (page) => {
      await page.getByRole('textbox').fill('6');
      await page.getByRole('button', { name: 'Faire des tickets' }).click();
      await page.locator('.slip').nth(5).waitFor();
    }],
    ['kiosk-start', `/b/${heat}/borne`, admin],
    ['kiosk-enter', `/b/${heat}/borne`, null, becomeKiosk],
    ['kiosk-choose', `/b/${heat}/borne`, null, async (page) => {
      await becomeKiosk(page);
      await page.getByLabel('Le code de votre ticket').fill(ticket);
      await page.keyboard.press('Enter');
      await page.locator('.kiosk-things').waitFor();
    }],
    ['report', `/b/${revealed}/rapport`, null],
    ['winners', `/b/${revealed}/laureats`, null],
    ['new', '/nouveau', admin, (page) => page.getByText('Autres réglages').click()],
    ['me', `/b/${revealed}?mode=me`, crowd[0]],
    ['transfer', `/b/${revealed}?mode=me`, crowd[0], (page) => page.getByRole('button', { name: 'Continuer sur un autre appareil' }).click().then(() => page.locator('.qr svg').waitFor())],
    ['erase', `/b/${revealed}?mode=me`, crowd[0], (page) => page.getByRole('button', { name: 'Effacer mes données' }).click()],
    ['keys', `/b/${live}`, null, (page) => page.keyboard.press('?')],
    ['presenter-gather', `/b/${gather}/ecran`, null],
    ['presenter-live', `/b/${live}/ecran`, null],
    ['presenter-result', `/b/${revealed}/ecran`, null],
    ['help', '/pages/help?lang=fr', null],
    ['easy', '/pages/easy?lang=fr', null],
    ['privacy', '/pages/privacy?lang=fr', null],
    ['accessibility', '/pages/accessibility?lang=fr', null],
    ['legal', '/pages/legal?lang=fr', null],
    ['charter', '/pages/charter?lang=fr', null],
    ['missing', '/nowhere', null],
  ];
  return { url: server.url, screens: rows.map(([name, path, who, act]) => ({ name, path, who, act, sheet: SHEETS.has(name), paper: PAPERS.has(name) })) };
}
