/** What the load process does for a system under test, whichever it is. */
import type { Scenario } from "../scenarios.ts";

export interface DriverOptions {
  readonly port: number;
  readonly scenario: Scenario;
  /** So many players decode and check everything; the others count. */
  readonly sampled: number;
  /** Milliseconds of the machine's monotonic clock, the same in all processes. */
  nowMs(): number;
}

/** What the load saw in one window. */
export interface LoadProbe {
  readonly framesReceived: number;
  /** Payload and WebSocket headers, all players. */
  readonly wireBytes: number;
  /** Other entities inside the view rectangle, mean over sampled players and frames. */
  readonly visibleMean: number;
  /** Other entities that the player is told of, likewise. */
  readonly deliveredMean: number;
  readonly framesDecoded: number;
  /** What sampled players found wrong; empty in a good run. At most 20 are kept. */
  readonly errors: readonly string[];
  /** Tick and time of arrival, before anything is decoded, of the timed players' frames; flat pairs. */
  readonly arrivals: readonly number[];
  /** From when an input was due to be sent to the frame that has it in it, ms. */
  readonly inputToVisibleMs: readonly number[];
  /** From opening the connection to the first frame with the own entity, ms; all players. */
  readonly joinMs: readonly number[];
  /** Connections that were lost in the window. */
  readonly lost: number;
}

export interface LoadDriver {
  /** Connects all players and resolves when they are in. */
  connect(): Promise<void>;
  startWindow(): void;
  endWindow(): LoadProbe;
  close(): void;
}

export type CreateDriver = (options: DriverOptions) => LoadDriver;
