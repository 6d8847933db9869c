/**
 * Open-loop timing: each player's next act is due at a time of its own, whatever the server does. One timer serves all; a
 * late timer makes up for what was due, it does not slow the load down.
 */

/** How often the timer looks, ms: finer than any player's interval. */
const STEP_MS = 4;

/** Calls `act(player)` for each of `count` players every `intervalMs`, evenly spread; returns a way to stop. */
export function everyInterval(count: number, intervalMs: number, act: (player: number) => void): () => void {
  const startMs = performance.now();
  // Acts done so far over all players: act number n is player n % count, due at n * intervalMs / count.
  let done = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startMs) * count) / intervalMs);
    for (; done < due; done++) act(done % count);
  }, STEP_MS);
  return () => clearInterval(timer);
}
