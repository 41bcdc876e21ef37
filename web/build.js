// Bundles the packages that the client takes from others into one module.
//
//   node build.js OUTFILE
//
// Only app/view.js imports the result, so this list is all that the client knows of them.
import { build } from "esbuild";

const [outfile] = process.argv.slice(2);
if (!outfile) {
  process.stderr.write("usage: node build.js OUTFILE\n");
  process.exit(2);
}

const contents = `
export { h, render, Component, Fragment } from "preact";
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
export { batch, computed, effect, signal, untracked } from "@preact/signals";
export { default as htm } from "htm";
`;

await build({
  stdin: { contents, resolveDir: import.meta.dirname, sourcefile: "packages.js" },
  bundle: true,
  format: "esm",
  legalComments: "none",
  logLevel: "warning",
  minify: true,
  outfile,
  platform: "browser",
  target: "es2022",
});
