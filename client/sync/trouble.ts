/**
 * A pipe in trouble: wraps any transport and delays what goes through it, both ways, as a Link says. For bots, for tests, and for
 * players who want to feel what others suffer. Knows nothing of what the messages say.
 */
import { DelayLine } from "./delay-line.ts";
import { type Conditions, LinkPair } from "./link.ts";
import { platformTimers, type Timers } from "./timers.ts";
import type { OpenTransport, Transport, TransportEvents } from "./transport.ts";

const CODE_LOST = 1006;

/** Browsers and Node have it; only what runs here by default needs it. */
declare const performance: { now(): number };

/** What all connections of one wrapper suffer; may be changed while they live. */
export class TroubleControls {
  #conditions: Conditions | undefined;
  readonly #transports = new Set<TroubledTransport>();

  constructor(conditions?: Conditions) {
    this.#conditions = conditions;
  }

  get conditions(): Conditions | undefined {
    return this.#conditions;
  }

  /** From now on; undefined lets everything pass untouched. */
  set(conditions: Conditions | undefined): void {
    this.#conditions = conditions;
    for (const transport of this.#transports) transport.suffer(conditions);
  }

  /** Cuts the present connections: their owners are told 1006 in the next turn. */
  drop(): void {
    for (const transport of [...this.#transports]) transport.lose("cut");
  }

  /** For the transports: they come and go by themselves. */
  add(transport: TroubledTransport): void {
    this.#transports.add(transport);
  }
  remove(transport: TroubledTransport): void {
    this.#transports.delete(transport);
  }
}

export interface TroubledOptions {
  controls: TroubleControls;
  /** Milliseconds, monotonic; `performance.now` if left out. */
  now?: () => number;
  /** In [0, 1). A seeded one replays the same delays; `Math.random` if left out. */
  random?: () => number;
  /** `setTimeout` if left out. */
  timers?: Timers;
  /** A message of the server came in; told before the delay. */
  onArrival?: (bytes: Uint8Array) => void;
}

/** Opens what `open` opens, and lets it suffer what the controls say. */
export function troubled(open: OpenTransport, options: TroubledOptions): OpenTransport {
  const { now = () => performance.now(), random = Math.random, timers = platformTimers } = options;
  const setUp = { ...options, now, random, timers, holePhase: random() };
  return (url, events) => new TroubledTransport((inner) => open(url, inner), events, setUp);
}

type SetUp = Required<Omit<TroubledOptions, "onArrival">> & Pick<TroubledOptions, "onArrival"> & { holePhase: number };

class TroubledTransport implements Transport {
  readonly #setUp: SetUp;
  readonly #events: TransportEvents;
  /** Undefined while the handshake is on its way up. */
  #inner: Transport | undefined;
  readonly #up: DelayLine;
  readonly #down: DelayLine;
  /** Of the cut to come, or of the word of a cut that was. */
  #timer: unknown;
  #isOpen = false;
  #isOver = false;

  constructor(open: (events: TransportEvents) => Transport, events: TransportEvents, setUp: SetUp) {
    this.#setUp = setUp;
    this.#events = events;
    this.#up = new DelayLine(setUp.now, setUp.timers);
    this.#down = new DelayLine(setUp.now, setUp.timers);
    this.suffer(setUp.controls.conditions);
    setUp.controls.add(this);
    this.#pass(this.#up, 0, () => this.#open(open));
  }

  send(bytes: Uint8Array): void {
    if (this.#isOpen && !this.#isOver) this.#pass(this.#up, bytes.length, () => this.#inner?.send(bytes));
  }

  close(comesBack?: boolean): void {
    this.#end();
    this.#inner?.close(comesBack);
  }

  suffer(conditions: Conditions | undefined): void {
    const { now, random, holePhase } = this.#setUp;
    const pair = conditions && new LinkPair(conditions, random, now(), holePhase);
    this.#up.setLink(pair?.up);
    this.#down.setLink(pair?.down);
    this.#disarm();
    if (pair !== undefined && Number.isFinite(pair.dropAtMs)) this.#arm(pair.dropAtMs - now(), () => this.lose("cut"));
  }

  /** The connection breaks: nothing more goes either way, and the owner is told in the next turn, not inside a call of its own. */
  lose(reason: string): void {
    this.#end();
    this.#inner?.close(true);
    this.#arm(0, () => this.#events.onClose(CODE_LOST, reason));
  }

  #open(open: (events: TransportEvents) => Transport): void {
    this.#inner = open({
      onOpen: () => this.#pass(this.#down, 0, () => this.#tellOpen()),
      onMessage: (bytes) => {
        this.#setUp.onArrival?.(bytes);
        this.#pass(this.#down, bytes.length, () => this.#events.onMessage(bytes));
      },
      onClose: (code, reason) => this.#pass(this.#down, 0, () => this.#tellClose(code, reason)),
    });
  }

  #pass(line: DelayLine, bytes: number, arrive: () => void): void {
    if (!this.#isOver && !line.push(bytes, arrive)) this.lose("more than 4 MiB on the way");
  }

  #tellOpen(): void {
    this.#isOpen = true;
    this.#events.onOpen();
  }

  #tellClose(code: number, reason: string): void {
    this.#end();
    this.#events.onClose(code, reason);
  }

  #end(): void {
    this.#isOver = true;
    this.#up.clear();
    this.#down.clear();
    this.#disarm();
    this.#setUp.controls.remove(this);
  }

  #arm(delayMs: number, act: () => void): void {
    this.#timer = this.#setUp.timers.set(act, delayMs);
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.#setUp.timers.clear(this.#timer);
    this.#timer = undefined;
  }
}
