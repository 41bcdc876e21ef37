// Goal: French and English say the same things, completely; the shell and the modules keep to their rules.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { ERRORS } from './fixture.js';

const web = new URL('../../web/', import.meta.url);
const read = (path) => readFileSync(new URL(path, web), 'utf8');
const files = (folder, end) => readdirSync(new URL(folder, web), { recursive: true }).map(String).filter((name) => name.endsWith(end)).sort();

const fr = JSON.parse(read('app/i18n/fr.json'));
const en = JSON.parse(read('app/i18n/en.json'));
const made = new Set(['net/constants.js']);
const modules = files('app', '.js').filter((name) => !made.has(name));
const sources = modules.map((name) => read(`app/${name}`)).join('\n');
const forms = (entry) => (typeof entry === 'string' ? [entry] : Object.values(entry));
const holes = (entry) => [...new Set(forms(entry).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

test('both languages have the same keys, with the same holes', () => {
  assert.deepEqual(Object.keys(en), Object.keys(fr));
  for (const key of Object.keys(fr)) assert.deepEqual(holes(en[key]), holes(fr[key]), key);
});

test('every plural has its forms', () => {
  for (const texts of [fr, en]) {
    for (const [key, entry] of Object.entries(texts)) {
      if (typeof entry !== 'string') assert.deepEqual(Object.keys(entry), ['one', 'other'], key);
    }
  }
});

test('every text that the client asks for exists', () => {
  const asked = [...sources.matchAll(/\bt\("([\w.-]+)"/g)].map((match) => match[1]);
  assert.ok(asked.length > 50);
  for (const key of asked) assert.ok(key in fr, key);
});

test('no text is left over', () => {
  const named = (key) => sources.includes(`"${key}"`);
  const starts = [...sources.matchAll(/`([a-z][\w.]*\.)\$\{/g)].map((match) => match[1]); // t(`sort.${one}`)
  const built = (key) => starts.some((start) => key.startsWith(start));
  for (const key of Object.keys(fr)) assert.ok(named(key) || built(key), key);
});

test('every refusal has its sentence', () => {
  for (const name of Object.keys(ERRORS)) assert.ok(`error.${name}` in fr, name);
});

test('every file of styles is part of the whole, or of documents of its own', () => {
  const built = read('build.js');
  for (const name of files('styles', '.css').filter((one) => !built.includes(`outfile: join(out, "styles/${one}")`))) assert.ok(read('styles/index.css').includes(`"${name}"`), name);
});

test('the shell keeps its places for the server, and nothing inline', () => {
  const shell = read('index.html');
  for (const place of ['title', 'head', 'content']) assert.equal(shell.split(`<!--pinson:${place}-->`).length, 2, place);
  assert.ok(shell.includes('<html lang="fr">'));
  assert.doesNotMatch(shell, /<style|<script>|style=|\son\w+=/);
});

test('no module is long, and none but view.js knows the packages', () => {
  for (const name of modules) {
    const text = read(`app/${name}`);
    if (name.startsWith('parts/')) assert.ok(text.split('\n').length <= 151, name);
    if (name !== 'view.js') assert.doesNotMatch(text, /from "[^.]/, name);
  }
});
