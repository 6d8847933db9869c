/**
 * What this client knows of the world: the cells it is told about, the entities in them, and where to draw them. State
 * is in typed arrays indexed by slot; a steady tick makes no garbage. Knows nothing of connections.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { VIEW_CELLS_MAX } from "../../proto/limits.ts";
import { type MotionArrays, type MotionRules, motionArrays, motionRules, SPEED_STEPS } from "../../proto/motion.ts";
import { ByteReader } from "../../proto/wire.ts";
import { CellReader, NOWHERE } from "./cell-reader.ts";
import type { FrameParts } from "./frame-parts.ts";
import { MotionHistory } from "./motion-history.ts";
import { Playback } from "./playback.ts";

/** No server lets a client miss more ticks than this without starting over (SPEC K4). */
const COAST_TICKS_MAX = 64;

export class Replica {
  /** Newest tick applied. */
  tick: number;
  readonly epoch: number;
  readonly tickHz: number;
  readonly worldWidth: number;
  readonly worldHeight: number;
  readonly slotCount: number;
  readonly ownSlot: number;
  /** Slots of the entities in view, in no order: the first `visibleCount`. */
  readonly visible: Int32Array;
  visibleCount = 0;
  /** Motion at `tick`, as the server believes this client holds it. */
  readonly motion: MotionArrays;
  /** Where to draw, by slot, as of the last `sample`: world units, radians, world units a second. */
  readonly drawX: Float32Array;
  readonly drawY: Float32Array;
  readonly drawHeading: Float32Array;
  readonly drawSpeed: Float32Array;
  shownTick = 0;
  /** Cells whose checksum differed: to be asked for again, and then taken out. */
  readonly lostCells: number[] = [];
  /** Checksums so far that differed. */
  lostCount = 0;
  /** Ticks that the server skipped and the newest frame was the first to tell of. */
  newlySkippedTicks = 0;
  readonly rules: MotionRules;

  /** When what is drawn happened. */
  readonly playback: Playback;
  readonly #cells: CellReader;
  readonly #columns: number;
  /** The view's cells, row by row. */
  #view: number[] = [];
  readonly #history: MotionHistory;
  readonly #entities: (shoal.Entity | undefined)[];
  readonly #ids: Uint32Array;
  readonly #slotOfId = new Map<number, number>();
  readonly #reader = new ByteReader();
  /** Ticks that the server has skipped since the Welcome. */
  #skippedTicks = 0;

  /** Empty, as of the Welcome's tick. */
  constructor(welcome: shoal.Welcome) {
    this.tick = welcome.tick;
    this.epoch = welcome.epoch;
    this.tickHz = welcome.tickHz;
    this.worldWidth = welcome.worldWidth;
    this.worldHeight = welcome.worldHeight;
    this.slotCount = welcome.slotCount;
    this.ownSlot = welcome.ownSlot;
    const slots = welcome.slotCount;
    this.visible = new Int32Array(slots);
    this.motion = motionArrays(slots);
    this.drawX = new Float32Array(slots);
    this.drawY = new Float32Array(slots);
    this.drawHeading = new Float32Array(slots);
    this.drawSpeed = new Float32Array(slots);
    this.#history = new MotionHistory(slots, welcome.tickHz);
    this.#entities = new Array(slots).fill(undefined);
    this.#ids = new Uint32Array(slots);
    this.#columns = Math.ceil(welcome.worldWidth / welcome.cellSize);
    this.playback = new Playback(welcome.tickHz);
    this.rules = motionRules(welcome.tickHz, welcome.worldWidth, welcome.worldHeight);
    this.#cells = new CellReader({
      rules: this.rules,
      motion: this.motion,
      columns: this.#columns,
      cellSize: welcome.cellSize,
    });
  }

  /** Rest fields of an entity, undefined until the server told them. */
  entity(slot: number): shoal.Entity | undefined {
    return this.#entities[slot];
  }

  /** The entity's id for life, 0 until told. */
  entityId(slot: number): number {
    return this.#ids[slot] ?? 0;
  }

  /** The slot of an entity that the server told of, -1 if unknown. */
  slotOfId(id: number): number {
    return this.#slotOfId.get(id) ?? -1;
  }

  /** Whether the entity is in a cell that this client is told about; its rest fields are remembered longer. */
  isVisible(slot: number): boolean {
    return slot >= 0 && this.#cells.cellOf[slot] !== NOWHERE;
  }

  /** The cells this client is told about, and who is in them in roster order; for tests and the curious. */
  get cells(): ReadonlyMap<number, readonly number[]> {
    return this.#cells.rosters;
  }

  /**
   * Applies one frame, in the order of frame.proto. Calls `onEntity` for each slot whose rest fields are new.
   * Throws RangeError on bytes that no server writes; the replica must not be used after that.
   */
  apply(frame: FrameParts, nowMs: number, onEntity?: (slot: number) => void): void {
    const ticks = frame.tick - this.tick;
    if (ticks <= 0) throw new RangeError(`frame of tick ${frame.tick} after tick ${this.tick}`);
    if (frame.view.end !== 0) this.#readView(frame);
    this.#readUpdates(frame, Math.max(this.tick, frame.tick - COAST_TICKS_MAX));
    for (let i = 0; i < frame.keyframes.length; i += 2) this.#readKeyframe(frame, i);
    const before = this.tick;
    this.tick = frame.tick;
    this.#listVisible(before);
    for (let i = 0; i < frame.entities.length; i += 2) {
      const slot = this.#readRest(frame.bytes.subarray(frame.entities[i], frame.entities[i + 1]));
      onEntity?.(slot);
    }
    this.newlySkippedTicks = Math.max(0, frame.skippedTicks - this.#skippedTicks);
    this.#skippedTicks += this.newlySkippedTicks;
    if (this.newlySkippedTicks > 0) this.playback.skip(this.newlySkippedTicks);
    this.playback.frameArrived(frame.tick, nowMs);
  }

  /** Sets the draw arrays of all visible entities to the moment to draw at `nowMs`. */
  sample(nowMs: number): void {
    this.shownTick = this.playback.shownTick(nowMs);
    const { isStale } = this.playback;
    for (let i = 0; i < this.visibleCount; i++) {
      const slot = this.visible[i];
      this.#history.sample(slot, this.shownTick, this);
      this.drawSpeed[slot] = isStale ? 0 : this.motion.speed[slot] / SPEED_STEPS;
    }
  }

  #readView(frame: FrameParts): void {
    const view = shoal.ViewCells.decode(frame.bytes.subarray(frame.view.start, frame.view.end));
    if (view.columns * view.rows > VIEW_CELLS_MAX) throw new RangeError(`${view.columns} x ${view.rows} cells`);
    const cells: number[] = [];
    for (let row = view.row; row < view.row + view.rows; row++) {
      for (let column = view.column; column < view.column + view.columns; column++) {
        cells.push(row * this.#columns + column);
      }
    }
    const kept = new Set(view.reset ? [] : cells);
    for (const cell of [...this.#cells.rosters.keys()]) if (!kept.has(cell)) this.#cells.close(cell);
    for (const cell of cells) if (!this.#cells.rosters.has(cell)) this.#cells.open(cell);
    this.#view = cells;
  }

  #readUpdates(frame: FrameParts, since: number): void {
    const reader = this.#reader;
    reader.open(frame.bytes, frame.updates.start, frame.updates.end);
    for (let place = 0; place < this.#view.length; place++) {
      const cell = this.#view[place];
      const at = frame.updated.start + (place >> 3);
      const isUpdated = at < frame.updated.end && (frame.bytes[at] & (1 << (place & 7))) !== 0;
      if (!isUpdated) {
        this.#cells.coast(cell, since, frame.tick);
        continue;
      }
      this.#cells.coast(cell, since, frame.tick - 1);
      if (!this.#cells.update(cell, frame.tick, reader)) this.#lose(cell);
    }
    if (reader.at !== reader.end) throw new RangeError(`${reader.end - reader.at} bytes behind the updates`);
  }

  #lose(cell: number): void {
    this.lostCount++;
    if (!this.lostCells.includes(cell)) this.lostCells.push(cell);
  }

  /** A CellKeyframe, read by hand: its records go straight into the arrays. */
  #readKeyframe(frame: FrameParts, i: number): void {
    const reader = this.#reader;
    const end = frame.keyframes[i + 1];
    reader.open(frame.bytes, frame.keyframes[i], end);
    let cell = 0;
    let start = end;
    let stop = end;
    while (reader.at < end) {
      const tag = reader.varint();
      if (tag === 8) cell = reader.varint();
      else if (tag === 18) {
        stop = reader.lengthEnd();
        start = reader.at;
        reader.at = stop;
      } else reader.skip(tag & 7);
    }
    reader.open(frame.bytes, start, stop);
    this.#cells.keyframe(cell, reader);
  }

  #readRest(bytes: Uint8Array): number {
    const { slot, id, entity } = shoal.EntityRest.decode(bytes);
    if (slot >= this.slotCount) throw new RangeError(`slot ${slot} of ${this.slotCount}`);
    const previous = this.#ids[slot];
    if (previous !== id && this.#slotOfId.get(previous) === slot) this.#slotOfId.delete(previous);
    this.#ids[slot] = id;
    this.#slotOfId.set(id, slot);
    this.#entities[slot] = entity ?? undefined;
    return slot;
  }

  /** Who is in view now, and where they are in this tick. */
  #listVisible(before: number): void {
    let count = 0;
    for (const [cell, roster] of this.#cells.rosters) {
      for (let i = 0; i < roster.length; i++) {
        const slot = roster[i];
        // A stale cell's roster may still name who is elsewhere by now.
        if (this.#cells.cellOf[slot] !== cell) continue;
        this.visible[count++] = slot;
        this.#history.record(this.motion, slot, this.tick, before);
      }
    }
    this.visibleCount = count;
  }
}
