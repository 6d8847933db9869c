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

export function told(name: string, seen: number, unit = ""): Figure {
  return { name, seen, bound: "told", limit: 0, unit };
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
