import { describe, expect, test } from "vitest";
import { CATCH_UP_TICKS_MAX, type Clock, startLoop } from "../server/loop.ts";

/** A clock that stands until it is moved; timers fire in order of their time. */
class ManualClock implements Clock {
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

function start(work: (tick: number) => number) {
  const clock = new ManualClock();
  const seen = { ticks: 0, skipped: 0, starts: [] as number[] };
  const stop = startLoop({
    tickHz: 20,
    clock,
    onTick: () => {
      seen.starts.push(clock.now());
      clock.spend(work(++seen.ticks));
    },
    onOverrun: (ticks) => {
      seen.skipped += ticks;
    },
  });
  return { clock, seen, stop };
}

describe("loop", () => {
  test("T1 ticks at their due times without drift", () => {
    const { clock, seen } = start(() => 7);
    clock.advance(1000);
    expect(seen.starts).toEqual(Array.from({ length: 20 }, (_, i) => (i + 1) * 50));
    expect(seen.skipped).toBe(0);
  });

  test("T2 a late turn catches up by at most three ticks, skips the rest and counts it", () => {
    const { clock, seen } = start((tick) => (tick === 1 ? 1000 : 1));
    clock.advance(1100);
    // Due in 1.1 s: 22. The first took 20 of them; two more were caught up in its turn.
    expect(seen.ticks + seen.skipped).toBe(22);
    expect(seen.starts.filter((at) => at >= 1050 && at < 1053)).toHaveLength(CATCH_UP_TICKS_MAX - 1);
    const before = seen.ticks;
    clock.advance(1000);
    expect(seen.ticks - before).toBe(20);
  });

  test("T2 ticks that always take too long never stop the loop from letting others have their turn", () => {
    const { clock, seen } = start(() => 120);
    clock.advance(12_000);
    expect(seen.ticks).toBeGreaterThan(60);
    expect(seen.ticks + seen.skipped).toBeGreaterThanOrEqual(235);
  });

  test("T1 a stopped loop leaves no timer and ticks no more, even when stopped by a tick", () => {
    const { clock, seen, stop } = start((tick) => {
      if (tick === 3) stop();
      return 0;
    });
    clock.advance(1000);
    stop();
    expect(seen.ticks).toBe(3);
    expect(clock.pending).toBe(0);
  });
});
