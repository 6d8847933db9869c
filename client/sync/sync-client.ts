/**
 * A player in a room: joins, applies frames to the replica, and tells the server inputs, events and the wanted view. That the connection
 * comes back when it is lost is `Connection`'s part. Clock, randomness and transport are passed in; timers only say when to look at the clock.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { LOST_CELLS_MAX } from "../../proto/limits.ts";
import { type AuthToken, CODE_GIVEN_UP, CODE_LOST, Connection, type ConnectionState } from "./connection.ts";
import { EventQueue } from "./event-queue.ts";
import { countDrawn, countFrame } from "./frame-counts.ts";
import { FrameParts } from "./frame-parts.ts";
import { sendGoodbye } from "./goodbye.ts";
import { type NetworkStats, networkStats } from "./network-stats.ts";
import { OwnPlayer, type TickInput } from "./own-player.ts";
import { Replica } from "./replica.ts";
import { Steering } from "./steering.ts";
import type { Timers } from "./timers.ts";
import type { OpenTransport } from "./transport.ts";
import { WantedView } from "./wanted-view.ts";
import { WordDue } from "./word-due.ts";

export interface SyncClientOptions {
  /** The server's address: http: or https: and host. */
  url: string;
  /** Room name, "pond" if left out. */
  room?: string;
  join: shoal.Join.$Properties;
  /** Where the server asks who players are. A token that cannot be had is a lost connection. */
  authToken?: AuthToken | undefined;
  openTransport: OpenTransport;
  /** The seat that an earlier page had in this room, to go on with. */
  seat?: Seat;
  /** Milliseconds, monotonic. */
  now: () => number;
  /** In [0, 1). */
  random: () => number;
  /** For simulations whose time is not real; the timers of the platform by default. */
  timers?: Timers;
  onState?(state: ConnectionState): void;
  onEvent?(event: shoal.ServerEvent): void;
  /** The server keeps all events of this session up to this number (`SyncClient.lastEventNumber`): they are neither lost nor taken twice. */
  onEventAck?(number: number): void;
  /** The rest fields of `replica.entity(slot)` are new or changed. */
  onEntity?(slot: number): void;
  /** A frame was applied; these are its bytes. */
  onFrame?(bytes: Uint8Array): void;
}

/** What goes on with a session from another page (SPEC S13, S15). The token is a secret. */
export interface Seat {
  readonly token: Uint8Array;
  /** The newest tick that the page held. */
  readonly ackTick: number;
}

export class SyncClient {
  /** The present session's replica; an empty one before the first Welcome. */
  replica = new Replica(shoal.Welcome.decode(new Uint8Array(0)));
  /** The present session is the one before the last reconnection: same entity, nothing missed. */
  hasResumed = false;
  /** Events that were told while this client was not there and that it will not get. */
  lostEvents = 0;
  /** What to join with; a change counts from the next join on. */
  join: shoal.Join.$Properties;
  /** What the last hello said of it. */
  saidJoin: shoal.Join.$Properties;
  /** How the connection is. */
  readonly network: NetworkStats = networkStats();
  readonly #options: SyncClientOptions;
  readonly #connection: Connection;
  readonly #parts = new FrameParts();
  readonly #steering = new Steering();
  readonly #view = new WantedView();
  readonly #events = new EventQueue();
  readonly #wordDue = new WordDue();
  /** What the frame being applied brings, in order: slots with new rest fields, then events. */
  readonly #news: (number | shoal.ServerEvent)[] = [];
  readonly #noteEntity = (slot: number) => void this.#news.push(slot);
  #own = new OwnPlayer(this.replica, this.#steering, this.network);
  #helloMs = 0;
  #resumeToken: Uint8Array;
  /** Newest tick of the session that the token is of whose frame was applied: a Welcome is of a later one, and brings no events. */
  #heldTick: number;
  #nextTickMs = 0;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    this.join = options.join;
    this.saidJoin = options.join;
    this.#resumeToken = options.seat?.token ?? new Uint8Array(0);
    this.#heldTick = options.seat?.ackTick ?? 0;
    this.#connection = new Connection({
      ...options,
      hello: (token, nowMs) => this.#hello(token, nowMs),
      onMessage: (bytes, nowMs) => this.#receive(bytes, nowMs),
      onTurn: (nowMs) => this.#turn(nowMs),
      onState: (state) => this.#tellState(state),
    });
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** The seat in the present session, or in the one that a server of another schema cannot go on with; undefined without one. */
  get seat(): Seat | undefined {
    const token = this.#resumeToken;
    return token.length === 0 ? undefined : { token, ackTick: this.#heldTick };
  }

  start(): void {
    this.#connection.start();
  }

  /** The network is back: a client that waits for its next try, or for a word of the server, does not wait any longer. */
  retryNow(): void {
    this.#connection.retryNow();
  }

  /** Leaves for good; `start` begins anew. Twice is harmless. */
  close(): void {
    this.#connection.end(CODE_GIVEN_UP, "closed");
  }

  /**
   * The same for a page that goes: told by a request, too, that outlives it. After a loss the player does not stay any longer either, but
   * the client goes on waiting for its next try, should the page come back.
   */
  leave(): void {
    const { seat, state } = this;
    if (state.kind === "waiting") this.#resumeToken = new Uint8Array(0);
    else this.close();
    if (seat !== undefined && state.kind !== "ended") sendGoodbye(this.#options.url, seat.token);
  }

  /** The rectangle to see, world units. Call it as often as the camera moves. */
  setView(left: number, top: number, width: number, height: number): void {
    this.#view.set(left, top, width, height);
  }

  /** Where to turn, and whether to swim. Shows with the next `sample`; the server is told once a tick. */
  steer(headingRad: number, swim: boolean): void {
    this.#steering.steer(headingRad, swim);
  }

  /** Whether nobody looks: the server then sends next to nothing. */
  setHidden(isHidden: boolean): void {
    this.#view.hide(isHidden);
    this.#connection.setHidden(isHidden);
  }

  /** Sets the replica's draw arrays to what is to be seen at `nowMs`: others a little in the past, the own entity as it will be. */
  sample(nowMs: number): void {
    const { isJoined } = this.#connection;
    this.replica.sample(nowMs);
    if (isJoined) this.#advance(nowMs);
    // Without a session the own entity stands still where it was seen last.
    this.#own.sample(nowMs);
    if (isJoined) countDrawn(this.network, this.replica, this.#own.roundTrips.serverTick(nowMs));
  }

  /** Queues an event for the next client frame. False if there is no session, too much waits, or it is too large. */
  sendEvent(event: shoal.ClientEvent.$Properties): boolean {
    return this.#connection.isJoined && this.#events.add(event);
  }

  /** Number of the last event that `sendEvent` took in this session: what `onEventAck` will tell. 0 before the first. */
  get lastEventNumber(): number {
    return this.#events.lastNumber;
  }

  /** Events that were queued or sent and that the server has not acknowledged. */
  get unacknowledgedEvents(): number {
    return this.#events.unacknowledgedCount;
  }

  #hello(authToken: string, now: number): Uint8Array {
    this.#helloMs = now;
    this.saidJoin = this.join;
    const hello = {
      room: this.#options.room ?? "",
      join: this.join,
      view: this.#view.present(),
      resumeToken: this.#resumeToken,
      ackTick: this.seat?.ackTick ?? 0,
      authToken,
    };
    return shoal.Hello.encode(hello).finish();
  }

  #tellState(state: ConnectionState): void {
    // A page for the server's schema may go on with the session.
    if (state.kind === "ended" && state.code !== shoal.CloseCode.CLOSE_CODE_UPGRADE)
      this.#resumeToken = new Uint8Array(0);
    this.#options.onState?.(state);
  }

  #receive(bytes: Uint8Array, now: number): void {
    this.network.bytesReceived += bytes.length;
    if (this.#connection.isJoined) {
      if (this.#read(() => this.#apply(bytes, now)) !== undefined) this.#tellNews(bytes, now);
      return;
    }
    const welcome = this.#read(() => readWelcome(bytes));
    if (welcome !== undefined) this.#welcome(welcome, now);
  }

  /** Reads bytes of the server; bytes that no server writes end the connection, and the next one starts over. */
  #read<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.#connection.lose(CODE_LOST, `bad frame: ${error instanceof Error ? error.message : "unknown"}`);
      return undefined;
    }
  }

  #welcome(welcome: shoal.Welcome, now: number): void {
    this.replica = new Replica(welcome);
    // Kept in memory: not in the page's address or any log, and in its storage only over a load by itself (SPEC S31).
    this.#resumeToken = welcome.resumeToken;
    if (!welcome.resumed) this.#heldTick = welcome.tick;
    this.hasResumed = welcome.resumed;
    this.lostEvents = welcome.lostEvents;
    if (welcome.resumed) this.#events.resume(welcome.lastEvent, welcome.messageBytesMax);
    else this.#events.restart(welcome.messageBytesMax);
    this.#own = new OwnPlayer(this.replica, this.#steering, this.network);
    this.#own.welcomed(this.#helloMs, now);
    this.#view.restart();
    this.#wordDue.joined(now);
    this.#nextTickMs = now;
    this.#connection.join();
  }

  /** Brings the replica to the frame's tick. Throws on bytes that no server writes. */
  #apply(bytes: Uint8Array, now: number): true {
    const { replica } = this;
    const parts = this.#parts;
    parts.read(bytes);
    if (!this.#view.isHiddenTold) {
      this.#wordDue.frameCame(parts.tick - replica.tick, replica.tickHz, parts.isAnswer, now);
    }
    if (parts.epoch !== replica.epoch) throw new RangeError("frame of another epoch");
    this.#news.length = 0;
    const lostBefore = replica.lostCount;
    replica.apply(parts, now, this.#noteEntity);
    this.#heldTick = replica.tick;
    this.#own.apply(parts, now);
    this.#events.acknowledge(parts.eventAck);
    this.network.checksumFaults += replica.lostCount - lostBefore;
    countFrame(this.network, parts, replica, this.#own.roundTrips.serverTick(now));
    const { events } = parts;
    for (let i = 0; i < events.length; i += 2) {
      this.#news.push(shoal.ServerEvent.decode(bytes.subarray(events[i], events[i + 1])));
    }
    return true;
  }

  /** Tells the page what the frame brought. A throw in a callback is the page's bug and goes to whoever called. */
  #tellNews(bytes: Uint8Array, now: number): void {
    const connection = this.#connection;
    for (const news of this.#news) {
      // Whoever was told may have closed.
      if (!connection.isJoined) return;
      if (typeof news === "number") this.#options.onEntity?.(news);
      else this.#options.onEvent?.(news);
    }
    if (connection.isJoined && this.#parts.eventAck !== 0) this.#options.onEventAck?.(this.#parts.eventAck);
    this.#options.onFrame?.(bytes);
    if (!connection.isJoined) return;
    // After a pause many frames come at once, and the server waits for the last of them to be acknowledged.
    if (this.replica.playback.isLate && this.#wordDue.heldUp(now)) connection.turnNow();
    // Timers sleep in hidden pages, messages do not: there each frame is acknowledged, elsewhere acknowledgements ride on both.
    if (this.#view.isHiddenTold || (!this.#wordDue.isBurst(now) && this.#isWordDue(now))) this.#speak(now, undefined);
  }

  /** One turn of the timer: a client tick. */
  #turn(now: number): number {
    const tickMs = 1000 / this.replica.tickHz;
    this.#advance(now);
    const view = this.#view.take();
    if (view !== undefined || !this.#events.isEmpty || this.#isWordDue(now)) this.#speak(now, undefined, view);
    // After a late timer the beat goes on from now: ticks that nobody sampled are not made up.
    if (now >= this.#nextTickMs) this.#nextTickMs = Math.max(this.#nextTickMs + tickMs, now);
    return this.#nextTickMs - now;
  }

  /** Makes the own entity's ticks that are due, and tells the server what is new in them. */
  #advance(now: number): void {
    const input = this.#own.advance(now);
    if (input !== undefined) this.#speak(now, input);
  }

  /** Whether the server must hear something, though there is nothing to tell. */
  #isWordDue(now: number): boolean {
    // A hidden page's frames are rare by themselves (SPEC V6), and nobody there needs a clock.
    if (this.#view.isHiddenTold) return this.#wordDue.isDue(now, false);
    if (this.replica.lostCells.length > 0 || this.#own.isStampUrgent(now)) return true;
    return this.#wordDue.isDue(now, this.replica.playback.isExtrapolating);
  }

  #speak(now: number, input: TickInput | undefined, view?: shoal.View.$Properties): void {
    this.#wordDue.spoke(now);
    const frame = {
      ackTick: this.replica.tick,
      inputTick: input?.inputTick ?? 0,
      inputs: input === undefined ? [] : [input.input],
      view,
      ...this.#events.take(),
      // An answer would be a frame more.
      stamp: this.#view.isHiddenTold ? 0 : this.#own.stamp(now),
      lostCells: this.replica.lostCells.splice(0, LOST_CELLS_MAX),
    };
    const bytes = shoal.ClientFrame.encode(frame).finish();
    this.network.bytesSent += bytes.length;
    this.#connection.send(bytes);
  }
}

/** Throws RangeError on a message that is no Welcome. */
function readWelcome(bytes: Uint8Array): shoal.Welcome {
  const welcome = shoal.Welcome.decode(bytes);
  if (welcome.tickHz === 0 || welcome.slotCount === 0 || welcome.cellSize === 0) throw new RangeError("no welcome");
  return welcome;
}
