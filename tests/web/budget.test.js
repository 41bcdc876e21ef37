// Goal: what a screen loads stays small; what few people open is not loaded by all.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const KIB = 1024;
const CSS_MAX = 15 * KIB;
const web = new URL('../../web/', import.meta.url);
const sizeOf = (path) => gzipSync(readFileSync(new URL(path, web)), { level: 9 }).length; // as the server packs it

/** What a module needs before it runs, itself included. */
function closure(name, known = new Set()) {
  const file = new URL(`app/${name}`, web);
  if (known.has(name) || !existsSync(file)) return known; // vendor.js lives in the build
  known.add(name);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) [^;]*?from "(\.[^"]+)";/gm)) {
    closure(new URL(path, `file:///${name}`).pathname.slice(1), known);
  }
  return known;
}
const sum = (names) => [...names].reduce((all, name) => all + sizeOf(`app/${name}`), 0);
const first = closure('screens/screen.js', closure('main.js'));

test('the styles fit their budget', () => {
  const all = readdirSync(new URL('styles/', web)).reduce((bytes, name) => bytes + sizeOf(`styles/${name}`), 0);
  assert.ok(all <= CSS_MAX, `${all} bytes`);
});

test('screens of rounds come only when they are opened', (t) => {
  t.diagnostic(`board: ${(sum(first) / KIB).toFixed(1)} KiB`);
  for (const name of ['home', 'idea', 'judge', 'finalists', 'lead', 'result']) {
    assert.ok(!first.has(`screens/${name}.js`), name);
    const more = [...closure(`screens/${name}.js`)].filter((one) => !first.has(one));
    t.diagnostic(`${name}: ${(sum(more) / KIB).toFixed(1)} KiB more`);
  }
  for (const name of first) assert.ok(!name.startsWith('charts/'), name);
});
