/**
 * How many frames one client may have on their way: latest-wins over a channel that loses nothing (SPEC L3). Kernel buffers hide
 * megabytes, so only acknowledged ticks tell what a client is behind by: an acknowledgement that comes later than the
 * connection's own delay means that frames queue somewhere. Knows nothing of frames or sockets.
 */

/** Acknowledged so much later than the connection's own delay, seconds: fewer frames may be on their way. */
const BEHIND_S = 0.4;
/** Acknowledged at most so much later for this long, seconds: more may. */
const WELL_S = 0.2;
const WELL_FOR_S = 1;
/** Frames on their way when a client first falls behind, and the number from which on they are not counted. */
const WINDOW_FIRST = 4;
const WINDOW_OPEN = 16;
/** Nothing is sent to who has acknowledged nothing for so long although there was something to acknowledge, seconds. */
const SILENT_S = 1.5;
/** The connection's own delay is the least of this time, seconds: a slower network is not taken for a slow client for ever. */
const LEAST_OF_S = 10;
/** What of the connection's own delay is granted at most, seconds. */
const OWN_DELAY_MAX_S = 1;

export class Pace {
  readonly #tickHz: number;
  #leastTicks = Number.POSITIVE_INFINITY;
  #leastBefore = Number.POSITIVE_INFINITY;
  #leastSince = 0;
  /** Most frames on their way; 0 while they are not counted. */
  #window = 0;
  /** Ticks of the frames on their way, while they are counted. */
  readonly #onTheirWay: number[] = [];
  /** What was on its way when the window last changed must arrive before anything is concluded again. */
  #changedTick = 0;
  #wellSince = 0;

  /** @param tick the world's at joining */
  constructor(tickHz: number, tick: number) {
    this.#tickHz = tickHz;
    this.freeUntilTick = tick + Math.round(SILENT_S * tickHz);
  }

  /**
   * Up to this tick nothing needs to wait or to be counted, unless another acknowledgement comes. Asked of every client in every
   * tick, so it is one comparison.
   */
  freeUntilTick: number;
  /** Most frames on their way, 0 for no limit. */
  get window(): number {
    return this.#window;
  }

  /** A frame of `tick` went out. */
  sent(tick: number): void {
    if (this.#window > 0) this.#onTheirWay.push(tick);
  }

  /** The client acknowledged `ackTick` while the world was at `tick`; `sentTick` is that of the newest frame sent. */
  acknowledged(ackTick: number, sentTick: number, tick: number): void {
    const lag = tick - ackTick;
    if (tick - this.#leastSince > LEAST_OF_S * this.#tickHz) {
      this.#leastBefore = this.#leastTicks;
      this.#leastTicks = lag;
      this.#leastSince = tick;
    }
    // With one frame on its way nothing queues before it: what it takes is the connection's own delay.
    this.#leastTicks = Math.min(this.#leastTicks, lag);
    while (this.#onTheirWay.length > 0 && this.#onTheirWay[0] <= ackTick) this.#onTheirWay.shift();
    const behindS = (lag - this.#ownDelayTicks()) / this.#tickHz;
    if (behindS > WELL_S) this.#wellSince = tick;
    if (behindS > BEHIND_S) this.#narrow(ackTick, sentTick);
    else if (this.#window > 0 && tick - this.#wellSince >= WELL_FOR_S * this.#tickHz) this.#widen(tick);
    const silentTicks = Math.round(SILENT_S * this.#tickHz) + this.#ownDelayTicks();
    this.freeUntilTick = this.#window > 0 ? -1 : ackTick + silentTicks;
  }

  /** Behind `freeUntilTick`: whether the next frame must wait for acknowledgements. */
  mustWait(ackTick: number, sentTick: number): boolean {
    // Who holds all that was sent has nothing to acknowledge.
    if (ackTick >= sentTick) return false;
    // What queued up while nothing was counted must drain.
    return this.#window === 0 || ackTick < this.#changedTick || this.#onTheirWay.length >= this.#window;
  }

  #narrow(ackTick: number, sentTick: number): void {
    if (ackTick < this.#changedTick) return;
    this.#changedTick = sentTick;
    this.#window = this.#window === 0 ? WINDOW_FIRST : Math.max(1, this.#window >> 1);
  }

  #widen(tick: number): void {
    this.#wellSince = tick;
    this.#window *= 2;
    if (this.#window < WINDOW_OPEN) return;
    this.#window = 0;
    this.#onTheirWay.length = 0;
  }

  #ownDelayTicks(): number {
    const least = Math.min(this.#leastTicks, this.#leastBefore);
    return Number.isFinite(least) ? Math.min(least, OWN_DELAY_MAX_S * this.#tickHz) : 0;
  }
}
