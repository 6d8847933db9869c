/**
 * A player's connection to a room: joins, comes back when the connection is lost, applies frames to the replica, and
 * tells the server inputs, events and the wanted view. Clock, randomness and transport are passed in; timers only say
 * when to look at the clock.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { CLIENT_SILENCE_MAX_MS, LOST_CELLS_MAX } from "../../proto/limits.ts";
import { isFinal, retryDelayMs, retryHintMs } from "./backoff.ts";
import { EventQueue } from "./event-queue.ts";
import { FrameParts } from "./frame-parts.ts";
import { type NetworkStats, networkStats } from "./network-stats.ts";
import { OwnPlayer, type TickInput } from "./own-player.ts";
import { Replica } from "./replica.ts";
import { SpareLine } from "./spare-line.ts";
import { Steering } from "./steering.ts";
import { platformTimers, type Timers } from "./timers.ts";
import type { OpenTransport, Transport } from "./transport.ts";
import { WantedView } from "./wanted-view.ts";

/** Silence from the server that means the connection is dead, whatever the socket says. */
const SERVER_SILENCE_MAX_MS = 7000;
/**
 * Silence after which a second connection is tried (S30), and how much more for some, so that not all come at once to a
 * server that stood still. A hidden page hears of the server every 2 s only (V6).
 */
const SPARE_AFTER_MS = 2000;
const SPARE_AFTER_HIDDEN_MS = 5000;
const SPARE_SPREAD_MS = 500;
/** Whoever just got a network back does not wait that long. */
const SPARE_ONLINE_MS = 500;
/** Said before the last word on acks, so that one always goes out in time; sooner while none come. */
const ACK_MS = CLIENT_SILENCE_MAX_MS - 250;
const ACK_WAITING_MS = 100;
/** For so long after a frame that left some out the server hears sooner how this client is: it waits for that (SPEC L3). */
const THINNED_MS = 2000;
/** Frames that were held up come within such a time of each other. */
const BURST_MS = 100;
const CODE_GIVEN_UP = 1000;
const CODE_LOST = 1006;

export type ConnectionState =
  | { readonly kind: "connecting"; readonly attempt: number }
  | { readonly kind: "joined" }
  | { readonly kind: "waiting"; readonly retryInMs: number; readonly code: number; readonly reason: string }
  | { readonly kind: "ended"; readonly code: number; readonly reason: string };

export interface SyncClientOptions {
  /** The server's address: http: or https: and host. */
  url: string;
  /** Room name, "pond" if left out. */
  room?: string;
  join: shoal.Join.$Properties;
  /**
   * Where the server asks who players are: the token that says it, or what gives one, asked before each Hello, as tokens expire. One
   * that cannot be had is a lost connection.
   */
  authToken?: string | (() => string | Promise<string>) | undefined;
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
  state: ConnectionState = { kind: "ended", code: CODE_GIVEN_UP, reason: "not started" };
  /** The present session's replica; an empty one before the first Welcome. */
  replica = new Replica(shoal.Welcome.decode(new Uint8Array(0)));
  /** The present session is the one before the last reconnection: same entity, nothing missed. */
  hasResumed = false;
  /** Events that were told while this client was not there and that it will not get. */
  lostEvents = 0;
  /** What to join with; a change counts from the next join on. */
  join: shoal.Join.$Properties;
  /** How the connection is. */
  readonly network: NetworkStats = networkStats();
  readonly #options: SyncClientOptions;
  readonly #timers: Timers;
  readonly #parts = new FrameParts();
  readonly #steering = new Steering();
  readonly #view = new WantedView();
  readonly #events = new EventQueue();
  /** What the frame being applied brings, in order: slots with new rest fields, then events. */
  readonly #news: (number | shoal.ServerEvent)[] = [];
  readonly #noteEntity = (slot: number) => void this.#news.push(slot);
  #transport: Transport | undefined;
  readonly #spare = new SpareLine(() => this.#open());
  /** How much later than others this client opens a spare, ms; 0 if not drawn yet. */
  #spareSpreadMs = 0;
  #isHidden = false;
  #own = new OwnPlayer(this.replica, this.#steering, this.network);
  #timer: unknown;
  #attempt = 0;
  #helloMs = 0;
  #countedLost = 0;
  #resumeToken: Uint8Array;
  /** Newest tick of the session that the token is of whose frame was applied: a Welcome is of a later one, and brings no events. */
  #heldTick: number;
  #heardMs = 0;
  #spokeMs = 0;
  /** Since when held-up frames come: they are acknowledged as soon as all that wait are read. NaN if none do. */
  #ackDueMs = Number.NaN;
  /** When a frame last came that was not the next one, though things move. */
  #thinnedMs = Number.NEGATIVE_INFINITY;
  #nextTickMs = 0;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    this.#timers = options.timers ?? platformTimers;
    this.join = options.join;
    this.#resumeToken = options.seat?.token ?? new Uint8Array(0);
    this.#heldTick = options.seat?.ackTick ?? 0;
  }

  /** The seat in the present session, or in the one that a server of another schema cannot go on with; undefined without one. */
  get seat(): Seat | undefined {
    const token = this.#resumeToken;
    return token.length === 0 ? undefined : { token, ackTick: this.#heldTick };
  }

  start(): void {
    if (this.state.kind !== "ended") return;
    this.#attempt = 0;
    this.#connect();
  }

  /** The network is back: a client that waits for its next try, or for a word of the server, does not wait any longer. */
  retryNow(): void {
    if (this.state.kind === "waiting") this.#wake(0);
    const now = this.#options.now();
    const silenceMs = this.#isHidden ? SPARE_AFTER_HIDDEN_MS : SPARE_ONLINE_MS;
    if (this.state.kind !== "joined" || now - this.#heardMs < silenceMs) return;
    // One that was opened into the hole hangs there.
    this.#spare.drop();
    this.#spare.keep(now);
  }

  /** Leaves for good; `start` begins anew. Twice is harmless. */
  close(): void {
    this.#end(CODE_GIVEN_UP, "closed");
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
    this.#isHidden = isHidden;
    this.#view.hide(isHidden);
    if (this.state.kind === "joined") this.#wake(0);
  }

  /** Sets the replica's draw arrays to what is to be seen at `nowMs`: others a little in the past, the own entity as it will be. */
  sample(nowMs: number): void {
    const isJoined = this.state.kind === "joined";
    this.replica.sample(nowMs);
    if (isJoined) this.#advance(nowMs);
    // Without a session the own entity stands still where it was seen last.
    this.#own.sample(nowMs);
    if (isJoined) this.#countDrawn(nowMs);
  }

  /** Queues an event for the next client frame. False if there is no session, too much waits, or it is too large. */
  sendEvent(event: shoal.ClientEvent.$Properties): boolean {
    return this.state.kind === "joined" && this.#events.add(event);
  }

  /** Number of the last event that `sendEvent` took in this session: what `onEventAck` will tell. 0 before the first. */
  get lastEventNumber(): number {
    return this.#events.lastNumber;
  }

  /** Events that were queued or sent and that the server has not acknowledged. */
  get unacknowledgedEvents(): number {
    return this.#events.unacknowledgedCount;
  }

  #connect(): void {
    this.#attempt++;
    this.#heardMs = this.#options.now();
    if (!this.#setState({ kind: "connecting", attempt: this.#attempt })) return;
    this.#transport = this.#open();
    this.#wake(SERVER_SILENCE_MAX_MS);
  }

  /** Opens a pipe: the present one, or a spare. */
  #open(): Transport {
    const isCurrent = () => this.#transport === transport;
    const transport: Transport = this.#options.openTransport(this.#options.url, {
      onOpen: () => (isCurrent() ? this.#beginHello(transport) : this.#spare.opened(transport, this.#options.now())),
      onMessage: (bytes) => isCurrent() && this.#receive(bytes),
      onClose: (code, reason) => (isCurrent() ? this.#lose(code, reason) : this.#spare.closed(transport)),
    });
    return transport;
  }

  /** The first line stayed silent: the session goes on by the spare, which is open. */
  #changeOver(spare: Transport, now: number): void {
    const before = this.#transport;
    this.#transport = spare;
    before?.close(true);
    this.#attempt++;
    this.#heardMs = now;
    if (!this.#setState({ kind: "connecting", attempt: this.#attempt })) return;
    this.#beginHello(spare);
    this.#wake(SERVER_SILENCE_MAX_MS);
  }

  /** At once if the token is at hand. */
  #beginHello(transport: Transport): void {
    const { authToken = "" } = this.#options;
    if (typeof authToken === "string") return this.#sayHello(transport, authToken);
    const isCurrent = () => this.#transport === transport;
    Promise.resolve()
      .then(authToken)
      .then(
        (token) => isCurrent() && this.#sayHello(transport, token),
        () => isCurrent() && this.#lose(CODE_LOST, "no auth token"),
      );
  }

  #sayHello(transport: Transport, authToken: string): void {
    const view = this.#view.present();
    const ackTick = this.seat?.ackTick ?? 0;
    const hello = {
      room: this.#options.room ?? "",
      join: this.join,
      view,
      resumeToken: this.#resumeToken,
      ackTick,
      authToken,
    };
    this.#helloMs = this.#options.now();
    transport.send(shoal.Hello.encode(hello).finish());
  }

  #receive(bytes: Uint8Array): void {
    const now = this.#options.now();
    this.#heardMs = now;
    this.#spare.drop();
    this.network.bytesReceived += bytes.length;
    if (this.state.kind === "connecting") {
      const welcome = this.#read(() => readWelcome(bytes));
      if (welcome !== undefined) this.#welcome(welcome, now);
    } else if (this.#read(() => this.#apply(bytes, now)) !== undefined) this.#tellNews(bytes, now);
  }

  /** Reads bytes of the server; bytes that no server writes end the connection, and the next one starts over. */
  #read<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.#lose(CODE_LOST, `bad frame: ${error instanceof Error ? error.message : "unknown"}`);
      return undefined;
    }
  }

  #welcome(welcome: shoal.Welcome, now: number): void {
    this.replica = new Replica(welcome);
    // Kept in memory only: not in the page's address, its storage or any log.
    this.#resumeToken = welcome.resumeToken;
    if (!welcome.resumed) this.#heldTick = welcome.tick;
    this.hasResumed = welcome.resumed;
    this.lostEvents = welcome.lostEvents;
    this.#attempt = 0;
    if (welcome.resumed) this.#events.resume(welcome.lastEvent, welcome.messageBytesMax);
    else this.#events.restart(welcome.messageBytesMax);
    this.#own = new OwnPlayer(this.replica, this.#steering, this.network);
    this.#own.welcomed(this.#helloMs, now);
    this.#countedLost = 0;
    this.#view.restart();
    this.#spokeMs = now;
    this.#nextTickMs = now;
    if (this.#setState({ kind: "joined" })) this.#wake(0);
  }

  /** Brings the replica to the frame's tick. Throws on bytes that no server writes. */
  #apply(bytes: Uint8Array, now: number): true {
    this.#parts.read(bytes);
    const gap = this.#parts.tick - this.replica.tick;
    // Four frames a second are all there is where nothing moves (SPEC K7).
    if (gap > 1 && gap !== Math.round(this.replica.tickHz / 4)) this.#thinnedMs = now;
    if (this.#parts.epoch !== this.replica.epoch) throw new RangeError("frame of another epoch");
    this.#news.length = 0;
    this.replica.apply(this.#parts, now, this.#noteEntity);
    this.#heldTick = this.replica.tick;
    this.#own.apply(this.#parts, now);
    this.#events.acknowledge(this.#parts.eventAck);
    this.#countFrame(now);
    const { events } = this.#parts;
    for (let i = 0; i < events.length; i += 2) {
      this.#news.push(shoal.ServerEvent.decode(bytes.subarray(events[i], events[i + 1])));
    }
    return true;
  }

  /** Tells the page what the frame brought. A throw in a callback is the page's bug and goes to whoever called. */
  #tellNews(bytes: Uint8Array, now: number): void {
    for (const news of this.#news) {
      // Whoever was told may have closed.
      if (this.state.kind !== "joined") return;
      if (typeof news === "number") this.#options.onEntity?.(news);
      else this.#options.onEvent?.(news);
    }
    if (this.state.kind === "joined" && this.#parts.eventAck !== 0) this.#options.onEventAck?.(this.#parts.eventAck);
    this.#options.onFrame?.(bytes);
    if (this.state.kind !== "joined") return;
    // After a pause many frames come at once, and the server waits for the last of them to be acknowledged.
    if (this.replica.playback.isLate && Number.isNaN(this.#ackDueMs)) {
      this.#ackDueMs = now;
      this.#wake(0);
    }
    // Timers sleep in hidden pages, messages do not: acknowledgements ride on both.
    const isBurst = now - this.#ackDueMs < BURST_MS;
    if (!isBurst && this.#isWordDue(now)) this.#speak(now, undefined);
  }

  /** One turn of the timer: a client tick, or a look at the silence. */
  #turn(): void {
    const now = this.#options.now();
    if (this.state.kind === "waiting") return this.#connect();
    if (now - this.#heardMs >= SERVER_SILENCE_MAX_MS) return this.#lose(CODE_LOST, "the server fell silent");
    if (this.state.kind !== "joined") return this.#wake(this.#heardMs + SERVER_SILENCE_MAX_MS - now);
    const spare = this.#lookForSpare(now);
    if (spare !== undefined) return this.#changeOver(spare, now);
    const tickMs = 1000 / this.replica.tickHz;
    this.#advance(now);
    const view = this.#view.take();
    if (view !== undefined || !this.#events.isEmpty || this.#isWordDue(now)) this.#speak(now, undefined, view);
    // After a late timer the beat goes on from now: ticks that nobody sampled are not made up.
    if (now >= this.#nextTickMs) this.#nextTickMs = Math.max(this.#nextTickMs + tickMs, now);
    this.#wake(this.#nextTickMs - now);
  }

  /** A spare to change over to, after a silence in which one was opened. */
  #lookForSpare(now: number): Transport | undefined {
    const silentMs = now - this.#heardMs;
    const afterMs = this.#isHidden ? SPARE_AFTER_HIDDEN_MS : SPARE_AFTER_MS;
    if (silentMs >= afterMs) {
      if (this.#spareSpreadMs === 0) this.#spareSpreadMs = this.#options.random() * SPARE_SPREAD_MS;
      if (silentMs >= afterMs + this.#spareSpreadMs) this.#spare.keep(now);
    }
    return this.#spare.take(now);
  }

  /** Makes the own entity's ticks that are due, and tells the server what is new in them. */
  #advance(now: number): void {
    const input = this.#own.advance(now);
    if (input !== undefined) this.#speak(now, input);
  }

  /** Whether the server must hear something, though there is nothing to tell. */
  #isWordDue(now: number): boolean {
    if (this.replica.lostCells.length > 0 || this.#own.isStampUrgent(now)) return true;
    if (!Number.isNaN(this.#ackDueMs)) return true;
    const isWaiting = this.replica.playback.isExtrapolating || now - this.#thinnedMs < THINNED_MS;
    return now - this.#spokeMs > (isWaiting ? ACK_WAITING_MS : ACK_MS);
  }

  #speak(now: number, input: TickInput | undefined, view?: shoal.View.$Properties): void {
    this.#spokeMs = now;
    this.#ackDueMs = Number.NaN;
    const frame = {
      ackTick: this.replica.tick,
      inputTick: input?.inputTick ?? 0,
      inputs: input === undefined ? [] : [input.input],
      view,
      ...this.#events.take(),
      stamp: this.#own.stamp(now),
      lostCells: this.replica.lostCells.splice(0, LOST_CELLS_MAX),
    };
    const bytes = shoal.ClientFrame.encode(frame).finish();
    this.network.bytesSent += bytes.length;
    this.#transport?.send(bytes);
  }

  #countFrame(now: number): void {
    const { network } = this;
    const parts = this.#parts;
    network.framesReceived++;
    network.checksumFaults += this.replica.lostCount - this.#countedLost;
    this.#countedLost = this.replica.lostCount;
    network.jitterMs = this.replica.playback.jitterMs;
    const serverTick = this.#own.roundTrips.serverTick(now);
    // Where both ways differ, the estimated clock is off by half of that: nothing is younger than new.
    network.ageMs = Math.max(0, ((serverTick - parts.tick) * 1000) / this.replica.tickHz);
    parts.addTo(network.partBytes);
  }

  #countDrawn(now: number): void {
    const { network } = this;
    const { playback, shownTick, tickHz } = this.replica;
    network.drawnFrames++;
    if (playback.isExtrapolating) network.extrapolatedFrames++;
    if (playback.isStale) network.staleFrames++;
    network.delayMs = ((this.#own.roundTrips.serverTick(now) - shownTick) * 1000) / tickHz;
  }

  #lose(code: number, reason: string): void {
    if (isFinal(code)) return this.#end(code, reason);
    this.#dropTransport(true);
    const retryInMs = retryHintMs(reason) ?? retryDelayMs(Math.max(1, this.#attempt), this.#options.random);
    if (this.#setState({ kind: "waiting", retryInMs, code, reason })) this.#wake(retryInMs);
  }

  #end(code: number, reason: string): void {
    if (this.state.kind === "ended") return;
    this.#dropTransport(false);
    // A page for the server's schema may go on with it.
    if (code !== shoal.CloseCode.CLOSE_CODE_UPGRADE) this.#resumeToken = new Uint8Array(0);
    this.#sleep();
    this.#setState({ kind: "ended", code, reason });
  }

  #dropTransport(comesBack: boolean): void {
    const transport = this.#transport;
    this.#transport = undefined;
    transport?.close(comesBack);
    this.#spare.drop();
  }

  #wake(delayMs: number): void {
    this.#sleep();
    this.#timer = this.#timers.set(() => this.#turn(), delayMs);
  }

  #sleep(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
  }

  /** False when whoever was told of the state has changed it: there is nothing to go on with. */
  #setState(state: ConnectionState): boolean {
    this.state = state;
    this.#options.onState?.(state);
    return this.state === state;
  }
}

/** Throws RangeError on a message that is no Welcome. */
function readWelcome(bytes: Uint8Array): shoal.Welcome {
  const welcome = shoal.Welcome.decode(bytes);
  if (welcome.tickHz === 0 || welcome.slotCount === 0 || welcome.cellSize === 0) throw new RangeError("no welcome");
  return welcome;
}
