/**
 * From windows to figures: the median over the rounds and how far the rounds spread, as such or as a ratio to the floor
 * of the same round. Table, report and comparison all read results through here.
 */
import type { BenchFile, Measurement } from "./results.ts";

/** A figure over the rounds. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

export type Figure = (measurement: Measurement) => number;

export const FLOOR = "floor";

/** CPU of a client-tick, user and system together, microseconds. */
export const cpuUs: Figure = ({ server }) => server.cpuUserUs + server.cpuSystemUs;

/** The windows of one system under one scenario, by round. */
export function windowsOf(file: BenchFile, scenario: string, system: string): Measurement[] {
  return file.measurements
    .filter((one) => one.scenario === scenario && one.system === system)
    .sort((a, b) => a.round - b.round);
}

/** Undefined if there is no window. */
export function spreadOf(windows: readonly Measurement[], figure: Figure): Spread | undefined {
  return spread(windows.map(figure));
}

/** The figure divided by the floor's of the same round: what the machine does to both cancels out. */
export function ratioToFloor(file: BenchFile, scenario: string, system: string, figure: Figure): Spread | undefined {
  const floors = windowsOf(file, scenario, FLOOR);
  const ratios = windowsOf(file, scenario, system).flatMap((window) => {
    const floor = floors.find(({ round }) => round === window.round);
    const below = floor === undefined ? 0 : figure(floor);
    return below > 0 ? [figure(window) / below] : [];
  });
  return spread(ratios);
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
