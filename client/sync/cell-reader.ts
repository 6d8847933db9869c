/**
 * Applies cell updates and keyframes to rosters and motion arrays: the reading side of SPEC section C. Mirrors the
 * server's encoder step by step; what both compute must be the same bits. Throws RangeError on bytes that no server
 * writes, and then the replica is of no more use.
 */
import {
  CODE_ESCAPE,
  CODE_UNCHANGED,
  checksum,
  ESCAPE_FIX,
  ESCAPE_REST,
  FIX_HEADING,
  FIX_POSITION,
  FIX_SPEED,
  FIX_THRUST,
  HAS_ARRIVALS,
  HAS_CHECKSUM,
  HAS_LEAVES,
  HAS_MOTIONS,
  headingFromWire,
  headingToWire,
  readRecord,
  turnOfCode,
  turnOfEscape,
} from "../../proto/cells.ts";
import {
  advance,
  CRUISE_SPEED,
  type MotionArrays,
  type MotionRules,
  POSITION_STEPS,
  roundingAt,
} from "../../proto/motion.ts";
import { NibbleReader } from "../../proto/nibbles.ts";
import { type ByteReader, unzigzag } from "../../proto/wire.ts";

/** Not in any cell. */
export const NOWHERE = -1;

export interface CellReaderOptions {
  rules: MotionRules;
  motion: MotionArrays;
  /** World columns. */
  columns: number;
  /** World units. */
  cellSize: number;
}

export class CellReader {
  /** Cell of each slot, or NOWHERE. A slot may linger in the roster of a stale cell; this says where it truly is. */
  readonly cellOf: Int32Array;
  readonly rosters = new Map<number, number[]>();
  readonly #rules: MotionRules;
  readonly #motion: MotionArrays;
  readonly #columns: number;
  readonly #cellSteps: number;
  readonly #nibbles = new NibbleReader();
  #rounding = 0;

  constructor(options: CellReaderOptions) {
    this.#rules = options.rules;
    this.#motion = options.motion;
    this.#columns = options.columns;
    this.#cellSteps = options.cellSize * POSITION_STEPS;
    this.cellOf = new Int32Array(options.motion.x.length).fill(NOWHERE);
  }

  /** The client is told about this cell from now on. */
  open(cell: number): void {
    this.rosters.set(cell, []);
  }

  /** The client is not told about this cell any more. */
  close(cell: number): void {
    this.#empty(cell, this.#roster(cell));
    this.rosters.delete(cell);
  }

  /** Lets everyone in the cell go on without news, from after tick `since` to tick `until`. */
  coast(cell: number, since: number, until: number): void {
    const roster = this.#roster(cell);
    for (let tick = since + 1; tick <= until; tick++) {
      const rounding = roundingAt(tick);
      for (let i = 0; i < roster.length; i++) {
        if (this.cellOf[roster[i]] === cell) advance(this.#motion, roster[i], this.#rules, rounding);
      }
    }
  }

  /** Reads one cell update, which takes the cell from the tick before to `tick`. False if its checksum says that all is wrong. */
  update(cell: number, tick: number, from: ByteReader): boolean {
    this.#rounding = roundingAt(tick);
    const roster = this.#roster(cell);
    const parts = from.varint();
    if ((parts & HAS_LEAVES) !== 0) this.#readLeaves(cell, roster, from);
    if ((parts & HAS_MOTIONS) !== 0) this.#readMotions(roster, from);
    else this.coast(cell, tick - 1, tick);
    if ((parts & HAS_ARRIVALS) !== 0) {
      for (let left = from.varint(); left > 0; left--) this.#readRecord(cell, roster, from);
    }
    if ((parts & HAS_CHECKSUM) === 0) return true;
    const sum = from.byte() | (from.byte() << 8);
    return sum === checksum(roster, this.#motion);
  }

  /** Reads the records of a keyframe, up to the reader's end. */
  keyframe(cell: number, from: ByteReader): void {
    const roster = this.#roster(cell);
    this.#empty(cell, roster);
    while (from.at < from.end) this.#readRecord(cell, roster, from);
  }

  #roster(cell: number): number[] {
    const roster = this.rosters.get(cell);
    if (roster === undefined) throw new RangeError(`cell ${cell} is not in view`);
    return roster;
  }

  #empty(cell: number, roster: number[]): void {
    for (const slot of roster) if (this.cellOf[slot] === cell) this.cellOf[slot] = NOWHERE;
    roster.length = 0;
  }

  #readLeaves(cell: number, roster: number[], from: ByteReader): void {
    for (let left = from.varint(); left > 0; left--) {
      const place = from.varint();
      if (place >= roster.length) throw new RangeError(`place ${place} of ${roster.length}`);
      const slot = roster[place];
      roster[place] = roster[roster.length - 1];
      roster.length--;
      if (this.cellOf[slot] === cell) this.cellOf[slot] = NOWHERE;
    }
  }

  #readMotions(roster: number[], from: ByteReader): void {
    const nibbles = this.#nibbles;
    nibbles.open(from);
    let place = 0;
    while (place < roster.length) {
      const code = nibbles.take();
      if (code === CODE_ESCAPE) {
        place = this.#readEscape(roster, place, nibbles);
        continue;
      }
      if (code !== CODE_UNCHANGED) this.#turn(roster[place], turnOfCode(code));
      this.#advance(roster[place++]);
    }
    nibbles.close();
  }

  /** Reads what stands behind an escape, and returns the place to go on at. */
  #readEscape(roster: number[], place: number, nibbles: NibbleReader): number {
    const kind = nibbles.take();
    if (kind === ESCAPE_FIX) {
      this.#readFixes(roster[place], nibbles);
      return place + 1;
    }
    if (kind > ESCAPE_FIX) {
      this.#turn(roster[place], turnOfEscape(kind));
      this.#advance(roster[place]);
      return place + 1;
    }
    const end = kind === ESCAPE_REST ? roster.length : place + nibbles.number();
    if (end > roster.length) throw new RangeError(`skip to ${end} of ${roster.length}`);
    for (let i = place; i < end; i++) this.#advance(roster[i]);
    return end;
  }

  #readFixes(slot: number, nibbles: NibbleReader): void {
    const m = this.#motion;
    const fixes = nibbles.take();
    const flips = (fixes & FIX_THRUST) !== 0;
    if (flips && m.thrust[slot] === 1) m.heading[slot] += unzigzag(nibbles.number());
    else if ((fixes & FIX_HEADING) !== 0) this.#turn(slot, unzigzag(nibbles.number()));
    else if (flips) this.#turn(slot, 0);
    if (flips) m.thrust[slot] ^= 1;
    this.#advance(slot);
    if ((fixes & FIX_POSITION) !== 0) {
      m.x[slot] += unzigzag(nibbles.number());
      m.y[slot] += unzigzag(nibbles.number());
    }
    if ((fixes & FIX_SPEED) !== 0) m.speed[slot] = nibbles.number();
  }

  #advance(slot: number): void {
    advance(this.#motion, slot, this.#rules, this.#rounding);
  }

  #turn(slot: number, change: number): void {
    this.#motion.heading[slot] = headingFromWire(headingToWire(this.#motion.heading[slot]) + change);
  }

  #readRecord(cell: number, roster: number[], from: ByteReader): void {
    const left = (cell % this.#columns) * this.#cellSteps;
    const top = Math.floor(cell / this.#columns) * this.#cellSteps;
    const slot = readRecord(from, this.#motion, left, top, CRUISE_SPEED);
    this.cellOf[slot] = cell;
    roster.push(slot);
  }
}
