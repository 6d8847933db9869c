/** Timers, passed in wherever time may not be real. They say when to look at the clock, never what time it is. */

export interface Timers {
  set(act: () => void, delayMs: number): unknown;
  clear(timer: unknown): void;
}

/** The timers of the browser or of Node. */
export const platformTimers: Timers = {
  set: (act, delayMs) => setTimeout(act, delayMs),
  // Whatever the platform's timers are, they came from the line above.
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};
