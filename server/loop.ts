/**
 * The fixed tick. Time comes in through an injected clock, so tests move it by hand. Behind schedule it catches up by a
 * bounded number of ticks a turn and skips the rest: an overrun is counted, never a spiral (SPEC T2).
 */

/** So much more than a tick between two turns is a stall: not load, something held the whole process up, ms. */
export const STALL_MS = 500;

/**
 * Turns in a row that begin in time when a stall is over. What came meanwhile is heard before: a connection made during the stall
 * is taken between two turns and read between the next two.
 */
export const BACK_TURNS = 3;

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
  /** A turn begins: some ticks follow. */
  onTurn?(): void;
  /** Runs one tick. `latenessMs`: how long after its due time it started. `isCatchUp`: it is not the first one of its turn. */
  onTick(latenessMs: number, isCatchUp: boolean): void;
  /** So many ticks were given up because the ones before took too long. */
  onOverrun(ticksSkipped: number): void;
}

export interface Loop {
  /** Turns that ran to their end. One in which something threw is none. */
  readonly turns: number;
  /** It stood still and is not back on its schedule (SPEC T7). Right at any moment, also before the loop can know. */
  readonly isStalled: boolean;
  /** Nothing is called any more. Twice is harmless. */
  stop(): void;
}

/** Starts ticking. */
export function startLoop({ tickHz, clock, onTurn, onTick, onOverrun }: LoopOptions): Loop {
  const tickMs = 1000 / tickHz;
  let dueMs = clock.now() + tickMs;
  let isStopped = false;
  /** Turns in time until a stall is over. */
  let turnsToBack = 0;
  let turns = 0;
  let turnMs = clock.now();
  let cancel = clock.after(tickMs, turn);

  function turn(): void {
    noteStall(clock.now() - dueMs);
    turnMs = clock.now();
    try {
      runTicks();
      turns++;
    } finally {
      // What threw is the caller's to tell; the game goes on (SPEC T9).
      if (!isStopped) goOn();
    }
  }

  function noteStall(lateMs: number): void {
    if (isAway() || (turnsToBack > 0 && lateMs >= tickMs)) turnsToBack = BACK_TURNS;
    // A timer may fire a little early: that is a turn without a tick.
    else if (turnsToBack > 0 && lateMs >= 0) turnsToBack--;
  }

  function runTicks(): void {
    onTurn?.();
    for (let ran = 0; ran < CATCH_UP_TICKS_MAX && clock.now() >= dueMs; ran++) {
      const latenessMs = clock.now() - dueMs;
      dueMs += tickMs;
      onTick(latenessMs, ran > 0);
      if (isStopped) return;
    }
  }

  function goOn(): void {
    const behind = Math.max(0, Math.floor((clock.now() - dueMs) / tickMs) + 1);
    dueMs += behind * tickMs;
    cancel = clock.after(Math.max(0, dueMs - clock.now()), turn);
    if (behind > 0) onOverrun(behind);
  }

  function isAway(): boolean {
    return clock.now() - turnMs > tickMs + STALL_MS;
  }

  return {
    get turns() {
      return turns;
    },
    get isStalled() {
      return !isStopped && (turnsToBack > 0 || isAway());
    },
    stop() {
      isStopped = true;
      cancel();
    },
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
