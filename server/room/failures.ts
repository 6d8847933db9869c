/** Which rooms failed how often of late, and which names are closed for it (SPEC S11). Knows nothing of what is in a room. */

/** So many failures within the time, ms, and the room stays closed for as long. */
const FAILURES_MAX = 3;
export const FAILURES_WITHIN_MS = 60_000;

export class Failures {
  readonly #now: () => number;
  /** Times of failures by room name, none older than the time that counts. */
  readonly #failedMs = new Map<string, number[]>();
  /** Until when a name is closed. */
  readonly #closedUntilMs = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes a failure of the room. True if it was one too many: the name is closed now. */
  note(name: string): boolean {
    this.#forgetOld();
    const times = this.#failedMs.get(name) ?? [];
    times.push(this.#now());
    this.#failedMs.set(name, times);
    if (times.length < FAILURES_MAX) return false;
    this.close(name);
    return true;
  }

  /** Nobody gets into a room of this name for a while. */
  close(name: string): void {
    this.#failedMs.delete(name);
    this.#closedUntilMs.set(name, this.#now() + FAILURES_WITHIN_MS);
  }

  /** For how long the name is closed, ms; 0 if it is not. */
  closedForMs(name: string): number {
    const untilMs = this.#closedUntilMs.get(name);
    if (untilMs === undefined) return 0;
    const leftMs = Math.ceil(untilMs - this.#now());
    if (leftMs <= 0) this.#closedUntilMs.delete(name);
    return Math.max(0, leftMs);
  }

  #forgetOld(): void {
    const now = this.#now();
    for (const [name, times] of this.#failedMs) {
      while (times.length > 0 && now - times[0] >= FAILURES_WITHIN_MS) times.shift();
      if (times.length === 0) this.#failedMs.delete(name);
    }
    for (const [name, untilMs] of this.#closedUntilMs) if (now >= untilMs) this.#closedUntilMs.delete(name);
  }
}
