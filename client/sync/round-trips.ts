/**
 * What echoed stamps tell: the round trip, where the server's clock stands, and when in the server's time messages
 * arrive there. The server's clock counts ticks: at tick t it shows t tick lengths. Knows nothing of frames.
 */

/** Stamps on their way at most; a power of two below 128, so that a stamp is one byte. */
const STAMPS = 64;
/** The clock is read off the fastest of so many round trips: queues only ever make one slower. */
const SAMPLES = 24;
/** Share of a new round trip in the smoothed one (RFC 6298 section 2). */
const SMOOTHING = 1 / 8;
/** The estimate follows by at most this share of the time that passes, so that it never runs backwards. */
const SLEW = 0.05;
/** A clock that is off by more than this is set anew: the server stood still, or this machine slept. */
const STEP_MS = 500;

export class RoundTrips {
  rttMs = Number.NaN;
  /** Local clock minus server clock, ms. */
  offsetMs = Number.NaN;
  readonly #tickMs: number;
  readonly #sentMs = new Float64Array(STAMPS).fill(Number.NaN);
  readonly #rtts = new Float64Array(SAMPLES).fill(Number.POSITIVE_INFINITY);
  readonly #offsets = new Float64Array(SAMPLES);
  #stamp = 0;
  #count = 0;
  #slewedMs = 0;

  constructor(tickHz: number) {
    this.#tickMs = 1000 / tickHz;
  }

  /** A stamp for a message that goes out now. */
  stamp(nowMs: number): number {
    this.#stamp = (this.#stamp % (STAMPS - 1)) + 1;
    this.#sentMs[this.#stamp] = nowMs;
    return this.#stamp;
  }

  /**
   * A frame of `tick` echoes `stamp`, which arrived `ageMs` before that tick began. Returns how far the server's time was ahead of
   * the local clock for that message: server ticks at its arrival minus local ticks at its sending. NaN for a stamp that nobody waits for.
   */
  echoed(stamp: number, ageMs: number, tick: number, nowMs: number): number {
    const sentMs = this.#sentMs[stamp] ?? Number.NaN;
    if (Number.isNaN(sentMs)) return Number.NaN;
    this.#sentMs[stamp] = Number.NaN;
    const rttMs = Math.max(0, nowMs - sentMs - ageMs);
    this.rttMs = Number.isNaN(this.rttMs) ? rttMs : this.rttMs + (rttMs - this.rttMs) * SMOOTHING;
    const at = this.#count++ % SAMPLES;
    this.#rtts[at] = rttMs;
    this.#offsets[at] = nowMs - rttMs / 2 - tick * this.#tickMs;
    this.#slew(nowMs);
    return tick - (ageMs + sentMs) / this.#tickMs;
  }

  /** The server stood still for so many ticks. */
  skip(ticks: number): void {
    for (let i = 0; i < SAMPLES; i++) this.#offsets[i] += ticks * this.#tickMs;
    this.offsetMs += ticks * this.#tickMs;
  }

  /** The server's tick at this moment, with its fraction; NaN until known. */
  serverTick(nowMs: number): number {
    return (nowMs - this.offsetMs) / this.#tickMs;
  }

  #slew(nowMs: number): void {
    let best = 0;
    for (let i = 1; i < SAMPLES; i++) if (this.#rtts[i] < this.#rtts[best]) best = i;
    const error = this.#offsets[best] - this.offsetMs;
    const reach = (nowMs - this.#slewedMs) * SLEW;
    this.#slewedMs = nowMs;
    if (Math.abs(error) < STEP_MS) this.offsetMs += Math.min(Math.max(error, -reach), reach);
    else {
      // Also the first time, when the error is not a number. What older round trips said of the clock is void.
      const newest = (this.#count - 1) % SAMPLES;
      const rttMs = this.#rtts[newest];
      this.#rtts.fill(Number.POSITIVE_INFINITY);
      this.#rtts[newest] = rttMs;
      this.offsetMs = this.#offsets[newest];
    }
  }
}
