/**
 * The player's side of the own entity: which tick it is in, what it wants there, and where the entity will be. Joins steering, the
 * input clock and prediction; the SyncClient passes frames in and messages out.
 */
import { shoal } from "../../proto/gen/shoal.js";
import type { FrameParts } from "./frame-parts.ts";
import { InputClock } from "./input-clock.ts";
import type { NetworkStats } from "./network-stats.ts";
import { type OwnDraw, Prediction } from "./prediction.ts";
import type { Replica } from "./replica.ts";
import { RoundTrips } from "./round-trips.ts";
import type { Steering } from "./steering.ts";

/** Between two stamps; the first few come faster, to know the network soon. */
const STAMP_MS = 100;
const FIRST_STAMPS = 5;
const FIRST_STAMP_MS = 60;
const AGE_PER_MS = 8;
/** A correction that a player may see, world units. */
const CORRECTION_UNITS = 2;
/** Longest step that corrections are eased over: a page that stood still must not leap. */
const STEP_MAX_S = 0.1;

/** Ticks that are made later than this, s, nobody could steer in: counted. */
const LATE_S = 0.25;
/** Ticks whose input's sending is remembered: a power of two, longer than any input is late. */
const SENT = 128;

/** An input and the tick that it is meant for. */
export interface TickInput {
  readonly inputTick: number;
  readonly input: shoal.Input.$Properties;
}

export class OwnPlayer {
  readonly roundTrips: RoundTrips;
  readonly #replica: Replica;
  readonly #stats: NetworkStats;
  readonly #steering: Steering;
  readonly #clock: InputClock;
  readonly #prediction: Prediction;
  readonly #draw: OwnDraw = { x: 0, y: 0, heading: 0, speed: 0 };
  /** When the input of each tick was sent, ms; NaN if none was. */
  readonly #sentMs = new Float64Array(SENT).fill(Number.NaN);
  #stamps = 0;
  #stampedMs = Number.NEGATIVE_INFINITY;
  #drawnMs = Number.NaN;
  readonly #lateTicksMax: number;

  constructor(replica: Replica, steering: Steering, stats: NetworkStats) {
    this.#replica = replica;
    this.#stats = stats;
    this.#steering = steering;
    this.#lateTicksMax = Math.ceil(LATE_S * replica.tickHz);
    steering.restart();
    this.roundTrips = new RoundTrips(replica.tickHz);
    this.#clock = new InputClock(replica.tickHz);
    this.#prediction = new Prediction(replica.rules);
  }

  /** The Hello went out at `sentMs`, and its Welcome came: a first idea of which tick it is. */
  welcomed(sentMs: number, nowMs: number): void {
    // It was answered within the tick after the Welcome's.
    this.#clock.measured(this.#replica.tick + 0.5 - (sentMs * this.#replica.tickHz) / 1000, nowMs);
  }

  /** Takes what a frame that the replica has applied says of the own entity and of the round trip. */
  apply(frame: FrameParts, nowMs: number): void {
    const { newlySkippedTicks } = this.#replica;
    if (newlySkippedTicks > 0) {
      this.#clock.skip(newlySkippedTicks);
      this.roundTrips.skip(newlySkippedTicks);
    }
    if (frame.echo.end !== 0) this.#hearEcho(frame, nowMs);
    if (frame.own.end !== 0) this.#hearOwn(frame, nowMs);
  }

  /** Makes the ticks that are due. The input to tell, if it changed with the first of them. */
  advance(nowMs: number): TickInput | undefined {
    if (!this.#isPredicting) return undefined;
    const tick = Math.floor(this.#clock.read(nowMs));
    if (tick < this.#prediction.tick - 1) this.#goBack(tick);
    const due = tick - this.#prediction.tick;
    // Ticks that went by while the page stood still were made by the server under the input that it knew.
    if (due > 1) {
      this.#prediction.advance(tick - 1);
      this.#stats.droppedTicks += Math.max(0, due - this.#lateTicksMax);
    }
    if (this.#steering.hasSteered) this.#prediction.steer(this.#steering.heading, this.#steering.swim);
    if (due < 1) return undefined;
    this.#prediction.advance(tick);
    const input = this.#steering.take();
    if (input === undefined) return undefined;
    this.#sentMs[tick % SENT] = nowMs;
    return { inputTick: tick, input };
  }

  /** The server's time jumped back. What it has of this player is for ticks that are far off now. */
  #goBack(tick: number): void {
    this.#prediction.goBack(tick);
    this.#steering.restart();
  }

  /** A stamp for the message that goes out now; 0 if none is due. */
  stamp(nowMs: number): number {
    if (!this.isStampDue(nowMs)) return 0;
    this.#stamps++;
    this.#stampedMs = nowMs;
    return this.roundTrips.stamp(nowMs);
  }

  isStampDue(nowMs: number): boolean {
    return nowMs - this.#stampedMs >= (this.#stamps < FIRST_STAMPS ? FIRST_STAMP_MS : STAMP_MS);
  }

  /** The first stamps are worth a message of their own. */
  isStampUrgent(nowMs: number): boolean {
    return this.#stamps < FIRST_STAMPS && this.isStampDue(nowMs);
  }

  /** Puts the own entity where it will be into the draw arrays, once it is known. */
  sample(nowMs: number): void {
    const stepS = Math.min(Math.max(nowMs - this.#drawnMs, 0) / 1000, STEP_MAX_S);
    this.#drawnMs = nowMs;
    // What nobody steers may move by rules that only the server knows.
    if (!this.#isPredicting || !this.#steering.hasSteered) return;
    const tick = this.#clock.read(nowMs);
    const draw = this.#draw;
    this.#prediction.draw(tick, Number.isNaN(stepS) ? 0 : stepS, draw);
    const { ownSlot, drawX, drawY, drawHeading, drawSpeed } = this.#replica;
    drawX[ownSlot] = draw.x;
    drawY[ownSlot] = draw.y;
    drawHeading[ownSlot] = draw.heading;
    drawSpeed[ownSlot] = draw.speed;
    this.#stats.leadMs = ((tick - this.#replica.tick) * 1000) / this.#replica.tickHz;
  }

  get #isPredicting(): boolean {
    return this.#clock.isSet && this.#prediction.tick >= 0;
  }

  #hearEcho(frame: FrameParts, nowMs: number): void {
    const { stamp, age, tickUs } = shoal.Echo.decode(frame.bytes.subarray(frame.echo.start, frame.echo.end));
    const ahead = this.roundTrips.echoed(stamp, age / AGE_PER_MS, frame.tick, nowMs);
    this.#stats.serverTickMs = tickUs / 1000;
    if (Number.isNaN(ahead)) return;
    this.#clock.measured(ahead, nowMs);
    this.#stats.rttMs = this.roundTrips.rttMs;
    this.#stats.clockOffsetMs = this.roundTrips.offsetMs;
  }

  #hearOwn(frame: FrameParts, nowMs: number): void {
    const own = shoal.OwnMotion.decode(frame.bytes.subarray(frame.own.start, frame.own.end));
    const truth = { x: own.x, y: own.y, heading: own.heading, speed: own.speed, thrust: own.thrust ? 1 : 0 };
    if (own.lateTicks > 0) this.#hearLate(frame.tick, own.lateTicks, nowMs);
    if (!this.#isPredicting) return this.#prediction.begin(frame.tick, truth);
    const error = this.#prediction.reconcile(frame.tick, truth);
    if (Number.isNaN(error)) return;
    this.#stats.reconciliations++;
    this.#stats.predictionError = error;
    if (error > CORRECTION_UNITS) this.#stats.corrections++;
  }

  /** An input was taken in `tick` instead of so many ticks before: its message was slower than those that were measured. */
  #hearLate(tick: number, lateTicks: number, nowMs: number): void {
    const at = (tick - lateTicks) % SENT;
    const ahead = tick - (this.#sentMs[at] * this.#replica.tickHz) / 1000;
    this.#sentMs[at] = Number.NaN;
    if (!Number.isNaN(ahead)) this.#clock.measured(ahead, nowMs);
  }
}
