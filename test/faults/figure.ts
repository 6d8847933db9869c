/** What a row measures and what is wanted of it: a number with a bound, and the verdict that follows. Pure. */

export interface Figure {
  readonly name: string;
  readonly seen: number;
  /** `told`: a number that explains the others; nothing is wanted of it. */
  readonly bound: "at most" | "at least" | "exactly" | "told";
  readonly limit: number;
  /** Empty for counts. */
  readonly unit: string;
}

/** `missed` also where a row could not be carried out although the machine can. */
export type Verdict = "met" | "missed" | "not possible here";

export function atMost(limit: number, name: string, seen: number, unit = ""): Figure {
  return { name, seen, bound: "at most", limit, unit };
}

export function atLeast(limit: number, name: string, seen: number, unit = ""): Figure {
  return { name, seen, bound: "at least", limit, unit };
}

export function exactly(limit: number, name: string, seen: number, unit = ""): Figure {
  return { name, seen, bound: "exactly", limit, unit };
}

/** What a player may have moved while its server was away, world units: a second at 100, and the glide to rest. */
export const MOVED_UNITS_MAX = 170;

export function told(name: string, seen: number, unit = ""): Figure {
  return { name, seen, bound: "told", limit: 0, unit };
}

/** A tick's length at 20 a second, and how late a tick may be, ms, where there is no fault yet: later, and there is nothing to compare with. */
const TICK_MS = 50;
const CALM_P99_MS_MAX = 1.2 * TICK_MS;

/**
 * A figure that compares with the undisturbed part of the run: missed, with the reason, where that part was disturbed itself. A p99 of two
 * ticks there would let a fault cost a tick.
 */
export function ifCalm(calmP99Ms: number, figure: Figure): Figure {
  if (calmP99Ms <= CALM_P99_MS_MAX) return figure;
  const why = `not measurable: ${calmP99Ms.toFixed(1)} ms between ticks before the fault, at most ${CALM_P99_MS_MAX} wanted`;
  return { ...figure, name: `${figure.name} (${why})`, seen: Number.NaN };
}

/** Tick p99 during a fault, compared with that before it, ms. */
export function overCalm(limit: number, name: string, p99Ms: number, calmP99Ms: number): Figure {
  const words = `${name} over ${calmP99Ms.toFixed(1)} ms undisturbed`;
  return ifCalm(calmP99Ms, atMost(limit, words, p99Ms - calmP99Ms, "ms"));
}

/** What could not be measured (NaN, null in a result file) is missed. */
export function isMet({ seen, bound, limit }: Figure): boolean {
  if (bound === "told") return true;
  if (!Number.isFinite(seen)) return false;
  if (bound === "exactly") return seen === limit;
  return bound === "at most" ? seen <= limit : seen >= limit;
}

/** A row without a figure has shown nothing. */
export function verdictOf(figures: readonly Figure[]): Verdict {
  return figures.some(({ bound }) => bound !== "told") && figures.every(isMet) ? "met" : "missed";
}

/** The smallest of the values that at least `share` of them do not exceed. NaN of none, and if one of them was not seen. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0 || values.some(Number.isNaN)) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** NaN of none, and if one of them was not seen: nothing is no good figure. */
export function largest(values: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  return most === Number.NEGATIVE_INFINITY ? Number.NaN : most;
}
