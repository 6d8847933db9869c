/** What all peer servers have in common as processes: scenario and port come in by environment, ticks go out by channel. */
import { channel } from "node:diagnostics_channel";
import type { Scenario } from "../../scenarios.ts";

/** The probe listens here. */
const tickChannel = channel("shoal:tick");
/** Ticks run in one turn of the event loop at most, as in Shoal: sockets get their turn in between. */
const CATCH_UP_TICKS_MAX = 3;

/** Throws if the bench did not start this process. */
export function readBenchEnvironment(): { port: number; scenario: Scenario } {
  const { PORT, BENCH_SCENARIO } = process.env;
  if (PORT === undefined || BENCH_SCENARIO === undefined) {
    throw new Error("PORT and BENCH_SCENARIO must be set: the bench starts this server");
  }
  // Written by the runner from its own typed scenario.
  return { port: Number(PORT), scenario: JSON.parse(BENCH_SCENARIO) as Scenario };
}

/** Tells the runner that connections are welcome, and starts ticking. `onTick` is given 1, 2, 3 ... */
export function runTicks(port: number, tickHz: number, onTick: (tick: number) => void): void {
  const tickMs = 1000 / tickHz;
  let tick = 0;
  let dueMs = performance.now() + tickMs;

  function turn(): void {
    for (let ran = 0; ran < CATCH_UP_TICKS_MAX && performance.now() >= dueMs; ran++) {
      const startMs = performance.now();
      const latenessMs = startMs - dueMs;
      dueMs += tickMs;
      onTick(++tick);
      if (tickChannel.hasSubscribers) {
        tickChannel.publish({ tick, startMs, durationMs: performance.now() - startMs, latenessMs });
      }
    }
    const behind = Math.floor((performance.now() - dueMs) / tickMs) + 1;
    if (behind > 0) dueMs += behind * tickMs;
    setTimeout(turn, Math.max(0, dueMs - performance.now()));
  }

  setTimeout(turn, tickMs);
  process.send?.({ listening: port });
}
