/**
 * The fixed tick. Time comes in through an injected clock, so tests move it by hand. Behind schedule it catches up by a
 * bounded number of ticks a turn and skips the rest: an overrun is counted, never a spiral (SPEC T2).
 */

/** Ticks run in one turn of the event loop at most; sockets get their turn in between. */
export const CATCH_UP_TICKS_MAX = 3;

export interface Clock {
  /** Milliseconds, monotonic, any origin. */
  now(): number;
  /** Calls back once, not before `delayMs` have passed by much; returns a way to call it off. */
  after(delayMs: number, callback: () => void): () => void;
}

export interface LoopOptions {
  tickHz: number;
  clock: Clock;
  /** Runs one tick. `latenessMs`: how long after its due time it started. */
  onTick(latenessMs: number): void;
  /** So many ticks were given up because the ones before took too long. */
  onOverrun(ticksSkipped: number): void;
}

/** Starts ticking; returns a way to stop, after which nothing is called any more. */
export function startLoop({ tickHz, clock, onTick, onOverrun }: LoopOptions): () => void {
  const tickMs = 1000 / tickHz;
  let dueMs = clock.now() + tickMs;
  let isStopped = false;
  let cancel = clock.after(tickMs, turn);

  function turn(): void {
    for (let ran = 0; ran < CATCH_UP_TICKS_MAX && clock.now() >= dueMs; ran++) {
      const latenessMs = clock.now() - dueMs;
      dueMs += tickMs;
      onTick(latenessMs);
      if (isStopped) return;
    }
    const behind = Math.floor((clock.now() - dueMs) / tickMs) + 1;
    if (behind > 0) {
      dueMs += behind * tickMs;
      onOverrun(behind);
    }
    cancel = clock.after(Math.max(0, dueMs - clock.now()), turn);
  }

  return () => {
    isStopped = true;
    cancel();
  };
}

/** The process's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
