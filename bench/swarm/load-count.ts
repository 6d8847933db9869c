/** What a driver counts in a window of time. Its owner adds to the fields; knows nothing of servers or of what frames hold. */
import { choosePlayers } from "./chosen-players.ts";
import type { LoadProbe } from "./driver.ts";

/** Players whose frames' times of arrival are kept: more would say no more, and cost the load. */
const TIMED_MAX = 200;
const ERRORS_MAX = 20;

export class LoadCount {
  /** Whether the window is open. */
  isOn = false;
  /** Of frames that were decoded: how many, and over all of them the entities in the view and those that came. */
  decoded = 0;
  visible = 0;
  delivered = 0;
  lost = 0;
  /** Of the players who joined since the load began, ms. */
  readonly joinMs: number[] = [];
  /** Since the load began, or since they were last cleared. */
  readonly errors: string[] = [];
  readonly #timed: ReadonlySet<number>;
  #frames = 0;
  #wireBytes = 0;
  #arrivals: number[] = [];
  #latencies: number[] = [];

  /** `players`: how many there are. */
  constructor(players: number) {
    this.#timed = choosePlayers(players, TIMED_MAX);
  }

  start(): void {
    this.#frames = this.#wireBytes = this.lost = 0;
    this.decoded = this.visible = this.delivered = 0;
    this.#arrivals = [];
    this.#latencies = [];
    this.isOn = true;
  }

  end(): LoadProbe {
    this.isOn = false;
    return {
      framesReceived: this.#frames,
      wireBytes: this.#wireBytes,
      visibleMean: this.visible / Math.max(1, this.decoded),
      deliveredMean: this.delivered / Math.max(1, this.decoded),
      framesDecoded: this.decoded,
      errors: [...this.errors],
      arrivals: this.#arrivals,
      inputToVisibleMs: this.#latencies,
      joinMs: this.joinMs,
      lost: this.lost,
    };
  }

  /** Bytes of the wire, with those of its framing. */
  bytes(wireBytes: number): void {
    if (this.isOn) this.#wireBytes += wireBytes;
  }

  /** A whole frame came to a player. True: its arrival is wanted. */
  frame(player: number): boolean {
    if (this.isOn) this.#frames++;
    return this.isOn && this.#timed.has(player);
  }

  arrival(tick: number, ms: number): void {
    this.#arrivals.push(tick, ms);
  }

  /** What an input did was seen so long after it was due. */
  latency(ms: number): void {
    if (this.isOn) this.#latencies.push(ms);
  }

  lose(): void {
    if (this.isOn) this.lost++;
  }

  fail(error: string): void {
    if (this.errors.length < ERRORS_MAX) this.errors.push(error);
  }
}
