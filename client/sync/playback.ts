/**
 * Which moment of the server's time to draw: a little behind the newest frame, so that there is always a tick on
 * either side to draw between. Knows only arrival times.
 */

import { HISTORY_TICKS } from "./motion-history.ts";

/** How far behind the expected newest tick to draw, in ticks: one to interpolate over, a bit for late frames. */
const BEHIND_TICKS = 1.2;
/** How fast the estimate follows frames that come earlier or later than expected. */
const FOLLOW_EARLY = 0.5;
const FOLLOW_LATE = 0.02;
/** An estimate this wrong, in ticks, is not slewed but set anew: the page slept or the server jumped. */
const JUMP_TICKS = 10;

export class Playback {
  readonly #tickMs: number;
  /** When tick 0 would have arrived, ms of the local clock; NaN before the first frame. */
  #originMs = Number.NaN;
  #newestTick = 0;

  constructor(tickHz: number) {
    this.#tickMs = 1000 / tickHz;
  }

  frameArrived(tick: number, nowMs: number): void {
    const error = nowMs - tick * this.#tickMs - this.#originMs;
    this.#newestTick = tick;
    if (!(Math.abs(error) < JUMP_TICKS * this.#tickMs)) this.#originMs = nowMs - tick * this.#tickMs;
    else this.#originMs += error * (error < 0 ? FOLLOW_EARLY : FOLLOW_LATE);
  }

  /** The tick to draw, with its fraction: never ahead of the newest frame, never further behind than the history reaches. */
  shownTick(nowMs: number): number {
    const wanted = (nowMs - this.#originMs) / this.#tickMs - BEHIND_TICKS;
    return Math.min(Math.max(wanted, this.#newestTick - HISTORY_TICKS), this.#newestTick);
  }
}
