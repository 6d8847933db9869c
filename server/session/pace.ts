/**
 * How often one client gets a frame: latest-wins over a channel that loses nothing (SPEC L3). Kernel buffers hide megabytes, so
 * only acknowledged ticks tell what a client is behind by: an acknowledgement that comes later than the connection's own
 * delay means that frames queue somewhere. Knows nothing of frames or sockets.
 */

/** Acknowledged so much later than the connection's own delay, seconds: then one frame in so many ticks. */
const STAGES = [
  { behindS: 1.2, everyS: 0.5 },
  { behindS: 0.8, everyS: 0.2 },
  { behindS: 0.4, everyS: 0.1 },
] as const;
/** Nothing is sent to who has acknowledged nothing for so long although there was something to acknowledge, seconds. */
const SILENT_S = 1.5;
/** The connection's own delay is the least of this time, seconds: a slower network is not taken for a slow client for ever. */
const WINDOW_S = 10;
/** What of the connection's own delay is granted at most, seconds. */
const OWN_DELAY_MAX_S = 1;

export class Pace {
  /** Ticks between two frames. */
  everyTicks = 1;
  readonly #tickHz: number;
  #leastTicks = Number.POSITIVE_INFINITY;
  #leastBefore = Number.POSITIVE_INFINITY;
  #windowTick = 0;

  constructor(tickHz: number) {
    this.#tickHz = tickHz;
  }

  /** A client acknowledged `ackTick` while the world was at `tick`. */
  acknowledged(ackTick: number, tick: number): void {
    const lag = tick - ackTick;
    if (tick - this.#windowTick > WINDOW_S * this.#tickHz) {
      this.#leastBefore = this.#leastTicks;
      this.#leastTicks = lag;
      this.#windowTick = tick;
    }
    this.#leastTicks = Math.min(this.#leastTicks, lag);
    const behindS = (lag - this.#ownDelayTicks()) / this.#tickHz;
    const stage = STAGES.find((one) => behindS > one.behindS);
    this.everyTicks = stage === undefined ? 1 : Math.max(1, Math.round(stage.everyS * this.#tickHz));
  }

  /** Whether so much is unacknowledged that nothing more should follow. `sentTick` is that of the newest frame sent. */
  isSilent(ackTick: number, sentTick: number, tick: number): boolean {
    if (ackTick >= sentTick) return false;
    return tick - ackTick > Math.round(SILENT_S * this.#tickHz) + this.#ownDelayTicks();
  }

  #ownDelayTicks(): number {
    const least = Math.min(this.#leastTicks, this.#leastBefore);
    return Number.isFinite(least) ? Math.min(least, OWN_DELAY_MAX_S * this.#tickHz) : 0;
  }
}
