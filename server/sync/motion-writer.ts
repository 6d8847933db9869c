/** Writes the motions part of a cell update: one roster, its shadow stepped on the way (SPEC C5). Knows one cell at a time. */
import {
  CODE_ESCAPE,
  CODE_UNCHANGED,
  ESCAPE_FIX,
  ESCAPE_REST,
  ESCAPE_SKIP,
  FIX_HEADING,
  FIX_POSITION,
  FIX_SPEED,
  FIX_THRUST,
  writeTurn,
} from "../../proto/cells.ts";
import type { MotionArrays } from "../../proto/motion.ts";
import { NIBBLES_PER_NUMBER_MAX, NibbleWriter } from "../../proto/nibbles.ts";
import { type ByteWriter, zigzag } from "../../proto/wire.ts";
import type { Shadow } from "./shadow.ts";

/** Nibbles of a run's head and of corrections: escape, kind, bits, a turn, two offsets and a speed. */
export const MOTION_BYTES_MAX = (3 + NIBBLES_PER_NUMBER_MAX + 3 + 4 * NIBBLES_PER_NUMBER_MAX) / 2;
/** From so many unchanged entities on, a skip is shorter than a nibble each. */
const SKIP_MIN = 4;

export class MotionWriter {
  /** Entities that move, of all rosters since `beginTick`. */
  movingCount = 0;
  readonly #shadow: Shadow;
  readonly #nibbles = new NibbleWriter();

  constructor(shadow: Shadow) {
    this.#shadow = shadow;
  }

  beginTick(): void {
    this.movingCount = 0;
  }

  /**
   * Steps the shadow of everyone in the roster and writes what viewers must be told. True if that was anything; else nothing
   * is written. The caller has reserved MOTION_BYTES_MAX for each.
   */
  write(to: ByteWriter, roster: readonly number[], truth: MotionArrays): boolean {
    const nibbles = this.#nibbles;
    nibbles.open(to);
    let isChanged = false;
    let unchanged = 0;
    for (let i = 0; i < roster.length; i++) {
      const slot = roster[i];
      const fixes = this.#shadow.step(slot, truth);
      if (this.#shadow.motion.speed[slot] !== 0) this.movingCount++;
      if (fixes === 0) {
        unchanged++;
        continue;
      }
      isChanged = true;
      if (unchanged > 0) {
        writeUnchanged(nibbles, unchanged);
        unchanged = 0;
      }
      this.#writeFixes(fixes, slot, truth);
    }
    if (!isChanged) return false;
    if (unchanged > 0) writeRest(nibbles, unchanged);
    nibbles.close();
    return true;
  }

  #writeFixes(fixes: number, slot: number, truth: MotionArrays): void {
    const to = this.#nibbles;
    const { turn, offsetX, offsetY } = this.#shadow;
    if (fixes === FIX_HEADING && writeTurn(to, turn)) return;
    to.put(CODE_ESCAPE);
    to.put(ESCAPE_FIX);
    to.put(fixes);
    const glides = (fixes & FIX_THRUST) !== 0 && truth.thrust[slot] === 0;
    if (glides || (fixes & FIX_HEADING) !== 0) to.number(zigzag(turn));
    if ((fixes & FIX_POSITION) !== 0) {
      to.number(zigzag(offsetX));
      to.number(zigzag(offsetY));
    }
    if ((fixes & FIX_SPEED) !== 0) to.number(truth.speed[slot]);
  }
}

/** `count` entities unchanged, and more to come. */
function writeUnchanged(to: NibbleWriter, count: number): void {
  if (count < SKIP_MIN) {
    for (let i = 0; i < count; i++) to.put(CODE_UNCHANGED);
    return;
  }
  to.put(CODE_ESCAPE);
  to.put(ESCAPE_SKIP);
  to.number(count);
}

/** The last `count` entities of the roster unchanged. */
function writeRest(to: NibbleWriter, count: number): void {
  if (count === 1) {
    to.put(CODE_UNCHANGED);
    return;
  }
  to.put(CODE_ESCAPE);
  to.put(ESCAPE_REST);
}
