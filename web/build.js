// Makes what a browser loads out of the modules, styles and texts of this folder.
//
//   node build.js OUTDIR
//
// OUTDIR mirrors the addresses: index.html, app/main.js, app/screens/board.js, styles/index.css,
// sw.js. What every screen needs is fetched at once; each screen adds a file of its own.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { build } from "esbuild";

const [out] = process.argv.slice(2);
if (!out) {
  process.stderr.write("usage: node build.js OUTDIR\n");
  process.exit(2);
}
const web = import.meta.dirname;
const COMMON = new Set(["screen.js", "missing.js"]); // part of every screen
// Indentation within templates means nothing to the view library.
const plain = {
  name: "plain",
  setup(/** @type {import("esbuild").PluginBuild} */ { onLoad }) {
    onLoad({ filter: /\/web\/app\/.*\.js$/ }, ({ path }) => ({ contents: readFileSync(path, "utf8").replace(/\n[ \t]+/g, "\n"), loader: "js" }));
  },
};
const common = { bundle: true, legalComments: "none", logLevel: "warning", minify: true, target: "es2022" };

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "app/i18n"), { recursive: true });

const scripts = await build({
  ...common,
  absWorkingDir: web,
  chunkNames: "app/chunks/[name]-[hash]",
  entryNames: "[dir]/[name]",
  entryPoints: ["app/main.js", ...readdirSync(join(web, "app/screens")).filter((name) => !COMMON.has(name)).map((name) => `app/screens/${name}`)],
  format: "esm",
  metafile: true,
  outbase: web,
  outdir: out,
  plugins: [plain],
  splitting: true,
});
await build({ ...common, entryPoints: [join(web, "styles/index.css")], outfile: join(out, "styles/index.css") });

for (const name of readdirSync(join(web, "app/i18n"))) {
  writeFileSync(join(out, "app/i18n", name), JSON.stringify(JSON.parse(readFileSync(join(web, "app/i18n", name), "utf8"))));
}
cpSync(join(web, "icon.svg"), join(out, "icon.svg"));

/** @typedef {{entryPoint?: string, imports: {path: string, kind: string}[]}} Output */
const outputs = /** @type {Record<string, Output>} */ (scripts.metafile.outputs);
const addressOf = (/** @type {string} */ path) => `/${path.slice(path.lastIndexOf("app/"))}`;
const outputOf = (/** @type {string} */ source) => /** @type {[string, Output]} */ (Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source))[0];

/** What a script needs before it runs, itself included. @param {string} path @param {Set<string>} [known] */
function closure(path, known = new Set()) {
  if (known.has(path)) return known;
  known.add(path);
  for (const { path: needed, kind } of outputs[path].imports) if (kind === "import-statement") closure(needed, known);
  return known;
}

// One round trip instead of a chain of them: the shell names what every screen needs.
const main = outputOf("app/main.js");
const first = [...closure(main)].filter((path) => path !== main);
const preloads = first.map((path) => `<link rel="modulepreload" href="${addressOf(path)}">`).sort().join("\n    ");
const shell = readFileSync(join(web, "index.html"), "utf8");
if (!shell.includes("<!--build:preloads-->")) throw new Error("index.html has no place for the preloads");
writeFileSync(join(out, "index.html"), shell.replace("<!--build:preloads-->", preloads).replace(/^<!doctype html>\n<!--.*?-->\n/s, "<!doctype html>\n"));

// The service worker keeps exactly these files; another build is another name.
const kept = ["/styles/index.css", "/icon.svg", ...readdirSync(join(out, "app"), { recursive: true }).map(String).filter((name) => /\.js(on)?$/.test(name)).map((name) => `/app/${name}`)].sort();
const hash = createHash("sha256");
for (const address of kept) hash.update(address).update(readFileSync(join(out, address)));
await build({
  ...common,
  define: { FILES: JSON.stringify(kept), BUILD: JSON.stringify(hash.digest("hex").slice(0, 12)) },
  entryPoints: [join(web, "sw.js")],
  format: "iife",
  outfile: join(out, "sw.js"),
});
