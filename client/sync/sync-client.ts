/**
 * A player's connection to a room: joins, comes back when the connection is lost, applies frames to the replica, and
 * tells the server inputs, events and the wanted view. Clock, randomness and transport are passed in; timers only say
 * when to look at the clock.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { CLIENT_SILENCE_MAX_MS, EVENTS_PER_FRAME_MAX } from "../../proto/limits.ts";
import { isFinal, retryDelayMs } from "./backoff.ts";
import { FrameParts } from "./frame-parts.ts";
import { Replica } from "./replica.ts";
import { Steering } from "./steering.ts";
import type { OpenTransport, Transport } from "./transport.ts";
import { WantedView } from "./wanted-view.ts";

/** Silence from the server that means the connection is dead, whatever the socket says. */
const SERVER_SILENCE_MAX_MS = 5000;
/** Events waiting for the next client frame; more are refused. */
const EVENTS_WAITING_MAX = 16;
/** Said before the last word on acks, so that one always goes out in time. */
const ACK_EARLY_MS = 250;
/** Most bytes of a client frame beside its events, and of an event's tag and length. */
const FRAME_BYTES_MAX = 128;
const EVENT_HEAD_BYTES = 4;
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
  openTransport: OpenTransport;
  /** Milliseconds, monotonic. */
  now: () => number;
  /** In [0, 1). */
  random: () => number;
  onState?(state: ConnectionState): void;
  onEvent?(event: shoal.ServerEvent): void;
  /** The rest fields of `replica.entity(slot)` are new or changed. */
  onEntity?(slot: number): void;
  /** A frame was applied; these are its bytes. */
  onFrame?(bytes: Uint8Array): void;
}

export class SyncClient {
  state: ConnectionState = { kind: "ended", code: CODE_GIVEN_UP, reason: "not started" };
  /** The present session's replica; an empty one before the first Welcome. */
  replica = new Replica(shoal.Welcome.decode(new Uint8Array(0)));
  /** What to join with; a change counts from the next join on. */
  join: shoal.Join.$Properties;
  readonly #options: SyncClientOptions;
  readonly #parts = new FrameParts();
  readonly #steering = new Steering();
  readonly #view = new WantedView();
  readonly #events: { readonly event: shoal.ClientEvent.$Properties; readonly bytes: number }[] = [];
  /** Room for events in one message. */
  #eventBytesMax = 0;
  /** What the frame being applied brings, in order: slots with new rest fields, then events. */
  readonly #news: (number | shoal.ServerEvent)[] = [];
  readonly #noteEntity = (slot: number) => void this.#news.push(slot);
  #transport: Transport | undefined;
  #timer: number | undefined;
  #attempt = 0;
  #heardMs = 0;
  #spokeMs = 0;
  #nextTickMs = 0;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    this.join = options.join;
  }

  start(): void {
    if (this.state.kind !== "ended") return;
    this.#attempt = 0;
    this.#connect();
  }

  /** Leaves for good; `start` begins anew. Twice is harmless. */
  close(): void {
    this.#end(CODE_GIVEN_UP, "closed");
  }

  /** The rectangle to see, world units. Call it as often as the camera moves. */
  setView(left: number, top: number, width: number, height: number): void {
    this.#view.set(left, top, width, height);
  }

  /** Where to turn, and whether to swim. Sampled once a tick. */
  steer(headingRad: number, swim: boolean): void {
    this.#steering.steer(headingRad, swim);
  }

  /** Queues an event for the next client frame. False if there is no session, too much waits, or it is too large. */
  sendEvent(event: shoal.ClientEvent.$Properties): boolean {
    if (this.state.kind !== "joined" || this.#events.length >= EVENTS_WAITING_MAX) return false;
    const bytes = shoal.ClientEvent.encode(event).finish().length + EVENT_HEAD_BYTES;
    if (bytes > this.#eventBytesMax) return false;
    this.#events.push({ event, bytes });
    return true;
  }

  #connect(): void {
    this.#attempt++;
    this.#heardMs = this.#options.now();
    if (!this.#setState({ kind: "connecting", attempt: this.#attempt })) return;
    const isCurrent = () => this.#transport === transport;
    const transport: Transport = this.#options.openTransport(this.#options.url, {
      onOpen: () => isCurrent() && this.#sayHello(transport),
      onMessage: (bytes) => isCurrent() && this.#receive(bytes),
      onClose: (code, reason) => isCurrent() && this.#lose(code, reason),
    });
    this.#transport = transport;
    this.#wake(SERVER_SILENCE_MAX_MS);
  }

  #sayHello(transport: Transport): void {
    const view = this.#view.present();
    const hello = { room: this.#options.room ?? "", join: this.join, view };
    transport.send(shoal.Hello.encode(hello).finish());
  }

  #receive(bytes: Uint8Array): void {
    const now = this.#options.now();
    this.#heardMs = now;
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
    this.#attempt = 0;
    this.#events.length = 0;
    this.#eventBytesMax = welcome.messageBytesMax - FRAME_BYTES_MAX;
    this.#steering.restart();
    this.#view.restart();
    this.#spokeMs = now;
    this.#nextTickMs = now;
    if (this.#setState({ kind: "joined" })) this.#wake(0);
  }

  /** Brings the replica to the frame's tick. Throws on bytes that no server writes. */
  #apply(bytes: Uint8Array, now: number): true {
    this.#parts.read(bytes);
    if (this.#parts.epoch !== this.replica.epoch) throw new RangeError("frame of another epoch");
    this.#news.length = 0;
    this.replica.apply(this.#parts, now, this.#noteEntity);
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
    this.#options.onFrame?.(bytes);
    if (this.state.kind !== "joined") return;
    // Timers sleep in hidden pages, messages do not: acknowledgements ride on both.
    if (now - this.#spokeMs > CLIENT_SILENCE_MAX_MS - ACK_EARLY_MS) this.#speak(now, undefined);
  }

  /** One turn of the timer: a client tick, or a look at the silence. */
  #turn(): void {
    const now = this.#options.now();
    if (this.state.kind === "waiting") return this.#connect();
    if (now - this.#heardMs >= SERVER_SILENCE_MAX_MS) return this.#lose(CODE_LOST, "the server fell silent");
    if (this.state.kind !== "joined") return this.#wake(this.#heardMs + SERVER_SILENCE_MAX_MS - now);
    const tickMs = 1000 / this.replica.tickHz;
    const input = this.#steering.sample();
    const isDue = now - this.#spokeMs > CLIENT_SILENCE_MAX_MS - ACK_EARLY_MS;
    const view = this.#view.take();
    if (input !== undefined || view !== undefined || this.#events.length > 0 || isDue) this.#speak(now, input, view);
    // After a late timer the beat goes on from now: ticks that nobody sampled are not made up.
    this.#nextTickMs = Math.max(this.#nextTickMs + tickMs, now);
    this.#wake(this.#nextTickMs - now);
  }

  #speak(now: number, input: shoal.Input.$Properties | undefined, view?: shoal.View.$Properties): void {
    this.#spokeMs = now;
    const frame = {
      ackTick: this.replica.tick,
      inputTick: input === undefined ? 0 : this.#steering.inputTick,
      inputs: input === undefined ? [] : [input],
      view,
      events: this.#takeEvents(),
    };
    this.#transport?.send(shoal.ClientFrame.encode(frame).finish());
  }

  /** As many waiting events as one message may carry. */
  #takeEvents(): shoal.ClientEvent.$Properties[] {
    let count = 0;
    let bytes = 0;
    while (count < this.#events.length && count < EVENTS_PER_FRAME_MAX) {
      bytes += this.#events[count].bytes;
      if (bytes > this.#eventBytesMax) break;
      count++;
    }
    return this.#events.splice(0, count).map(({ event }) => event);
  }

  #lose(code: number, reason: string): void {
    if (isFinal(code)) return this.#end(code, reason);
    this.#dropTransport();
    const retryInMs = retryDelayMs(Math.max(1, this.#attempt), this.#options.random);
    if (this.#setState({ kind: "waiting", retryInMs, code, reason })) this.#wake(retryInMs);
  }

  #end(code: number, reason: string): void {
    if (this.state.kind === "ended") return;
    this.#dropTransport();
    this.#sleep();
    this.#setState({ kind: "ended", code, reason });
  }

  #dropTransport(): void {
    const transport = this.#transport;
    this.#transport = undefined;
    transport?.close();
  }

  #wake(delayMs: number): void {
    this.#sleep();
    this.#timer = setTimeout(() => this.#turn(), delayMs);
  }

  #sleep(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
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
