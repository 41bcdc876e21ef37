// The one door to the view library: nothing else imports packages.
import { signal } from "@preact/signals";
import htm from "htm";
import { Component, h } from "preact";

export { batch, computed, effect, signal, untracked } from "@preact/signals";
export { Fragment, render } from "preact";
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

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
 * A component whose module is not needed for the first screen. `load` fetches it.
 * @param {() => Promise<any>} load its module
 * @param {string} name of the component in it
 * @param {{ahead?: boolean}} [options] not ahead: few people ever come there
 * @returns {((props: any) => any) & {load: () => Promise<void>}}
 */
export function lazy(load, name, { ahead = false } = {}) {
  const found = signal(/** @type {any} */ (null));
  const fetched = async () => {
    found.value ??= (await load())[name];
  };
  if (ahead) waiting.push(fetched);
  const component = (/** @type {any} */ props) => {
    if (found.value) return h(found.value, props);
    fetched().catch(() => {}); // asked for again when it is drawn again
    return null;
  };
  return Object.assign(component, { load: fetched });
}

/** Fetches what lazy components wait for, so that they are here even when the line is not. */
export function loadAll() {
  for (const fetched of waiting.splice(0)) fetched().catch(() => waiting.push(fetched));
}
