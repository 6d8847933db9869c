/** How much a client may do: a burst at once, then a steady rate. Time is passed in; nothing is allocated after the start. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perMs: number;
  #tokens: number;
  #filledAtMs: number;

  /** Starts full. `nowMs` is of the same monotonic clock as in `take`. */
  constructor(burst: number, perSecond: number, nowMs: number) {
    this.#burst = burst;
    this.#perMs = perSecond / 1000;
    this.#tokens = burst;
    this.#filledAtMs = nowMs;
  }

  /** Takes one token; false when there is none. */
  take(nowMs: number): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#filledAtMs) * this.#perMs);
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Whether `take` would. */
  has(nowMs: number): boolean {
    return Math.min(this.#burst, this.#tokens + (nowMs - this.#filledAtMs) * this.#perMs) >= 1;
  }

  /** Until there is a token, ms; 0 if there is one. */
  waitMs(nowMs: number): number {
    return Math.max(0, (1 - this.#tokens) / this.#perMs - (nowMs - this.#filledAtMs));
  }
}
