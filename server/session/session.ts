/**
 * A player's stay in a room: what arrived and waits for the tick, what the client holds, what it must still be told.
 * Filled by socket callbacks, emptied by the tick. Knows nothing of the game's rules.
 */
import { hasSize, readClientFrame } from "../../proto/codec.ts";
import type { shoal } from "../../proto/gen/shoal.js";
import { INPUT_AHEAD_MAX_S, LOST_CELLS_MAX } from "../../proto/limits.ts";
import type { Identity } from "../room/game.ts";
import type { SavedPlayer } from "../state/saved-room.ts";
import { type Rectangle, Viewer } from "../sync/viewer.ts";
import type { Connection } from "../transport/connection.ts";
import { TokenBucket } from "../transport/token-bucket.ts";
import { InputQueue } from "./input-queue.ts";
import { Pace } from "./pace.ts";

/** Encoded events that may wait for a client, and as many that are sent and not acknowledged (SPEC L5, S15). */
const EVENTS_WAITING_MAX = 256;
/** Events of a client: so many at once, then so many a second. Handling one may cost a look at everybody. */
const EVENT_BURST = 32;
const EVENTS_PER_S = 8;

/** A view that the server places is moved when its entity is so far from the middle, world units. */
const FOLLOW_UNITS = 48;

/** Why a message was refused: for the counter, and in words for the client. */
export interface Refusal {
  readonly reason: "undecodable" | "order" | "range" | "rate";
  readonly words: string;
}

/** What the server counts of what clients send. */
export interface ReceiveCounters {
  inputsLate: number;
  cellsLost: number;
}

export interface SessionOptions {
  connection: Connection;
  /** Who the player is, if that is asked for. */
  identity?: Identity | undefined;
  slot: number;
  slotCount: number;
  tickHz: number;
  /** Newest tick at joining, and ticks that the server had skipped. */
  tick: number;
  skippedTicks: number;
  nowMs: number;
  /** Size of the first view, world units. */
  view: { readonly width: number; readonly height: number };
  counters: ReceiveCounters;
}

export class Session {
  readonly connection: Connection;
  readonly identity: Identity | undefined;
  /** UTF-8 of the identity's parts, as they are saved each second. */
  readonly savedAccount: Uint8Array | undefined;
  readonly savedAccountName: Uint8Array | undefined;
  readonly slot: number;
  readonly viewer: Viewer;
  readonly inputs = new InputQueue();
  readonly pace: Pace;
  /** What the client does, waiting for the tick. */
  readonly eventsIn: shoal.ClientEvent.$Shape[] = [];
  /** The client's number of the last of them, 0 before the first. */
  lastEvent = 0;
  /** The number of the last that took effect, and the one that the client was told of (SPEC S17). */
  takenEvent = 0;
  toldEventAck = 0;
  /** Numbers of events that made the room fail: they count as had and are not taken again. */
  badEvents: readonly number[] = [];
  /** Of the tokens with which the player may come back; see ResumeTokens. */
  tokenHashes: Uint8Array[] = [];
  /** Encoded `events` fields for the client's next frames, in order. */
  readonly eventsOut: Uint8Array[] = [];
  /** What the record of the room (server/state/room-record.ts) knows of `eventsOut`. */
  readonly queue = { isListed: false, isChanged: false, hasActed: false, fresh: 0, going: 0, notedWaiting: -1 };
  /** The rectangle that the client wants, in world units; placed by the server until the client tells a place. */
  readonly wanted: Rectangle;
  /** The client has told a place: the server does not move the view any more than it must. */
  isPlaced = false;
  /** `wanted` is new since the last frame. */
  isViewTold = true;
  /** Nothing is heard of the player: others see it, and it may come back. */
  isAway = false;
  /** The client has said something since its Welcome. */
  isConfirmed = false;
  /** The page is hidden: it sees nothing and gets a heartbeat. */
  isHidden = false;
  /** The client must be told of its own motion to the last bit. */
  isOwnDue = true;
  /** Ticks that the server had skipped at joining, and those since that the client knows of. */
  readonly skippedBefore: number;
  toldSkippedTicks = 0;
  /** To be echoed with the next frame, 0 if nothing; and when it came. */
  stamp = 0;
  stampMs = 0;
  /** Newest tick that the client says it holds. */
  ackTick: number;
  lastHeardMs: number;
  /** When the player came in: of all connections of the stay, the first. */
  joinedMs: number;
  #eventRate: TokenBucket;
  #lostCellRate: TokenBucket;
  readonly #inputAheadMax: number;
  readonly #counters: ReceiveCounters;
  /** Events in frames that are not acknowledged yet. */
  readonly eventsSent: { readonly event: Uint8Array; readonly tick: number }[] = [];
  /** Those of them that went beyond the limit: how many, and the tick of the newest. */
  #forgotten = { count: 0, tick: 0 };
  /** Events that the client will never get and was not told of (SPEC S15), and how many the Welcome told of. */
  lostEvents = 0;
  toldLostEvents = 0;
  /** Players that the client was told of last, 0 if of none by this connection. */
  toldPlayers = 0;
  /** Ticks in a row without a frame, because the client or its connection is behind. */
  skippedTicks = 0;

  constructor(options: SessionOptions) {
    const { connection, slot, slotCount, tickHz, tick, nowMs, view, counters } = options;
    this.skippedBefore = options.skippedTicks;
    this.connection = connection;
    this.identity = options.identity;
    this.savedAccount = bytesOf(options.identity?.account);
    this.savedAccountName = bytesOf(options.identity?.name);
    this.slot = slot;
    this.viewer = new Viewer(slotCount);
    this.#counters = counters;
    this.pace = new Pace(tickHz, tick);
    this.#inputAheadMax = INPUT_AHEAD_MAX_S * tickHz;
    this.ackTick = tick;
    this.lastHeardMs = nowMs;
    this.joinedMs = nowMs;
    this.#eventRate = new TokenBucket(EVENT_BURST, EVENTS_PER_S, nowMs);
    this.#lostCellRate = new TokenBucket(LOST_CELLS_MAX, LOST_CELLS_MAX, nowMs);
    this.wanted = { left: 0, top: 0, width: view.width, height: view.height };
  }

  /** Centres the view on the own entity at (x, y), world units, if the client leaves that to the server. */
  follow(x: number, y: number): void {
    if (this.isPlaced) return;
    const { wanted } = this;
    const left = x - wanted.width / 2;
    const top = y - wanted.height / 2;
    if (!this.isViewTold && Math.abs(left - wanted.left) < FOLLOW_UNITS && Math.abs(top - wanted.top) < FOLLOW_UNITS) {
      return;
    }
    wanted.left = left;
    wanted.top = top;
    this.isViewTold = true;
  }

  /**
   * Takes one message in: all of it, or nothing and why. `newestTick` is the world's, `isInput` the game's check.
   */
  receive(
    bytes: Uint8Array,
    nowMs: number,
    newestTick: number,
    isInput: (input: shoal.Input.$Shape) => boolean,
  ): Refusal | undefined {
    const frame = readClientFrame(bytes);
    if (frame.fault !== undefined) return { reason: "undecodable", words: frame.reason };
    if (frame.ackTick > newestTick) return { reason: "range", words: "acknowledges a tick that is not yet" };
    if (frame.ackTick !== 0 && frame.ackTick < this.ackTick) {
      return { reason: "order", words: "acknowledges an older tick than before" };
    }
    for (let i = 0; i < frame.events.length; i++) {
      if (!this.#eventRate.take(nowMs)) return { reason: "rate", words: "too many events" };
    }
    for (const input of frame.inputs) if (!isInput(input)) return { reason: "range", words: "input out of range" };
    if (frame.inputs.length > 0) {
      this.inputs.add(frame.inputTick, frame.inputs, newestTick, this.#inputAheadMax);
      if (frame.inputTick <= newestTick) {
        this.isOwnDue = true;
        this.#counters.inputsLate++;
      }
    }
    // Whoever speaks has read the Welcome.
    this.lostEvents -= this.toldLostEvents;
    this.toldLostEvents = 0;
    if (frame.ackTick > this.ackTick) {
      this.ackTick = frame.ackTick;
      if (this.#forgotten.tick <= frame.ackTick) this.#forgotten.count = 0;
      while (this.eventsSent.length > 0 && this.eventsSent[0].tick <= frame.ackTick) this.eventsSent.shift();
      this.pace.acknowledged(frame.ackTick, this.viewer.lastTick, newestTick);
    }
    // The oldest since the last frame: of messages that arrive together, it tells how long they were held up.
    if (frame.stamp !== 0 && this.stamp === 0) {
      this.stamp = frame.stamp;
      this.stampMs = nowMs;
    }
    if (frame.view !== undefined) this.#see(frame.view);
    for (const cell of frame.lostCells) {
      // A keyframe costs ten times what an update does: beyond what can be lost by mistake, the next checksum will do.
      if (!this.#lostCellRate.take(nowMs)) break;
      this.viewer.lose(cell);
      this.#counters.cellsLost++;
    }
    this.#takeEvents(frame.firstEvent, frame.events);
    return undefined;
  }

  /** Those that came by the connection before are not taken twice. */
  #takeEvents(first: number, events: readonly shoal.ClientEvent.$Shape[]): void {
    for (let i = 0; i < events.length; i++) {
      const number = first === 0 ? 0 : first + i;
      if (number !== 0 && number <= this.lastEvent) continue;
      if (number !== 0) this.lastEvent = number;
      if (!this.badEvents.includes(number)) this.eventsIn.push(events[i]);
    }
  }

  #see(view: shoal.View.$Properties): void {
    const wasHidden = this.isHidden;
    this.isHidden = !hasSize(view);
    if (this.isHidden) return this.viewer.hide();
    // Whoever comes back predicts from what is now.
    if (wasHidden) this.isOwnDue = true;
    const { left, top, width, height } = view;
    Object.assign(this.wanted, { left: left ?? 0, top: top ?? 0, width: width ?? 1, height: height ?? 1 });
    this.isPlaced = true;
    this.isViewTold = true;
  }

  /** Queues an encoded event for the next frame; the oldest goes when there are too many. */
  tell(event: Uint8Array): void {
    if (this.eventsOut.length === EVENTS_WAITING_MAX) {
      this.eventsOut.shift();
      this.lostEvents++;
    }
    this.eventsOut.push(event);
    this.queue.fresh++;
  }

  /** The first `count` waiting events went out with the frame of `tick`: they are kept until it is acknowledged. */
  noteEventsSent(count: number, tick: number): void {
    for (const event of this.eventsOut.splice(0, count)) this.#noteSent(event, tick);
  }

  #noteSent(event: Uint8Array, tick: number): void {
    if (this.eventsSent.length === EVENTS_WAITING_MAX) {
      this.#forgotten.count++;
      this.#forgotten.tick = this.eventsSent.shift()?.tick ?? 0;
    }
    this.eventsSent.push({ event, tick });
  }

  /** The number of the event at this place of `eventsIn`, 0 if the client does not count. */
  eventNumber(place: number): number {
    return Math.max(0, this.lastEvent - (this.eventsIn.length - 1 - place));
  }

  /** The session goes on from where it was saved, without a connection. */
  restore({ lastEvent, badEvents, tokenHashes, told }: SavedPlayer): void {
    this.lastEvent = this.takenEvent = lastEvent;
    this.badEvents = badEvents?.filter((number) => number > lastEvent) ?? [];
    this.tokenHashes = [...tokenHashes];
    let isWaiting = false;
    for (const { tick, event } of told) {
      // What was told after something that waited cannot have gone before it.
      isWaiting ||= tick === 0;
      if (isWaiting) this.tell(event);
      else this.#noteSent(event, tick);
    }
  }

  /** The same player by another connection, which holds all up to `heldTick`: what was told since and what waits is told here. */
  inherit(before: Session, heldTick: number): void {
    this.lastEvent = before.lastEvent;
    this.joinedMs = before.joinedMs;
    // Whoever comes again and again may not do more than who stays.
    this.#eventRate = before.#eventRate;
    this.#lostCellRate = before.#lostCellRate;
    this.takenEvent = before.takenEvent;
    this.badEvents = before.badEvents;
    // What the older connection brought in time still counts.
    this.eventsIn.push(...before.eventsIn);
    this.lostEvents = before.lostEvents;
    if (before.#forgotten.tick > heldTick) this.lostEvents += before.#forgotten.count;
    for (const { event, tick } of before.eventsSent) if (tick > heldTick) this.tell(event);
    for (const event of before.eventsOut) this.tell(event);
  }
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
