/** What a soak's samples say: slopes, and whether each is what row F23 allows. Pure. */

export interface SoakSample {
  /** Since the crowd began to gather, s. */
  readonly atS: number;
  readonly rssMiB: number;
  readonly heapMiB: number;
  readonly descriptors: number;
  readonly sessions: number;
  readonly resources: number;
  readonly tickP99Ms: number;
}

/** What is open when nobody is there: before the crowd, and after it. */
export interface AtRest {
  readonly descriptors: number;
  readonly sessions: number;
  readonly resources: Readonly<Record<string, number>>;
}

export interface SoakVerdict {
  readonly figure: string;
  readonly wanted: string;
  readonly seen: string;
  readonly isMet: boolean;
}

/** Growth of memory that is taken for none, MiB in 10 minutes. */
const RSS_SLOPE_MAX = 1;
const TICK_RATIO_MAX = 1.1;
const PER_10_MIN = 600;
/** Share of the samples at either end that ticks are compared over. */
const PART = 1 / 6;

export function judgeSoak(
  samples: readonly SoakSample[],
  warmUpS: number,
  before: AtRest,
  after: AtRest,
): SoakVerdict[] {
  const warm = samples.filter(({ atS }) => atS >= warmUpS);
  const rss = slope(warm.map(({ atS, rssMiB }) => [atS, rssMiB])) * PER_10_MIN;
  const heap = slope(warm.map(({ atS, heapMiB }) => [atS, heapMiB])) * PER_10_MIN;
  const ratio = tickRatio(warm);
  const kinds = new Set([...Object.keys(before.resources), ...Object.keys(after.resources)]);
  const changed = [...kinds].filter((kind) => (before.resources[kind] ?? 0) !== (after.resources[kind] ?? 0));
  const back = (figure: string, from: number, to: number): SoakVerdict => ({
    figure,
    wanted: `back to ${from}`,
    seen: String(to),
    isMet: from === to,
  });
  return [
    {
      figure: "memory after the warm-up, MiB in 10 min",
      wanted: `at most ${RSS_SLOPE_MAX}`,
      seen: `${rss.toFixed(2)} (heap ${heap.toFixed(2)})`,
      isMet: rss <= RSS_SLOPE_MAX,
    },
    {
      figure: "tick p99, last part to first",
      wanted: `at most ${TICK_RATIO_MAX}`,
      seen: ratio.toFixed(2),
      isMet: ratio <= TICK_RATIO_MAX,
    },
    back("descriptors when all have left", before.descriptors, after.descriptors),
    back("sessions when all have left", before.sessions, after.sessions),
    {
      figure: "timers and handles when all have left",
      wanted: "as before",
      seen:
        changed.map((kind) => `${kind} ${before.resources[kind] ?? 0} to ${after.resources[kind] ?? 0}`).join(", ") ||
        "as before",
      isMet: changed.length === 0,
    },
  ];
}

/** Least squares: how much y grows with each unit of x; 0 for fewer than two points. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  let above = 0;
  let below = 0;
  for (const [x, y] of points) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return below === 0 ? 0 : above / below;
}

function tickRatio(samples: readonly SoakSample[]): number {
  const count = Math.max(1, Math.round(samples.length * PART));
  const p99 = (part: readonly SoakSample[]) => mean(part.map(({ tickP99Ms }) => tickP99Ms));
  return p99(samples.slice(-count)) / p99(samples.slice(0, count));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
