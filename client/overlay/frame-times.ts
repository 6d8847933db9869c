/** How smoothly the page draws: counts animation frames and the time between them. Knows only their times. */

/** A frame that takes longer is seen as a stutter (https://w3c.github.io/longtasks, 50 ms). */
const LONG_MS = 50;
const WINDOW_MS = 1000;

export class FrameTimes {
  /** Frames that took longer than 50 ms, since the start. */
  longFrames = 0;
  /** When the frames of the last second were drawn, oldest first. */
  #drawnMs: number[] = [];
  #longestMs = 0;

  /** A frame is drawn at `nowMs`. */
  add(nowMs: number): void {
    const lastMs = this.#drawnMs.at(-1);
    if (lastMs !== undefined) {
      this.#longestMs = Math.max(this.#longestMs, nowMs - lastMs);
      if (nowMs - lastMs > LONG_MS) this.longFrames++;
    }
    this.#drawnMs.push(nowMs);
    while (nowMs - this.#drawnMs[0] > WINDOW_MS && this.#drawnMs.length > 2) this.#drawnMs.shift();
  }

  /** Frames a second, over the last second; NaN until two frames were drawn. */
  get perS(): number {
    const count = this.#drawnMs.length - 1;
    return count < 1 ? Number.NaN : (count * 1000) / (this.#drawnMs[count] - this.#drawnMs[0]);
  }

  /** The longest time between two frames since the last call, ms. */
  takeLongestMs(): number {
    const longestMs = this.#longestMs;
    this.#longestMs = 0;
    return longestMs;
  }

  /** The page was hidden, when nothing is drawn: the pause is no long frame. */
  skipPause(): void {
    this.#drawnMs = [];
  }
}
