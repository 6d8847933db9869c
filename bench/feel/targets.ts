/** What each figure should be under each trouble, what it is, and the verdict. Pure. */
import { number } from "../report/format.ts";
import { TICK_MS } from "./pond-server.ts";
import { type FeelRun, type Quantiles, SHARES } from "./run.ts";

export type Verdict = "met" | "missed" | "shown";

export interface Judged {
  readonly profile: string;
  readonly figure: string;
  readonly unit: string;
  /** Largest allowed; undefined where nobody promises anything. */
  readonly target: number | undefined;
  readonly seen: number;
  readonly verdict: Verdict;
}

interface Figure {
  readonly figure: string;
  readonly unit: string;
  /** NaN: there is none in this run. */
  seen(run: FeelRun): number;
  readonly target: Partial<Readonly<Record<string, (run: FeelRun) => number>>>;
}

/** The same promise, whatever the run says. */
const most = (value: number) => () => value;
const onePath = ({ conditions }: FeelRun) => conditions.rttMs / 2;
/** Beyond what the line itself scatters. */
const DELAY_SPARE_MS = 10;
const AGE_SPARE_MS = 20;

const beyondJitter = ({ jitterP95Ms }: FeelRun) => jitterP95Ms + DELAY_SPARE_MS;
/** A round trip as long as jitter may make it: it happens once, and the slowest player counts. */
const twoTicksAfterARoundTrip = ({ conditions }: FeelRun) => conditions.rttMs + conditions.jitterMs + 2 * TICK_MS;

export const FIGURES: readonly Figure[] = [
  {
    figure: "own: from key to motion, most",
    unit: "frames",
    seen: ({ keyFramesMax }) => keyFramesMax,
    target: { lan: most(0), "4g": most(0), "far-4g": most(0), "3g": most(0) },
  },
  {
    figure: "own: prediction error, p99",
    unit: "units",
    seen: ({ predictionError }) => quantile(predictionError, 0.99),
    target: { lan: most(0.1), "4g": most(0.1), "far-4g": most(0.3), "3g": most(0.5) },
  },
  {
    figure: "own: corrections over 2 units",
    unit: "a minute",
    seen: ({ correctionsPerMinute }) => correctionsPerMinute,
    target: { lan: most(0), "4g": most(0), "far-4g": most(1), "3g": most(2) },
  },
  {
    figure: "own: jumps on the screen over 2 units",
    unit: "a minute",
    seen: ({ jumpsPerMinute }) => jumpsPerMinute,
    target: { lan: most(0), "4g": most(0), "far-4g": most(1), "3g": most(2) },
  },
  {
    figure: "own: drawn off the path to come, p99",
    unit: "units",
    seen: ({ ownError }) => quantile(ownError, 0.99),
    target: {},
  },
  {
    figure: "own: drawn ahead of the newest frame, p50",
    unit: "ms",
    seen: ({ leadMs }) => quantile(leadMs, 0.5),
    target: {},
  },
  {
    figure: "others: error where drawn, p99",
    unit: "units",
    seen: ({ othersError }) => quantile(othersError, 0.99),
    target: { lan: most(0.5), "4g": most(0.7), "far-4g": most(1.5), "3g": most(3) },
  },
  {
    figure: "others: drawn over 2 units off",
    unit: "%",
    seen: ({ othersOffShare }) => othersOffShare * 100,
    target: {},
  },
  {
    figure: "others: extrapolated or frozen",
    unit: "% of frames",
    seen: ({ heldShare }) => heldShare * 100,
    target: { lan: most(0.1), "4g": most(0.5), "far-4g": most(2), "3g": most(5) },
  },
  {
    figure: "others: delay beyond one tick, p50",
    unit: "ms",
    seen: ({ delayBeyondMs }) => quantile(delayBeyondMs, 0.5),
    target: { lan: most(DELAY_SPARE_MS), "4g": beyondJitter, "far-4g": beyondJitter, "3g": beyondJitter },
  },
  {
    figure: "age of information, p99",
    unit: "ms",
    seen: ({ ageMs }) => quantile(ageMs, 0.99),
    target: {
      lan: (run) => onePath(run) + TICK_MS + AGE_SPARE_MS,
      "4g": (run) => onePath(run) + TICK_MS + AGE_SPARE_MS + run.jitterP95Ms,
      "far-4g": most(600),
      "3g": most(1000),
    },
  },
  {
    figure: "after a hole of 5 s: whole, last",
    unit: "ms",
    seen: ({ hole }) => (hole === undefined ? Number.NaN : Math.max(...hole.recoveryMs)),
    target: { "4g": twoTicksAfterARoundTrip, "far-4g": twoTicksAfterARoundTrip, "3g": twoTicksAfterARoundTrip },
  },
  {
    figure: "connections lost",
    unit: "",
    seen: ({ losses, hole }) => losses.length + (hole?.losses.length ?? 0),
    target: { lan: most(0), wifi: most(0), "4g": most(0), "far-4g": most(0), "3g": most(0), train: most(0) },
  },
];

/** Every figure of every run, in the order of FIGURES. */
export function judge(runs: readonly FeelRun[]): Judged[] {
  return FIGURES.flatMap((figure) => runs.map((run) => judgeOne(figure, run)));
}

function judgeOne({ figure, unit, seen, target }: Figure, run: FeelRun): Judged {
  const value = seen(run);
  const allowed = Number.isNaN(value) ? undefined : target[run.profile]?.(run);
  const verdict = allowed === undefined ? "shown" : value <= allowed ? "met" : "missed";
  return { profile: run.profile, figure, unit, target: allowed, seen: value, verdict };
}

/** One of SHARES. */
function quantile(quantiles: Quantiles, share: (typeof SHARES)[number]): number {
  return quantiles[SHARES.indexOf(share)];
}

/** A figure as it is shown: digits that fit its size, and words for what is no number. */
export function shown(value: number): string {
  if (Number.isNaN(value)) return "-";
  return Number.isFinite(value) ? number(value) : "never";
}
