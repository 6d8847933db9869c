/**
 * Where everyone truly was, tick by tick, and what their viewers should hold: the truth that clients are measured against. Knows
 * nothing of connections or clocks.
 */
import { type MotionArrays, motionArrays, POSITION_STEPS } from "../../proto/motion.ts";

/** One tick: copies of the server's arrays. */
interface Row {
  readonly truth: MotionArrays;
  readonly shadow: MotionArrays;
  /** Number for life of the entity in each slot, 0 if the slot is free. */
  readonly ids: Uint32Array;
}

export class PathLog {
  /** Rows by tick. */
  readonly #rows = new Map<number, Row>();
  newestTick = 0;

  record(tick: number, truth: MotionArrays, shadow: MotionArrays, ids: Uint32Array): void {
    this.#rows.set(tick, { truth: copy(truth), shadow: copy(shadow), ids: Uint32Array.from(ids) });
    this.newestTick = tick;
  }

  /**
   * Distance from (x, y) to the entity's place at that moment (a tick with its fraction), world units; undefined if it was not
   * there all the time between the two ticks around it, or they are not yet.
   */
  distance(id: number, slot: number, tick: number, x: number, y: number): number | undefined {
    const before = this.#rows.get(Math.floor(tick));
    const after = this.#rows.get(Math.ceil(tick));
    if (before?.ids[slot] !== id || after?.ids[slot] !== id) return undefined;
    const part = tick - Math.floor(tick);
    const along = (a: number, b: number) => (a + (b - a) * part) / POSITION_STEPS;
    const trueX = along(before.truth.x[slot], after.truth.x[slot]);
    const trueY = along(before.truth.y[slot], after.truth.y[slot]);
    return Math.hypot(x - trueX, y - trueY);
  }

  /** Where viewers should hold everyone at that tick, world units. */
  shadowPlaces(tick: number): { slot: number; x: number; y: number }[] {
    const row = this.#rows.get(tick);
    if (row === undefined) return [];
    const { ids, shadow } = row;
    return [...ids.keys()]
      .filter((slot) => ids[slot] !== 0)
      .map((slot) => ({ slot, x: shadow.x[slot] / POSITION_STEPS, y: shadow.y[slot] / POSITION_STEPS }));
  }

  /** Whether the entity moved in that tick. */
  isMoving(slot: number, tick: number): boolean {
    const speed = this.#rows.get(tick)?.truth.speed[slot];
    return speed !== undefined && speed > 0;
  }

  /** Whether a viewer's motion of that tick is the shadow's, bit for bit. */
  isShadow(slot: number, tick: number, held: MotionArrays): boolean {
    const row = this.#rows.get(tick);
    if (row === undefined) return false;
    const { shadow } = row;
    return (
      held.x[slot] === shadow.x[slot] &&
      held.y[slot] === shadow.y[slot] &&
      held.heading[slot] === shadow.heading[slot] &&
      held.speed[slot] === shadow.speed[slot] &&
      held.thrust[slot] === shadow.thrust[slot]
    );
  }
}

function copy(from: MotionArrays): MotionArrays {
  const to = motionArrays(from.x.length);
  for (const field of ["x", "y", "heading", "speed", "thrust"] as const) to[field].set(from[field]);
  return to;
}
