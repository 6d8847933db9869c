/**
 * Encodes each cell of a world once a tick: the updates that viewers of the last tick need, and keyframes for those
 * who do not hold the cell. Keeps the *shadow*, the motion that every viewer holds: both ends extrapolate it with
 * the same step, and only where it would stray from the truth does a byte travel. Knows nothing of clients.
 */
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
  HAS_ARRIVALS,
  HAS_LEAVES,
  HAS_MOTIONS,
  headingFromWire,
  headingToWire,
  RECORD_BYTES_MAX,
  writeRecord,
  writeTurn,
} from "../../proto/cells.ts";
import {
  advance,
  copyMotion,
  type MotionArrays,
  type MotionRules,
  motionArrays,
  POSITION_STEPS,
  roundingAt,
} from "../../proto/motion.ts";
import { NIBBLES_PER_NUMBER_MAX, NibbleWriter } from "../../proto/nibbles.ts";
import { ByteWriter, tag, varintBytes, WIRE_BYTES, WIRE_VARINT, zigzag } from "../../proto/wire.ts";
import type { CellGrid } from "./cell-grid.ts";
import type { CellSource } from "./cell-source.ts";

/** Viewers are never further off than this, position steps (half a world unit). */
export const POSITION_ERROR_MAX = 16;
/** A heading is sent when it is more than this off, heading steps: a little over half a wire step, so that a
 * heading between two wire steps does not flicker. */
export const HEADING_ERROR_MAX = 160;
/** Nibbles of a run's head and of corrections: escape, kind, bits, a turn, two offsets and a speed. */
const MOTION_BYTES_MAX = (3 + NIBBLES_PER_NUMBER_MAX + 3 + 4 * NIBBLES_PER_NUMBER_MAX) / 2;
/** From so many unchanged entities on, a skip is shorter than a nibble each. */
const SKIP_MIN = 4;
const FIELD_KEYFRAMES = 7;

export interface CellEncoderOptions {
  grid: CellGrid;
  rules: MotionRules;
  slots: number;
  epoch: number;
  /** The `entities` field of a slot, tag and all; asked once a change. */
  encodeRest(slot: number): Uint8Array;
}

export class CellEncoder implements CellSource {
  readonly epoch: number;
  tick = 0;
  readonly updateStart: Int32Array;
  readonly changedTick: Int32Array;
  readonly changedTickBefore: Int32Array;
  /** What viewers hold, by slot. Tests compare replicas with it. */
  readonly shadow: MotionArrays;
  /** Keyframes encoded so far. */
  keyframesEncoded = 0;
  readonly #grid: CellGrid;
  readonly #rules: MotionRules;
  readonly #encodeRest: (slot: number) => Uint8Array;
  readonly #updates = new ByteWriter(64 * 1024);
  readonly #motions = new NibbleWriter();
  readonly #scratch = new ByteWriter(4 * 1024);
  readonly #keyframes: (Uint8Array | undefined)[];
  readonly #rests: (Uint8Array | undefined)[];
  /** Per cell: slots whose rest fields changed without a move. */
  readonly #restChanged: number[][];
  /** An entity arrives in or changes in one cell a tick at most, so this never overflows. */
  readonly introduced: Int32Array;
  readonly introducedStart: Int32Array;
  #introducedCount = 0;
  readonly movingBefore: Int32Array;
  #movingCount = 0;

  constructor(options: CellEncoderOptions) {
    const { grid, slots } = options;
    this.#grid = grid;
    this.#rules = options.rules;
    this.#encodeRest = options.encodeRest;
    this.epoch = options.epoch;
    this.shadow = motionArrays(slots);
    this.updateStart = new Int32Array(grid.cellCount + 1);
    this.changedTick = new Int32Array(grid.cellCount).fill(-1);
    this.changedTickBefore = new Int32Array(grid.cellCount).fill(-1);
    this.#keyframes = new Array(grid.cellCount).fill(undefined);
    this.#rests = new Array(slots).fill(undefined);
    this.#restChanged = Array.from({ length: grid.cellCount }, () => []);
    this.introduced = new Int32Array(slots);
    this.introducedStart = new Int32Array(grid.cellCount + 1);
    this.movingBefore = new Int32Array(grid.cellCount + 1);
  }

  get columns(): number {
    return this.#grid.columns;
  }
  get rows(): number {
    return this.#grid.rows;
  }
  get cellSize(): number {
    return this.#grid.cellSteps / POSITION_STEPS;
  }
  get updates(): Uint8Array {
    return this.#updates.bytes;
  }

  roster(cell: number): readonly number[] {
    return this.#grid.rosters[cell];
  }

  rest(slot: number): Uint8Array {
    return (this.#rests[slot] ??= this.#encodeRest(slot));
  }

  /** Call when an entity's rest fields changed, its first ones included. */
  restChanged(slot: number): void {
    this.#rests[slot] = undefined;
    const cell = this.#grid.cellOf(slot);
    if (cell >= 0) this.#restChanged[cell].push(slot);
  }

  /**
   * Encodes one tick. `truth` is the simulation's motion after its step, `live` the first `liveCount` slots in the world.
   */
  encode(tick: number, truth: MotionArrays, live: Int32Array, liveCount: number): void {
    const grid = this.#grid;
    this.tick = tick;
    this.#rounding = roundingAt(tick);
    this.#introducedCount = 0;
    this.#movingCount = 0;
    for (let i = 0; i < liveCount; i++) grid.move(live[i], truth);
    this.#updates.reset();
    for (let cell = 0; cell < grid.cellCount; cell++) {
      this.updateStart[cell] = this.#updates.length;
      this.introducedStart[cell] = this.#introducedCount;
      this.movingBefore[cell] = this.#movingCount;
      this.#encodeCell(cell, truth);
    }
    this.updateStart[grid.cellCount] = this.#updates.length;
    this.introducedStart[grid.cellCount] = this.#introducedCount;
    this.movingBefore[grid.cellCount] = this.#movingCount;
  }

  keyframe(cell: number): Uint8Array {
    return (this.#keyframes[cell] ??= this.#encodeKeyframe(cell));
  }

  #encodeCell(cell: number, truth: MotionArrays): void {
    const grid = this.#grid;
    const roster = grid.rosters[cell];
    const leaves = grid.leaveCount[cell];
    const arrivals = grid.arrivalCount[cell];
    const restChanged = this.#restChanged[cell];
    if (this.#keyframes[cell] !== undefined) this.#keyframes[cell] = undefined;
    if (roster.length + leaves + arrivals === 0) return;

    const to = this.#updates;
    to.reserve(20 + leaves * 5 + roster.length * MOTION_BYTES_MAX + arrivals * RECORD_BYTES_MAX);
    const head = to.length++;
    let parts = 0;
    if (leaves > 0) {
      parts |= HAS_LEAVES;
      to.varint(leaves);
      for (let i = 0; i < leaves; i++) to.varint(grid.leaves[cell][i]);
    }
    if (roster.length > 0 && this.#encodeMotions(roster, truth)) parts |= HAS_MOTIONS;
    if (arrivals > 0) {
      parts |= HAS_ARRIVALS;
      this.#encodeArrivals(cell, truth);
    }
    if (parts === 0) to.length = head;
    else to.bytes[head] = parts;
    if (parts === 0 && restChanged.length === 0) return;
    this.changedTickBefore[cell] = this.changedTick[cell];
    this.changedTick[cell] = this.tick;
    if (arrivals + restChanged.length > 0) this.#introduce(cell, restChanged);
    grid.clearMoves(cell);
  }

  #introduce(cell: number, restChanged: number[]): void {
    const first = this.#introducedCount;
    const arrivals = this.#grid.arrivals[cell];
    for (let i = 0; i < this.#grid.arrivalCount[cell]; i++) this.introduced[this.#introducedCount++] = arrivals[i];
    for (const slot of restChanged) {
      // Those who left since are introduced where they arrived, if anywhere; nobody is introduced twice.
      if (this.#grid.cellOf(slot) !== cell || this.#isIntroduced(slot, first)) continue;
      this.introduced[this.#introducedCount++] = slot;
    }
    restChanged.length = 0;
  }

  #isIntroduced(slot: number, first: number): boolean {
    for (let i = first; i < this.#introducedCount; i++) if (this.introduced[i] === slot) return true;
    return false;
  }

  /** Steps the shadow of everyone in the roster and writes where it must be put right. True if anything was. */
  #encodeMotions(roster: readonly number[], truth: MotionArrays): boolean {
    const to = this.#motions;
    to.open(this.#updates);
    let isChanged = false;
    let unchanged = 0;
    for (let i = 0; i < roster.length; i++) {
      const slot = roster[i];
      const fixes = this.#stepShadow(slot, truth);
      if (this.shadow.speed[slot] !== 0) this.#movingCount++;
      if (fixes === 0) {
        unchanged++;
        continue;
      }
      isChanged = true;
      if (unchanged > 0) {
        writeUnchanged(to, unchanged);
        unchanged = 0;
      }
      this.#writeFixes(to, fixes, slot, truth);
    }
    if (!isChanged) return false;
    if (unchanged > 0) writeRest(to, unchanged);
    to.close();
    return true;
  }

  /** Results of the last `#stepShadow`, for `#writeFixes`. */
  #turn = 0;
  #offsetX = 0;
  #offsetY = 0;
  #rounding = 0;

  /** One tick of one shadow: corrects what the step builds on, steps, corrects the rest. Returns the FIX_ bits. */
  #stepShadow(slot: number, truth: MotionArrays): number {
    const shadow = this.shadow;
    let fixes = 0;
    const flips = shadow.thrust[slot] !== truth.thrust[slot];
    // Under thrust headings are on the wire's grid, where keyframes can tell them.
    if (flips && truth.thrust[slot] !== 0) shadow.heading[slot] = headingFromWire(headingToWire(shadow.heading[slot]));
    const gap = ((truth.heading[slot] - shadow.heading[slot]) << 16) >> 16;
    if (flips && truth.thrust[slot] === 0) {
      // Exactly, once: whoever glides on without steering then needs no correction on the whole way.
      this.#turn = gap;
      shadow.heading[slot] = truth.heading[slot];
    } else if (gap > HEADING_ERROR_MAX || gap < -HEADING_ERROR_MAX) {
      const wire = headingToWire(truth.heading[slot]);
      this.#turn = ((wire - headingToWire(shadow.heading[slot])) << 24) >> 24;
      shadow.heading[slot] = headingFromWire(wire);
      fixes = FIX_HEADING;
    }
    if (flips) {
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
      this.#offsetX = dx;
      this.#offsetY = dy;
      shadow.x[slot] += dx;
      shadow.y[slot] += dy;
      fixes |= FIX_POSITION;
    }
    return fixes;
  }

  #writeFixes(to: NibbleWriter, fixes: number, slot: number, truth: MotionArrays): void {
    if (fixes === FIX_HEADING && writeTurn(to, this.#turn)) return;
    to.put(CODE_ESCAPE);
    to.put(ESCAPE_FIX);
    to.put(fixes);
    const glides = (fixes & FIX_THRUST) !== 0 && truth.thrust[slot] === 0;
    if (glides || (fixes & FIX_HEADING) !== 0) to.number(zigzag(this.#turn));
    if ((fixes & FIX_POSITION) !== 0) {
      to.number(zigzag(this.#offsetX));
      to.number(zigzag(this.#offsetY));
    }
    if ((fixes & FIX_SPEED) !== 0) to.number(truth.speed[slot]);
  }

  #encodeArrivals(cell: number, truth: MotionArrays): void {
    const to = this.#updates;
    const arrivals = this.#grid.arrivals[cell];
    const count = this.#grid.arrivalCount[cell];
    to.varint(count);
    for (let i = 0; i < count; i++) {
      const slot = arrivals[i];
      copyMotion(truth, this.shadow, slot);
      if (truth.thrust[slot] !== 0) this.shadow.heading[slot] = headingFromWire(headingToWire(truth.heading[slot]));
      writeRecord(to, slot, this.shadow, this.#grid.left(cell), this.#grid.top(cell));
    }
    this.#grid.settle(cell);
  }

  #encodeKeyframe(cell: number): Uint8Array {
    this.keyframesEncoded++;
    const roster = this.#grid.rosters[cell];
    const records = this.#scratch;
    records.reset();
    records.reserve(roster.length * RECORD_BYTES_MAX);
    for (const slot of roster) writeRecord(records, slot, this.shadow, this.#grid.left(cell), this.#grid.top(cell));
    const inner = 1 + varintBytes(cell) + (roster.length > 0 ? 1 + varintBytes(records.length) + records.length : 0);
    const field = new ByteWriter(1 + varintBytes(inner) + inner);
    field.varint(tag(FIELD_KEYFRAMES, WIRE_BYTES));
    field.varint(inner);
    field.varint(tag(1, WIRE_VARINT));
    field.varint(cell);
    if (roster.length > 0) {
      field.varint(tag(2, WIRE_BYTES));
      field.varint(records.length);
      field.copy(records.bytes, 0, records.length);
    }
    return field.bytes;
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
