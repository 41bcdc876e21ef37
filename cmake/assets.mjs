// Packs the web client for the binary.
//
//   node assets.mjs WEB OUT
//
// Each file of the folder WEB is offered at its path there. Writes OUT/assets.bin, all bytes in
// a row, each also compressed where that is shorter, and OUT/assets.c, the table `assets` of
// server/assets.h in bytewise order of the paths.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

// Already compressed: another pass costs the browser time and saves nothing.
const COMPRESSED = new Set(['.png', '.woff2']);

const [web, out] = process.argv.slice(2);

/** @returns {{path: string, file: string}[]} */
function sources() {
  return readdirSync(web, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => ({ path: `/${relative(web, file)}`, file }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

const parts = [];
let size = 0;

/** Appends bytes to the pack; returns how C names them there. */
function place(bytes) {
  const at = size;
  parts.push(bytes);
  size += bytes.length;
  return `assets_bin + ${at}`;
}

function row({ path, file }) {
  const kind = extname(file);
  const type = TYPES[kind];
  if (!type) throw new Error(`${file}: no content type is known for ${kind || 'a file without extension'}`);

  const bytes = readFileSync(file);
  const packed = COMPRESSED.has(kind) ? bytes : gzipSync(bytes, { level: 9 });
  const shorter = packed.length < bytes.length;
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const gzip = shorter ? `${place(packed)}, ${packed.length}` : 'NULL, 0';
  return `    {${JSON.stringify(path)}, ${JSON.stringify(type)}, ${place(bytes)}, ${bytes.length}, ${gzip}, "${etag}"},\n`;
}

const rows = sources().map(row);
writeFileSync(join(out, 'assets.bin'), Buffer.concat(parts));
writeFileSync(
  join(out, 'assets.c'),
  `/* Made by cmake/assets.mjs. */
#include "server/assets.h"

extern const unsigned char assets_bin[];

const struct asset assets[] = {
${rows.join('')}};

const size_t assets_count = sizeof assets / sizeof *assets;
`,
);
