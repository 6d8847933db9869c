/** One pond under one trouble: players join, time flies, the measure fills. The same seed gives the same figures, bit for bit. */
import type { Conditions } from "../../client/sync/link.ts";
import { Link } from "../../client/sync/link.ts";
import { seededRandom } from "../../proto/random.ts";
import { HoleWatcher } from "./hole-watcher.ts";
import { Measure, VISIBLE_UNITS } from "./measure.ts";
import { Player, type Watcher } from "./player.ts";
import { PondServer, TICK_MS } from "./pond-server.ts";
import { Samples } from "./samples.ts";
import type { SeriesPoint } from "./series.ts";
import { VirtualTime } from "./virtual-time.ts";

const SWIMMERS = 8;
const RESTERS = 4;
/** Clocks are compared and delays learned by then. */
const WARM_UP_MS = 5000;
const HOLE_MS = { from: 10_000, lasts: 5000, watch: 10_000 };
/** Frames of about this size are what a jitter is asked of, bytes and number. */
const FRAME_BYTES = 60;
const MODEL_FRAMES = 20_000;

/** Of many samples: the shares in SHARES. */
export type Quantiles = readonly number[];
export const SHARES = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1] as const;

export interface FeelRun {
  readonly profile: string;
  readonly conditions: Conditions;
  readonly seconds: number;
  readonly players: number;
  /** Of the way down, above the fastest, ms. */
  readonly jitterP95Ms: number;
  readonly presses: number;
  readonly keyFramesMax: number;
  readonly reconciliations: number;
  readonly predictionError: Quantiles;
  readonly ownError: Quantiles;
  readonly correctionsPerMinute: number;
  readonly jumpsPerMinute: number;
  readonly othersError: Quantiles;
  /** Drawn more than VISIBLE_UNITS off. */
  readonly othersOffShare: number;
  readonly leadMs: Quantiles;
  readonly heldShare: number;
  readonly delayBeyondMs: Quantiles;
  readonly ageMs: Quantiles;
  readonly losses: readonly string[];
  readonly series: readonly SeriesPoint[];
  readonly hole: HoleRun | undefined;
}

export interface HoleRun {
  /** From the hole's end until everything is current and right on the screen, ms, of each player; Infinity if never. */
  readonly recoveryMs: readonly number[];
  readonly losses: readonly string[];
  readonly series: readonly SeriesPoint[];
}

export interface FeelSettings {
  readonly profile: string;
  readonly conditions: Conditions;
  /** Measured; the warm-up comes before. */
  readonly seconds: number;
  readonly seed: number;
  /** Also falls into a hole of 5 s, in a pond of its own. */
  readonly hasHole: boolean;
}

export function runFeel({ profile, conditions, seconds, seed, hasHole }: FeelSettings): FeelRun {
  const { time, server } = openPond(seed);
  const measure = new Measure(server, conditions, WARM_UP_MS / TICK_MS);
  startPlayers({ time, server, conditions, seed, watcher: measure });
  time.runUntil(WARM_UP_MS + seconds * 1000);
  const swimmerMinutes = (SWIMMERS * seconds) / 60;
  return {
    profile,
    conditions,
    seconds,
    players: SWIMMERS + RESTERS,
    jitterP95Ms: jitterP95Ms(conditions, seed),
    presses: measure.keyFrames.count,
    keyFramesMax: measure.keyFrames.max,
    reconciliations: measure.predictionError.count,
    predictionError: quantiles(measure.predictionError),
    ownError: quantiles(measure.ownError),
    correctionsPerMinute: measure.corrections / swimmerMinutes,
    jumpsPerMinute: measure.jumps / swimmerMinutes,
    othersError: quantiles(measure.othersError),
    othersOffShare: measure.othersError.shareAbove(VISIBLE_UNITS),
    leadMs: quantiles(measure.leadMs),
    heldShare: measure.heldFrames / measure.drawnFrames,
    delayBeyondMs: quantiles(measure.delayBeyondMs),
    ageMs: quantiles(measure.ageMs),
    losses: measure.losses,
    series: measure.series.points,
    hole: hasHole ? runHole(conditions, seed) : undefined,
  };
}

/** Everyone falls into the same hole; stalls are left out, so that it is the hole that is measured. */
function runHole(conditions: Conditions, seed: number): HoleRun {
  const { time, server } = openPond(seed);
  const { from, lasts, watch } = HOLE_MS;
  const untilMs = from + lasts + watch;
  const holes = { everyMs: untilMs, lastsMs: lasts, phase: from / untilMs };
  const watcher = new HoleWatcher(server, conditions, from + lasts);
  startPlayers({ time, server, conditions: { ...conditions, stalls: undefined, holes }, seed, watcher });
  time.runUntil(untilMs);
  return { recoveryMs: watcher.recoveryMs(SWIMMERS + RESTERS), losses: watcher.losses, series: watcher.series.points };
}

function openPond(seed: number): { time: VirtualTime; server: PondServer } {
  const time = new VirtualTime();
  return { time, server: new PondServer(time, seed) };
}

interface StartOptions {
  time: VirtualTime;
  server: PondServer;
  conditions: Conditions;
  seed: number;
  watcher: Watcher;
}

function startPlayers(options: StartOptions): void {
  for (let index = 0; index < SWIMMERS + RESTERS; index++) {
    new Player({ ...options, index, swims: index < SWIMMERS }).start();
  }
}

function quantiles(samples: Samples): Quantiles {
  return SHARES.map((share) => samples.quantile(share));
}

/** Asked of the model alone, as if each tick's frame went over one link. */
function jitterP95Ms(conditions: Conditions, seed: number): number {
  const link = new Link(conditions, seededRandom(seed));
  const delays = new Samples();
  for (let tick = 0; tick < MODEL_FRAMES; tick++) {
    delays.add(link.deliverAt(tick * TICK_MS, FRAME_BYTES) - tick * TICK_MS);
  }
  return delays.quantile(0.95) - delays.quantile(0);
}
