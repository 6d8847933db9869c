/**
 * Compares two result files: what got worse beyond the noise that the runs themselves measured. Times count as ratios to
 * the floor of the same run, so that another or a busier machine is no verdict; bytes and counts do not depend on the
 * machine and get no allowance. Overrun windows are left out. Pure.
 */
import {
  cpuUs,
  type Figure,
  FLOOR,
  heldWindowsOf,
  isLowerBound,
  ratioToFloor,
  type Spread,
  spreadOf,
} from "./aggregate.ts";
import type { BenchFile, Measurement } from "./results.ts";
import type { Scenario } from "./scenarios.ts";

export interface Verdict {
  /** Scenario, system and figure. */
  readonly what: string;
  readonly verdict: "better" | "same" | "worse" | "not comparable";
  /** Why, with the numbers. */
  readonly why: string;
}

/** Smallest change that counts, whatever the rounds say: three rounds can agree by luck. */
const NOISE_MIN = { time: 0.05, memory: 0.05, count: 0 };
/** Fewer rounds than these know no noise of their own: they take that of the run's other scenarios. */
const ROUNDS_MIN = 3;
/** Frames of the tick at either end of a window may fall on its other side. */
const EDGE_TICKS = 2;
/** Figures are the same when they are as printed. */
const PRINTED = 0.0005;

interface Compared {
  readonly name: string;
  readonly figure: Figure;
  readonly kind: "time" | "memory" | "count";
  /** True for the slowest of a hundred: in one round that is one unlucky tick, and no verdict. */
  readonly isTail?: boolean;
  /** What a window's edges alone may change. */
  readonly edge?: Figure;
  /** True where more is better. */
  readonly isGain?: boolean;
}

const FIGURES: readonly Compared[] = [
  { name: "CPU of a client-tick", figure: cpuUs, kind: "time" },
  { name: "tick p99", figure: ({ server }) => server.tickMs.p99, kind: "time", isTail: true },
  { name: "age of information p99", figure: ({ ageMs }) => ageMs.p99, kind: "time", isTail: true },
  { name: "bytes per visible entity and tick", figure: (one) => one.bytesPerVisiblePerTick, kind: "count" },
  { name: "share of frames received", figure: shareReceived, kind: "count", isGain: true, edge: edgeShare },
  { name: "memory per player", figure: ({ server }) => server.rssBytesPerPlayer, kind: "memory" },
];

/** All verdicts; the comparison fails if one is "worse". */
export function compareResults(old: BenchFile, now: BenchFile): Verdict[] {
  return [...compareScenarios(old, now), ...compareCapacities(old, now), ...wrongFrames(now)];
}

export function hasRegression(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ verdict }) => verdict === "worse");
}

/** One line each, worst first. */
export function formatVerdicts(verdicts: readonly Verdict[]): string {
  const order = ["worse", "not comparable", "better", "same"];
  return [...verdicts]
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
    .map(({ what, verdict, why }) => `${verdict.toUpperCase().padEnd(14)} ${what}: ${why}`)
    .join("\n");
}

function compareScenarios(old: BenchFile, now: BenchFile): Verdict[] {
  return now.scenarios.flatMap((scenario) => {
    const before = old.scenarios.find(({ name }) => name === scenario.name);
    // Only our own figures can regress; the floor is what they are measured with.
    const isHeld = (file: BenchFile) => heldWindowsOf(file, scenario.name, "shoal").length > 0;
    const what = `${scenario.name} / shoal`;
    if (before === undefined || !isHeld(old)) {
      return isHeld(now) ? [{ what, verdict: "not comparable", why: "the old results do not have it" }] : [];
    }
    const changed = changedSettings(before, scenario);
    if (changed.length > 0) {
      return [{ what, verdict: "not comparable", why: `the scenario is another one: ${changed.join(", ")} changed` }];
    }
    if (!isHeld(now)) return [{ what, verdict: "worse", why: "measured in the old results; now overrun or failed" }];
    return FIGURES.flatMap((compared) => compareFigure({ old, now, scenario: scenario.name, compared }));
  });
}

interface FigureComparison {
  readonly old: BenchFile;
  readonly now: BenchFile;
  readonly scenario: string;
  readonly compared: Compared;
}

function compareFigure({ old, now, scenario, compared }: FigureComparison): Verdict[] {
  const { name, kind, isGain = false } = compared;
  const before = readFigure(old, scenario, compared);
  const after = readFigure(now, scenario, compared);
  const what = `${scenario} / shoal / ${name}${kind === "time" ? ` (ratio to ${FLOOR})` : ""}`;
  if (before === undefined || after === undefined) {
    const missing = before === undefined ? "old" : "new";
    return [{ what, verdict: "not comparable", why: `the ${missing} results have no ${FLOOR} for it` }];
  }
  if (kind === "memory" && Math.min(before.median, after.median) <= 0) {
    return [{ what, verdict: "not comparable", why: "so few players that the process did not grow" }];
  }
  if (compared.isTail && Math.min(before.rounds, after.rounds) < 2) {
    return [{ what, verdict: "not comparable", why: "one round only says nothing of a tail" }];
  }
  const edge = spreadOf(heldWindowsOf(now, scenario, "shoal"), compared.edge ?? (() => 0))?.median ?? 0;
  const borrowed =
    Math.min(before.rounds, after.rounds) < ROUNDS_MIN
      ? Math.max(repeatedNoise(old, compared), repeatedNoise(now, compared))
      : 0;
  if (borrowed < 0) {
    return [{ what, verdict: "not comparable", why: "one round only, and nothing in either run was repeated" }];
  }
  const { noise, because } = noiseOf({ before, after, kind, edge, borrowed });
  return [{ what, ...judge({ before: before.median, after: after.median, noise, because, isGain }) }];
}

function readFigure(file: BenchFile, scenario: string, { figure, kind }: Compared): Spread | undefined {
  return kind === "time"
    ? ratioToFloor(file, scenario, "shoal", figure)
    : spreadOf(heldWindowsOf(file, scenario, "shoal"), figure);
}

/** The widest spread of the scenarios that a run repeated, as a share of their medians; -1 if it repeated none. */
function repeatedNoise(file: BenchFile, compared: Compared): number {
  const spreads = file.scenarios.map(({ name }) => readFigure(file, name, compared));
  const shares = spreads.flatMap((one) =>
    one === undefined || one.rounds < 2 || one.median <= 0 ? [] : [(one.high - one.low) / one.median],
  );
  return Math.max(-1, ...shares);
}

interface Noisy {
  readonly before: Spread;
  readonly after: Spread;
  readonly kind: Compared["kind"];
  readonly edge: number;
  /** Noise of other scenarios, as a share of either figure. */
  readonly borrowed: number;
}

/**
 * How much two runs of the same code may differ, by what their own rounds did. The ranges of both are added: one range of
 * two or three rounds is by luck often smaller than the difference of two medians, and there are dozens of figures.
 */
function noiseOf({ before, after, kind, edge, borrowed }: Noisy): { noise: number; because: string } {
  const least = NOISE_MIN[kind];
  const reasons = [
    { noise: before.high - before.low + after.high - after.low, because: "spread of the rounds of both" },
    { noise: edge, because: "ticks at the window's edges" },
    { noise: borrowed * (before.median + after.median), because: "few rounds: spread of what was repeated" },
    { noise: least * before.median, because: `at least ${least * 100} %` },
    { noise: PRINTED, because: "as printed" },
  ];
  return reasons.reduce((most, reason) => (reason.noise > most.noise ? reason : most));
}

interface Judged {
  readonly before: number;
  readonly after: number;
  readonly noise: number;
  readonly because: string;
  readonly isGain: boolean;
}

function judge({ before, after, noise, because, isGain }: Judged): Pick<Verdict, "verdict" | "why"> {
  const change = after - before;
  const isWorse = isGain ? -change > noise : change > noise;
  const isBetter = isGain ? change > noise : -change > noise;
  const percent = before === 0 ? "" : ` (${change >= 0 ? "+" : ""}${((change / before) * 100).toFixed(1)} %)`;
  const why = `${show(before)} to ${show(after)}${percent}, noise ${show(noise)} (${because})`;
  return { verdict: isWorse ? "worse" : isBetter ? "better" : "same", why };
}

/** The search stops between a count that was held and one that was not: that gap is its noise. */
function compareCapacities(old: BenchFile, now: BenchFile): Verdict[] {
  const share = (file: BenchFile, scenario: string) => {
    const find = (system: string) => file.capacities.find((one) => one.scenario === scenario && one.system === system);
    const own = find("shoal");
    const floor = find(FLOOR);
    // Of a floor that held the most that was tried nobody knows what we are a share of.
    if (own === undefined || floor === undefined || floor.players === 0 || isLowerBound(floor)) return undefined;
    const gap = (low: number, high: number) => (high > low && low > 0 ? high / low - 1 : 0);
    const noise = gap(own.players, own.notHeld) + gap(floor.players, floor.notHeld);
    return { share: own.players / floor.players, noise };
  };
  return now.capacities
    .filter(({ system }) => system === "shoal")
    .flatMap(({ scenario }) => {
      const what = `${scenario} / shoal / most players held (share of the ${FLOOR}'s)`;
      const before = share(old, scenario);
      const after = share(now, scenario);
      if (before === undefined || after === undefined) {
        return [{ what, verdict: "not comparable" as const, why: "not found in both" }];
      }
      const noise = (before.noise + after.noise) * before.share;
      const because = "the searches' gaps between held and not held";
      return [{ what, ...judge({ before: before.share, after: after.share, noise, because, isGain: true }) }];
    });
}

/** A wrong frame is worse than any slow one. */
function wrongFrames(now: BenchFile): Verdict[] {
  return now.measurements
    .filter(({ system, sampled }) => system === "shoal" && sampled.errors.length > 0)
    .map(({ scenario, round, sampled }) => ({
      what: `${scenario} / shoal / round ${round + 1}`,
      verdict: "worse",
      why: `sampled clients found wrong frames: ${sampled.errors[0]}`,
    }));
}

/** Names of the settings that decide what is measured and are not the same. */
function changedSettings(a: Scenario, b: Scenario): string[] {
  const same = (key: keyof Scenario) => JSON.stringify(a[key]) === JSON.stringify(b[key]);
  const keys = ["players", "tickHz", "worldSize", "view", "motion", "inputsPerSecond", "rooms", "seed"] as const;
  return keys.filter((key) => !same(key));
}

function shareReceived({ framesReceived, framesExpected }: Measurement): number {
  return framesExpected === 0 ? 0 : framesReceived / framesExpected;
}

function edgeShare({ seconds, tickHz }: Measurement): number {
  return EDGE_TICKS / (seconds * tickHz);
}

function show(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3);
}
