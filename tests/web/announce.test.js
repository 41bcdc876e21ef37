// Goal: whoever listens to the page is told the newest, not everything, and never in a torrent.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const region = { textContent: '' };
Object.assign(globalThis, { document: { getElementById: (/** @type {string} */ id) => (id === 'status' ? region : null) } });
const { say, saySummary } = await import('../../web/app/lib/announce.js');
const wait = (/** @type {number} */ ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

test('of several messages at once the newest is said, and the next one waits a second', async () => {
  say('la première');
  say('la deuxième');
  await wait(200);
  assert.equal(region.textContent, 'la deuxième');
  const began = Date.now();
  say('la troisième');
  await wait(300);
  assert.equal(region.textContent, 'la deuxième', 'not yet');
  while (region.textContent !== 'la troisième') await wait(20);
  assert.ok(Date.now() - began >= 600);
});

test('what happens by itself is summed up once in twenty seconds', async () => {
  await wait(1_100);
  saySummary('3 nouvelles idées');
  await wait(200);
  assert.equal(region.textContent, '3 nouvelles idées');
  await wait(1_100);
  saySummary('5 nouvelles idées');
  await wait(200);
  assert.equal(region.textContent, '3 nouvelles idées');
});
