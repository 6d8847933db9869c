/**
 * A player's stay in a room: what arrived and waits for the tick, what the client holds, what it must still be told.
 * Filled by socket callbacks, emptied by the tick. Knows nothing of the game's rules.
 */
import { readClientFrame } from "../../proto/codec.ts";
import type { shoal } from "../../proto/gen/shoal.js";
import { Viewer } from "../sync/viewer.ts";
import type { Connection } from "../transport/connection.ts";
import { InputQueue } from "./input-queue.ts";

/** Events from or to a client that may wait for a tick. */
export const EVENTS_WAITING_MAX = 64;

/** Why a message was refused: for the counter, and in words for the client. */
export interface Refusal {
  readonly reason: "undecodable" | "order" | "range" | "rate";
  readonly words: string;
}

export interface SessionOptions {
  connection: Connection;
  slot: number;
  slotCount: number;
  /** Newest tick at joining. */
  tick: number;
  nowMs: number;
}

export class Session {
  readonly connection: Connection;
  readonly slot: number;
  readonly viewer: Viewer;
  readonly inputs = new InputQueue();
  /** What the client does, waiting for the tick. */
  readonly eventsIn: shoal.ClientEvent.$Shape[] = [];
  /** Encoded `events` fields for the client's next frame. */
  readonly eventsOut: Uint8Array[] = [];
  /** The rectangle that the client wants, as told; undefined until it tells one. */
  wantedView: shoal.View.$Properties | undefined;
  isViewTold = false;
  /** Input number in the last frame that went out. */
  toldInputTick = 0;
  /** Newest tick that the client says it holds. */
  ackTick: number;
  lastHeardMs: number;
  /** Ticks in a row without a frame, because the client or its connection is behind. */
  skippedTicks = 0;

  constructor({ connection, slot, slotCount, tick, nowMs }: SessionOptions) {
    this.connection = connection;
    this.slot = slot;
    this.viewer = new Viewer(slotCount);
    this.ackTick = tick;
    this.lastHeardMs = nowMs;
  }

  /**
   * Takes one message in: all of it, or nothing and why. `newestTick` is the world's, `isInput` the game's check.
   */
  receive(bytes: Uint8Array, newestTick: number, isInput: (input: shoal.Input.$Shape) => boolean): Refusal | undefined {
    const frame = readClientFrame(bytes);
    if (frame.fault !== undefined) return { reason: "undecodable", words: frame.reason };
    if (frame.ackTick > newestTick) return { reason: "range", words: "acknowledges a tick that is not yet" };
    if (frame.ackTick !== 0 && frame.ackTick < this.ackTick) {
      return { reason: "order", words: "acknowledges an older tick than before" };
    }
    if (this.eventsIn.length + frame.events.length > EVENTS_WAITING_MAX) {
      return { reason: "rate", words: `more than ${EVENTS_WAITING_MAX} events in one tick` };
    }
    for (const input of frame.inputs) if (!isInput(input)) return { reason: "range", words: "input out of range" };
    if (frame.inputs.length > 0 && !this.inputs.add(frame.inputTick, frame.inputs)) {
      return { reason: "order", words: "input numbers do not rise" };
    }
    if (frame.ackTick !== 0) this.ackTick = frame.ackTick;
    if (frame.view !== undefined) {
      this.wantedView = frame.view;
      this.isViewTold = true;
    }
    this.eventsIn.push(...frame.events);
    return undefined;
  }

  /** Queues an encoded event for the next frame; the oldest goes when there are too many. */
  tell(event: Uint8Array): void {
    if (this.eventsOut.length === EVENTS_WAITING_MAX) this.eventsOut.shift();
    this.eventsOut.push(event);
  }
}
