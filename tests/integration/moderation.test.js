// Goal: staff work through what waits without doing anything twice, authors learn what became of their ideas and why, and everybody can read what staff did – without a word or a name.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fetchRaw } from './support/http.js';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, serve } from './support/processes.js';
import { assertVerifies, castAll, createBoard, keep, postIdeas, round, staff } from './support/rounds.js';

const SLUG = 'regles';
const data = folder();
const place = ['--data', data];
const on = (params) => ({ board: SLUG, ...params });
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line[]} */ let people;
/** @type {import('./support/line.js').Line} */ let one;
/** @type {import('./support/line.js').Line} */ let two;
/** @type {import('./support/line.js').Line} */ let reader;

before(async () => {
  server = await serve({ data });
  await createBoard([server], place, SLUG, [round({ allows: ['post', 'build', 'vote'], rule: keep(4) })], '--theme', 'Eau', '--theme', 'Air');
  one = await staff(server, place, SLUG, 'moderator');
  two = await staff(server, place, SLUG, 'moderator');
  people = await Promise.all(Array.from({ length: 6 }, () => enter(server)));
  for (const line of people) await line.join(SLUG);
  reader = await enter(server);
  await reader.join(SLUG);
});

after(cleanUp);

const post = async (line, text, more = {}) => (await line.act('idea.post', on({ text, ...more }))).idea;
const seen = async (line, n) => (await line.join(SLUG)).snapshot.ideas.find((idea) => idea.n === n);
const waiting = async () => (await one.join(SLUG)).snapshot.moderation.waiting;
const log = async (line = reader) => line.call('mod.log', on({}));
const report = (line, idea, reason = 'abuse', more = {}) => line.act('report.file', on({ idea, reason, ...more }));

/** Hands every case that waits back, so that a test begins with an empty desk. */
async function clear() {
  for (;;) {
    const { case: at } = await one.act('mod.next', on({}));
    if (!at) return;
    if (at.kind === 'appeal') {
      await one.act('report.resolve', on({ report: at.reports.find((r) => r.appeal && r.resolution === 'open').n, action: 'dismiss' }));
    } else if (at.idea) await one.act('mod.approve', on({ idea: at.idea.n }));
    else for (const { n, resolution } of at.reports) if (resolution === 'open') await one.act('report.resolve', on({ report: n, action: 'dismiss' }));
  }
}

test('what is to be switched is said', async () => {
  for (const [method, field] of [['board.freeze', 'frozen'], ['board.premoderate', 'on']]) await assert.rejects(one.act(method, on({})), { code: -32602, field });
});

test('two moderators are never given the same case, and what is skipped comes round', async () => {
  const [a, b, c] = await postIdeas(people[0], SLUG, 3);
  const first = await one.act('mod.next', on({}));
  const second = await two.act('mod.next', on({}));
  assert.deepEqual([first.case.idea.n, second.case.idea.n], [a, b]);
  assert.deepEqual([first.case.kind, first.waiting.fresh], ['fresh', 3]);
  assert.ok(Date.parse(first.case.until) > Date.now() + 100_000);
  await assert.rejects(two.act('mod.next', on({ idea: a })), { error: 'conflict' });
  assert.equal((await one.act('mod.next', on({ after_idea: a }))).case.idea.n, c);
  assert.equal((await two.act('mod.next', on({ idea: a }))).case.idea.n, a, 'it is free again');
  const { taken } = (await two.join(SLUG)).snapshot.moderation;
  assert.deepEqual(taken.map(({ idea }) => idea).sort(), [a, c]);
  const op = newOp();
  const once = await one.act('mod.next', on({ op }));
  assert.deepEqual((await one.act('mod.next', on({ op }))).case.idea.n, once.case.idea.n);
  await two.act('mod.approve', on({ idea: a }));
  await clear();
  assert.equal((await two.act('mod.next', on({}))).case, null);
});

test('what others do is told to all of the staff and to nobody else', async () => {
  const idea = await post(people[0], 'Une idée toute fraîche');
  const { waiting: now } = await two.notified('board.moderation', (news) => news.waiting.fresh === 1);
  assert.deepEqual(now, { appeal: 0, report: 0, pending: 0, rising: 0, fresh: 1 });
  await one.act('mod.next', on({}));
  const { taken } = await two.notified('board.moderation', (news) => news.taken.some((at) => at.idea === idea));
  assert.equal(typeof taken.find((at) => at.idea === idea).name, 'string');
  await one.act('mod.approve', on({ idea }));
  await two.notified('board.moderation', (news) => news.waiting.fresh === 0);
  assert.ok(!people[0].notifications.some(({ method }) => method === 'board.moderation'));
  assert.equal((await seen(reader, idea)).vetted, true);
  await assert.rejects(one.act('mod.approve', on({ idea })), { error: 'conflict' });
});

test('a hidden idea is nowhere, its author knows why, appeals once, and is heard', async () => {
  const word = 'Abracadabrantesque';
  const idea = await post(people[1], `Une idée ${word} pour la ville`);
  await castAll(people[2], SLUG, '.'.repeat(idea - 1) + 'a');
  const scored = (await people[2].join(SLUG)).snapshot.scores.find(([n]) => n === idea);
  await one.act('mod.hide', on({ idea, reason: 'abuse', note: 'Merci de rester courtois.' }));
  const { notice } = await people[1].notified('board.me', (news) => news.notice?.idea === idea);
  assert.deepEqual([notice.moderation.kind, notice.moderation.reason, notice.moderation.note, notice.moderation.appealable], ['hide', 'abuse', 'Merci de rester courtois.', true]);
  const own = await seen(people[1], idea);
  assert.deepEqual([own.state, own.moderation.note], ['hidden', 'Merci de rester courtois.']);
  const other = await seen(reader, idea);
  assert.deepEqual([other.text, other.moderation], [null, null]);
  assert.ok(!JSON.stringify((await people[2].join(SLUG)).snapshot).includes('courtois'));
  for (const path of ['', '/ideas.csv', '/ideas.json', '/ranking', '/moderation.csv']) {
    const { body, status } = await fetchRaw(server, `/api/boards/${SLUG}${path}`);
    assert.equal(status, 200, path);
    assert.ok(!body.includes(word) && !body.includes('courtois'), path);
  }
  for (const path of [`/b/${SLUG}`, `/b/${SLUG}/i/${idea}`, `/b/${SLUG}/feed.atom`]) assert.ok(!(await fetchRaw(server, path)).body.includes(word), path);
  assert.deepEqual((await people[2].call('idea.similar', on({ text: word }))).ideas, []);
  assert.deepEqual((await people[2].call('idea.list', on({ sort: 'newest', query: word, count: 10 }))).ideas, []);
  const listed = await one.call('mod.list', on({ what: 'hidden', count: 10 }));
  assert.ok(listed.ideas.some(({ n, text }) => n === idea && text.includes(word)));

  await assert.rejects(people[2].act('idea.appeal', on({ idea, text: 'Ce n’est pas juste' })), { error: 'unknown-idea' });
  await people[1].act('idea.appeal', on({ idea, text: 'Ce n’est pas une insulte' }));
  await assert.rejects(people[1].act('idea.appeal', on({ idea, text: 'Encore' })), { error: 'conflict' });
  const { case: at } = await two.act('mod.next', on({}));
  assert.deepEqual([at.kind, at.idea.n, at.reports[0].note], ['appeal', idea, 'Ce n’est pas une insulte']);
  await two.act('report.resolve', on({ report: at.reports[0].n, action: 'uphold' }));
  const back = await seen(people[1], idea);
  assert.deepEqual([back.state, back.moderation.appeal], ['shown', 'uphold']);
  assert.deepEqual((await people[2].join(SLUG)).snapshot.scores.find(([n]) => n === idea), scored, 'its ballots are back');
  const { entries, summary } = await log();
  const hidden = entries.find((entry) => entry.kind === 'hide' && entry.idea === idea);
  assert.deepEqual([hidden.reason, hidden.appeal, hidden.by], ['abuse', 'uphold', 'staff']);
  assert.deepEqual([summary.appeals, summary.granted], [1, 1]);
});

test('what was decided by mistake is undone to what it was, and both are on record', async () => {
  await clear();
  const idea = await post(people[0], 'Une idée que trois personnes signalent et qui reste');
  for (const line of people.slice(1, 4)) await report(line, idea);
  const earlier = await waiting();
  for (const act of ['mod.approve', 'mod.hide']) {
    await one.act(act, on({ idea, ...(act === 'mod.hide' && { reason: 'spam' }) }));
    assert.notDeepEqual(await waiting(), earlier);
    await two.act('mod.undo', on({ idea }));
    assert.deepEqual([(await seen(people[0], idea)).state, await waiting()], ['pending', earlier]);
    await assert.rejects(two.act('mod.undo', on({ idea })), { error: 'conflict' });
  }
  const { notice } = await people[0].notified('board.me', (news) => news.notice?.moderation.kind === 'undo');
  assert.equal(notice.idea, idea);
  const { entries } = await log();
  const told = entries.filter((entry) => entry.idea === idea).map(({ kind, undone }) => [kind, undone]);
  assert.deepEqual(told, [['held', false], ['approve', true], ['undo', false], ['hide', true], ['undo', false]]);

  const { person } = (await people[1].join(SLUG)).snapshot.me;
  const { report: number } = await people[5].act('report.file', on({ person, reason: 'abuse' })).then(async () => ({ report: (await one.act('mod.next', on({ person }))).case.reports[0].n }));
  await one.act('report.resolve', on({ report: number, action: 'dismiss' }));
  await one.act('mod.undo', on({ report: number }));
  assert.equal((await one.act('mod.next', on({ person }))).case.reports[0].resolution, 'open');
  await assert.rejects(one.act('mod.undo', on({})), { code: -32602, field: 'idea' });
  await assert.rejects(one.act('mod.undo', on({ idea, report: number })), { code: -32602 });
  await assert.rejects(one.act('mod.undo', on({ report: 99_999 })), { code: -32602, field: 'report' });
  await clear();
});

test('three reports or the rules make an idea pending; who cannot read it is told nothing', async () => {
  await clear();
  const idea = await post(people[0], 'Une idée que trois personnes signalent');
  for (const line of people.slice(1, 4)) await report(line, idea, 'spam', { note: 'C’est de la publicité' });
  assert.equal((await seen(people[0], idea)).state, 'pending');
  assert.equal((await seen(reader, idea)).text, null);
  const { case: at } = await one.act('mod.next', on({}));
  assert.deepEqual([at.kind, at.idea.n, at.reports.length, at.reports[0].note], ['report', idea, 3, 'C’est de la publicité']);
  await one.act('mod.approve', on({ idea }));
  assert.equal((await seen(reader, idea)).state, 'shown');
  await report(people[1], idea); // again, by one of them
  assert.equal((await waiting()).report, 0);
  const { entries } = await log();
  const held = entries.findLast((entry) => entry.idea === idea && entry.kind === 'held');
  const approved = entries.findLast((entry) => entry.idea === idea && entry.kind === 'approve');
  assert.equal(held.by, 'rules');
  assert.equal(typeof approved.waited_s, 'number');
});

test('an address or a number waits, is taken out, and is in no file any more', async () => {
  await clear();
  for (const text of ['Écrivez-moi : claire@example.org', 'Appelez le 06 12 34 56 78 pour en parler']) {
    const idea = await post(people[0], text);
    assert.equal((await seen(people[0], idea)).state, 'pending');
    assert.equal((await seen(reader, idea)).text, null);
    const { case: at } = await one.act('mod.next', on({ idea }));
    assert.deepEqual([at.kind, at.idea.reason], ['pending', 'personal-data']);
    await one.act('mod.redact', on({ idea, text: 'Écrivez-moi, ou appelez' }));
    const is = await seen(reader, idea);
    assert.deepEqual([is.state, is.text], ['shown', 'Écrivez-moi, ou appelez']);
    const own = await seen(people[0], idea);
    assert.deepEqual([own.moderation.kind, own.moderation.reason], ['redact', 'personal-data']);
  }
  const harmless = await post(people[0], 'Un budget de 1 500 000 euros du 01/02/2026 au 12/12/2027');
  assert.equal((await seen(reader, harmless)).state, 'shown');
  await people[0].act('idea.edit', on({ idea: harmless, text: 'Et mon numéro : +33 6 12 34 56 78' }));
  assert.equal((await seen(reader, harmless)).text, null);
  await assert.rejects(one.act('mod.redact', on({ idea: harmless, text: '' })), { error: 'empty' });
  await clear();
});

test('before publication, always or by the hour', async () => {
  await one.act('board.premoderate', on({ on: true }));
  assert.deepEqual((await reader.join(SLUG)).snapshot.premoderation, { from: 0, until: 0 });
  const idea = await post(people[0], 'Une idée qui attend d’être lue');
  const reply = (await people[1].act('idea.build', on({ parent: 1, relation: 'counter', text: 'Une objection qui attend' }))).idea;
  assert.deepEqual([(await seen(reader, idea)).text, (await seen(reader, reply)).text, (await seen(reader, 1)).replies], [null, null, 0]);
  const written = await post(one, 'Ce qu’écrit l’équipe est lu');
  assert.equal((await seen(reader, written)).state, 'shown');
  const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
  await one.act('board.premoderate', on({ on: true, from: (minute + 60) % 1440, until: (minute + 120) % 1440 }));
  const now = await post(people[2], 'Une idée hors de ces heures');
  assert.equal((await seen(reader, now)).state, 'shown');
  await assert.rejects(one.act('board.premoderate', on({ on: true, from: 5 })), { code: -32602, field: 'until' });
  await one.act('board.premoderate', on({ on: false }));
  await one.act('mod.approve', on({ idea: reply }));
  assert.equal((await seen(reader, 1)).replies, 1);
  await clear();
});

test('a suspended person reads on, takes back and appeals, and writes nothing until then', async () => {
  const line = people[5];
  const idea = await post(line, 'Une idée avant d’être suspendue');
  const { me } = (await line.join(SLUG)).snapshot;
  await line.act('person.rename', on({ name: 'Nom malvenu' }));
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await one.act('person.suspend', on({ person: me.person, reason: 'abuse', until, note: 'Revenez demain.' }));
  const told = await line.notified('board.me', (news) => news.suspended);
  assert.deepEqual([told.suspended.until, told.suspended.reason, told.suspended.note], [until, 'abuse', 'Revenez demain.']);
  for (const [method, params] of Object.entries({ 'idea.post': { text: 'Encore une idée' }, 'vote.cast': { idea: 1, choice: 'agree' }, 'judge.next': { count: 1 }, 'idea.edit': { idea, text: 'Une autre idée' }, 'report.file': { idea: 1, reason: 'spam' } })) {
    await assert.rejects(line.act(method, on(params)), { error: 'forbidden' }, method);
  }
  await line.act('idea.withdraw', on({ idea }));
  await one.act('person.unname', on({ person: me.person, reason: 'abuse' }));
  assert.notEqual((await line.join(SLUG)).snapshot.me.name, 'Nom malvenu');
  const { people: found } = await one.call('mod.people', on({}));
  assert.ok(found.some(({ n, suspended_until }) => n === me.person && suspended_until === until));
  await one.act('person.restore', on({ person: me.person }));
  await post(line, 'Une idée après');
  const lead = await staff(server, place, SLUG);
  await assert.rejects(one.act('person.suspend', on({ person: (await lead.join(SLUG)).snapshot.me.person ?? 1, reason: 'other' })), { error: 'forbidden' });
  await assert.rejects(one.act('person.suspend', on({ person: me.person, until: '2001-01-01T00:00:00Z' })), { code: -32602, field: 'until' });
  const entry = (await log()).entries.findLast(({ kind }) => kind === 'suspend');
  assert.deepEqual([entry.until, entry.reason, entry.idea, 'person' in entry], [until, 'abuse', null, false]);
  await clear();
});

test('who is reported is a case, and each report is decided', async () => {
  const { me } = (await people[4].join(SLUG)).snapshot;
  await post(people[4], 'Une idée de qui est signalé');
  const number = me.person ?? (await people[4].join(SLUG)).snapshot.me.person;
  for (const line of people.slice(0, 2)) await line.act('report.file', on({ person: number, reason: 'abuse', note: 'Son nom' }));
  await people[0].act('report.file', on({ person: number, reason: 'abuse' })); // once each
  const { case: at } = await one.act('mod.next', on({ person: number }));
  assert.deepEqual([at.person.n, at.person.reports, at.reports.length, at.idea], [number, 2, 2, null]);
  for (const { n } of at.reports) await one.act('report.resolve', on({ report: n, action: 'dismiss' }));
  await assert.rejects(one.act('report.resolve', on({ report: at.reports[0].n, action: 'uphold' })), { error: 'conflict' });
  assert.equal((await waiting()).report, 0);
  await clear();
});

test('the room is told, frozen and freed; themes are put right', async () => {
  await one.act('board.announce', on({ text: 'Pause de dix minutes' }));
  const { events } = await reader.notified('board.events', (news) => news.events.some(({ type }) => type === 'announce'));
  assert.equal(events.find(({ type }) => type === 'announce').text, 'Pause de dix minutes');
  assert.equal((await people[0].join(SLUG)).snapshot.announcement.text, 'Pause de dix minutes');
  await one.act('board.announce', on({}));
  assert.equal((await people[0].join(SLUG)).snapshot.announcement, null);
  await one.act('board.freeze', on({ frozen: true }));
  await assert.rejects(post(people[0], 'Une idée pendant la pause'), { error: 'not-allowed-now' });
  await people[0].act('vote.cast', on({ idea: 4, choice: 'agree' })).catch(({ error }) => assert.equal(error, 'own-idea'));
  await assert.rejects(one.act('board.freeze', on({ frozen: true })), { error: 'conflict' });
  await one.act('board.freeze', on({ frozen: false }));
  const idea = await post(people[0], 'Une idée sans thème');
  await one.act('mod.retheme', on({ idea, theme: 'Air' }));
  assert.equal((await seen(reader, idea)).theme, 'Air');
  assert.equal((await seen(people[0], idea)).moderation.kind, 'retheme');
  await assert.rejects(one.act('mod.retheme', on({ idea, theme: 'Feu' })), { code: -32602, field: 'theme' });
  await clear();
});

test('authors of merged ideas know into what, and the undoing gives all back', async () => {
  const a = await post(people[0], 'Planter des arbres dans la cour');
  const b = await post(people[1], 'Mettre des arbres dans la cour');
  for (const [line, first, second] of [[people[2], 'agree', 'disagree'], [people[3], 'pass', 'agree']]) {
    await line.act('vote.cast', on({ idea: a, choice: first }));
    await line.act('vote.cast', on({ idea: b, choice: second }));
  }
  await people[4].act('vote.cast', on({ idea: a, choice: 'disagree' }));
  const scores = async () => (await reader.join(SLUG)).snapshot.scores.filter(([n]) => n === a || n === b).sort(([x], [y]) => x - y);
  const apart = await scores();
  const preview = await one.call('mod.union', on({ into: a, ideas: [b] }));
  const merged = await one.act('mod.merge', on({ into: a, ideas: [b] }));
  assert.deepEqual([preview.agree, preview.disagree, preview.pass], [1, 2, 0], 'of who judged both, the latest');
  assert.deepEqual((await scores()).map((score) => score.slice(0, 4)), [[a, 1, 2, 0]]);
  assert.equal(merged.supporters, 1);
  const { notice } = await people[1].notified('board.me', (news) => news.notice?.idea === b);
  assert.deepEqual([notice.moderation.kind, notice.moderation.into], ['merge', a]);
  await one.act('mod.unmerge', on({ into: a, idea: b }));
  assert.deepEqual(await scores(), apart);
  await clear();
});

test('likely duplicates of the whole board are found', async () => {
  const a = await post(people[0], 'Ouvrir la piscine municipale le dimanche matin');
  const b = await post(people[3], 'Ouvrir la piscine municipale dimanche matin');
  let found;
  do found = await one.call('mod.duplicates', on({})); while (found.progress < 1);
  assert.ok(found.pairs.some(({ ideas }) => ideas[0].n === a && ideas[1].n === b), JSON.stringify(found.pairs.map(({ ideas }) => ideas.map(({ n }) => n))));
  await one.act('mod.merge', on({ into: a, ideas: [b] }));
  found = await one.call('mod.duplicates', on({}));
  assert.ok(!found.pairs.some(({ ideas }) => ideas.some(({ n }) => n === b)));
});

test('the record is a table without names and words, and the log verifies', async () => {
  const { headers, body } = await fetchRaw(server, `/api/boards/${SLUG}/moderation.csv`);
  assert.match(headers['content-type'], /text\/csv/);
  const [head, ...rows] = body.trimEnd().split('\r\n');
  assert.equal(head, 'version,at,kind,reason,idea,into,by,waited_s,until,on,undone,appeal');
  assert.equal(rows.length, (await log()).entries.length + (await log()).more);
  assert.ok(!body.includes('Nom malvenu') && !body.includes('Revenez'));
  await assertVerifies(place, SLUG);
});

test('two moderators who ask at the same moment are both given a case', async () => {
  await clear();
  await postIdeas(people[0], SLUG, 8);
  for (let i = 0; i < 4; i++) {
    const [first, second] = await Promise.all([one, two].map((line) => line.act('mod.next', on({}))));
    assert.notEqual(first.case.idea.n, second.case.idea.n);
    for (const [line, { case: at }] of [[one, first], [two, second]]) await line.act('mod.approve', on({ idea: at.idea.n }));
  }
});

test('an author is told once of each decision, and of an appeal that was dismissed', async () => {
  await clear();
  const author = await enter(server);
  await author.join(SLUG);
  const idea = await post(author, 'Une idée dont l’auteur est tenu au courant');
  await one.act('mod.hide', on({ idea, reason: 'off-topic' }));
  await author.act('idea.appeal', on({ idea, text: 'C’est le sujet' }));
  const { case: at } = await one.act('mod.next', on({}));
  await one.act('report.resolve', on({ report: at.reports.find(({ appeal }) => appeal).n, action: 'dismiss' }));
  await author.notified('board.me', ({ notice }) => notice?.moderation.appeal === 'dismiss');
  const kinds = author.notifications.filter(({ method, params }) => method === 'board.me' && params.notice).map(({ params }) => [params.notice.moderation.kind, params.notice.moderation.appeal]);
  assert.deepEqual(kinds, [['hide', null], ['hide', 'dismiss']]);
});
