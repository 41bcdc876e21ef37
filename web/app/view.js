// The one door to the view library: nothing else imports vendor.js.
import { Component, h, htm, signal } from "./vendor.js";

export {
  Fragment, batch, computed, effect, render, signal, untracked,
  useEffect, useLayoutEffect, useMemo, useRef, useState,
} from "./vendor.js";

/** Markup as a tagged template, made into nodes: what is interpolated stays text. */
export const html = htm.bind(h);

/** @param {any} a @param {any} b */
function differ(a, b) {
  for (const key in a) if (!(key in b) || a[key] !== b[key]) return true;
  for (const key in b) if (!(key in a)) return true;
  return false;
}

/**
 * A component that is drawn again only when a prop, or a signal that it reads, has changed:
 * twenty tallies a second must not redraw three hundred cards.
 * @template P
 * @param {(props: P) => any} view
 * @returns {(props: P) => any}
 */
export function memo(view) {
  class Memo extends /** @type {any} */ (Component) {
    /** @param {any} next */
    shouldComponentUpdate(next) {
      return differ(this.props, next);
    }

    render() {
      return view(/** @type {any} */ (this.props));
    }
  }
  return /** @type {any} */ (Memo);
}

/** @type {(() => Promise<unknown>)[]} */
const waiting = [];

/**
 * A component whose module is not needed for the first screen.
 * @param {() => Promise<any>} load its module
 * @param {string} name of the component in it
 * @param {{ahead?: boolean}} [options] not ahead: few people ever come there
 * @returns {(props: any) => any}
 */
export function lazy(load, name, { ahead = true } = {}) {
  const found = signal(/** @type {any} */ (null));
  const fetched = async () => {
    found.value ??= (await load())[name];
  };
  if (ahead) waiting.push(fetched);
  return (props) => {
    if (found.value) return h(found.value, props);
    fetched().catch(() => {}); // asked for again when it is drawn again
    return null;
  };
}

/** Fetches what lazy components wait for, so that they are here even when the line is not. */
export function loadAll() {
  for (const fetched of waiting.splice(0)) fetched().catch(() => waiting.push(fetched));
}
