// What build.js bundles, for the type checker.
export { h, render, Component, Fragment } from "preact";
export type { ComponentChildren, VNode } from "preact";
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
export { batch, computed, effect, signal, untracked } from "@preact/signals";
export type { ReadonlySignal, Signal } from "@preact/signals";
export { default as htm } from "htm";
