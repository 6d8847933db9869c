/**
 * The shadow: the motion of every entity as all its viewers hold it. Each tick both ends step it alike; where it would stray
 * from the truth it is put right, and what that takes is what viewers must be told. Knows nothing of cells or bytes.
 */
import { FIX_HEADING, FIX_POSITION, FIX_SPEED, FIX_THRUST, headingFromWire, headingToWire } from "../../proto/cells.ts";
import {
  advance,
  copyMotion,
  type MotionArrays,
  type MotionRules,
  motionArrays,
  roundingAt,
} from "../../proto/motion.ts";

/** Viewers are never further off than this, position steps (half a world unit). */
export const POSITION_ERROR_MAX = 16;
/** A heading is told when it is more than this off, heading steps: a little over half a wire step, so that a heading between
 * two wire steps does not flicker. */
export const HEADING_ERROR_MAX = 160;

export class Shadow {
  /** By slot, as of the newest tick. */
  readonly motion: MotionArrays;
  /** Of the last `step`: the heading change, in wire steps, or in heading steps for who begins to coast. */
  turn = 0;
  /** Of the last `step`: what was added to the position, position steps. */
  offsetX = 0;
  offsetY = 0;
  readonly #rules: MotionRules;
  #rounding = 0;

  constructor(rules: MotionRules, slots: number) {
    this.#rules = rules;
    this.motion = motionArrays(slots);
  }

  /** Steps from now on are to this tick. */
  beginTick(tick: number): void {
    this.#rounding = roundingAt(tick);
  }

  /** Everyone who sees the entity is told the whole of it now. */
  reset(slot: number, truth: MotionArrays): void {
    copyMotion(truth, slot, this.motion, slot);
    if (truth.thrust[slot] !== 0) this.#roundHeading(slot);
  }

  /** One tick of one entity: corrects what the step builds on, steps, corrects the rest. Returns the FIX_ bits. */
  step(slot: number, truth: MotionArrays): number {
    const shadow = this.motion;
    let fixes = this.#correctHeading(slot, truth);
    if (shadow.thrust[slot] !== truth.thrust[slot]) {
      shadow.thrust[slot] ^= 1;
      fixes |= FIX_THRUST;
    }
    advance(shadow, slot, this.#rules, this.#rounding);
    if (shadow.speed[slot] !== truth.speed[slot]) {
      shadow.speed[slot] = truth.speed[slot];
      fixes |= FIX_SPEED;
    }
    const dx = truth.x[slot] - shadow.x[slot];
    const dy = truth.y[slot] - shadow.y[slot];
    if (dx * dx + dy * dy > POSITION_ERROR_MAX * POSITION_ERROR_MAX) {
      this.offsetX = dx;
      this.offsetY = dy;
      shadow.x[slot] += dx;
      shadow.y[slot] += dy;
      fixes |= FIX_POSITION;
    }
    return fixes;
  }

  /** One tick of one entity that nobody is told of. */
  glide(slot: number): void {
    advance(this.motion, slot, this.#rules, this.#rounding);
  }

  #correctHeading(slot: number, truth: MotionArrays): number {
    const shadow = this.motion;
    const flips = shadow.thrust[slot] !== truth.thrust[slot];
    // Under thrust headings are on the wire's grid, where keyframes can tell them.
    if (flips && truth.thrust[slot] !== 0) this.#roundHeading(slot);
    const gap = ((truth.heading[slot] - shadow.heading[slot]) << 16) >> 16;
    if (flips && truth.thrust[slot] === 0) {
      // Exactly, once: whoever glides on without steering then needs no correction on the whole way.
      this.turn = gap;
      shadow.heading[slot] = truth.heading[slot];
      return 0;
    }
    if (gap <= HEADING_ERROR_MAX && gap >= -HEADING_ERROR_MAX) return 0;
    const wire = headingToWire(truth.heading[slot]);
    this.turn = ((wire - headingToWire(shadow.heading[slot])) << 24) >> 24;
    shadow.heading[slot] = headingFromWire(wire);
    return FIX_HEADING;
  }

  #roundHeading(slot: number): void {
    this.motion.heading[slot] = headingFromWire(headingToWire(this.motion.heading[slot]));
  }
}
