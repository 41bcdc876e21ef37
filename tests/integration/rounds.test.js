// Goal: a lead steers a board through its rounds, everybody sees it at once, and nobody else can, or too late.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { enter, newOp } from './support/line.js';
import { cleanUp, folder, json, serve } from './support/processes.js';
import { assertVerifies, castAll, createBoard, keep, postIdeas, round, seenRound, staff } from './support/rounds.js';

const data = folder();
const place = ['--data', data];
const FINAL = round({ title: 'Finale', final: true });
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let admin;

before(async () => {
  server = await serve({ data });
  admin = await enter(server, { invite: server.adminInvite });
});

after(cleanUp);

/** A board with ideas by one author, and its lead. @param {string} slug @param {object[]} rounds */
async function board(slug, rounds, ideas = 3) {
  await createBoard([server], place, slug, rounds);
  const author = await enter(server);
  await author.join(slug);
  await postIdeas(author, slug, ideas);
  return { lead: await staff(server, place, slug), author };
}

const roundEvent = (line, n, state) => line.notified('board.events', ({ events }) => events.some((event) => event.type === 'round' && event.round.n === n && event.round.state === state));
const first = (params, type) => params.events.find((event) => event.type === type);
const outcomesOf = async (line, slug) => Object.fromEntries((await line.join(slug)).snapshot.ideas.map(({ n, round_state: state }) => [n, state]));

test('a lead pauses, goes on, extends, closes, reopens and opens; everybody hears it, nobody joins again', async () => {
  const { lead } = await board('marche', [round({ allows: ['post', 'vote'], rule: keep(2) }), FINAL]);
  const watcher = await enter(server);
  await watcher.join('marche');
  const voter = await enter(server);
  await castAll(voter, 'marche', 'aad');
  const steer = (method, n, more = {}) => lead.act(method, { board: 'marche', round: n, ...more });

  await steer('round.pause', 1);
  assert.equal(first(await roundEvent(watcher, 1, 'paused'), 'round').current, 1);
  await assert.rejects(castAll(voter, 'marche', 'd'), { error: 'not-allowed-now' });
  await steer('round.open', 1);
  await roundEvent(watcher, 1, 'open');
  await castAll(voter, 'marche', 'd');
  await castAll(voter, 'marche', 'a');

  const asked = Date.now();
  await steer('round.extend', 1, { minutes: 2 });
  const { closes_at: at, extended } = await seenRound(voter, 'marche', 1);
  assert.ok(Math.abs(Date.parse(at) - asked - 120_000) < 5_000);
  assert.equal(extended, 2);

  const { results } = await steer('round.close', 1);
  assert.deepEqual(results.map(({ idea, outcome, reason }) => [idea, outcome, reason]), [[1, 'promoted', 'rank'], [2, 'promoted', 'rank'], [3, 'eliminated', 'below_cut']]);
  const news = first(await roundEvent(watcher, 1, 'revealed'), 'round');
  assert.deepEqual(news.outcomes, [[1, 'promoted', 'rank'], [2, 'promoted', 'rank'], [3, 'eliminated', 'below_cut']]);
  await steer('round.reopen', 1);
  assert.equal((await seenRound(voter, 'marche', 1)).reopenings, 1);
  assert.deepEqual(await outcomesOf(voter, 'marche'), { 1: null, 2: null, 3: null });
  await castAll(voter, 'marche', 'd');

  assert.deepEqual((await steer('round.open', 2)).results.map(({ idea }) => idea), [2, 1, 3]);
  const opened = first(await watcher.notified('board.events', ({ events }) => events.some((event) => event.round?.n === 2 && event.round.state === 'open')), 'round');
  assert.ok(opened);
  const both = watcher.notifications.filter(({ method }) => method === 'board.events').flatMap(({ params }) => params.events);
  assert.deepEqual(both.findLast((event) => event.round?.n === 2)?.candidates, [1, 2]);
  await assert.rejects(voter.act('vote.cast', { board: 'marche', idea: 3, choice: 'agree' }), { error: 'not-allowed-now' });
  assert.ok(watcher.notifications.every(({ method }) => method !== 'board.resync'));
  let version = 0;
  for (const { method, params } of watcher.notifications) {
    if (method !== 'board.events') continue;
    assert.ok(!version || params.from <= version, 'no gap');
    ({ version } = params);
  }
});

test('what is steered is a lead’s alone, and what cannot be is refused', async () => {
  const { lead, author } = await board('droits', [round({ allows: ['post', 'vote'], rule: keep(1) }), FINAL]);
  const moderator = await staff(server, place, 'droits', 'moderator');
  for (const line of [author, moderator]) {
    for (const method of ['round.open', 'round.close', 'round.pause', 'round.reopen', 'round.reveal', 'round.extend', 'round.edit', 'round.preview']) {
      await assert.rejects(line.act(method, { board: 'droits', round: 1 }), { error: 'forbidden' }, method);
    }
  }
  const steer = (method, n, more = {}) => lead.act(method, { board: 'droits', round: n, ...more });
  await assert.rejects(steer('round.open', 3), { code: -32602, field: 'round' });
  await assert.rejects(steer('round.open', 0), { code: -32602, field: 'round' });
  await assert.rejects(steer('round.extend', 1), { code: -32602, field: 'minutes' });
  await assert.rejects(steer('round.open', 1), { error: 'not-allowed-now' });
  await assert.rejects(steer('round.close', 2), { error: 'not-allowed-now' });
  await assert.rejects(steer('round.reveal', 1), { error: 'not-allowed-now' });
  await assert.rejects(steer('round.reopen', 1), { error: 'not-allowed-now' });
  await castAll(await enter(server), 'droits', 'aaa');
  const op = newOp();
  const closed = await lead.call('round.close', { board: 'droits', round: 1, op });
  assert.deepEqual(await lead.call('round.close', { board: 'droits', round: 1, op }), closed, 'the same gesture gets the same answer');
  await assert.rejects(steer('round.close', 1), { error: 'not-allowed-now' });
  await assert.rejects(steer('round.extend', 1, { minutes: 1 }), { error: 'not-allowed-now' });
});

test('a round that is not open yet can be edited, words and rule; one that is cannot', async () => {
  const { lead, author } = await board('retouche', [round({ allows: ['post', 'vote'], rule: keep(2) }), round({ rule: keep(1) }), FINAL]);
  const edit = (n, changes) => lead.act('round.edit', { board: 'retouche', round: n, ...changes });
  const was = await seenRound(author, 'retouche', 2);
  await edit(2, { prompt: 'Dites ce que vous en pensez', rule: { ...keep(2), min_judges: 3 }, votes_per_person: 4 });
  const is = await seenRound(author, 'retouche', 2);
  assert.deepEqual([is.title, is.prompt, is.votes_per_person, is.ballots], [was.title, 'Dites ce que vous en pensez', 4, was.ballots]);
  assert.deepEqual([is.rule.keep, is.rule.min_judges], [{ top: 2 }, 3]);
  await assert.rejects(edit(1, { title: 'Trop tard' }), { error: 'not-allowed-now' });
  await assert.rejects(edit(2, { rule: { keep: { top: 0 } } }), ({ code, field }) => code === -32602 && /rule\.keep\.top$/.test(field));
  await assert.rejects(edit(2, { colour: 'red' }), ({ code, field }) => code === -32602 && /colour$/.test(field));
  assert.deepEqual(await seenRound(author, 'retouche', 2), is, 'refusals change nothing');
});

test('a result that the lead keeps is nobody’s before it is revealed', async () => {
  const { lead, author } = await board('secret', [round({ allows: ['post', 'vote'], reveal: 'by-lead', rule: keep(1) }), FINAL]);
  const watcher = await enter(server);
  await watcher.join('secret');
  await castAll(await enter(server), 'secret', 'ada');
  await lead.act('round.close', { board: 'secret', round: 1 });
  const kept = first(await roundEvent(watcher, 1, 'closed'), 'round');
  assert.deepEqual([kept.outcomes ?? [], kept.round.head], [[], null]);
  for (const line of [watcher, author]) {
    assert.deepEqual(await outcomesOf(line, 'secret'), { 1: null, 2: null, 3: null });
    const { closed, result } = await line.call('round.result', { board: 'secret', round: 1 });
    assert.deepEqual([closed, result], [true, null]);
  }
  assert.deepEqual(await outcomesOf(lead, 'secret'), { 1: 'promoted', 2: 'eliminated', 3: 'eliminated' });
  assert.deepEqual((await lead.call('round.result', { board: 'secret', round: 1 })).result.promoted, [1]);
  await lead.act('round.reveal', { board: 'secret', round: 1 });
  const told = first(await roundEvent(watcher, 1, 'revealed'), 'round');
  assert.deepEqual(told.outcomes.map(([n, outcome]) => [n, outcome]), [[1, 'promoted'], [3, 'eliminated'], [2, 'eliminated']]);
  assert.match(told.round.head, /^[0-9a-f]{64}$/);
  assert.deepEqual(await outcomesOf(watcher, 'secret'), { 1: 'promoted', 2: 'eliminated', 3: 'eliminated' });
  await assert.rejects(lead.act('round.reveal', { board: 'secret', round: 1 }), { error: 'not-allowed-now' });
});

test('what was begun before the end: a post is taken, a ballot is late, and the result stays', async () => {
  const { lead, author } = await board('fin', [round({ allows: ['post', 'vote'], rule: keep(2) }), round({ allows: ['post'], rule: keep(2) }), FINAL]);
  const voter = await enter(server);
  await castAll(voter, 'fin', 'aad');
  const [post, again, ballot] = [newOp(), newOp(), newOp()];
  await sleep(20);
  await lead.act('round.close', { board: 'fin', round: 1 });
  const was = await lead.call('round.result', { board: 'fin', round: 1 });
  const { idea } = await author.call('idea.post', { board: 'fin', text: 'Une idée commencée avant la fin', op: post });
  assert.equal(idea, 4);
  await assert.rejects(voter.call('vote.cast', { board: 'fin', idea: 1, choice: 'disagree', op: ballot }), { error: 'too-late' });
  await assert.rejects(author.act('idea.post', { board: 'fin', text: 'Une idée commencée après la fin' }), { error: 'not-allowed-now' });
  await assert.rejects(voter.act('vote.cast', { board: 'fin', idea: 1, choice: 'disagree' }), { error: 'not-allowed-now' });
  assert.deepEqual((await voter.join('fin')).snapshot.me.ballots, { 1: 'agree', 2: 'agree', 3: 'disagree' });
  await lead.act('round.open', { board: 'fin', round: 2 });
  await author.call('idea.post', { board: 'fin', text: 'Une idée encore plus en retard', op: again });
  assert.deepEqual((await lead.call('round.result', { board: 'fin', round: 1 })).result, was.result);
  const { ideas } = (await author.join('fin')).snapshot;
  assert.deepEqual(ideas.filter((one) => one.round === 2).map(({ n }) => n).sort(), [1, 2, 4, 5]);
});

test('a post that comes late into a final is kept, and is no finalist', async () => {
  const { lead, author } = await board('apres', [round({ allows: ['post', 'vote'], rule: keep(2) }), FINAL]);
  await castAll(await enter(server), 'apres', 'aad');
  const op = newOp();
  await sleep(20);
  await lead.act('round.open', { board: 'apres', round: 2 });
  const { idea } = await author.call('idea.post', { board: 'apres', text: 'Une idée commencée avant la finale', op });
  const voter = await enter(server);
  await assert.rejects(voter.act('vote.cast', { board: 'apres', idea, choice: 'agree' }), { error: 'not-allowed-now' });
  const { ideas } = (await lead.call('round.result', { board: 'apres', round: 2 })).result;
  assert.deepEqual(ideas.map(({ n }) => n), [1, 2]);
});

test('rounds that make no sense are refused by the field that is wrong', async () => {
  const create = (slug, rounds) => admin.act('board.create', { slug, title: slug, rounds });
  const bad = [
    [[], /^rounds$/],
    [[round({ rule: { keep: { top: 0 } } }), FINAL], /^rounds\[1\]\.rule\.keep\.top$/],
    [[round({ rule: { keep: { top: 1, share: 0.2 } } }), FINAL], /^rounds\[1\]\.rule\.keep/],
    [[round({ rule: { keep: { share: 1.5 } } })], /^rounds\[1\]\.rule\.keep\.share$/],
    [[round({ rule: { ...keep(1), quota: [{ theme: 'Inconnu', at_least: 1 }] } })], /^rounds\[1\]\.rule\.quota/],
    [[round({ ballots: 'some' })], /^rounds\[1\]\.ballots$/],
    [[round({ allows: ['vote', 'sing'] })], /^rounds\[1\]\.allows/],
    [[round({ colour: 'red' })], /^rounds\[1\]\.colour$/],
    [[FINAL, round()], /^rounds\[1\]\.final$/],
    [[round({ rule: keep(1) }), round({ final: true, allows: ['post', 'vote'] })], /^rounds\[2\]\.allows/],
  ];
  for (const [i, [rounds, field]] of bad.entries()) {
    await assert.rejects(create(`mauvais-${i}`, rounds), (refused) => {
      assert.equal(refused.code, -32602, JSON.stringify(rounds));
      assert.match(refused.field ?? '', field);
      return true;
    });
  }
  const { boards } = await admin.call('board.list');
  assert.ok(boards.every(({ slug }) => !slug.startsWith('mauvais')));
  assert.equal((await create('bon', [round({ allows: ['post', 'vote'], rule: keep(1) }), FINAL])).board, 'bon');
});

test('a final with nobody in it is not opened', async () => {
  const { lead } = await board('vide', [round({ allows: ['post', 'vote'], rule: { ...keep(2), min_judges: 5 } }), FINAL]);
  await assert.rejects(lead.act('round.open', { board: 'vide', round: 2 }), { code: -32602, field: 'round' });
  assert.equal((await seenRound(lead, 'vide', 1)).state, 'open', 'a refusal closes nothing');
});

test('in a served round only what was served can be judged', async () => {
  const { lead } = await board('file', [round({ allows: ['post', 'vote'] }), round({ ballots: 'served', rule: keep(1) }), FINAL], 6);
  const voter = await enter(server);
  await voter.act('vote.cast', { board: 'file', idea: 1, choice: 'agree' });
  await lead.act('round.open', { board: 'file', round: 2 });
  await assert.rejects(voter.act('vote.cast', { board: 'file', idea: 2, choice: 'agree' }), { error: 'not-allowed-now' });
  const { ideas } = await voter.act('judge.next', { board: 'file', count: 3 });
  const served = ideas.map(({ n }) => n);
  for (const idea of served) await voter.act('vote.cast', { board: 'file', idea, choice: 'pass' });
  const other = [1, 2, 3, 4, 5, 6].find((n) => !served.includes(n));
  await assert.rejects(voter.act('vote.cast', { board: 'file', idea: other, choice: 'agree' }), { error: 'not-allowed-now' });
});

test('asking the queue again with the same op serves the same, also what one had judged before it was served', async () => {
  const { lead } = await board('encore', [round({ allows: ['post', 'vote'] }), round({ ballots: 'served', rule: keep(1) }), FINAL], 5);
  const voter = await enter(server);
  await castAll(voter, 'encore', 'aa..a');
  await lead.act('round.open', { board: 'encore', round: 2 });
  const asked = { board: 'encore', count: 5, op: newOp() };
  const answer = await voter.call('judge.next', asked);
  assert.equal(answer.ideas.length, 5);
  const numbers = ({ ideas }) => ideas.map(({ n }) => n).sort();
  assert.deepEqual(numbers(await voter.call('judge.next', asked)), numbers(answer));
});

test('budgets begin anew with a round, and everybody is told', async () => {
  const { lead } = await board('budgets', [
    round({ allows: ['post', 'vote'], posts_per_person: 4, votes_per_person: 2, rule: keep(3) }),
    round({ allows: ['post', 'vote'], posts_per_person: 2, votes_per_person: 3, rule: keep(2) }),
    FINAL,
  ]);
  const voter = await enter(server);
  await voter.join('budgets');
  await castAll(voter, 'budgets', 'ad');
  await voter.act('idea.post', { board: 'budgets', text: 'Une idée qui compte dans mon budget' });
  const left = async () => {
    const { me } = (await voter.join('budgets')).snapshot;
    return [me.posts_left, me.votes_left];
  };
  assert.deepEqual(await left(), [3, 0]);
  await assert.rejects(castAll(voter, 'budgets', '..a'), { error: 'over-budget' });
  await lead.act('round.open', { board: 'budgets', round: 2 });
  const news = await voter.notified('board.me', (me) => me.posts_left === 2);
  assert.equal(news.votes_left, 3);
  assert.deepEqual(await left(), [2, 3]);
  await lead.act('round.reopen', { board: 'budgets', round: 1 });
  assert.deepEqual(await left(), [3, 0], 'a step back gives back what was used');
});

test('a preview changes nothing, and leaves a trace where scores are closed', async () => {
  const { lead } = await board('essai', [round({ allows: ['post', 'vote'], rule: keep(1) }), round({ scores: 'closed', rule: keep(1) }), FINAL]);
  await castAll(await enter(server), 'essai', 'aad');
  const { version } = await lead.join('essai');
  const now = await lead.call('round.preview', { board: 'essai' });
  assert.deepEqual([now.round, now.promoted, now.ideas.length], [1, [1], 3]);
  assert.deepEqual(now, await json('rank', 'essai', '--json', ...place));
  assert.equal((await lead.join('essai')).version, version);
  await lead.act('round.open', { board: 'essai', round: 2 });
  await assert.rejects(lead.call('round.preview', { board: 'essai' }), { code: -32602, field: 'op' });
  const look = { board: 'essai', op: newOp() };
  assert.ok((await lead.call('round.preview', look)).ideas);
  await assert.rejects(lead.call('round.preview', look), { error: 'conflict' }, 'one trace, one look');
  assert.deepEqual((await lead.act('round.preview', { board: 'essai' })).promoted, [1]);
  const { previews, state } = await seenRound(lead, 'essai', 2);
  assert.deepEqual([previews, state], [2, 'open']);
});

test('a final is judged by everybody, and its winner is the same in the answer, the snapshot and the ranking', async () => {
  const { lead } = await board('finale', [round({ allows: ['post', 'vote'], rule: keep(2) }), { ...FINAL, scores: 'closed', reveal: 'by-lead' }]);
  const people = await Promise.all(Array.from({ length: 6 }, () => enter(server)));
  await Promise.all(people.map((line) => castAll(line, 'finale', 'apd')));
  await lead.act('round.open', { board: 'finale', round: 2 });
  await Promise.all(people.slice(1).map((line) => castAll(line, 'finale', 'da')));
  const { results } = await lead.act('round.close', { board: 'finale', round: 2 });
  assert.deepEqual(results.map(({ idea, outcome }) => [idea, outcome]), [[2, 'winner'], [1, 'finalist']]);
  await lead.act('round.reveal', { board: 'finale', round: 2 });
  assert.deepEqual(await outcomesOf(people[0], 'finale'), { 1: 'finalist', 2: 'winner', 3: 'eliminated' });
  const { result } = await people[0].call('round.result', { board: 'finale', round: 2 });
  assert.deepEqual([result.winner, result.judges], [2, 6]);
  assert.deepEqual(result, await json('rank', 'finale', '--json', ...place));
});

test('after all that every board verifies, and the server ends in good order', async () => {
  for (const { slug } of await json('boards', '--json', ...place)) await assertVerifies(place, slug);
  assert.equal(await server.stop(), 0);
});
