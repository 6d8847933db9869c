/** The ticks of an app: rooms step, newcomers come in, what is overdue is swept, and how long it took is told. Knows nothing of what rooms do. */
import { channel } from "node:diagnostics_channel";
import type { LogLimiter } from "./log-limiter.ts";
import { type Clock, type Loop, startLoop } from "./loop.ts";
import type { Counters, Metrics } from "./metrics.ts";
import type { Rooms } from "./room/rooms.ts";
import type { ServerTime } from "./server-time.ts";
import type { Lobby } from "./session/lobby.ts";
import type { Listener } from "./transport/listener.ts";

/**
 * Tells whoever listens in this process of every tick (node:diagnostics_channel): profilers and the bench. Costs nothing
 * when nobody does.
 */
const tickChannel = channel("shoal:tick");
const SWEEP_MS = 250;

export interface AppTicksParts {
  tickHz: number;
  clock: Clock;
  serverTime: ServerTime;
  rooms: Rooms;
  lobby: Lobby;
  listener: Listener;
  counters: Counters;
  metrics: Metrics;
  limiter: LogLimiter;
}

export interface AppTicks {
  readonly loop: Loop;
  /** Ends the loop with one tick more: what has arrived counts. */
  stop(): void;
}

/** Starts ticking. */
export function startTicks(parts: AppTicksParts): AppTicks {
  const { tickHz, clock, serverTime, rooms, lobby, listener, counters, metrics, limiter } = parts;
  let sweptMs = clock.now();
  let lastTickMs = 0;
  const loop = startLoop({
    tickHz,
    clock,
    onTurn: () => serverTime.beginTurn(),
    onTick(latenessMs, isCatchUp) {
      const startMs = clock.now();
      rooms.step({ startMs, lastTickMs, skippedTicks: counters.tickOverruns }, isCatchUp);
      lobby.admit();
      const endMs = clock.now();
      lastTickMs = endMs - startMs;
      // An idle server would drown the busy ticks in empty ones.
      if (rooms.size > 0) metrics.observeTick(endMs - startMs, latenessMs);
      if (tickChannel.hasSubscribers) {
        tickChannel.publish({ tick: rooms.tick, startMs, durationMs: endMs - startMs, latenessMs });
      }
      listener.sweep(serverTime.now());
      if (endMs - sweptMs < SWEEP_MS) return;
      sweptMs = endMs;
      lobby.sweep();
      limiter.flush();
    },
    onOverrun(ticks) {
      counters.tickOverruns += ticks;
      limiter.warn("overrun", { ticks }, "ticks skipped: the ones before took too long");
    },
  });
  return {
    loop,
    stop() {
      loop.stop();
      rooms.step({ startMs: clock.now(), lastTickMs, skippedTicks: counters.tickOverruns });
    },
  };
}
