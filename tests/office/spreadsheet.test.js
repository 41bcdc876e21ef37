// Goal: a spreadsheet opens what people wrote as text, whatever it begins with, and computes nothing of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enter } from '../integration/support/line.js';
import { cleanUp, folder, output, serve } from '../integration/support/processes.js';
import { createBoard, round } from '../integration/support/rounds.js';

const TEXTS = ['=1+1 arbres', '=HYPERLINK("http://exemple.fr")', '=cmd|\'/C calc\'!A0', '+33 bancs', '-5 degrés', '@SUM(A1:A9)', '＝1+1 rues', '＋33 vélos', '－5 arbres', '＠tous ici', '1/2 heure de bus', '"Des bancs"; oui, partout', '\'=déjà protégé'];
const data = folder();
const out = folder();

before(async () => {
  const server = await serve({ data });
  await createBoard([server], ['--data', data], 'tableur', [round({ allows: ['post', 'vote'] })]);
  const line = await enter(server);
  await line.join('tableur');
  for (const text of TEXTS) await line.act('idea.post', { board: 'tableur', text });
  for (const format of ['csv', 'xlsx']) await output('export', 'tableur', '--format', format, '-o', out, '--data', data);
  await server.stop();
});

after(cleanUp);

/** The cells of the first column "text" as LibreOffice has them. @param {string} file @param {string[]} filter @param {number} sheet */
function cellsOf(file, filter, sheet) {
  const to = folder();
  execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${to}/profile`, ...filter, '--convert-to', 'fods', '--outdir', to, join(out, file)], { stdio: 'pipe', timeout: 120_000 });
  const xml = readFileSync(join(to, file.replace(/\.\w+$/, '.fods')), 'utf8');
  const table = xml.split('<table:table ')[sheet + 1];
  return [...table.matchAll(/<table:table-row.*?<\/table:table-row>/gs)].slice(1).flatMap(([row]) => {
    const cells = [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)];
    return cells[1]?.[2] ? [{ about: cells[1][1], text: cells[1][2].replace(/<text:s\/>/g, ' ').replace(/<[^>]*>/g, '').replaceAll('&quot;', '"').replaceAll('&apos;', '\'').replaceAll('&amp;', '&').trim() }] : [];
  });
}

// Comma, double quotes, UTF-8; the second has formulas evaluated, which a person may have chosen.
for (const [name, filter] of /** @type {[string, string[]][]} */ ([['as it comes', ['--infilter=CSV:44,34,76,1']], ['with formulas evaluated', ['--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true']]])) {
  test(`ideas.csv opens as text, ${name}`, () => {
    const cells = cellsOf('ideas.csv', filter, 0);
    assert.equal(cells.length, TEXTS.length);
    for (const [i, { about, text }] of cells.entries()) {
      assert.doesNotMatch(about, /table:formula/, TEXTS[i]);
      assert.match(about, /office:value-type="string"/, TEXTS[i]);
      assert.ok(text === TEXTS[i] || text === `'${TEXTS[i]}`, `${TEXTS[i]} has become ${text}`);
    }
  });
}

test('board.xlsx opens with every text as it was written', () => {
  const cells = cellsOf('board.xlsx', [], 1);
  assert.deepEqual(cells.map(({ text }) => text), TEXTS);
  for (const { about } of cells) assert.doesNotMatch(about, /table:formula/);
});
