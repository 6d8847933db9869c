/** Time for tests: it passes when they say so. */
import type { Clock } from "../../server/loop.ts";

/** A clock that stands until it is moved; timers fire in order of their time. */
export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<{ atMs: number; callback: () => void }>();

  now = () => this.#nowMs;
  after(delayMs: number, callback: () => void) {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Work that takes time: the clock moves, timers wait. */
  spend(ms: number): void {
    this.#nowMs += ms;
  }

  /** The next timer's turn, at its time or, if that is over, now. */
  runNext(): void {
    const [next] = [...this.#timers].sort((a, b) => a.atMs - b.atMs);
    if (next !== undefined) this.advance(Math.max(0, next.atMs - this.#nowMs));
  }

  /** The next timer's time is so much earlier: those of Node count whole milliseconds. */
  rushNext(ms: number): void {
    const [next] = [...this.#timers].sort((a, b) => a.atMs - b.atMs);
    if (next !== undefined) next.atMs -= ms;
  }

  advance(ms: number): void {
    const end = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.atMs - b.atMs);
      if (next === undefined || next.atMs > end) break;
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.callback();
    }
    this.#nowMs = Math.max(this.#nowMs, end);
  }

  get pending(): number {
    return this.#timers.size;
  }
}
