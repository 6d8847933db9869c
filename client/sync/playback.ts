/**
 * Which moment of the server's time to draw: behind the newest frame by one tick, to have one on either side, and by what frames
 * arrive late now and then. The delay follows the network; the moment shown runs a little faster or slower for it, and
 * never backwards. Knows only arrival times.
 */

/** The delay is made for the arrivals of this time, s. */
const ARRIVALS_S = 12.8;
/** How many of them are in time. The others are drawn from extrapolation, which costs less than everybody's waiting. */
const IN_TIME = 0.97;
/** Arrivals between two looks at all of them. */
const LOOK_EVERY = 8;
/** Frames that come within this time of each other were held up together: the last of them says how the line is, ms. */
const BURST_MS = 3;
/** Over what arrivals ask for: timers and drawing are late, too. */
const MARGIN_MS = 3;
/** No delay is longer, whatever the network, ms; the history is made for it. */
export const DELAY_MAX_MS = 600;
/** Share by which the moment shown runs faster or slower to change the delay. */
const WARP = 0.08;
/** A moment that is off by more, ms, is set: the page slept or the server jumped. */
const JUMP_MS = 1000;
/** So many frames in a row that are late by more than that are not late: the server's time has changed. */
const HELD_UP_MAX = 8;
/** Time that motion is drawn on without news; after it all stands still and says so. */
const EXTRAPOLATE_MS = 250;
/** A frame that took so much longer than the fastest was held up, ms. */
const LATE_MS = 250;
/** Frames that come further apart than this, ticks, say that nothing happened in between, not how often they come. */
const GAP_MAX_TICKS = 4;
/** Share of a new gap in the usual one. */
const GAP_SMOOTHING = 1 / 8;
/** RFC 3550 section 6.4.1. */
const JITTER_SMOOTHING = 1 / 16;

export class Playback {
  /** Smoothed difference of the time that frames take, ms. */
  jitterMs = 0;
  /** Since the last `shownTick`: drawn on without news; and for so long that all stands still. */
  isExtrapolating = false;
  isStale = false;
  /** The newest frame came so late that the line must have stood still. */
  isLate = false;
  readonly #tickMs: number;
  /** Arrival minus the server's time, ms: how long a frame took plus what no end knows. */
  readonly #transits: Float64Array;
  readonly #sorted: Float64Array;
  #arrivals = 0;
  #newestTick = 0;
  #arrivedMs = 0;
  #isWaiting = false;
  /** The least transit and the one that most frames keep to. */
  #leastMs = Number.NaN;
  #mostMs = Number.NaN;
  #gapTicks = 1;
  /** Frames in a row that came later than any network explains. */
  #heldUp = 0;
  #shown = Number.NaN;
  #shownMs = 0;

  constructor(tickHz: number) {
    this.#tickMs = 1000 / tickHz;
    this.#transits = new Float64Array(Math.ceil(ARRIVALS_S * tickHz));
    this.#sorted = new Float64Array(this.#transits.length);
  }

  /** By how much what is drawn is behind the frame that would come by the fastest way now, ms. */
  get delayMs(): number {
    const wanted = this.#mostMs - this.#leastMs + this.#gapTicks * this.#tickMs + MARGIN_MS;
    return Math.min(wanted, DELAY_MAX_MS);
  }

  frameArrived(tick: number, nowMs: number): void {
    const size = this.#transits.length;
    const transit = nowMs - tick * this.#tickMs;
    const last = this.#transits[(this.#arrivals - 1) % size];
    const isBurst = this.#arrivals > 0 && nowMs - this.#arrivedMs < BURST_MS;
    if (this.#arrivals > 0) {
      this.jitterMs += (Math.abs(transit - last) - this.jitterMs) * JITTER_SMOOTHING;
      const gap = tick - this.#newestTick;
      if (gap <= GAP_MAX_TICKS) this.#gapTicks += (gap - this.#gapTicks) * GAP_SMOOTHING;
    }
    this.isLate = transit - this.#leastMs > LATE_MS;
    // Where a machine slept, the server's time is another one from now on.
    this.#heldUp = transit - this.#leastMs > JUMP_MS ? this.#heldUp + 1 : 0;
    if (this.#leastMs - transit > JUMP_MS || this.#heldUp === HELD_UP_MAX) this.#arrivals = 0;
    else if (isBurst) this.#arrivals--;
    this.#newestTick = tick;
    this.#arrivedMs = nowMs;
    this.#transits[this.#arrivals++ % size] = transit;
    if (this.#arrivals <= LOOK_EVERY || this.#arrivals % LOOK_EVERY === 0) this.#look();
    else if (transit < this.#leastMs) this.#leastMs = transit;
  }

  /** The server stood still: every tick is so many ticks later than it was to be. */
  skip(ticks: number): void {
    const ms = ticks * this.#tickMs;
    for (let i = 0; i < this.#transits.length; i++) this.#transits[i] += ms;
    this.#leastMs += ms;
    this.#mostMs += ms;
    // What was drawn on in the meantime never happened: it stands still until the world comes by.
    this.#shown = Math.min(this.#shown, this.#newestTick + EXTRAPOLATE_MS / this.#tickMs);
    this.#isWaiting = true;
  }

  /** The tick to draw, with its fraction. */
  shownTick(nowMs: number): number {
    const wanted = (nowMs - this.#leastMs - this.delayMs) / this.#tickMs;
    const passed = Math.max(0, nowMs - this.#shownMs) / this.#tickMs;
    const error = wanted - (this.#shown + passed);
    this.#shownMs = nowMs;
    // Also before the first drawing, when there is no error yet.
    if (!(Math.abs(error) * this.#tickMs < JUMP_MS)) this.#shown = wanted;
    else if (!this.#isWaiting || wanted >= this.#shown)
      this.#shown += passed + Math.min(Math.max(error, -passed * WARP), passed * WARP);
    if (!(wanted < this.#shown)) this.#isWaiting = false;
    const limit = this.#newestTick + EXTRAPOLATE_MS / this.#tickMs;
    this.isExtrapolating = this.#shown > this.#newestTick;
    this.isStale = this.#shown > limit;
    return Math.min(this.#shown, limit);
  }

  #look(): void {
    const count = Math.min(this.#arrivals, this.#transits.length);
    const sorted = this.#sorted.subarray(0, count);
    sorted.set(this.#transits.subarray(0, count));
    sorted.sort();
    this.#leastMs = sorted[0];
    this.#mostMs = sorted[Math.min(count - 1, Math.floor(count * IN_TIME))];
  }
}
