/** Rates per second out of counters that only rise, over the last second. Pure but for the moments it remembers. */
import type { NetworkStats, PartBytes } from "../sync/network-stats.ts";

/** How far back a rate looks, ms: at 20 ticks a second a shorter window would jump by whole frames. */
const WINDOW_MS = 1000;

/** The counters at one moment. */
type Counts = Pick<
  NetworkStats,
  "framesReceived" | "bytesReceived" | "bytesSent" | "drawnFrames" | "extrapolatedFrames" | "staleFrames"
> & { readonly atMs: number; readonly partBytes: PartBytes };

/** Per second where nothing else is said; NaN until two moments are known. */
export interface NetworkRates {
  readonly frames: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly partBytes: PartBytes;
  /** Mean size of a received frame, bytes; NaN when none came. */
  readonly frameBytes: number;
  /** Shares of the drawn frames, 0 to 1; NaN when none was drawn. */
  readonly extrapolatedShare: number;
  readonly staleShare: number;
}

export class Rates {
  /** Oldest first. */
  readonly #moments: Counts[] = [];

  /** Remembers the counters as they are at `nowMs`, and returns the rates of the second that ends there. */
  measure(stats: NetworkStats, nowMs: number): NetworkRates {
    const moments = this.#moments;
    const now: Counts = { ...stats, partBytes: { ...stats.partBytes }, atMs: nowMs };
    moments.push(now);
    // The youngest that is a whole window old stays as the other end.
    while (moments.length > 2 && nowMs - moments[1].atMs >= WINDOW_MS) moments.shift();
    return ratesBetween(moments[0], now);
  }

  /** Nobody measured for a while: begins anew. */
  restart(): void {
    this.#moments.length = 0;
  }
}

function ratesBetween(from: Counts, to: Counts): NetworkRates {
  // 0 / 0 is NaN, which is what nobody knows yet.
  const seconds = (to.atMs - from.atMs) / 1000;
  const perS = (before: number, after: number): number => (seconds > 0 ? (after - before) / seconds : Number.NaN);
  const part = (key: keyof PartBytes): number => perS(from.partBytes[key], to.partBytes[key]);
  const drawn = to.drawnFrames - from.drawnFrames;
  return {
    frames: perS(from.framesReceived, to.framesReceived),
    bytesReceived: perS(from.bytesReceived, to.bytesReceived),
    bytesSent: perS(from.bytesSent, to.bytesSent),
    partBytes: {
      header: part("header"),
      view: part("view"),
      updates: part("updates"),
      keyframes: part("keyframes"),
      entities: part("entities"),
      events: part("events"),
    },
    frameBytes: (to.bytesReceived - from.bytesReceived) / (to.framesReceived - from.framesReceived),
    extrapolatedShare: (to.extrapolatedFrames - from.extrapolatedFrames) / drawn,
    staleShare: (to.staleFrames - from.staleFrames) / drawn,
  };
}
