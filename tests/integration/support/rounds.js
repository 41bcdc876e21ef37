// Boards with several rounds on a running server: made, led and judged.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enter } from './line.js';
import { folder, json, output, run } from './processes.js';

/** @import { Line } from './line.js' */

/** A round in which any ballot counts and everybody sees the scores. @param {object} changes */
export const round = (changes = {}) => ({ title: 'Tour', allows: ['vote'], compete: ['idea', 'expand', 'adapt'], ballots: 'any', scores: 'live', ...changes });

/** The first so many go on. @param {number} top */
export const keep = (top) => ({ keep: { top }, min_judges: 1, carry_over: false });

/**
 * Makes a board by the command line, and waits until the servers know it.
 * @param {{ws: string}[]} servers @param {string[]} place its --data or --redis @param {string} slug @param {object[]} rounds
 * @param {string[]} args of `pinson create`
 */
export async function createBoard(servers, place, slug, rounds, ...args) {
  const path = join(folder(), 'rounds.json');
  writeFileSync(path, JSON.stringify(rounds));
  await output('create', slug, '--title', slug, '--rounds', path, ...args, ...place);
  for (const server of servers) {
    const line = await enter(server);
    while (!args.includes('--draft') && !(await line.call('board.list')).boards.some((board) => board.slug === slug)); // a draft is in no list
    await line.close();
  }
}

/** Staff of a board, who has joined it. @param {{ws: string}} server @param {string[]} place @param {string} slug */
export async function staff(server, place, slug, role = 'lead') {
  const { token } = await json('invite', '--board', slug, '--role', role, '--json', ...place);
  const line = await enter(server, { invite: token });
  await line.join(slug);
  return line;
}

/** @param {Line} line @param {string} board @param {number} count @returns {Promise<number[]>} */
export async function postIdeas(line, board, count) {
  const numbers = [];
  for (let i = 1; i <= count; i++) numbers.push((await line.act('idea.post', { board, text: `Une idée pour ${board}, la ${i}e` })).idea);
  return numbers;
}

/** One choice an idea, in the order of the numbers: a, d, p; anything else: none. @param {Line} line @param {string} board @param {string} choices */
export async function castAll(line, board, choices) {
  const names = { a: 'agree', d: 'disagree', p: 'pass' };
  for (const [i, letter] of [...choices].entries()) {
    if (names[letter]) await line.act('vote.cast', { board, idea: i + 1, choice: names[letter] });
  }
}

/** The whole Round as that connection sees it. @param {Line} line @param {string} board @param {number} n */
export async function seenRound(line, board, n) {
  return (await line.join(board)).snapshot.rounds[n - 1];
}

/**
 * Nothing differs from the log, once the servers have written all of a board. The command line
 * keeps the lease of a board that it makes for some seconds, so that this may take a while.
 * @param {string[]} place @param {string} slug
 */
export async function assertVerifies(place, slug) {
  const until = Date.now() + 12_000;
  let found;
  do {
    found = JSON.parse((await run('verify', slug, '--json', ...place)).stdout);
  } while ((found.compared_at !== found.version || found.differences.length) && Date.now() < until);
  assert.equal(found.compared_at, found.version, `${slug} is not written yet`);
  assert.deepEqual(found.differences, [], slug);
}
