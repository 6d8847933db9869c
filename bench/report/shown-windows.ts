/** Which windows of a system a table shows, and what it says of those that do not count. */
import { heldWindowsOf, windowsOf } from "../aggregate.ts";
import type { BenchFile, Measurement } from "../results.ts";

export interface ShownWindows {
  /** The held ones; if there are none, the overrun ones, whose ticks and frames show by how much. */
  readonly windows: readonly Measurement[];
  readonly isHeld: boolean;
  /** Follows the share of frames; empty if all were held. */
  readonly note: string;
}

export function shownWindows(file: BenchFile, scenario: string, system: string): ShownWindows {
  const all = windowsOf(file, scenario, system);
  const held = heldWindowsOf(file, scenario, system);
  if (held.length === all.length) return { windows: all, isHeld: true, note: "" };
  if (held.length === 0) return { windows: all, isHeld: false, note: " overrun" };
  return { windows: held, isHeld: true, note: `, ${all.length - held.length} of ${all.length} rounds overrun` };
}
