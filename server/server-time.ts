/**
 * Time as it counts against clients: it stands while the server itself stands still, so nobody is given up for what could
 * not be heard (SPEC T6). A process that was stopped, a machine that slept or a loop without end in somebody's code: all
 * look alike from here. Knows nothing of what the time is for.
 */

/** What one turn of the loop counts for at most, however long the next one is in coming, ms. */
export const TURN_COUNTS_MS_MAX = 500;

export class ServerTime {
  readonly #trueNowMs: () => number;
  /** True time and this time when the loop's newest turn began. */
  #turnMs: number;
  #turnServerMs: number;

  /** `trueNowMs` is any clock that never goes back. Both times begin alike. */
  constructor(trueNowMs: () => number) {
    this.#trueNowMs = trueNowMs;
    this.#turnMs = trueNowMs();
    this.#turnServerMs = this.#turnMs;
  }

  /**
   * Milliseconds, never going back. Right at any moment, also in a socket's callback that runs before the loop has had the turn in
   * which it sees that it was away.
   */
  readonly now = (): number => this.#turnServerMs + Math.min(this.#trueNowMs() - this.#turnMs, TURN_COUNTS_MS_MAX);

  /** Call it when a turn of the loop begins. */
  beginTurn(): void {
    this.#turnServerMs = this.now();
    this.#turnMs = this.#trueNowMs();
  }
}
