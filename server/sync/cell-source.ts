/**
 * The seam between those who encode a world and those who compose client frames: everything a frame needs to know of
 * a world's tick. Composers do not know whether the cells were encoded in this process or came over a wire.
 */

export interface CellSource {
  /** Rises when the world changes owner or is restored. */
  readonly epoch: number;
  /** The tick that all below belongs to. */
  readonly tick: number;
  readonly columns: number;
  readonly rows: number;
  /** Edge of a cell, world units. */
  readonly cellSize: number;

  /**
   * This tick's cell updates, one after another in cell order (row by row), without tags: cell `c` has
   * `updates[updateStart[c] .. updateStart[c + 1])`, empty if nothing changed. Cells in a row are contiguous, so a
   * client's row of cells is one copy. Valid until the next tick.
   */
  readonly updates: Uint8Array;
  readonly updateStart: Int32Array;
  /**
   * Slots whose rest fields viewers may lack since this tick, arrivals and changes, in cell order: cell `c` has
   * `introduced[introducedStart[c] .. introducedStart[c + 1])`.
   */
  readonly introduced: Int32Array;
  readonly introducedStart: Int32Array;
  /** How many entities move in the cells before `c`, as viewers hold them: `movingBefore[end] - movingBefore[start]` in a row. */
  readonly movingBefore: Int32Array;
  /** Tick of each cell's newest change and of the one before it; -1 if there was none. */
  readonly changedTick: Int32Array;
  readonly changedTickBefore: Int32Array;

  /** Slots of the entities in a cell, in roster order. Not to be changed or kept. */
  roster(cell: number): readonly number[];
  /** The cell's `keyframes` field, tag and all. Encoded at most once a tick; valid until the next tick. */
  keyframe(cell: number): Uint8Array;
  /** The entity's `entities` field, tag and all. Encoded once a change. */
  rest(slot: number): Uint8Array;
}
