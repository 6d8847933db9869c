/**
 * When the process is asked to end. Besides the signals there is npm: `npm start` runs the server below a shell, and a
 * SIGTERM to npm ends that shell without reaching the server, which would live on and hold the port.
 */

/** The last one is a terminal's that is closed: that is no reason to leave players without a word. */
export const STOP_SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** How often a process below npm looks whether its shell is still there, ms. */
const PARENT_CHECK_MS = 500;

/** One Ctrl-C may arrive in two ways; what comes later than this, ms, is a second one. */
const SAME_SIGNAL_MS = 200;

/**
 * Calls `onStop` once with the reason, at the first signal or when npm's shell is gone; and `onHurry` at each signal after it, of
 * somebody who does not want to wait.
 */
export function onStopSignal(onStop: (reason: string) => void, onHurry: (reason: string) => void = () => {}): void {
  let stoppingMs: number | undefined;
  const stop = (reason: string): void => {
    const now = performance.now();
    if (stoppingMs === undefined) {
      stoppingMs = now;
      onStop(reason);
    } else if (now - stoppingMs > SAME_SIGNAL_MS) onHurry(reason);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  // Where a signal has ended both, this is no second one.
  watchNpm(() => {
    if (stoppingMs === undefined) stop("npm has ended");
  });
}

/** Calls `onEnd` once when this process runs below npm and the shell in between is gone. */
export function watchNpm(onEnd: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onEnd();
  }, PARENT_CHECK_MS);
  timer.unref();
}
