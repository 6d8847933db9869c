/**
 * Composes one client's frame of one tick: a small private header and copies of the cells' fragments. One composer and
 * its buffers serve all clients in turn, so the result is valid until the next call. Work per client: a few copies,
 * no garbage. Knows nothing of entities or games.
 */
import { VIEW_CELLS_MAX } from "../../proto/limits.ts";
import { ByteWriter, tag, WIRE_BYTES, WIRE_VARINT, writeNumber } from "../../proto/wire.ts";
import type { CellSource } from "./cell-source.ts";
import { EMPTY, HELD, STALE, type Viewer } from "./viewer.ts";

/** Keyframes and rest fields stop being added once a frame has this many bytes; the next frame goes on. */
const FRAME_BYTES_SOFT = 16 * 1024;
/** Rest fields get this much room in every frame, however much there is of everything else: nobody stays nameless. */
const REST_BYTES_MIN = 2 * 1024;
/** Events in one frame; the next frame goes on. With the rest a frame stays far below what a connection may have waiting. */
export const EVENT_BYTES_MAX = 8 * 1024;
/** A client that missed more ticks than this starts over: two seconds at 20 Hz (SPEC K4). */
export const MISSED_TICKS_MAX = 40;

/** Lengths below this have their view of the buffer kept. */
const VIEWS_MAX = 4096;

const TAG_TICK = tag(1, WIRE_VARINT);
const TAG_EPOCH = tag(2, WIRE_VARINT);
const TAG_VIEW = tag(4, WIRE_BYTES);
const TAG_UPDATED = tag(5, WIRE_BYTES);
const TAG_UPDATES = tag(6, WIRE_BYTES);
const TAG_OWN = tag(10, WIRE_BYTES);
const TAG_ECHO = tag(11, WIRE_BYTES);
const TAG_SKIPPED_TICKS = tag(12, WIRE_VARINT);
const TAG_EVENT_ACK = tag(13, WIRE_VARINT);

/** What the frame says beside the cells. */
export interface FrameHeader {
  /** The own entity's motion (OwnMotion), undefined to leave it out. */
  own: OwnMotion | undefined;
  /** The answer to a stamp, undefined to leave it out. */
  echo: Echo | undefined;
  /** Ticks skipped since the Welcome, 0 to leave it out. */
  skippedTicks: number;
  /** Number of the last of the client's events that took effect and is kept, 0 to leave it out. */
  eventAck: number;
  /** Encoded `events` fields, tag and all, in order. As many go as the frame has room for, at least one. */
  events: readonly Uint8Array[];
}

/** Numbers of the messages of the same names in frame.proto. */
export interface OwnMotion {
  x: number;
  y: number;
  heading: number;
  speed: number;
  thrust: number;
  lateTicks: number;
}
export interface Echo {
  stamp: number;
  age: number;
  tickUs: number;
}

/** Most bytes of all that comes after the events. */
const HEADER_PARTS_BYTES_MAX = 72;

/** A frame with nothing in its header but the tick. */
export const PLAIN_HEADER: FrameHeader = { own: undefined, echo: undefined, skippedTicks: 0, eventAck: 0, events: [] };

/** How a cell reaches the client this tick. */
const SKIP = 0;
const UPDATE = 1;
const KEYFRAME = 2;

export class FrameComposer {
  readonly #frame = new ByteWriter(64 * 1024);
  readonly #mask = new Uint8Array(VIEW_CELLS_MAX / 8);
  readonly #ways = new Uint8Array(VIEW_CELLS_MAX);
  /** One view of the frame buffer for each usual length: what `send` is given, without garbage. */
  #views: (Uint8Array | undefined)[] = new Array(VIEWS_MAX).fill(undefined);
  #viewsOf: ArrayBufferLike = this.#frame.bytes.buffer;
  /** Keyframes copied into frames so far. */
  keyframesSent = 0;
  /** Events that the last frame took of its header's. */
  eventsTaken = 0;
  #restsEnd = 0;
  readonly #softBytes: number;

  /** @param softBytes size from which on a frame takes no more keyframes; tests make it small */
  constructor(softBytes = FRAME_BYTES_SOFT) {
    this.#softBytes = softBytes;
  }

  /**
   * SPEC K7: whether the client would learn nothing from a frame of this tick that it does not foresee. It need not be
   * sent then, and the client is none the worse.
   */
  isQuiet(source: CellSource, viewer: Viewer, header: FrameHeader): boolean {
    if (header.own !== undefined || header.echo !== undefined || header.skippedTicks !== 0) return false;
    if (header.events.length > 0 || header.eventAck !== 0 || viewer.lacksRests) return false;
    viewer.turn(source);
    if (viewer.isMoved || !viewer.holdsAll) return false;
    const { movingBefore, changedTick, columns } = source;
    for (let row = viewer.row; row < viewer.row + viewer.rows; row++) {
      const first = row * columns + viewer.column;
      const end = first + viewer.columns;
      if (movingBefore[first] !== movingBefore[end]) return false;
      for (let cell = first; cell < end; cell++) if (changedTick[cell] > viewer.lastTick) return false;
    }
    return true;
  }

  /**
   * The frame that brings `viewer` to the source's tick; marks everything in it as held and known.
   * The bytes are valid until the next call. Call `viewer.forget()` if they do not reach the client.
   */
  compose(source: CellSource, viewer: Viewer, header: FrameHeader): Uint8Array {
    const frame = this.#frame;
    frame.reset();
    frame.reserve(64 + VIEW_CELLS_MAX / 8);
    viewer.turn(source);
    if (viewer.lastTick >= 0 && source.tick - viewer.lastTick > MISSED_TICKS_MAX) viewer.startOver();
    // These and the last two by hand: with `writeNumber` composing took 3 % longer (micro bench, three turns of each).
    frame.varint(TAG_TICK);
    frame.varint(source.tick);
    frame.varint(TAG_EPOCH);
    frame.varint(source.epoch);
    if (viewer.isMoved) this.#writeView(viewer);
    const isNext = viewer.lastTick === source.tick - 1;
    const isWhole = isNext && viewer.holdsAll;
    if (isWhole) this.#writeRows(source, viewer);
    else this.#writeCells(source, viewer);
    if (!isWhole) this.#writeKeyframes(source, viewer);
    this.#writeRests(source, viewer);
    this.eventsTaken = 0;
    const eventsEnd = frame.length + EVENT_BYTES_MAX;
    for (const event of header.events) {
      if (this.eventsTaken > 0 && frame.length + event.length > eventsEnd) break;
      frame.copy(event, 0, event.length);
      this.eventsTaken++;
    }
    frame.reserve(HEADER_PARTS_BYTES_MAX);
    if (header.own !== undefined) this.#writeOwn(header.own);
    if (header.echo !== undefined) this.#writeEcho(header.echo);
    if (header.skippedTicks !== 0) {
      frame.varint(TAG_SKIPPED_TICKS);
      frame.varint(header.skippedTicks);
    }
    if (header.eventAck !== 0) {
      frame.varint(TAG_EVENT_ACK);
      frame.varint(header.eventAck);
    }
    viewer.lastTick = source.tick;
    viewer.isMoved = false;
    viewer.isReset = false;
    return this.#result();
  }

  #writeView(viewer: Viewer): void {
    const start = this.#beginPart(TAG_VIEW);
    const frame = this.#frame;
    writeNumber(frame, 1, viewer.column);
    writeNumber(frame, 2, viewer.row);
    writeNumber(frame, 3, viewer.columns);
    writeNumber(frame, 4, viewer.rows);
    if (viewer.isReset) writeNumber(frame, 5, 1);
    this.#endPart(start);
  }

  #writeOwn(own: OwnMotion): void {
    const start = this.#beginPart(TAG_OWN);
    const frame = this.#frame;
    writeNumber(frame, 1, own.x);
    writeNumber(frame, 2, own.y);
    writeNumber(frame, 3, own.heading);
    writeNumber(frame, 4, own.speed);
    writeNumber(frame, 5, own.thrust);
    writeNumber(frame, 6, own.lateTicks);
    this.#endPart(start);
  }

  #writeEcho(echo: Echo): void {
    const start = this.#beginPart(TAG_ECHO);
    const frame = this.#frame;
    writeNumber(frame, 1, echo.stamp);
    writeNumber(frame, 2, echo.age);
    writeNumber(frame, 3, echo.tickUs);
    this.#endPart(start);
  }

  /** Begins a message of less than 128 bytes inside the frame; its length is set when it ends. */
  #beginPart(partTag: number): number {
    this.#frame.varint(partTag);
    return ++this.#frame.length;
  }

  #endPart(start: number): void {
    this.#frame.bytes[start - 1] = this.#frame.length - start;
  }

  /** The common case: the client holds all its cells as of the last tick, so each row of cells is one copy. */
  #writeRows(source: CellSource, viewer: Viewer): void {
    const { updateStart, columns } = source;
    let total = 0;
    let place = 0;
    let bits = 0;
    let maskBytes = 0;
    for (let row = viewer.row; row < viewer.row + viewer.rows; row++) {
      let cell = row * columns + viewer.column;
      total += updateStart[cell + viewer.columns] - updateStart[cell];
      for (const end = cell + viewer.columns; cell < end; cell++) {
        if (updateStart[cell] !== updateStart[cell + 1]) bits |= 1 << (place & 7);
        if ((++place & 7) === 0) {
          this.#mask[maskBytes++] = bits;
          bits = 0;
        }
      }
    }
    if (total === 0) return;
    if (bits !== 0) this.#mask[maskBytes++] = bits;
    this.#writeUpdatesHead(maskBytes, total);
    for (let row = viewer.row; row < viewer.row + viewer.rows; row++) {
      const cell = row * columns + viewer.column;
      this.#frame.copy(source.updates, updateStart[cell], updateStart[cell + viewer.columns]);
    }
  }

  /** The general case: some cells are new to the client or were missed, each cell decides for itself. */
  #writeCells(source: CellSource, viewer: Viewer): void {
    const { updateStart, columns } = source;
    const count = viewer.columns * viewer.rows;
    let total = 0;
    this.#mask.fill(0);
    for (let place = 0; place < count; place++) {
      const cell = cellAt(viewer, place, columns);
      const way = wayOf(source, viewer, cell, place);
      this.#ways[place] = way;
      const bytes = updateStart[cell + 1] - updateStart[cell];
      if (way !== UPDATE || bytes === 0) continue;
      this.#mask[place >> 3] |= 1 << (place & 7);
      total += bytes;
    }
    if (total === 0) return;
    this.#writeUpdatesHead((count + 7) >> 3, total);
    for (let place = 0; place < count; place++) {
      if (this.#ways[place] !== UPDATE) continue;
      const cell = cellAt(viewer, place, columns);
      this.#frame.copy(source.updates, updateStart[cell], updateStart[cell + 1]);
    }
  }

  #writeUpdatesHead(maskBytes: number, updateBytes: number): void {
    const frame = this.#frame;
    frame.reserve(16 + maskBytes + updateBytes);
    frame.varint(TAG_UPDATED);
    frame.varint(maskBytes);
    for (let i = 0; i < maskBytes; i++) frame.bytes[frame.length++] = this.#mask[i];
    frame.varint(TAG_UPDATES);
    frame.varint(updateBytes);
  }

  /** Cells told whole, as many as the frame has room for; at least one, so that every client gets on. */
  #writeKeyframes(source: CellSource, viewer: Viewer): void {
    const frame = this.#frame;
    const count = viewer.columns * viewer.rows;
    let sent = 0;
    viewer.holdsAll = true;
    for (let place = 0; place < count; place++) {
      if (this.#ways[place] !== KEYFRAME) {
        viewer.holds[place] = HELD;
        continue;
      }
      if (sent > 0 && frame.length > this.#softBytes) {
        if (viewer.holds[place] !== EMPTY) viewer.holds[place] = STALE;
        viewer.holdsAll = false;
        continue;
      }
      const cell = cellAt(viewer, place, source.columns);
      const bytes = source.keyframe(cell);
      frame.copy(bytes, 0, bytes.length);
      viewer.holds[place] = HELD;
      viewer.lacksRests = true;
      sent++;
    }
    this.keyframesSent += sent;
  }

  /** Rest fields of entities that this client meets for the first time, or that changed. */
  #writeRests(source: CellSource, viewer: Viewer): void {
    this.#restsEnd = Math.max(this.#softBytes, this.#frame.length + REST_BYTES_MIN);
    const all = viewer.lacksRests;
    viewer.lacksRests = false;
    for (let row = viewer.row; row < viewer.row + viewer.rows; row++) {
      const first = row * source.columns + viewer.column;
      const end = first + viewer.columns;
      if (all) {
        for (let cell = first; cell < end; cell++) {
          for (const slot of source.roster(cell)) if (!viewer.knows(slot)) this.#writeRest(slot, source, viewer);
        }
        continue;
      }
      // A row's introductions are contiguous, like its updates.
      for (let i = source.introducedStart[first]; i < source.introducedStart[end]; i++) {
        const slot = source.introduced[i];
        if (!viewer.knows(slot)) this.#writeRest(slot, source, viewer);
      }
    }
  }

  #writeRest(slot: number, source: CellSource, viewer: Viewer): void {
    if (this.#frame.length > this.#restsEnd) {
      viewer.lacksRests = true;
      return;
    }
    const bytes = source.rest(slot);
    this.#frame.copy(bytes, 0, bytes.length);
    viewer.learn(slot);
  }

  #result(): Uint8Array {
    const { bytes, length } = this.#frame;
    if (bytes.buffer !== this.#viewsOf) {
      this.#views.fill(undefined);
      this.#viewsOf = bytes.buffer;
    }
    if (length >= VIEWS_MAX) return bytes.subarray(0, length);
    return (this.#views[length] ??= bytes.subarray(0, length));
  }
}

/** SPEC K1-K3: an update builds on the tick before it; whoever lacks that gets the cell whole. */
function wayOf(source: CellSource, viewer: Viewer, cell: number, place: number): number {
  const held = viewer.holds[place];
  if (held === EMPTY) return source.roster(cell).length > 0 ? KEYFRAME : SKIP;
  if (held === STALE) return KEYFRAME;
  const changed = source.changedTick[cell];
  if (changed <= viewer.lastTick) return SKIP;
  if (changed === source.tick && source.changedTickBefore[cell] <= viewer.lastTick) return UPDATE;
  return KEYFRAME;
}

function cellAt(viewer: Viewer, place: number, columns: number): number {
  return (viewer.row + Math.floor(place / viewer.columns)) * columns + viewer.column + (place % viewer.columns);
}
