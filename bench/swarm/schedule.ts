/**
 * Open-loop timing: each player's next act is due at a time of its own, whatever the server does. One timer serves all; a
 * late timer makes up for what was due, it does not slow the load down.
 */

/** How often the timer looks, ms: finer than any player's interval. */
const STEP_MS = 4;
/** As a share of the interval. Of inputs ten times a second at 20 Hz that is a whole tick: nobody keeps his place in it. */
const JITTER = 0.5;

export interface ScheduleOptions {
  readonly players: number;
  readonly intervalMs: number;
  /** Of any clock; what `act` is told is of the same. */
  nowMs(): number;
  /** 0 to 1. */
  random(): number;
  act(player: number, dueMs: number): void;
}

/** Calls `act` for each player once an interval, spread evenly over it but for the jitter; returns a way to stop. */
export function everyInterval({ players, intervalMs, nowMs, random, act }: ScheduleOptions): () => void {
  const startMs = nowMs();
  const acts = new Uint32Array(players);
  const dueMs = new Float64Array(players);
  const plan = (player: number) => {
    dueMs[player] = startMs + intervalMs * (acts[player] + player / players + random() * JITTER);
  };
  for (let player = 0; player < players; player++) plan(player);
  const timer = setInterval(() => {
    const now = nowMs();
    for (let player = 0; player < players; player++) {
      while (dueMs[player] <= now) {
        act(player, dueMs[player]);
        acts[player]++;
        plan(player);
      }
    }
  }, STEP_MS);
  return () => clearInterval(timer);
}
