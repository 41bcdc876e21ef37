// Goal: gestures have names that are well formed, unique, and in the order of the gestures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createUlid, ulidTime } from '../../web/app/net/ulid.js';

test('grows within a millisecond, and when the clock goes back', () => {
  let now = 1_700_000_000_000;
  const next = createUlid(() => now);
  const made = Array.from({ length: 1_000 }, next);
  now -= 60_000;
  made.push(next());
  assert.deepEqual([...made].sort(), made);
  assert.equal(new Set(made).size, made.length);
});

test('carries its time', () => {
  const made = createUlid(() => 1_763_892_000_123)();
  assert.match(made, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.equal(ulidTime(made), 1_763_892_000_123);
});
