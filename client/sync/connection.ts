/**
 * The life of a player's connection: connecting, joined, waiting for the next try, ended. Opens pipes, says hello when one opens,
 * comes back when it is lost (SPEC S7, S10), and keeps a second one while the first is silent (S30). Knows when a message came, and
 * nothing of what it says: its owner tells it when a Welcome was among them.
 */
import { isFinal, retryDelayMs, retryHintMs } from "./backoff.ts";
import { SpareLine } from "./spare-line.ts";
import { platformTimers, type Timers } from "./timers.ts";
import type { OpenTransport, Transport } from "./transport.ts";

export const CODE_GIVEN_UP = 1000;
export const CODE_LOST = 1006;
/** Silence from the server that means the connection is dead, whatever the socket says. */
const SERVER_SILENCE_MAX_MS = 7000;
/**
 * Silence after which a second connection is tried (S30), and how much more for some, so that not all come at once to a
 * server that stood still. A hidden page hears of the server once a second only (V6).
 */
const SPARE_AFTER_MS = 2000;
const SPARE_AFTER_HIDDEN_MS = 5000;
const SPARE_SPREAD_MS = 500;
/** Whoever just got a network back does not wait that long. */
const SPARE_ONLINE_MS = 500;

export type ConnectionState =
  | { readonly kind: "connecting"; readonly attempt: number }
  | { readonly kind: "joined" }
  | { readonly kind: "waiting"; readonly retryInMs: number; readonly code: number; readonly reason: string }
  | { readonly kind: "ended"; readonly code: number; readonly reason: string };

/** The token that says who the player is, or what gives one: asked before each Hello, as tokens expire. */
export type AuthToken = string | (() => string | Promise<string>);

export interface ConnectionOptions {
  url: string;
  openTransport: OpenTransport;
  authToken?: AuthToken | undefined;
  now: () => number;
  random: () => number;
  timers?: Timers | undefined;
  /** The Hello to say now. */
  hello(authToken: string, nowMs: number): Uint8Array;
  onMessage(bytes: Uint8Array, nowMs: number): void;
  /** The timer's turn while joined; how long to the next, ms. */
  onTurn(nowMs: number): number;
  onState(state: ConnectionState): void;
}

export class Connection {
  state: ConnectionState = { kind: "ended", code: CODE_GIVEN_UP, reason: "not started" };
  readonly #options: ConnectionOptions;
  readonly #timers: Timers;
  #transport: Transport | undefined;
  readonly #spare = new SpareLine(() => this.#open());
  /** How much later than others this client opens a spare, ms; 0 if not drawn yet. */
  #spareSpreadMs = 0;
  #isHidden = false;
  #timer: unknown;
  #attempt = 0;
  #heardMs = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#timers = options.timers ?? platformTimers;
  }

  get isJoined(): boolean {
    return this.state.kind === "joined";
  }

  start(): void {
    if (this.state.kind !== "ended") return;
    this.#attempt = 0;
    this.#connect();
  }

  /** A Welcome came. */
  join(): void {
    this.#attempt = 0;
    if (this.#setState({ kind: "joined" })) this.#wake(0);
  }

  /** The network is back: a client that waits for its next try, or for a word of the server, does not wait any longer. */
  retryNow(): void {
    if (this.state.kind === "waiting") this.#wake(0);
    const now = this.#options.now();
    const silenceMs = this.#isHidden ? SPARE_AFTER_HIDDEN_MS : SPARE_ONLINE_MS;
    if (!this.isJoined || now - this.#heardMs < silenceMs) return;
    // One that was opened into the hole hangs there.
    this.#spare.drop();
    this.#spare.keep(now);
  }

  /** Whether nobody looks: the server then says little. */
  setHidden(isHidden: boolean): void {
    this.#isHidden = isHidden;
    this.turnNow();
  }

  /** While joined the timer's turn comes at once. */
  turnNow(): void {
    if (this.isJoined) this.#wake(0);
  }

  send(bytes: Uint8Array): void {
    this.#transport?.send(bytes);
  }

  /** The connection is of no more use; by its close code it comes back, or has ended. */
  lose(code: number, reason: string): void {
    if (isFinal(code)) return this.end(code, reason);
    this.#dropTransport(true);
    const retryInMs = retryHintMs(reason) ?? retryDelayMs(Math.max(1, this.#attempt), this.#options.random);
    if (this.#setState({ kind: "waiting", retryInMs, code, reason })) this.#wake(retryInMs);
  }

  /** For good; `start` begins anew. Twice is harmless. */
  end(code: number, reason: string): void {
    if (this.state.kind === "ended") return;
    this.#dropTransport(false);
    this.#sleep();
    this.#setState({ kind: "ended", code, reason });
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
      onClose: (code, reason) => (isCurrent() ? this.lose(code, reason) : this.#spare.closed(transport)),
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
        () => isCurrent() && this.lose(CODE_LOST, "no auth token"),
      );
  }

  #sayHello(transport: Transport, authToken: string): void {
    transport.send(this.#options.hello(authToken, this.#options.now()));
  }

  #receive(bytes: Uint8Array): void {
    const now = this.#options.now();
    this.#heardMs = now;
    this.#spare.drop();
    this.#options.onMessage(bytes, now);
  }

  /** One turn of the timer: the next try, the owner's tick, or a look at the silence. */
  #turn(): void {
    const now = this.#options.now();
    if (this.state.kind === "waiting") return this.#connect();
    if (now - this.#heardMs >= SERVER_SILENCE_MAX_MS) return this.lose(CODE_LOST, "the server fell silent");
    if (!this.isJoined) return this.#wake(this.#heardMs + SERVER_SILENCE_MAX_MS - now);
    const spare = this.#lookForSpare(now);
    if (spare !== undefined) return this.#changeOver(spare, now);
    this.#wake(this.#options.onTurn(now));
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
    this.#options.onState(state);
    return this.state === state;
  }
}
