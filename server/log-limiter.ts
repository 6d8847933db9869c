/**
 * At most so many log lines a second of each kind, then one line with the number left out: what clients can cause,
 * they can cause a hundred thousand times. Its clock is passed in.
 */
import type { Logger } from "./log.ts";

/** Lines of one kind that are written in one second. */
export const LINES_PER_SECOND_MAX = 10;

interface Window {
  startMs: number;
  written: number;
  leftOut: number;
}

export class LogLimiter {
  readonly #log: Logger;
  readonly #nowMs: () => number;
  readonly #windows = new Map<string, Window>();

  /** `nowMs` is any clock that never goes back. */
  constructor(log: Logger, nowMs: () => number) {
    this.#log = log;
    this.#nowMs = nowMs;
  }

  /** `kind` is a constant of the code, never a client's text: each kind is remembered for good. */
  warn(kind: string, fields: Readonly<Record<string, unknown>>, message: string): void {
    if (this.#mayWrite(kind)) this.#log.warn({ kind, ...fields }, message);
  }

  /** A bug. Its message, a constant of the code as well, is its kind: a client that has found one can trigger it at will. */
  error(fields: object, message: string): void {
    if (this.#mayWrite(message)) this.#log.error(fields, message);
  }

  /** Writes the counts of seconds that are over. Called about once a second, so that the last flood is told, too. */
  flush(): void {
    const nowMs = this.#nowMs();
    for (const [kind, window] of this.#windows) {
      if (nowMs - window.startMs >= 1000) this.#closeWindow(kind, window, nowMs);
    }
  }

  #mayWrite(kind: string): boolean {
    const window = this.#openWindow(kind);
    if (window.written === LINES_PER_SECOND_MAX) {
      window.leftOut++;
      return false;
    }
    window.written++;
    return true;
  }

  #openWindow(kind: string): Window {
    const nowMs = this.#nowMs();
    const window = this.#windows.get(kind);
    if (window === undefined) {
      const first = { startMs: nowMs, written: 0, leftOut: 0 };
      this.#windows.set(kind, first);
      return first;
    }
    if (nowMs - window.startMs >= 1000) this.#closeWindow(kind, window, nowMs);
    return window;
  }

  #closeWindow(kind: string, window: Window, nowMs: number): void {
    if (window.leftOut > 0) this.#log.warn({ kind, leftOut: window.leftOut }, "more of the same, not logged");
    window.startMs = nowMs;
    window.written = 0;
    window.leftOut = 0;
  }
}
