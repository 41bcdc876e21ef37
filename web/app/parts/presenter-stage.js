// While the screen of a room is up: dark, without head and foot, awake, and its buttons in sight
// only while somebody moves the pointer.
import { useEffect, useLayoutEffect, useState } from "../view.js";

const REST_MS = 3_000;

export const canFill = () => document.fullscreenEnabled;

export function toggleFull() {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  done.catch(() => {}); // the browser has its reasons
}

/** @returns {boolean} whether the screen is full */
export function useFull() {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const tell = () => setFull(document.fullscreenElement != null);
    document.addEventListener("fullscreenchange", tell);
    return () => document.removeEventListener("fullscreenchange", tell);
  }, []);
  return full;
}

function dress() {
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  dataset.theme = "dark";
  dataset.screen = "presenter";
  return () => {
    if (theme) dataset.theme = theme;
    else delete dataset.theme;
    delete dataset.screen;
  };
}

/** The machine that feeds the projector must not fall asleep. */
function stayAwake() {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  let over = false;
  const ask = () => {
    if (document.hidden || over) return;
    navigator.wakeLock?.request("screen").then((got) => {
      lock = got;
      if (over) lock.release();
    }, () => {}); // the battery is low
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", ask);
    lock?.release();
  };
}

function watchPointer() {
  const { dataset } = document.documentElement;
  /** @type {any} */
  let timer = null;
  const rest = () => {
    delete dataset.pointed;
  };
  const move = () => {
    dataset.pointed = "";
    clearTimeout(timer);
    timer = setTimeout(rest, REST_MS);
  };
  addEventListener("pointermove", move);
  return () => {
    removeEventListener("pointermove", move);
    clearTimeout(timer);
    rest();
  };
}

export function useStage() {
  useLayoutEffect(dress, []);
  useEffect(stayAwake, []);
  useEffect(watchPointer, []);
}
