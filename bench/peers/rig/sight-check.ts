/** What a player who decodes everything can tell to be wrong about what he sees. */
import type { Scenario } from "../../scenarios.ts";
import type { Seen, Sight } from "./peer.ts";

/** Swimming, world units a second. */
const SPEED = 100;
/** Both ends of a step are rounded to whole units. */
const ROUNDING = 2;
/** Views that are brought up to date every few ticks let others stray so far from the rectangle, world units. */
const STRAY_MAX = 60;

export interface SightCheck {
  readonly sight: Sight;
  /** The sight before, and the ticks since. */
  readonly before: { readonly sight: Sight; readonly ticks: number } | undefined;
  readonly scenario: Scenario;
  /** Nobody outside the view rectangle should be seen. */
  readonly keepsToView: boolean;
}

/** Undefined if nothing is wrong. */
export function findFault({ sight, before, scenario, keepsToView }: SightCheck): string | undefined {
  const { worldSize, view, tickHz } = scenario;
  const { own, others } = sight;
  for (const { x, y } of [own, ...others]) {
    if (!(x >= 0 && x <= worldSize && y >= 0 && y <= worldSize)) return `an entity at ${x},${y} is outside the world`;
  }
  if (before !== undefined) {
    const moved = Math.hypot(own.x - before.sight.own.x, own.y - before.sight.own.y);
    if (moved > (SPEED / tickHz) * before.ticks + ROUNDING) return `the own entity jumped ${moved} units`;
  }
  if (!keepsToView) return undefined;
  const stray = others.find((other) => !isInView(own, other, view, STRAY_MAX));
  return stray && `an entity at ${stray.x},${stray.y} is seen from ${own.x},${own.y}`;
}

/** Whether `other` is in the view rectangle around `own`, grown by `margin` on each side. */
export function isInView(own: Seen, other: Seen, view: Scenario["view"], margin: number): boolean {
  const isInside = Math.abs(other.x - own.x) <= view.width / 2 + margin;
  return isInside && Math.abs(other.y - own.y) <= view.height / 2 + margin;
}
