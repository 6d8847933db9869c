/**
 * What the server's process tells the one above it (supervisor.ts): that it is ready, and that its game still turns. Both
 * processes import this and nothing else of each other.
 */

/** An argument by which the server's process knows that somebody listens. */
export const SUPERVISED = "--supervised";
export const READY = "ready";
export const ALIVE = "alive";
export const HEARTBEAT_MS = 1000;

/** The part of Node's `process` that is needed. */
export interface ChildSide {
  readonly connected: boolean;
  readonly pid: number;
  send?(message: string): boolean;
  once(event: "disconnect", listener: () => void): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

export interface Heartbeat {
  /** Nobody is above this process any more: it was not asked to end, it asks itself. */
  readonly isAlone: boolean;
  /** From now on it beats only while this number changes: turns of the loop. Undefined: nothing turns any more, and that is right. */
  follow(turns: (() => number) | undefined): void;
}

/**
 * Tells the process above once a second that this one is alive. When there is none any more this one asks itself to end, by
 * the signal that the other would have sent: nobody else would do so later.
 */
export function startHeartbeat(child: ChildSide): Heartbeat {
  let turns: (() => number) | undefined;
  let before = -1;
  let isAlone = false;
  const timer = setInterval(() => {
    const now = turns?.();
    const hasTurned = now === undefined || now !== before;
    before = now ?? -1;
    // A channel that is about to close would throw.
    if (hasTurned && child.connected) child.send?.(ALIVE);
  }, HEARTBEAT_MS);
  timer.unref();
  child.once("disconnect", () => {
    clearInterval(timer);
    isAlone = true;
    child.kill(child.pid, "SIGTERM");
  });
  return {
    get isAlone() {
      return isAlone;
    },
    follow(next) {
      turns = next;
    },
  };
}
