/**
 * From windows to figures: the median over the rounds and how far the rounds spread, as such or as a ratio to the floor
 * of the same round. Table, report and comparison all read results through here.
 */
import type { BenchFile, Capacity, Measurement, Summary } from "./results.ts";
import { mergeSummaries } from "./summary.ts";

/** A figure over the rounds. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

export type Figure = (measurement: Measurement) => number;

export const FLOOR = "floor";

/** Of the ticks due that must be made, and of the frames that must arrive. */
const HELD_MIN = 0.98;
/** Ticks, and frames of one player, that a window's edges alone may cost: in a short one that is more than 2 %. */
const EDGE_TICKS = 2;

/** Whether ticks or frames are missing: figures of such a window are those of a server that did less than was asked. */
export function isOverrun({ server, seconds, tickHz, players, framesExpected, framesReceived }: Measurement): boolean {
  const lacks = (due: number, came: number) => due - came > Math.max(due * (1 - HELD_MIN), EDGE_TICKS);
  const frames = framesExpected === 0 || lacks(framesExpected / players, framesReceived / players);
  return frames || lacks(seconds * tickHz, server.tickMs.count);
}

/** CPU of a client-tick, user and system together, microseconds. */
export const cpuUs: Figure = ({ server }) => server.cpuUserUs + server.cpuSystemUs;

/** The windows of one system under one scenario, by round, overrun ones too. */
export function windowsOf(file: BenchFile, scenario: string, system: string): Measurement[] {
  return file.measurements
    .filter((one) => one.scenario === scenario && one.system === system)
    .sort((a, b) => a.round - b.round);
}

/** Those that count: not overrun. */
export function heldWindowsOf(file: BenchFile, scenario: string, system: string): Measurement[] {
  return windowsOf(file, scenario, system).filter((one) => !isOverrun(one));
}

/** The slowest of a hundred, of all rounds together: in one short window that is one or two ticks. 0 of nothing. */
export function pooledP99(windows: readonly Measurement[], of: (one: Measurement) => Summary): number {
  return mergeSummaries(windows.map(of)).p99;
}

/** Undefined if there is no window. */
export function spreadOf(windows: readonly Measurement[], figure: Figure): Spread | undefined {
  return spread(windows.map(figure));
}

/** The figure divided by the floor's of the same round: what the machine does to both cancels out. Held windows only. */
export function ratioToFloor(file: BenchFile, scenario: string, system: string, figure: Figure): Spread | undefined {
  const floors = heldWindowsOf(file, scenario, FLOOR);
  const ratios = heldWindowsOf(file, scenario, system).flatMap((window) => {
    const floor = floors.find(({ round }) => round === window.round);
    const below = floor === undefined ? 0 : figure(floor);
    return below > 0 ? [figure(window) / below] : [];
  });
  return spread(ratios);
}

/** The largest count tried was held, or the load was full first: the truth is higher. */
export function isLowerBound({ notHeld, isLoadLimited }: Capacity): boolean {
  return notHeld === 0 || isLoadLimited;
}

/** Systems that were measured, ours and the floor first. */
export function systemsOf(file: BenchFile): string[] {
  const all = [...new Set(file.measurements.map(({ system }) => system))];
  const rank = (system: string) => (system === "shoal" ? 0 : system === FLOOR ? 1 : 2);
  return all.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

export function spread(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, low: sorted[0], high: sorted[sorted.length - 1], rounds: sorted.length };
}
