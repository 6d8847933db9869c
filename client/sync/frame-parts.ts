/**
 * Splits a ServerFrame into its parts without making objects for what comes every tick. Positions point into the
 * frame's bytes. Throws RangeError on bytes that are no ServerFrame. Knows nothing of what the parts mean.
 */
import { ByteReader, WIRE_BYTES, WIRE_VARINT } from "../../proto/wire.ts";
import type { PartBytes } from "./network-stats.ts";

/** A stretch of the frame's bytes. */
interface Span {
  start: number;
  end: number;
}

/** One frame's parts; reused for the next frame. */
export class FrameParts {
  bytes: Uint8Array = new Uint8Array(0);
  tick = 0;
  epoch = 0;
  /** 0 when the frame did not say. */
  skippedTicks = 0;
  /** 0 when the frame did not say. */
  eventAck = 0;
  readonly own: Span = { start: 0, end: 0 };
  readonly echo: Span = { start: 0, end: 0 };
  readonly view: Span = { start: 0, end: 0 };
  readonly updated: Span = { start: 0, end: 0 };
  readonly updates: Span = { start: 0, end: 0 };
  /** start, end, start, end ... of each message. */
  readonly keyframes: number[] = [];
  readonly entities: number[] = [];
  readonly events: number[] = [];
  readonly #reader = new ByteReader();

  read(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.tick = 0;
    this.epoch = 0;
    this.skippedTicks = 0;
    this.eventAck = 0;
    for (const span of [this.own, this.echo, this.view, this.updated, this.updates]) span.start = span.end = 0;
    for (const list of [this.keyframes, this.entities, this.events]) list.length = 0;
    const reader = this.#reader;
    reader.open(bytes);
    while (reader.at < reader.end) {
      const tag = reader.varint();
      if ((tag & 7) === WIRE_VARINT) this.#readNumber(tag >>> 3);
      else if ((tag & 7) === WIRE_BYTES) this.#readSpan(tag >>> 3);
      else reader.skip(tag & 7);
    }
    if (this.tick === 0) throw new RangeError("frame without a tick");
  }

  /** Whether it answers a word of the client, and tells of no cell in which anything moves or changed. */
  get isAnswer(): boolean {
    const hasMotion = this.updates.end > this.updates.start || this.keyframes.length > 0;
    return this.echo.end > this.echo.start && !hasMotion;
  }

  /** Adds this frame's bytes to the sums; tags and lengths count as header. */
  addTo(sums: PartBytes): void {
    const view = this.view.end - this.view.start;
    const updates = this.updates.end - this.updates.start + this.updated.end - this.updated.start;
    const keyframes = total(this.keyframes);
    const entities = total(this.entities);
    const events = total(this.events);
    sums.view += view;
    sums.updates += updates;
    sums.keyframes += keyframes;
    sums.entities += entities;
    sums.events += events;
    sums.header += this.bytes.length - view - updates - keyframes - entities - events;
  }

  #readNumber(field: number): void {
    const value = this.#reader.varint();
    if (field === 1) this.tick = value;
    else if (field === 2) this.epoch = value;
    else if (field === 12) this.skippedTicks = value;
    else if (field === 13) this.eventAck = value;
  }

  #readSpan(field: number): void {
    const reader = this.#reader;
    const end = reader.lengthEnd();
    const start = reader.at;
    reader.at = end;
    const span = this.#spanOf(field);
    if (span !== undefined) {
      if (span.end !== 0) throw new RangeError(`field ${field} twice`);
      span.start = start;
      span.end = end;
      return;
    }
    const list = field === 7 ? this.keyframes : field === 8 ? this.entities : field === 9 ? this.events : undefined;
    list?.push(start, end);
  }

  #spanOf(field: number): Span | undefined {
    if (field === 4) return this.view;
    if (field === 5) return this.updated;
    if (field === 6) return this.updates;
    if (field === 10) return this.own;
    return field === 11 ? this.echo : undefined;
  }
}

function total(spans: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < spans.length; i += 2) sum += spans[i + 1] - spans[i];
  return sum;
}
