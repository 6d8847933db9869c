/**
 * What the server believes one client holds: which cells, as of which tick, and which entities' rest fields. The
 * composer decides by it what a frame must carry. It describes what was handed to the connection: the connection
 * keeps order and loses nothing, or says that it dropped a frame, and then `forget` starts over.
 */
import { VIEW_CELLS_MAX, VIEW_EDGE_MAX, VIEW_INSET } from "../../proto/limits.ts";

/** The client has an empty roster for this cell: what every cell newly in view starts with. */
export const EMPTY = 0;
/** The client has the cell as of `lastTick`. */
export const HELD = 1;
/** The client has something older and waits for a keyframe. */
export const STALE = 2;

/** A rectangle, world units. */
export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What a hidden page wants to see. */
const NOTHING: Rectangle = { left: 0, top: 0, width: 0, height: 0 };

/** The world as far as clamping needs it. */
export interface CellLayout {
  readonly columns: number;
  readonly rows: number;
  readonly cellSize: number;
}

export class Viewer {
  column = 0;
  row = 0;
  columns = 0;
  rows = 0;
  /** The rectangle or the reset flag must be told with the next frame. */
  isMoved = false;
  isReset = true;
  /** Tick of the last frame handed over; -1 before the first. */
  lastTick = -1;
  /** By place in the view, row by row: EMPTY, HELD or STALE. As long as the view has cells: V8 keeps short ones on its heap. */
  holds = new Uint8Array(0);
  /** True if every cell is HELD; saves looking. */
  holdsAll = false;
  /** Some entity in view was left without its rest fields because the frame was full. */
  lacksRests = false;
  /** Bit set: the client has the slot's rest fields. */
  readonly #knows: Uint32Array;
  #wanted: Rectangle | undefined;
  /** Cells that the client has lost, to be told whole. */
  readonly #lost: number[] = [];

  constructor(slots: number) {
    this.#knows = new Uint32Array((slots + 31) >>> 5);
  }

  knows(slot: number): boolean {
    return (this.#knows[slot >>> 5] & (1 << (slot & 31))) !== 0;
  }
  learn(slot: number): void {
    this.#knows[slot >>> 5] |= 1 << (slot & 31);
  }
  /** The slot's rest fields changed, or someone else has the slot now. */
  unlearn(slot: number): void {
    this.#knows[slot >>> 5] &= ~(1 << (slot & 31));
  }

  /** No cell is held any more: the client missed too much. What it knows of entities' rest fields it still knows. */
  startOver(): void {
    this.holds.fill(EMPTY);
    this.holdsAll = false;
    this.isReset = true;
    this.isMoved = true;
  }

  /** Nothing is held or known any more: a frame was dropped, and nobody knows which of it mattered. */
  forget(): void {
    this.startOver();
    this.#knows.fill(0);
  }

  sees(cell: number, layout: CellLayout): boolean {
    const column = (cell % layout.columns) - this.column;
    const row = Math.floor(cell / layout.columns) - this.row;
    return column >= 0 && column < this.columns && row >= 0 && row < this.rows;
  }

  /** The client found that what it holds of a cell is wrong: it comes whole with the next frame. */
  lose(cell: number): void {
    if (this.#lost.length < VIEW_CELLS_MAX) this.#lost.push(cell);
  }

  /** Wants to see nothing from the next frame on. */
  hide(): void {
    this.#wanted = NOTHING;
  }

  /** Wants to see this rectangle from the next frame on. */
  look(wanted: Rectangle): void {
    this.#wanted = wanted;
  }

  /**
   * The composer's call, once a frame and not in between: a view that the client is not told of never was. What is
   * held of cells in both views stays held.
   */
  turn(layout: CellLayout): void {
    if (this.#wanted !== undefined) this.#turnTo(this.#wanted, layout);
    this.#wanted = undefined;
    if (this.#lost.length > 0) this.#admitLost(layout);
  }

  #admitLost(layout: CellLayout): void {
    for (const cell of this.#lost) {
      if (!this.sees(cell, layout)) continue;
      const place =
        (Math.floor(cell / layout.columns) - this.row) * this.columns + (cell % layout.columns) - this.column;
      if (this.holds[place] === HELD) this.holds[place] = STALE;
      this.holdsAll = false;
    }
    this.#lost.length = 0;
  }

  #turnTo(wanted: Rectangle, layout: CellLayout): void {
    if (wanted === NOTHING) {
      if (this.rows === 0) return;
      Object.assign(this, { column: 0, row: 0, columns: 0, rows: 0, isMoved: true, holds: new Uint8Array(0) });
      return;
    }
    const size = layout.cellSize;
    const column = clamp(Math.floor(wanted.left / size), 0, layout.columns - 1);
    const row = clamp(Math.floor(wanted.top / size), 0, layout.rows - 1);
    let columns = clamp(Math.floor((wanted.left + wanted.width) / size), column, layout.columns - 1) - column + 1;
    let rows = clamp(Math.floor((wanted.top + wanted.height) / size), row, layout.rows - 1) - row + 1;
    columns = Math.min(columns, VIEW_CELLS_MAX);
    rows = Math.min(rows, Math.floor(VIEW_CELLS_MAX / columns));
    if (column === this.column && row === this.row && columns === this.columns && rows === this.rows) return;
    const held = this.holds;
    this.holds = new Uint8Array(columns * rows);
    for (let r = Math.max(row, this.row); r < Math.min(row + rows, this.row + this.rows); r++) {
      for (let c = Math.max(column, this.column); c < Math.min(column + columns, this.column + this.columns); c++) {
        this.holds[(r - row) * columns + (c - column)] = held[(r - this.row) * this.columns + (c - this.column)];
      }
    }
    Object.assign(this, { column, row, columns, rows, isMoved: true, holdsAll: false });
  }
}

/**
 * SPEC V2: what of a wanted rectangle is granted to an entity at (x, y), world units: edges of at most VIEW_EDGE_MAX, and
 * the entity at least VIEW_INSET inside (in the middle of a smaller rectangle), so nobody looks where they are not.
 */
export function clampView(wanted: Rectangle, x: number, y: number): Rectangle {
  const width = clamp(wanted.width, 1, VIEW_EDGE_MAX);
  const height = clamp(wanted.height, 1, VIEW_EDGE_MAX);
  const left = wanted.left + (wanted.width - width) / 2;
  const top = wanted.top + (wanted.height - height) / 2;
  return { left: around(left, width, x), top: around(top, height, y), width, height };
}

/** The start nearest to the wanted one of a stretch that holds `point` well inside. */
function around(start: number, length: number, point: number): number {
  const inset = Math.min(VIEW_INSET, length / 2);
  return clamp(start, point - length + inset, point - inset);
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
