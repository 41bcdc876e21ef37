// The ranking as a film of a minute: lines that draw themselves, each idea's text beside its
// own. Lines, points and texts are moved by transforms alone. Who asked for less motion goes
// from round to round; everybody has the table.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../view.js";
import { wantsStill } from "../lib/flip.js";
import { dateTime, t, timeOfDay } from "../lib/i18n.js";
import { FILM_MS, WIDTH, filmOf, momentAt, placesAt } from "../charts/film.js";
import { flowOf } from "../charts/flow.js";
import { Table } from "./flow-table.js";
import { IdeaText } from "./presenter-result.js";
import { nameOf } from "./round.js";

/** @import { Board, Sample } from "../../types/model.js" */
/** @import { Film as Reel } from "../charts/film.js" */

const SECONDS = FILM_MS / 1_000;
const LONG_MS = 20 * 3_600_000; // then the time of day alone says too little
const STALL_MS = 1_000; // a frame that came later than this was not seen

/** @param {Reel} film @param {number} x */
function clockAt(film, x) {
  const long = film.times[film.times.length - 1] - film.times[0] > LONG_MS;
  return (long ? dateTime : timeOfDay)(momentAt(film, x).at);
}

/**
 * Where the film is. It is drawn past the view library, a frame at a time; only what is read is
 * told to it, when it changes.
 * @param {Reel} film @param {number} from @param {boolean} plays
 */
function useReel(film, from, plays) {
  const stage = useRef(/** @type {HTMLElement | null} */ (null));
  const slider = useRef(/** @type {HTMLInputElement | null} */ (null));
  const x = useRef(from);
  const [playing, setPlaying] = useState(plays);
  const [told, setTold] = useState("");

  const show = (/** @type {number} */ to) => {
    x.current = Math.min(Math.max(to, 0), 1);
    const rows = stage.current?.querySelectorAll("[data-row]") ?? [];
    stage.current?.style.setProperty("--x", String(x.current));
    for (const [i, place] of placesAt(film, x.current).entries()) {
      /** @type {HTMLElement} */ (rows[i]).style.transform = `translateY(${(place - 1) * 100}%)`;
    }
    if (slider.current) slider.current.value = String(Math.round(x.current * SECONDS));
    setTold(`${clockAt(film, x.current)}.${momentAt(film, x.current).round}.${x.current === 1}`);
  };
  useLayoutEffect(() => show(x.current), [film]);
  useLayoutEffect(() => show(from), [from]);
  useEffect(() => {
    if (!playing) return undefined;
    let before = performance.now();
    const step = (/** @type {number} */ now) => {
      show(x.current + Math.min(Math.max(now - before, 0), STALL_MS) / FILM_MS);
      before = now;
      if (x.current === 1) setPlaying(false);
      else frame = requestAnimationFrame(step);
    };
    let frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [playing, film]);

  const play = () => {
    if (x.current === 1) show(0);
    setPlaying(!playing);
  };
  return { stage, slider, x, told, playing, play, show, again: () => {
    show(0);
    setPlaying(true);
  } };
}

/** @param {{film: Reel, best: number | null}} props */
function Lines({ film, best }) {
  const last = [...film.lines].sort((a, b) => Number(a.n === best) - Number(b.n === best)); // drawn last, on top
  return html`<div class="film-plot">
    ${film.marks.map(({ x, round }) => html`<span key=${round} class="film-mark" style=${{ insetInlineStart: `${x * 100}%` }}>${t("film.round", { n: String(round) })}</span>`)}
    <div class="film-window"><svg viewBox=${`0 0 ${WIDTH} ${film.lanes}`} preserveAspectRatio="none" focusable="false">
      ${last.map(({ n, path }) => html`<path key=${n} class=${n === best ? "flow-line best" : "flow-line"} d=${path} />`)}
    </svg></div>
  </div>`;
}

/** @param {{room: Board, samples: Sample[], best: number | null, stop: number}} props samples: enough for a film; stop: which end of a round, for those who want it still */
export function Film({ room, samples, best, stop }) {
  const key = samples.length;
  const film = /** @type {Reel} */ (useMemo(() => filmOf(samples), [key]));
  const flow = useMemo(() => flowOf(samples), [key]);
  const still = wantsStill();
  const { stage, slider, x, told, playing, play, show, again } = useReel(film, still ? (film.ends[stop] ?? 1) : 0, !still);
  const { round } = momentAt(film, x.current);
  const now = room.rounds.find(({ n }) => n === round);
  const clock = clockAt(film, x.current);
  const ended = told.endsWith(".true");

  return html`<section class="room-scene film" aria-labelledby="film" data-ended=${ended ? "" : undefined}>
    <div class="film-head"><h2 id="film" class="room-title">${t("film.title")}</h2>
      <p class="film-clock num"><b>${clock}</b> ${now && nameOf(now, room.rounds.length)}</p></div>
    <div ref=${stage} class="film-stage" role="img" aria-label=${t("film.about")} style=${{ "--lanes": film.lanes }}>
      <div class="film-lanes num">${Array.from({ length: film.lanes }, (_, i) => html`<span key=${i}>${i + 1}</span>`)}</div>
      <${Lines} film=${film} best=${best} />
      <div class="film-rows">${film.lines.map(({ n }) => html`<div key=${n} data-row class=${n === best ? "film-row best" : "film-row"}>
        <i class="film-lead"></i><i class="film-head-at"></i><p class="film-text"><span><${IdeaText} room=${room} n=${n} />${n === best && ended && html` <b class="outcome winner">${t("idea.winner")}</b>`}</span></p>
      </div>`)}</div>
    </div>
    <div class="film-bar">
      <button type="button" onClick=${play}>${t(playing ? "film.pause" : "film.play")}</button>
      <button type="button" class="plain" onClick=${again}>${t("film.again")}</button>
      <input ref=${slider} type="range" min="0" max=${SECONDS} step="1" aria-label=${t("film.moment")} aria-valuetext=${t("film.at", { time: clock, round: String(round) })}
        onInput=${(/** @type {any} */ event) => show(event.target.value / SECONDS)} onPointerUp=${(/** @type {any} */ event) => event.target.blur()} />
    </div>
    ${flow && html`<${Table} board=${room} flow=${flow} />`}
  </section>`;
}
