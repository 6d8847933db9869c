/** Everything that the overlay shows of one moment, and which of it stands where. Pure. */
import type { NetworkStats, PartBytes } from "../sync/network-stats.ts";
import { bytes, bytesPerSecond, count, distance, milliseconds, percent, perSecond, type Quantity } from "./quantity.ts";
import type { NetworkRates } from "./rates.ts";
import type { OverlayStrings } from "./strings.ts";

export interface Reading {
  readonly stats: NetworkStats;
  readonly rates: NetworkRates;
  /** Frames that the page draws a second. */
  readonly fps: number;
  /** Since the last reading. */
  readonly longestFrameMs: number;
  /** Since the overlay was opened. */
  readonly longFrames: number;
  /** Entities that the server tells of. */
  readonly inView: number;
}

export interface Measure {
  readonly label: keyof OverlayStrings;
  readonly read: (reading: Reading) => number;
  readonly write: (value: number, strings: OverlayStrings) => Quantity;
}

/** A measure with a graph. */
export interface GraphedMeasure extends Measure {
  /** The graph's top is never lower. */
  readonly topMin: number;
}

const inUnits = (value: number, { units }: OverlayStrings): Quantity => distance(units)(value);

export const GRAPHED: readonly GraphedMeasure[] = [
  { label: "rtt", read: ({ stats }) => stats.rttMs, write: milliseconds, topMin: 20 },
  { label: "jitter", read: ({ stats }) => stats.jitterMs, write: milliseconds, topMin: 10 },
  { label: "age", read: ({ stats }) => stats.ageMs, write: milliseconds, topMin: 20 },
  { label: "delay", read: ({ stats }) => stats.delayMs, write: milliseconds, topMin: 100 },
  { label: "frames", read: ({ rates }) => rates.frames, write: perSecond, topMin: 20 },
  { label: "received", read: ({ rates }) => rates.bytesReceived, write: bytesPerSecond, topMin: 500 },
  { label: "predictionError", read: ({ stats }) => stats.predictionError, write: inUnits, topMin: 2 },
  { label: "serverTick", read: ({ stats }) => stats.serverTickMs, write: milliseconds, topMin: 5 },
  { label: "fps", read: ({ fps }) => fps, write: perSecond, topMin: 60 },
  { label: "longestFrame", read: ({ longestFrameMs }) => longestFrameMs, write: milliseconds, topMin: 50 },
];

export const LISTED: readonly Measure[] = [
  { label: "clockOffset", read: ({ stats }) => stats.clockOffsetMs, write: milliseconds },
  { label: "lead", read: ({ stats }) => stats.leadMs, write: milliseconds },
  { label: "sent", read: ({ rates }) => rates.bytesSent, write: bytesPerSecond },
  { label: "inView", read: ({ inView }) => inView, write: count },
  { label: "frameBytes", read: ({ rates }) => rates.frameBytes, write: bytes },
  { label: "reconciliations", read: ({ stats }) => stats.reconciliations, write: count },
  { label: "corrections", read: ({ stats }) => stats.corrections, write: count },
  { label: "extrapolated", read: ({ rates }) => rates.extrapolatedShare, write: percent },
  { label: "stale", read: ({ rates }) => rates.staleShare, write: percent },
  { label: "droppedTicks", read: ({ stats }) => stats.droppedTicks, write: count },
  { label: "checksumFaults", read: ({ stats }) => stats.checksumFaults, write: count },
  { label: "longFrames", read: ({ longFrames }) => longFrames, write: count },
];

/** In the order of the bar; each has its colour in overlay.css. */
export const PARTS: readonly { readonly part: keyof PartBytes; readonly label: keyof OverlayStrings }[] = [
  { part: "header", label: "partHeader" },
  { part: "view", label: "partView" },
  { part: "updates", label: "partUpdates" },
  { part: "keyframes", label: "partKeyframes" },
  { part: "entities", label: "partEntities" },
  { part: "events", label: "partEvents" },
];
