// Makes what a browser loads out of the modules, styles and texts of this folder.
//
//   node build.js OUTDIR
//
// OUTDIR mirrors the addresses: index.html, app/main.js, app/screens/board.js, styles/index.css,
// sw.js. What every screen needs is fetched at once; each screen adds a file of its own.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";
import { rollup } from "rollup";

const [out] = process.argv.slice(2);
if (!out) {
  process.stderr.write("usage: node build.js OUTDIR\n");
  process.exit(2);
}
const web = import.meta.dirname;
const small = { legalComments: /** @type {const} */ ("none"), minify: true, target: "es2022" };
const common = { ...small, bundle: true, logLevel: /** @type {const} */ ("warning") };

/** The dark values of tokens.css, once more under a selector for those who chose them. @type {import("esbuild").Plugin} */
const themes = {
  name: "themes",
  setup: ({ onLoad }) => onLoad({ filter: /\/tokens\.css$/ }, ({ path }) => {
    const contents = readFileSync(path, "utf8");
    const dark = contents.match(/@media \(prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme="light"\]\) (\{[^}]*\})\s*\}/)?.[1];
    if (!dark) throw new Error("tokens.css has no dark values");
    return { contents: `${contents}:root[data-theme="light"] { color-scheme: light; } @media screen { :root[data-theme="dark"] ${dark.replace("{", "{ color-scheme: dark;")} }`, loader: "css" };
  }),
};

/** Only view.js knows packages: it is read with them in it. @type {import("rollup").Plugin} */
const packages = {
  name: "packages",
  load: async (path) => (path.endsWith("/app/view.js")
    ? (await build({ ...common, entryPoints: [path], format: "esm", minify: false, write: false })).outputFiles[0].text
    : null),
};

/** Without comments; and indentation within templates means nothing to the view library. @type {import("rollup").Plugin} */
const minified = {
  name: "minified",
  transform: (code, path) => (path.endsWith("/app/view.js") ? null : { code: code.replace(/\n[ \t]+/g, "\n"), map: null }),
  renderChunk: async (code) => ({ code: (await transform(code, { ...small, format: "esm" })).code, map: null }),
};

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "app/i18n"), { recursive: true });

const screens = readdirSync(join(web, "app/screens"));
const bundle = await rollup({
  input: join(web, "app/main.js"),
  plugins: [packages, minified],
  treeshake: { moduleSideEffects: true },
  onwarn: (warning) => {
    throw new Error(warning.message);
  },
});
const { output } = await bundle.write({
  dir: out,
  entryFileNames: "app/[name].js",
  // A screen keeps its name, so that the server can ask for it ahead.
  chunkFileNames: ({ moduleIds }) => {
    const screen = moduleIds.map((path) => basename(path)).find((name, i) => moduleIds[i].includes("/screens/") && screens.includes(name));
    return screen ? `app/screens/${screen}` : "app/chunks/[name]-[hash].js";
  },
  hoistTransitiveImports: false,
});
await build({ ...common, entryPoints: [join(web, "styles/index.css")], outfile: join(out, "styles/index.css"), plugins: [themes] });
await build({ ...common, entryPoints: [join(web, "styles/sheet.css")], outfile: join(out, "styles/sheet.css") }); // of documents, which have no script

for (const name of readdirSync(join(web, "app/i18n"))) {
  writeFileSync(join(out, "app/i18n", name), JSON.stringify(JSON.parse(readFileSync(join(web, "app/i18n", name), "utf8"))));
}
cpSync(join(web, "icon.svg"), join(out, "icon.svg"));

/** @typedef {import("rollup").OutputChunk} Chunk */
const chunks = new Map(output.flatMap((made) => (made.type === "chunk" ? [[made.fileName, made]] : [])));

/** What a script needs before it runs, itself included. @param {string} name @param {Set<string>} [known] */
function closure(name, known = new Set()) {
  if (known.has(name)) return known;
  known.add(name);
  for (const needed of chunks.get(name)?.imports ?? []) closure(needed, known);
  return known;
}

// One round trip instead of a chain of them: the shell names what every screen needs, and what
// each adds; of the latter the server leaves only what the address asks for.
const MAIN = "app/main.js";
const all = closure(MAIN);
const link = (/** @type {string} */ name) => `<link rel="modulepreload" href="/${name}">`;
const preloads = [...all].filter((name) => name !== MAIN).map(link);
for (const name of [...chunks.keys()].filter((path) => path.startsWith("app/screens/")).sort()) {
  const more = [...closure(name)].filter((needed) => !all.has(needed)).sort();
  preloads.push(`<!--screen:${basename(name, ".js")}-->${more.map(link).join("")}<!--/screen-->`);
}
const shell = readFileSync(join(web, "index.html"), "utf8");
if (!shell.includes("<!--build:preloads-->")) throw new Error("index.html has no place for the preloads");
writeFileSync(join(out, "index.html"), shell.replace("<!--build:preloads-->", preloads.join("\n    ")).replace(/^<!doctype html>\n<!--.*?-->\n/s, "<!doctype html>\n"));

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
