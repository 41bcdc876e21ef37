// Goal: whatever happened on a board, its archive makes a board with the same archive. Boards
// are made up at random, the same for the same number; more of them than these are tried with
// BOARDS=0-500 node --test tests/integration/import-random.test.js
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { roundTrip } from './support/archive.js';
import { Refused, enter } from './support/line.js';
import { cleanUp, folder, serve } from './support/processes.js';
import { createBoard, keep, round, staff } from './support/rounds.js';

/** @import { Line } from './support/line.js' */

const [FIRST, LAST] = (process.env.BOARDS ?? '0-11').split('-').map(Number);
const CHOICES = ['agree', 'disagree', 'pass'];
const THEMES = ['Eau', 'Air'];
const GROUPS = ['Nord', 'Sud'];

const data = folder();
const place = ['--data', data];
/** @type {import('./support/processes.js').Server} */ let server;

before(async () => { server = await serve({ data }); });
after(cleanUp);

/** Whole numbers below n, the same for the same seed. @param {number} seed @returns {(n: number) => number} */
function chance(seed) {
  let state = seed * 7919 + 13;
  return (n) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % n;
  };
}

/** @param {(n: number) => number} below */
function someRounds(below) {
  const count = 1 + below(3);
  return Array.from({ length: count }, (_, i) => {
    const final = i === count - 1 && count > 1 && below(2);
    const rule = below(3) ? keep(2 + below(4)) : { keep: { share: 0.5 }, min_judges: 1 + below(3), carry_over: below(2) === 1 };
    return round({
      allows: final ? ['vote'] : ['post', 'build', 'vote'], ballots: below(4) ? 'any' : 'served', counts: below(4) ? 'standing' : 'fresh',
      ...(final ? { final: true } : { rule }), ...(below(2) ? { minutes: 20 } : {}), ...(below(3) ? {} : { scores: 'closed' }),
    });
  });
}

/** Asks; what the rules refuse is refused, and that is all. @param {Line} who @param {string} method @param {object} params @returns {Promise<any>} */
async function attempt(who, method, params) {
  try {
    return await who.act(method, params);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return null;
  }
}

/** Everything that can happen to a board, as often as its weight says. */
const HAPPENINGS = [
  [5, async ({ below, on, who, ideas }) => {
    const theme = below(2) ? { theme: THEMES[below(2)] } : {};
    const made = below(3) || !ideas
      ? await on(who, 'idea.post', { text: `Une idée, la ${below(100000)}e`, ...theme })
      : await on(who, 'idea.build', { parent: 1 + below(ideas), relation: ['expand', 'counter', 'adapt', 'explore'][below(4)], text: `Une réponse, la ${below(100000)}e`, ...(below(3) ? {} : { with: 1 + below(ideas) }) });
    return made?.idea;
  }],
  [20, async ({ below, on, who, idea, served }) => {
    if (!served) {
      await on(who, 'vote.cast', { idea, choice: CHOICES[below(3)] });
      return;
    }
    for (const { n } of (await on(who, 'judge.next', { count: 2 }))?.ideas ?? []) {
      if (below(4)) await on(who, 'vote.cast', { idea: n, choice: CHOICES[below(3)] });
    }
  }],
  [1, ({ on, who, idea }) => on(who, 'vote.withdraw', { idea })],
  [1, ({ on, lead, idea }) => on(lead, 'mod.hide', { idea, reason: 'spam' })],
  [1, ({ on, lead, idea }) => on(lead, 'mod.restore', { idea })],
  [1, ({ on, lead, idea }) => on(lead, 'mod.approve', { idea })],
  [1, ({ on, lead, idea }) => on(lead, 'mod.undo', { idea })],
  [1, ({ on, lead, idea, other }) => on(lead, 'mod.merge', { into: idea, ideas: [other] })],
  [1, ({ on, lead, idea, other }) => on(lead, 'mod.unmerge', { into: idea, idea: other })],
  [1, ({ on, lead, idea, below }) => on(lead, 'mod.retheme', { idea, theme: below(2) ? THEMES[below(2)] : null })],
  [1, ({ on, lead, idea }) => on(lead, 'mod.redact', { idea, text: 'Des mots de moins' })],
  [1, ({ on, lead, below }) => on(lead, 'board.premoderate', { on: below(2) === 1 })],
  [2, ({ on, who, idea }) => on(who, 'report.file', { idea, reason: 'spam' })],
  [1, ({ on, who, idea }) => on(who, 'idea.withdraw', { idea })],
  [1, ({ on, who, idea }) => on(who, 'idea.follow', { idea, on: true })],
  [1, ({ on, who, below }) => on(who, 'person.declare', { groups: [GROUPS[below(2)]] })],
  [1, async ({ on, lead, n, below }) => {
    if (below(2)) await on(lead, 'round.extend', { round: n, minutes: 3 });
    else await on(lead, 'round.preview', { round: n });
  }],
  [1, async ({ on, lead, n, below }) => {
    if (below(3)) return;
    await on(lead, below(2) ? 'round.close' : 'round.pause', { round: n });
    await on(lead, 'round.reopen', { round: n });
  }],
  [1, async ({ on, who, below }) => {
    if (!below(4)) await on(who, 'person.erase', { texts: below(2) ? 'erase' : 'anonymous' });
  }],
  [1, async ({ on, lead, below }) => (below(2) ? (await on(lead, 'idea.seed', { text: `Une graine, la ${below(100000)}e` }))?.idea : undefined)],
].flatMap(([weight, happening]) => Array.from({ length: /** @type {number} */ (weight) }, () => /** @type {(what: any) => Promise<any>} */ (happening)));

/** @param {string} board @param {(n: number) => number} below */
async function live(board, below) {
  const rounds = someRounds(below);
  const draft = below(4) === 0;
  await createBoard([server], place, board, rounds, ...THEMES.flatMap((name) => ['--theme', name]), ...GROUPS.flatMap((name) => ['--group', name]), ...(draft ? ['--draft'] : []));
  const lead = await staff(server, place, board);
  const people = [];
  for (let i = 3 + below(14); i > 0; i--) people.push(await enter(server));
  const on = (who, method, params) => attempt(who, method, { board, ...params });
  let ideas = 0;
  for (let seeds = draft ? below(4) : 0; seeds > 0; seeds--) {
    ideas = (await on(lead, 'idea.seed', { text: `Une graine, la ${below(100000)}e` })).idea;
    if (!below(3)) await on(lead, 'mod.hide', { idea: ideas, reason: 'spam' });
    else if (!below(3)) await on(lead, 'idea.withdraw', { idea: ideas });
  }
  if (draft && !below(8)) return [...people, lead];
  for (let n = 1; n <= rounds.length; n++) {
    if (n > 1 || draft) await on(lead, 'round.open', { round: n });
    for (let step = 30 + below(120); step > 0; step--) {
      const number = () => 1 + below(ideas || 1);
      const made = await HAPPENINGS[below(HAPPENINGS.length)]({ below, on, lead, n, ideas, idea: number(), other: number(), who: people[below(people.length)], served: rounds[n - 1].ballots === 'served' });
      ideas = Math.max(ideas, made ?? 0);
    }
    if (below(2)) {
      await on(lead, 'round.close', { round: n });
      if (below(2)) await on(lead, 'mod.hide', { idea: 1 + below(ideas || 1), reason: 'other' });
    }
  }
  return [...people, lead];
}

test(`archives of boards on which anything happened, the ${FIRST}th to the ${LAST}th, come to the same again`, async () => {
  const broken = [];
  for (let n = FIRST; n <= LAST; n++) {
    for (const line of await live(`hasard-${n}`, chance(n))) await line.close();
    await roundTrip(`hasard-${n}`, data).catch((error) => broken.push(`${n}: ${error.message.slice(0, 400)}`));
  }
  assert.deepEqual(broken, []);
});
