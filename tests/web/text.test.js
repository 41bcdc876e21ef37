// Goal: what looks like personal data is noticed while it is typed, and ordinary numbers are not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphemes, looksPersonal, spacedCode } from '../../web/app/lib/text.js';

test('an e-mail address and a telephone number are noticed', () => {
  for (const text of ['écrivez à jean.dupont@exemple.fr', 'mon 06 12 34 56 78', 'appelez 0612345678', '+33 6 12 34 56 78', '01.23.45.67.89']) assert.ok(looksPersonal(text), text);
});

test('times, sums and years are not', () => {
  for (const text of ['de 8 h à 8 h 45', 'un budget de 120 000 euros en 2026', 'rue du 11 novembre 1918', '30 km/h @ tous', '#0123']) assert.ok(!looksPersonal(text), text);
});

test('people count what they see', () => {
  assert.equal(graphemes('👨‍👩‍👧‍👦é'), 2);
  assert.equal(spacedCode('482913'), '482\u00a0913');
});
