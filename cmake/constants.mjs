// Writes the client's names and limits from the headers that the server compiles.
//
//   node constants.mjs INCLUDE_DIR OUT_FILE
//
// A line that looks like a constant but is not understood is an error, so that the two sides
// cannot drift apart silently.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [include, out] = process.argv.slice(2);
const withoutComments = (text) => text.replace(/\/\*[^]*?\*\//g, '');
const read = (name) => withoutComments(readFileSync(join(include, name), 'utf8'));

/** `#define PINSON_PROTOCOL "pinson.v1"` */
function protocol() {
  const found = read('protocol.h').match(/#define\s+PINSON_PROTOCOL\s+"([^"]+)"/);
  if (!found) throw new Error('protocol.h does not define PINSON_PROTOCOL');
  return found[1];
}

/** `X(ERR_NOT_OPEN, "not-open", "Sentence.")`, where C may split a sentence in two literals. */
function errors() {
  const text = read('error.def').replace(/^\s*#.*$/gm, '');
  const rows = [...text.matchAll(/\bX\(\s*(\w+)\s*,\s*"([^"]+)"\s*,\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)/g)];
  if (rows.length === 0 || rows.length !== (text.match(/\bX\(/g) ?? []).length) {
    throw new Error('error.def has a row that is not X(SYMBOL, "name", "Sentence.")');
  }
  const sentence = (literals) => [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => JSON.parse(`"${m[1]}"`)).join('');
  return Object.fromEntries(rows.map(([, , name, literals]) => [name, sentence(literals)]));
}

/** `LIMIT_TEXT_MAX_BYTES = 4096,`, or a sum of numbers and limits before it. */
function limits() {
  const known = {};
  for (const [, name, expression] of read('limits.h').matchAll(/\b(LIMIT_\w+)\s*=\s*([^,}]+)/g)) {
    const sum = expression.replace(/\bLIMIT_\w+/g, (other) => known[other]).replace(/\b(\d+|0x[\da-f]+)[ul]+\b/gi, '$1');
    if (!/^[\s\d+*()<>a-fx-]+$/i.test(sum)) throw new Error(`limits.h: ${name} is not a number: ${expression.trim()}`);
    known[name] = Function(`return (${sum})`)();
  }
  if (Object.keys(known).length === 0) throw new Error('limits.h has no LIMIT_… constants');
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [name.slice('LIMIT_'.length).toLowerCase(), value]));
}

const frozen = (name, value) => `export const ${name} = /* @__PURE__ */ Object.freeze(${JSON.stringify(value, null, 2)});\n`;

writeFileSync(
  out,
  `// Made from include/pinson by the build.
export const PROTOCOL = ${JSON.stringify(protocol())};

// Wire name of an error → its sentence for a person.
${frozen('ERRORS', errors())}
${frozen('LIMITS', limits())}`,
);
