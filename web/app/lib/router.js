// The address ⇄ what is on screen. Links are ordinary links; those within the application are
// followed without a page load.
import { signal } from "../view.js";

/** @typedef {{name: "home" | "board" | "judge" | "lead" | "import" | "moderate" | "record" | "result" | "me" | "idea" | "presenter" | "kiosk" | "tickets" | "new" | "join" | "page" | "missing", path: string, slug: string, n: number, code: string, query: URLSearchParams}} Route */

const MODES = /** @type {const} */ (["judge", "lead", "import", "moderate", "record", "result", "me", "tickets"]);

/** @param {string} path @param {string} search @returns {Route} */
export function parse(path, search) {
  const query = new URLSearchParams(search);
  const route = { name: /** @type {Route["name"]} */ ("missing"), path, slug: "", n: 0, code: "", query };
  const parts = path.split("/").filter(Boolean);

  if (parts.length === 0 || (parts[0] === "join" && parts.length === 1)) return { ...route, name: "home" };
  if (parts[0] === "nouveau" && parts.length === 1) return { ...route, name: "new" };
  if (parts[0] === "join" && parts.length === 2) return { ...route, name: "join", code: parts[1] };
  if (parts[0] === "pages" && parts.length === 2) return { ...route, name: "page" };
  if (parts[0] !== "b") return route;
  if (parts.length === 2) {
    const name = MODES.find((mode) => mode === query.get("mode")) ?? "board";
    return { ...route, name, slug: parts[1], n: name === "result" ? Number(query.get("round")) || 0 : 0 };
  }
  if (parts.length === 3 && parts[2] === "ecran") return { ...route, name: "presenter", slug: parts[1] };
  if (parts.length === 3 && parts[2] === "borne") return { ...route, name: "kiosk", slug: parts[1] };
  if (parts.length === 4 && parts[2] === "i" && /^\d{1,9}$/.test(parts[3])) {
    return { ...route, name: "idea", slug: parts[1], n: Number(parts[3]) };
  }
  return route;
}

const here = () => parse(location.pathname, location.search);

export const route = signal(/** @type {Route} */ ({ name: "home", path: "/", slug: "", n: 0, code: "", query: new URLSearchParams() }));

/** What the address bar would say to be on the same screen: filters do not change it. @param {Route} at */
export const screenKey = (at) => `${at.name}:${at.path}:${at.n}`;

/** @param {string} slug */
export const boardPath = (slug) => `/b/${slug}`;
/** @param {string} slug */
export const judgePath = (slug) => `/b/${slug}?mode=judge`;
/** @param {string} slug */
export const leadPath = (slug) => `/b/${slug}?mode=lead`;
/** Where staff work through what waits. @param {string} slug @param {string} [part] */
export const moderatePath = (slug, part) => `/b/${slug}?mode=moderate${part ? `&part=${part}` : ""}`;
/** The case of one idea. @param {string} slug @param {number} n */
export const casePath = (slug, n) => `/b/${slug}?mode=moderate&idea=${n}`;
/** What staff did, for everybody. @param {string} slug */
export const recordPath = (slug) => `/b/${slug}?mode=record`;
/** Where a lead brings ideas from a file. @param {string} slug */
export const importPath = (slug) => `/b/${slug}?mode=import`;
/** @param {string} slug @param {number} round */
export const resultPath = (slug, round) => `/b/${slug}?mode=result&round=${round}`;
/** @param {string} slug */
export const mePath = (slug) => `/b/${slug}?mode=me`;
/** Where an idea is written at once. @param {string} slug */
export const writePath = (slug) => `/b/${slug}?write=idea`;
/** The screen for a room. @param {string} slug */
export const presenterPath = (slug) => `/b/${slug}/ecran`;
/** A device of staff that people use one after the other. @param {string} slug */
export const kioskPath = (slug) => `/b/${slug}/borne`;
/** @param {string} slug */
export const ticketsPath = (slug) => `/b/${slug}?mode=tickets`;
/** @param {string} slug @param {number} n */
export const ideaPath = (slug, n) => `/b/${slug}/i/${n}`;
/** Where a reply is written. @param {string} slug @param {number} n @param {string} relation */
export const replyPath = (slug, n, relation) => `/b/${slug}/i/${n}?write=${relation}`;

/** Where a new board is made. */
export const newPath = "/nouveau";

/** A page that the server writes. @param {string} name @param {string} lang */
export const pagePath = (name, lang) => `/pages/${name}?lang=${lang}`;

/** What an address leads to here; "": to nothing. @type {(href: string) => string} */
let through = (href) => href;

/** From now on no address leads anywhere but where this says. @param {typeof through} where */
export function keepIn(where) {
  through = where;
}

/** @param {string} wanted @param {{replace?: boolean}} [options] */
export function go(wanted, { replace = false } = {}) {
  const href = through(wanted);
  if (!href) return;
  if (replace) history.replaceState(history.state, "", href);
  else history.pushState(null, "", href);
  route.value = here();
}

/** Puts filters into the address of the present screen; empty ones leave it. @param {Record<string, string>} filters */
export function setFilters(filters) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(filters)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const search = query.toString();
  go(location.pathname + (search ? `?${search}` : ""), { replace: true });
}

/** The server's own pages and files, which it writes whole. @param {Route} at */
const isServed = ({ name }) => name === "missing" || name === "page";

/** @param {MouseEvent} event */
function onClick(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = /** @type {Element} */ (event.target).closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || (url.hash && url.pathname === location.pathname)) return;
  if (isServed(parse(url.pathname, url.search)) || isServed(route.value)) return;
  event.preventDefault();
  go(url.pathname + url.search);
}

export function startRouter() {
  route.value = here();
  addEventListener("popstate", () => {
    route.value = here();
  });
  document.addEventListener("click", onClick);
}
