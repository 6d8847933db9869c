/**
 * Who is in which cell: rosters, and the arrivals and leaves since the last encoding. Pure bookkeeping, no bytes.
 * A roster's order is part of the protocol: viewers hold the same order and name entities by their place in it.
 */
import { CELL_BORDER } from "../../proto/cells.ts";
import { type MotionArrays, POSITION_STEPS } from "../../proto/motion.ts";

const NOWHERE = -1;
const BORDER_STEPS = CELL_BORDER * POSITION_STEPS;

export class CellGrid {
  readonly columns: number;
  readonly rows: number;
  readonly cellSteps: number;
  /** Slots in each cell, in roster order. */
  readonly rosters: number[][];
  /** Roster places emptied since `clearMoves`, in order; the last entity moved into each. The first `leaveCount`. */
  readonly leaves: number[][];
  readonly leaveCount: Int32Array;
  /** Slots that entered since `clearMoves`; they join the roster when the encoder says so. The first `arrivalCount`. */
  readonly arrivals: number[][];
  readonly arrivalCount: Int32Array;
  readonly #cellOf: Int32Array;
  readonly #placeOf: Int32Array;

  /** @param size cell edge, world units; @param slots most entities */
  constructor(worldWidth: number, worldHeight: number, size: number, slots: number) {
    this.columns = Math.ceil(worldWidth / size);
    this.rows = Math.ceil(worldHeight / size);
    this.cellSteps = size * POSITION_STEPS;
    const lists = () => Array.from({ length: this.columns * this.rows }, (): number[] => []);
    this.rosters = lists();
    this.leaves = lists();
    this.arrivals = lists();
    // Counted beside the lists: an array whose length is set to 0 lets its memory go, and takes new the next tick.
    this.leaveCount = new Int32Array(this.cellCount);
    this.arrivalCount = new Int32Array(this.cellCount);
    this.#cellOf = new Int32Array(slots).fill(NOWHERE);
    this.#placeOf = new Int32Array(slots);
  }

  get cellCount(): number {
    return this.columns * this.rows;
  }

  /** The cell an entity is in, or -1 before its first `move`. */
  cellOf(slot: number): number {
    return this.#cellOf[slot];
  }

  /** Left edge of a cell, position steps. */
  left(cell: number): number {
    return (cell % this.columns) * this.cellSteps;
  }

  /** Top edge of a cell, position steps. */
  top(cell: number): number {
    return Math.floor(cell / this.columns) * this.cellSteps;
  }

  /** Puts the entity into the cell that its position asks for; a border around its present cell holds it back. */
  move(slot: number, m: MotionArrays): void {
    const x = m.x[slot];
    const y = m.y[slot];
    const cell = this.#cellOf[slot];
    if (cell !== NOWHERE) {
      const dx = x - this.left(cell);
      const dy = y - this.top(cell);
      const far = this.cellSteps + BORDER_STEPS;
      if (dx >= -BORDER_STEPS && dx < far && dy >= -BORDER_STEPS && dy < far) return;
      this.#leave(slot, cell);
    }
    // The world's far edges belong to the last cells.
    const column = Math.min(Math.floor(x / this.cellSteps), this.columns - 1);
    const row = Math.min(Math.floor(y / this.cellSteps), this.rows - 1);
    const next = row * this.columns + column;
    this.#cellOf[slot] = next;
    this.arrivals[next][this.arrivalCount[next]++] = slot;
  }

  /** Takes the entity out of the world. */
  remove(slot: number): void {
    const cell = this.#cellOf[slot];
    if (cell === NOWHERE) return;
    this.#leave(slot, cell);
    this.#cellOf[slot] = NOWHERE;
  }

  /** The encoder's call: arrivals of a cell become part of its roster, at the end and in order. */
  settle(cell: number): void {
    const roster = this.rosters[cell];
    const arrivals = this.arrivals[cell];
    for (let i = 0; i < this.arrivalCount[cell]; i++) {
      this.#placeOf[arrivals[i]] = roster.length;
      roster.push(arrivals[i]);
    }
  }

  /** The encoder's call, when the tick is written: forgets a cell's moves. */
  clearMoves(cell: number): void {
    this.leaveCount[cell] = 0;
    this.arrivalCount[cell] = 0;
  }

  #leave(slot: number, cell: number): void {
    const roster = this.rosters[cell];
    const place = this.#placeOf[slot];
    const moved = roster[roster.length - 1];
    roster[place] = moved;
    this.#placeOf[moved] = place;
    roster.pop();
    this.leaves[cell][this.leaveCount[cell]++] = place;
  }
}
