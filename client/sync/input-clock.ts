/**
 * Which tick the player is in: ahead of the server by as much as messages need to get there in time. It runs a little faster or
 * slower to keep that lead, and never backwards. Knows nothing of inputs.
 */

/** Kept over the slowest message: inputs are made when a frame is drawn, and 16.7 ms is the time between two. */
const MARGIN_MS = 18;
/** The lead is made for the slowest message of this time: long enough to remember a stall that comes now and then. */
const MEMORY_MS = 60_000;
/** Two halves, so that old news is forgotten without keeping all of it. */
const HALF_MS = MEMORY_MS / 2;
/** More than this over the fastest message is not waited for: the server's own limit of inputs ahead is a second. */
const SPREAD_MAX_MS = 450;
/** No message is faster than the fastest by so much, ms. */
const JUMP_MS = 500;
/** Share by which the clock runs faster when inputs come too late, and slower when they come too early. */
const FASTER = 0.12;
const SLOWER = 0.03;
/** Below this the lead is right, ticks. */
const TOLERANCE = 0.05;
/** A clock that is off by more than this is set, ms: the page slept or the server stood still. */
const STEP_MS = 600;

export class InputClock {
  readonly #tickMs: number;
  /** Server ticks at arrival minus local ticks at sending: the slowest and fastest message of this half and the one before. */
  #slowest = Number.NEGATIVE_INFINITY;
  #slowestBefore = Number.NEGATIVE_INFINITY;
  #fastest = Number.POSITIVE_INFINITY;
  #fastestBefore = Number.POSITIVE_INFINITY;
  #halfMs = 0;
  /** The present tick with its fraction; NaN before the first measurement. */
  #tick = Number.NaN;
  #readMs = 0;

  constructor(tickHz: number) {
    this.#tickMs = 1000 / tickHz;
  }

  get isSet(): boolean {
    return !Number.isNaN(this.#tick);
  }

  /** Server ticks at the arrival of a message minus local ticks at its sending, see RoundTrips.echoed. */
  measured(ahead: number, nowMs: number): void {
    // The server stood still: what was measured before belongs to a time that it never had.
    if (ahead < Math.min(this.#fastest, this.#fastestBefore) - JUMP_MS / this.#tickMs) this.#forget();
    if (nowMs - this.#halfMs > HALF_MS) {
      this.#halfMs = nowMs;
      this.#slowestBefore = this.#slowest;
      this.#fastestBefore = this.#fastest;
      this.#slowest = ahead;
      this.#fastest = ahead;
    }
    this.#slowest = Math.max(this.#slowest, ahead);
    this.#fastest = Math.min(this.#fastest, ahead);
    if (!this.isSet) {
      this.#tick = this.#wanted(nowMs);
      this.#readMs = nowMs;
    }
  }

  /** The server stood still for so many ticks: so much earlier it is. */
  skip(ticks: number): void {
    this.#slowest -= ticks;
    this.#slowestBefore -= ticks;
    this.#fastest -= ticks;
    this.#fastestBefore -= ticks;
    this.#tick -= ticks;
  }

  /** The player's tick at `nowMs`, with its fraction. Never falls, but after a jump of the server's clock. */
  read(nowMs: number): number {
    const passed = Math.max(0, nowMs - this.#readMs) / this.#tickMs;
    this.#readMs = Math.max(nowMs, this.#readMs);
    const error = this.#wanted(nowMs) - (this.#tick + passed);
    if (Math.abs(error) * this.#tickMs > STEP_MS) this.#tick += passed + error;
    else if (error > TOLERANCE) this.#tick += passed + Math.min(error, passed * FASTER);
    else if (error < -TOLERANCE) this.#tick += passed + Math.max(error, -passed * SLOWER);
    else this.#tick += passed;
    return this.#tick;
  }

  #forget(): void {
    this.#slowest = this.#slowestBefore = Number.NEGATIVE_INFINITY;
    this.#fastest = this.#fastestBefore = Number.POSITIVE_INFINITY;
  }

  #wanted(nowMs: number): number {
    const fastest = Math.min(this.#fastest, this.#fastestBefore);
    const slowest = Math.min(Math.max(this.#slowest, this.#slowestBefore), fastest + SPREAD_MAX_MS / this.#tickMs);
    return (nowMs + MARGIN_MS) / this.#tickMs + slowest;
  }
}
