/**
 * When the process is asked to end. Besides the signals there is npm: `npm start` runs the server below a shell, and a
 * SIGTERM to npm ends that shell without reaching the server, which would live on and hold the port.
 */

/** How often a process below npm looks whether its shell is still there, ms. */
const PARENT_CHECK_MS = 500;

/** Calls `onStop` once with the reason, at the first signal or when npm's shell is gone. */
export function onStopSignal(onStop: (reason: string) => void): void {
  let isStopping = false;
  const stop = (reason: string): void => {
    if (!isStopping) onStop(reason);
    isStopping = true;
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) stop("npm has ended");
  }, PARENT_CHECK_MS);
  timer.unref();
}
