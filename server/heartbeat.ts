/**
 * What the server's process tells the one above it (supervisor.ts): that it is ready, and that its event loop still turns. Both
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

/**
 * Tells the process above once a second that this one is alive. When there is none any more this one asks itself to end, by
 * the signal that the other would have sent: nobody else would do so later.
 */
export function startHeartbeat(child: ChildSide): void {
  const timer = setInterval(() => {
    // A channel that is about to close would throw.
    if (child.connected) child.send?.(ALIVE);
  }, HEARTBEAT_MS);
  timer.unref();
  child.once("disconnect", () => {
    clearInterval(timer);
    child.kill(child.pid, "SIGTERM");
  });
}
