// Goal: what was exported can be taken in again, and exported once more it is the same.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { files, roundTrip } from './support/archive.js';
import { enter } from './support/line.js';
import { conversation } from './support/polis.js';
import { cleanUp, folder, json, output, run, serve } from './support/processes.js';
import { createBoard, keep, round, staff } from './support/rounds.js';

/** @import { Line } from './support/line.js' */

const data = folder();
const place = ['--data', data];
const audit = join(folder(), 'audit');

const on = (params) => ({ board: 'retour', ...params });

/** A board on which everything has happened. */
async function live(server) {
  const lead = await staff(server, place, 'retour');
  const people = [];
  for (let i = 0; i < 5; i++) {
    people.push(await enter(server));
    await people[i].join('retour');
  }
  const post = async (line, text, more = {}) => (await line.act('idea.post', on({ text, ...more }))).idea;
  const trees = await post(people[0], 'Planter des arbres partout', { theme: 'Eau', source: { title: 'Ailleurs', url: 'https://exemple.org' } });
  const hedges = await post(people[1], 'Planter des arbres en ville');
  const benches = await post(people[2], 'Des bancs à l’ombre');
  const spam = await post(people[3], 'Achetez mes bancs');
  const mine = await post(people[4], 'Une idée qui sera reprise');
  await people[1].act('idea.build', on({ parent: trees, relation: 'expand', text: 'Oui, et des haies' }));
  await people[2].act('idea.build', on({ parent: trees, with: benches, relation: 'counter', text: 'Oui, mais pas partout' }));
  for (const [i, person] of people.entries()) {
    for (const idea of [trees, hedges, benches]) {
      if (![trees, hedges, benches][i] || [trees, hedges, benches][i] !== idea) {
        await person.act('vote.cast', on({ idea, choice: ['agree', 'pass', 'disagree'][(i + idea) % 3] }));
      }
    }
  }
  await people[0].act('person.rename', on({ name: 'Camille du Bois' }));
  await people[0].act('person.declare', on({ groups: ['Nord'] }));
  await people[2].act('report.file', on({ idea: spam, reason: 'spam', note: 'de la réclame' }));
  await lead.act('mod.hide', on({ idea: spam, reason: 'spam', note: 'Pas de réclame ici' }));
  await lead.act('mod.merge', on({ into: trees, ideas: [hedges] }));
  await people[4].act('person.erase', on({ texts: 'erase' }));
  await lead.act('idea.status', on({ idea: trees, status: 'review', answer: 'Nous regardons', next_by: '2026-12-24' }));
  await people[3].act('idea.follow', on({ idea: trees }));
  await lead.act('round.close', on({ round: 1 }));
  await lead.act('round.open', on({ round: 2 }));
  await people[3].act('vote.cast', on({ idea: benches, choice: 'agree' }));
  await lead.act('round.close', on({ round: 2 }));
  assert.ok(mine);
}

before(async () => {
  const server = await serve({ data });
  await createBoard([server], place, 'retour', [
    round({ title: 'Recueil', allows: ['post', 'build', 'vote'], rule: keep(2) }), round({ title: 'Finale', final: true }),
  ], '--theme', 'Eau', '--group', 'Nord', '--group', 'Sud');
  await live(server);
  await output('export', 'retour', '--format', 'audit', '-o', audit, ...place);
  assert.equal(await server.stop(), 0);
});

after(cleanUp);

test('an audit becomes the same board in another installation, to the last byte', async () => {
  const other = folder();
  const made = await json('import', 'pinson', audit, '--json', '--data', other);
  assert.equal(made.slug, 'retour');
  const again = join(folder(), 'audit');
  await output('export', 'retour', '--format', 'audit', '-o', again, '--data', other);
  assert.deepEqual(files(again), files(audit));
  assert.equal((await json('verify', 'retour', '--json', '--data', other)).ok, true);
  assert.equal(await output('export', 'retour', '--format', 'json', '--staff', '--data', other), await output('export', 'retour', '--format', 'json', '--staff', ...place));
  assert.equal(await output('rank', 'retour', '--json', '--data', other), await output('rank', 'retour', '--json', ...place));
  const server = await serve({ data: other });
  const line = await enter(server);
  const board = (await line.join('retour')).snapshot;
  assert.equal(board.ideas.find(({ n }) => n === 4).text, null);
  assert.equal(board.ideas.find(({ n }) => n === 5).text, null);
  assert.equal(board.ideas.find(({ n }) => n === 1).followup[0].answer, 'Nous regardons');
  assert.equal(await server.stop(), 0);
});

test('it is not taken in where it is already, nor under another address', async () => {
  const twice = await run('import', 'pinson', audit, ...place);
  assert.equal(twice.status, 1);
  assert.match(twice.stderr, /here already; nothing was imported/);
  const elsewhere = await run('import', 'pinson', audit, '--board', 'autre', '--data', folder());
  assert.equal(elsewhere.status, 1);
  assert.match(elsewhere.stderr, /keeps its address/);
});

test('an audit that was changed is refused, and nothing of it is there', async () => {
  const copy = join(folder(), 'audit');
  const other = folder();
  await output('export', 'retour', '--format', 'audit', '-o', copy, ...place);
  const last = readFileSync(join(copy, 'log.ndjson'), 'utf8').trimEnd().split('\n').at(-1) ?? '';
  appendFileSync(join(copy, 'log.ndjson'), `${last.replace(/"id":"(\d+)-/, (_, ms) => `"id":"${Number(ms) + 1}-`)}\n`);
  const { status, stderr } = await run('import', 'pinson', copy, '--data', other);
  assert.equal(status, 1);
  assert.match(stderr, /is not what was exported/);
  assert.deepEqual((await run('boards', '--json', '--data', other)).stdout.trim() || '[]', '[]');
});

test('an archive with replies, a merge, a hidden idea, a person who left and a final comes to the same again', async () => {
  const { other } = await roundTrip('retour', data);
  const exported = await json('export', 'encore', '--format', 'json', '--staff', '--data', other);
  const original = await json('export', 'retour', '--format', 'json', ...place);
  const seen = ({ n, text, theme, kind, parent, with: crossed, state, tally, score, rank }) => ({ n, text, theme, kind, parent, crossed, state, tally, score, rank });
  assert.deepEqual(exported.ideas.map(seen), original.ideas.map(seen));
});

test('an archive of a conversation with rejected ideas and ballots on own ones comes to the same again', async () => {
  const from = folder();
  await output('import', 'polis', conversation('london.youth.policing').dir, '--board', 'jeunes', '--data', from);
  await roundTrip('jeunes', from);
});

test('an archive of rounds in which ideas are served comes to the same again', async () => {
  const from = folder();
  const here = ['--data', from];
  const server = await serve({ data: from });
  await createBoard([server], here, 'servi', [
    round({ title: 'Recueil', allows: ['post', 'build'] }),
    round({ title: 'Avis', ballots: 'served', scores: 'after-vote', rule: keep(3) }),
    round({ title: 'Finale', final: true, scores: 'closed', counts: 'fresh' }),
  ]);
  const lead = await staff(server, here, 'servi');
  const people = await Promise.all(Array.from({ length: 14 }, () => enter(server)));
  for (const [i, person] of people.entries()) {
    await person.join('servi');
    if (i < 6) await person.act('idea.post', { board: 'servi', text: `Une idée à servir, la ${i}e` });
  }
  await lead.act('round.open', { board: 'servi', round: 2 });
  for (const [i, person] of people.entries()) {
    const { ideas } = await person.act('judge.next', { board: 'servi', count: 4 });
    for (const { n } of ideas.slice(0, 3)) await person.act('vote.cast', { board: 'servi', idea: n, choice: (i + n) % 4 ? 'agree' : 'pass' });
  }
  await lead.act('round.open', { board: 'servi', round: 3 });
  const { snapshot } = await people[13].join('servi');
  const finalists = snapshot.ideas.filter((idea) => idea.round === 3).map(({ n }) => n);
  assert.equal(finalists.length, 3);
  for (const [i, person] of people.slice(6).entries()) {
    for (const n of finalists) await person.act('vote.cast', { board: 'servi', idea: n, choice: (i + n) % 3 ? 'agree' : 'disagree' });
  }
  await lead.act('round.close', { board: 'servi', round: 3 });
  assert.equal(await server.stop(), 0);
  await roundTrip('servi', from);
});

/** A board of its own, played and exported, comes to the same again. @param {string} slug @param {object[]} rounds @param {string[]} args
 * @param {(at: {lead: Line, people: Line[], to: (params: object) => object}) => Promise<void>} play @param {number} count of people */
async function playAndReturn(slug, rounds, args, count, play) {
  const from = folder();
  const here = ['--data', from];
  const server = await serve({ data: from });
  await createBoard([server], here, slug, rounds, ...args);
  const lead = await staff(server, here, slug);
  const people = await Promise.all(Array.from({ length: count }, () => enter(server)));
  if (!args.includes('--draft')) await Promise.all(people.map((person) => person.join(slug)));
  await play({ lead, people, to: (params) => ({ board: slug, ...params }) });
  assert.equal(await server.stop(), 0);
  return roundTrip(slug, from);
}

const heat = (changes = {}) => round({ title: 'Recueil', allows: ['post', 'build', 'vote'], rule: keep(2), ...changes });

/** @param {string} dir */
const course = (dir) => JSON.parse(readFileSync(join(dir, 'rounds.json'), 'utf8')).rounds;

test('an archive of a final that was tested in groups comes to the same again', async () => {
  const { first } = await playAndReturn('groupes', [heat(), round({ title: 'Finale', final: true })], ['--group', 'Nord', '--group', 'Sud', '--group', 'Est'], 48, async ({ lead, people, to }) => {
    for (const [i, person] of people.entries()) {
      if (i < 3) await person.act('idea.post', to({ text: `Une idée de plus, la ${i}e` }));
      await person.act('person.declare', to({ groups: [i % 4 ? 'Nord' : 'Sud', ...(i % 3 ? ['Est'] : [])] }));
    }
    for (const [i, person] of people.entries()) {
      for (const idea of [1, 2, 3]) if (i !== idea - 1 && (i + idea) % 5) await person.act('vote.cast', to({ idea, choice: ['agree', 'agree', 'disagree', 'pass'][(i * idea + idea) % 4] }));
    }
    await lead.act('round.open', to({ round: 2 }));
    const { snapshot } = await people[0].join('groupes');
    const finalists = snapshot.ideas.filter((idea) => idea.round === 2).map(({ n }) => n);
    for (const [i, person] of people.entries()) {
      for (const idea of finalists) if (i !== idea - 1 && i % 11 !== idea) await person.act('vote.cast', to({ idea, choice: i * idea % 7 < 4 ? 'agree' : 'disagree' }));
    }
    await lead.act('round.close', to({ round: 2 }));
  });
  const groups = readFileSync(join(first, 'groups.csv'), 'utf8');
  assert.match(groups, /,Nord,/);
  assert.match(groups, /,Est,/);
  assert.doesNotMatch(groups, /,Sud,/);
});

test('an archive of rounds that were looked into, made longer and opened again comes to the same again', async () => {
  const { first } = await playAndReturn('reprises', [heat({ minutes: 30, scores: 'closed' }), heat({ minutes: 30, reveal: 'by-lead' }), heat()], [], 5, async ({ lead, people, to }) => {
    for (const [i, person] of people.entries()) await person.act('idea.post', to({ text: `Une idée à reprendre, la ${i}e` }));
    const judge = async (mood) => {
      for (const [i, person] of people.entries()) {
        for (const idea of [1, 2, 3, 4]) if (i !== idea - 1) await person.act('vote.cast', to({ idea, choice: (i + idea + mood) % 3 ? 'agree' : 'pass' })).catch(() => {});
      }
    };
    await judge(0);
    await lead.act('round.preview', to({}));
    await lead.act('round.extend', to({ round: 1, minutes: 5 }));
    await lead.act('round.close', to({ round: 1 }));
    await lead.act('round.reopen', to({ round: 1 }));
    await judge(1);
    await lead.act('round.extend', to({ round: 1, minutes: 2 }));
    await lead.act('round.close', to({ round: 1 }));
    await lead.act('round.open', to({ round: 2 }));
    await lead.act('round.reopen', to({ round: 1 })); // a step back
    await lead.act('round.open', to({ round: 2 }));
    await judge(2);
    await lead.act('round.extend', to({ round: 2, minutes: 90 }));
    await lead.act('round.pause', to({ round: 2 }));
  });
  const [one, two] = course(first);
  assert.deepEqual([one.extended_minutes, one.reopenings, one.previews, one.early], [7, 2, 1, true]);
  assert.deepEqual([two.extended_minutes, two.previews, two.state], [90, 0, 'paused']);
});

test('an archive of ideas that waited, were reported, cleared, hidden after the end or taken back comes to the same again', async () => {
  const { first } = await playAndReturn('attente', [heat(), round({ title: 'Finale', final: true })], [], 7, async ({ lead, people, to }) => {
    for (const [i, person] of people.entries()) await person.act('idea.post', to({ text: `Une idée à regarder, la ${i}e` }));
    await people[0].act('idea.post', to({ text: 'Écrivez à moi@exemple.fr pour en parler' }));
    for (const [i, person] of people.entries()) {
      for (let idea = 1; idea <= 7; idea++) if (i !== idea - 1) await person.act('vote.cast', to({ idea, choice: (i + idea) % 5 > idea / 3 ? 'agree' : 'disagree' }));
    }
    for (const person of people.slice(2, 5)) await person.act('report.file', to({ idea: 2, reason: 'abuse' }));
    for (const person of people.slice(2, 5)) await person.act('report.file', to({ idea: 1, reason: 'abuse' }));
    await lead.act('mod.restore', to({ idea: 1 }));
    await people[5].act('report.file', to({ idea: 3, reason: 'spam' }));
    await lead.act('mod.restore', to({ idea: 3 }));
    await lead.act('mod.hide', to({ idea: 4, reason: 'off-topic' }));
    await lead.act('round.close', to({ round: 1 }));
    await lead.act('mod.hide', to({ idea: 7, reason: 'spam' }));
    await lead.act('round.open', to({ round: 2 }));
    await lead.act('mod.approve', to({ idea: 2 }));
    const { snapshot } = await people[0].join('attente');
    const finalists = snapshot.ideas.filter((idea) => idea.round === 2).map(({ n }) => n);
    for (const [i, person] of people.entries()) for (const idea of finalists) if (i !== idea - 1) await person.act('vote.cast', to({ idea, choice: i % 2 ? 'agree' : 'pass' }));
    await people[5].act('idea.withdraw', to({ idea: 6 }));
    await lead.act('round.close', to({ round: 2 }));
    await lead.act('mod.restore', to({ idea: 4 }));
    await lead.act('mod.hide', to({ idea: 5, reason: 'other' }));
  });
  assert.match(readFileSync(join(first, 'candidates.csv'), 'utf8'), /^1,2,pending,/m);
  assert.match(readFileSync(join(first, 'moderation.csv'), 'utf8'), /,restore,3,,,/);
});

test('an archive of seeds that were taken back before a round could begin with them comes to the same again', async () => {
  const seed = async (lead, to, text) => (await lead.act('idea.seed', to({ text }))).idea;
  const { first } = await playAndReturn('semis', [heat(), heat()], ['--draft'], 4, async ({ lead, people, to }) => {
    for (const text of ['Un verger', 'Un verger de poires', 'Un banc']) await seed(lead, to, text);
    await lead.act('idea.edit', to({ idea: 3, text: 'Un banc à l’ombre' }));
    await lead.act('idea.withdraw', to({ idea: 2 }));
    await lead.act('round.open', to({ round: 1 }));
    await people[0].act('idea.post', to({ text: 'Une fontaine' }));
    await lead.act('idea.withdraw', to({ idea: await seed(lead, to, 'Une tonnelle') }));
    for (const person of people.slice(1)) for (const idea of [1, 3, 4]) await person.act('vote.cast', to({ idea, choice: 'agree' }));
    await lead.act('round.close', to({ round: 1 }));
    const [late, kept] = [await seed(lead, to, 'Un bassin'), await seed(lead, to, 'Un puits')];
    await lead.act('idea.withdraw', to({ idea: late }));
    await lead.act('round.open', to({ round: 2 }));
    await people[3].act('vote.cast', to({ idea: kept, choice: 'pass' }));
  });
  const rows = files(first)['candidates.csv'];
  assert.doesNotMatch(rows, /^1,2,|^2,6,/m);
  assert.match(rows, /^1,5,withdrawn,[^]*^2,7,shown,/m);
});

test('where an idea was done already and that staff wrote it are in every file, and come to the same again', async () => {
  const words = { title: '=Cours Oasis', url: 'https://exemple.org/a,b', place: 'Paris, "19e"', result: '-2 degrés' };
  const { first, other } = await playAndReturn('ailleurs', [heat()], [], 3, async ({ lead, people, to }) => {
    await lead.act('idea.seed', to({ text: '=1+1 cours ouvertes', source: words }));
    await lead.act('idea.post', to({ text: 'Un banc, dit quelqu’un dans la salle', proxy: true }));
    await people[0].act('idea.post', to({ text: "'+ d’ombre", source: { title: 'Un article', url: 'http://exemple.org/' } }));
    const { idea } = await people[1].act('idea.post', to({ text: 'À masquer', source: words }));
    await lead.act('mod.hide', to({ idea, reason: 'spam' }));
    for (const person of people.slice(1)) await person.act('vote.cast', to({ idea: 1, choice: 'agree' }));
  });
  const rows = files(first)['ideas.csv'].split('\r\n');
  assert.match(rows[0], /,text,proxy,source_title,source_url,source_place,source_result$/);
  assert.match(rows[1], /,"'=1\+1 cours ouvertes",false,"'=Cours Oasis","https:\/\/exemple.org\/a,b","Paris, ""19e""","'-2 degrés"$/);
  assert.match(rows[2], /,true,,,,$/);
  assert.match(rows[4], /,,false,,,,$/);
  const { ideas } = await json('export', 'encore', '--format', 'json', '--data', other);
  assert.deepEqual(ideas.map(({ source, proxy }) => [source, proxy]), [
    [{ system: null, id: null, ...words }, undefined], [null, true],
    [{ system: null, id: null, title: 'Un article', url: 'http://exemple.org/', place: null, result: null }, undefined], [null, undefined],
  ]);
});

test('an archive that does not add up makes no board', async () => {
  const dir = join(folder(), 'archive');
  const other = folder();
  await output('export', 'retour', '--format', 'archive', '-o', dir, ...place);
  const path = join(dir, 'ballots.csv');
  writeFileSync(path, readFileSync(path, 'utf8').replace(',agree', ',pass'));
  const { status, stderr } = await run('import', 'pinson', dir, '--data', other);
  assert.equal(status, 1);
  assert.match(stderr, /does not add up: .*; nothing was imported/);
});

test('acts of staff that cannot have been are refused with their place', async () => {
  const dir = join(folder(), 'archive');
  const other = folder();
  await output('export', 'retour', '--format', 'archive', '-o', dir, ...place);
  const path = join(dir, 'moderation.csv');
  const told = readFileSync(path, 'utf8');
  for (const [was, is] of [[',hide,', ',create,'], [/,merge,2,1,/, ',merge,2,,'], [/,merge,2,1,/, ',merge,2,2,'], [',hide,4,,', ',hide,4,1,']]) {
    writeFileSync(path, told.replace(was, is));
    const { status, stderr } = await run('import', 'pinson', dir, '--data', other);
    assert.equal(status, 1);
    assert.match(stderr, /moderation\.csv, line \d+: there is no such act/);
  }
});

test('a reply to what comes after it makes no board', async () => {
  const dir = join(folder(), 'archive');
  await output('export', 'retour', '--format', 'archive', '-o', dir, ...place);
  const path = join(dir, 'ideas.csv');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^6,expand,1,/m, '6,expand,7,'));
  const { status, stderr } = await run('import', 'pinson', dir, '--data', folder());
  assert.equal(status, 1);
  assert.match(stderr, /nothing was imported/);
});
