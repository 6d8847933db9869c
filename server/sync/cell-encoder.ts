/**
 * Encodes each cell of a world once a tick: the updates that viewers of the last tick need, and keyframes for those who do
 * not hold the cell. What of a motion is told is the shadow's affair (shadow.ts). Knows nothing of clients.
 */
import {
  checksum,
  HAS_ARRIVALS,
  HAS_CHECKSUM,
  HAS_LEAVES,
  HAS_MOTIONS,
  isChecked,
  RECORD_BYTES_MAX,
  writeRecord,
} from "../../proto/cells.ts";
import { type MotionArrays, type MotionRules, POSITION_STEPS } from "../../proto/motion.ts";
import { ByteWriter, tag, varintBytes, WIRE_BYTES, WIRE_VARINT } from "../../proto/wire.ts";
import type { CellGrid } from "./cell-grid.ts";
import type { CellSource } from "./cell-source.ts";
import { MOTION_BYTES_MAX, MotionWriter } from "./motion-writer.ts";
import { Shadow } from "./shadow.ts";

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
  /** Keyframes encoded so far. */
  keyframesEncoded = 0;
  readonly #grid: CellGrid;
  readonly #encodeRest: (slot: number) => Uint8Array;
  readonly #updates = new ByteWriter(64 * 1024);
  readonly #shadow: Shadow;
  readonly #motions: MotionWriter;
  readonly #scratch = new ByteWriter(4 * 1024);
  readonly #keyframes: (Uint8Array | undefined)[];
  readonly #rests: (Uint8Array | undefined)[];
  /** Slots whose entities left since the last tick. */
  readonly #left: number[] = [];
  /** Per cell: slots whose rest fields changed without a move. */
  readonly #restChanged: number[][];
  /** An entity arrives in or changes in one cell a tick at most, so this never overflows. */
  readonly introduced: Int32Array;
  readonly introducedStart: Int32Array;
  #introducedCount = 0;
  readonly movingBefore: Int32Array;

  constructor(options: CellEncoderOptions) {
    const { grid, slots } = options;
    this.#grid = grid;
    this.#encodeRest = options.encodeRest;
    this.epoch = options.epoch;
    this.#shadow = new Shadow(options.rules, slots);
    this.#motions = new MotionWriter(this.#shadow);
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

  /** What viewers hold, by slot. Tests compare replicas with it. */
  get shadow(): MotionArrays {
    return this.#shadow.motion;
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

  /** Call when an entity has left. Frames of the last tick may still tell of it; the next tick forgets it, so that free slots hold nothing. */
  leave(slot: number): void {
    this.#left.push(slot);
  }

  /**
   * Encodes one tick. `truth` is the simulation's motion after its step, `live` the first `liveCount` slots in the world.
   */
  encode(tick: number, truth: MotionArrays, live: Int32Array, liveCount: number): void {
    const grid = this.#grid;
    this.tick = tick;
    this.#forgetLeft();
    this.#shadow.beginTick(tick);
    this.#introducedCount = 0;
    this.#motions.beginTick();
    for (let i = 0; i < liveCount; i++) grid.move(live[i], truth);
    this.#updates.reset();
    for (let cell = 0; cell < grid.cellCount; cell++) {
      this.updateStart[cell] = this.#updates.length;
      this.introducedStart[cell] = this.#introducedCount;
      this.movingBefore[cell] = this.#motions.movingCount;
      this.#encodeCell(cell, truth);
    }
    this.updateStart[grid.cellCount] = this.#updates.length;
    this.introducedStart[grid.cellCount] = this.#introducedCount;
    this.movingBefore[grid.cellCount] = this.#motions.movingCount;
  }

  /** A tick of which nobody gets a frame: viewers go on by themselves (SPEC C6), and so does what they hold. */
  glide(tick: number): void {
    this.#forgetLeft();
    this.#shadow.beginTick(tick);
    for (let cell = 0; cell < this.#grid.cellCount; cell++) {
      for (const slot of this.#grid.rosters[cell]) this.#shadow.glide(slot);
    }
  }

  keyframe(cell: number): Uint8Array {
    return (this.#keyframes[cell] ??= this.#encodeKeyframe(cell));
  }

  #forgetLeft(): void {
    for (let i = 0; i < this.#left.length; i++) this.#rests[this.#left[i]] = undefined;
    this.#left.length = 0;
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
    to.reserve(22 + leaves * 5 + roster.length * MOTION_BYTES_MAX + arrivals * RECORD_BYTES_MAX);
    const head = to.length++;
    let parts = 0;
    if (leaves > 0) {
      parts |= HAS_LEAVES;
      to.varint(leaves);
      for (let i = 0; i < leaves; i++) to.varint(grid.leaves[cell][i]);
    }
    if (roster.length > 0 && this.#motions.write(to, roster, truth)) parts |= HAS_MOTIONS;
    if (arrivals > 0) {
      parts |= HAS_ARRIVALS;
      this.#encodeArrivals(cell, truth);
    }
    if (parts !== 0 && isChecked(cell, this.tick)) {
      parts |= HAS_CHECKSUM;
      const sum = checksum(roster, this.shadow);
      to.bytes[to.length++] = sum & 0xff;
      to.bytes[to.length++] = sum >>> 8;
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

  #encodeArrivals(cell: number, truth: MotionArrays): void {
    const to = this.#updates;
    const arrivals = this.#grid.arrivals[cell];
    const count = this.#grid.arrivalCount[cell];
    to.varint(count);
    for (let i = 0; i < count; i++) {
      const slot = arrivals[i];
      this.#shadow.reset(slot, truth);
      writeRecord(to, slot, this.#shadow.motion, this.#grid.left(cell), this.#grid.top(cell));
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
