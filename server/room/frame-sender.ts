/**
 * One frame to one session: whether it gets one this tick, and what to do with the connection's answer. State is
 * latest-wins: a client that is behind is skipped, never queued for (SPEC L2-L5).
 */
import { shoal } from "../../proto/gen/shoal.js";
import type { MotionArrays } from "../../proto/motion.ts";
import type { Session } from "../session/session.ts";
import type { CellSource } from "../sync/cell-source.ts";
import type { Echo, FrameComposer, FrameHeader, OwnMotion } from "../sync/frame-composer.ts";

/** Bytes waiting in this process above which a connection gets no frame. */
export const BUFFERED_BYTES_SOFT = 16 * 1024;
/** Seconds without a frame in a row after which a client that is behind is given up: more than a tunnel's hole of 5 s. */
const LAG_CLOSE_S = 6;
/** A moving entity's player is told of its motion to the last bit this often. */
const OWN_S = 1;
/** A hidden page hears this often that the server is there, and answers before it would be taken for gone (SPEC V6). */
const HIDDEN_S = 1;
/** Where nothing moves and nothing happens, a frame this often says that the server is there (SPEC K7). */
const QUIET_S = 0.25;

const { CloseCode } = shoal;

export interface SendCounters {
  framesSent: number;
  frameBytes: number;
  framesSkipped: number;
  keyframes: number;
}

/** Echo.age is in 1/8 ms. */
const AGE_PER_MS = 8;
/** Longer than any session waits: keeps the number in 32 bits. */
const AGE_MAX = 2 ** 31;

const NO_EVENTS: readonly Uint8Array[] = [];

/** Of the server: the world never learns them. */
export interface TickTimes {
  /** When the tick began, by the clock of messages. */
  readonly startMs: number;
  /** How long the one before took. */
  readonly lastTickMs: number;
  /** Ticks skipped since the server's start. */
  readonly skippedTicks: number;
}

export interface FrameSenderOptions {
  composer: FrameComposer;
  source: CellSource;
  /** True motion by slot. */
  motion: MotionArrays;
  tickHz: number;
  counters: SendCounters;
}

export class FrameSender {
  readonly #composer: FrameComposer;
  readonly #source: CellSource;
  readonly #motion: MotionArrays;
  readonly #counters: SendCounters;
  readonly #closeTicks: number;
  readonly #quietTicks: number;
  readonly #hiddenTicks: number;
  readonly #ownTicks: number;
  // One of each serves all sessions in turn.
  readonly #own: OwnMotion = { x: 0, y: 0, heading: 0, speed: 0, thrust: 0, lateTicks: 0 };
  readonly #echo: Echo = { stamp: 0, age: 0, tickUs: 0 };
  readonly #header: FrameHeader = {
    own: undefined,
    echo: undefined,
    skippedTicks: 0,
    eventAck: 0,
    events: NO_EVENTS,
  };
  /** Of the server, so far. */
  #skippedTicks = 0;
  #stepEvery = 1;
  #tickStartMs = 0;
  #areEventsKept = true;
  #lastTickUs = 0;

  constructor(options: FrameSenderOptions) {
    const { tickHz } = options;
    this.#composer = options.composer;
    this.#source = options.source;
    this.#motion = options.motion;
    this.#counters = options.counters;
    this.#closeTicks = Math.round(LAG_CLOSE_S * tickHz);
    this.#quietTicks = Math.round(QUIET_S * tickHz);
    this.#hiddenTicks = Math.round(HIDDEN_S * tickHz);
    this.#ownTicks = Math.round(OWN_S * tickHz);
  }

  /**
   * What clients may learn of the tick whose frames follow. `skippedTicks` are the room's, which steps in one of `stepEvery` ticks of
   * the server.
   */
  beginTick({ startMs, lastTickMs }: TickTimes, skippedTicks: number, stepEvery: number): void {
    this.#tickStartMs = startMs;
    this.#skippedTicks = skippedTicks;
    this.#stepEvery = stepEvery;
    this.#lastTickUs = Math.round(lastTickMs * 1000);
  }

  /** Before the frames of a tick: whether clients may be told that their events are kept (SPEC S17). */
  beginFrames(areEventsKept: boolean): void {
    this.#areEventsKept = areEventsKept;
  }

  /** Sends the session its frame of the source's tick, or skips it, or gives it up. */
  send(session: Session): void {
    const { connection, viewer, pace } = session;
    const composer = this.#composer;
    const source = this.#source;
    const counters = this.#counters;
    if (!connection.isOpen) return;
    const sinceLast = source.tick - viewer.lastTick;
    const isFree = source.tick <= pace.freeUntilTick;
    if (
      (!isFree && pace.mustWait(session.ackTick, viewer.lastTick)) ||
      connection.bufferedBytes() > BUFFERED_BYTES_SOFT
    ) {
      counters.framesSkipped++;
      session.skippedTicks++;
      if (session.skippedTicks > this.#closeTicks) {
        connection.close(CloseCode.CLOSE_CODE_SLOW, "reads too slowly");
      }
      return;
    }
    session.skippedTicks = 0;
    this.#fillHeader(session);
    // Clients wait in true time, whatever a tick of this room takes.
    if (sinceLast * this.#stepEvery < (session.isHidden ? this.#hiddenTicks : this.#quietTicks)) {
      if (composer.isQuiet(source, viewer, this.#header)) return;
    }
    const keyframesBefore = composer.keyframesSent;
    const bytes = composer.compose(source, viewer, this.#header);
    counters.keyframes += composer.keyframesSent - keyframesBefore;
    const result = connection.send(bytes);
    if (result === "dropped") {
      // The events stay queued; the cells start over.
      viewer.forget();
      counters.framesSkipped++;
      return;
    }
    if (result === "closed") return;
    this.#noteSent(session);
    if (!isFree) pace.sent(source.tick);
    counters.framesSent++;
    counters.frameBytes += bytes.length;
  }

  #fillHeader(session: Session): void {
    const header = this.#header;
    const { slot } = session;
    // What a hidden page missed of chat it hears when it is back, the newest of it.
    header.events = session.isHidden ? NO_EVENTS : session.eventsOut;
    header.own = this.#isOwnDue(session) ? this.#own : undefined;
    if (header.own !== undefined) {
      const motion = this.#motion;
      header.own.x = motion.x[slot];
      header.own.y = motion.y[slot];
      header.own.heading = motion.heading[slot];
      header.own.speed = motion.speed[slot];
      header.own.thrust = motion.thrust[slot];
      header.own.lateTicks = session.inputs.lateTicks;
    }
    const skipped = this.#skippedTicks - session.skippedBefore;
    header.skippedTicks = skipped === session.toldSkippedTicks ? 0 : skipped;
    header.eventAck = session.takenEvent === session.toldEventAck || !this.#areEventsKept ? 0 : session.takenEvent;
    header.echo = session.stamp === 0 ? undefined : this.#echo;
    if (header.echo !== undefined) {
      const ageMs = Math.max(0, this.#tickStartMs - session.stampMs);
      header.echo.stamp = session.stamp;
      header.echo.age = Math.min(Math.round(ageMs * AGE_PER_MS), AGE_MAX);
      header.echo.tickUs = this.#lastTickUs;
    }
  }

  #isOwnDue(session: Session): boolean {
    if (session.isHidden) return false;
    if (session.isOwnDue) return true;
    if ((this.#source.tick + session.slot) % this.#ownTicks !== 0) return false;
    return session.inputs.hasAny && this.#motion.speed[session.slot] !== 0;
  }

  #noteSent(session: Session): void {
    const { own, echo, skippedTicks, eventAck, events } = this.#header;
    if (skippedTicks !== 0) session.toldSkippedTicks = skippedTicks;
    if (eventAck !== 0) session.toldEventAck = eventAck;
    if (own !== undefined) {
      session.isOwnDue = false;
      session.inputs.lateTicks = 0;
    }
    if (echo !== undefined) session.stamp = 0;
    if (events.length > 0) session.noteEventsSent(this.#composer.eventsTaken, this.#source.tick);
  }
}
