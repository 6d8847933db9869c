/**
 * One frame to one session: whether it gets one this tick, and what to do with the connection's answer. State is
 * latest-wins: a client that is behind is skipped, never queued for (SPEC L2-L5).
 */
import { shoal } from "../../proto/gen/shoal.js";
import type { Session } from "../session/session.ts";
import type { CellSource } from "../sync/cell-source.ts";
import type { FrameComposer } from "../sync/frame-composer.ts";

/** Bytes waiting in this process above which a connection gets no frame. */
export const BUFFERED_BYTES_SOFT = 16 * 1024;
/** Seconds without an acknowledged tick after which a client gets no frame, and after which it is given up. */
export const LAG_THIN_S = 1.5;
export const LAG_CLOSE_S = 5;
/** Where nothing moves and nothing happens, a frame this often says that the server is there (SPEC K7). */
const QUIET_S = 0.25;

const { CloseCode } = shoal;

export interface SendCounters {
  framesSent: number;
  frameBytes: number;
  framesSkipped: number;
  keyframes: number;
}

export class FrameSender {
  readonly #composer: FrameComposer;
  readonly #source: CellSource;
  readonly #counters: SendCounters;
  readonly #thinTicks: number;
  readonly #closeTicks: number;
  readonly #quietTicks: number;
  readonly #header = { inputTick: 0, events: [] as readonly Uint8Array[] };

  constructor(composer: FrameComposer, source: CellSource, tickHz: number, counters: SendCounters) {
    this.#composer = composer;
    this.#source = source;
    this.#counters = counters;
    this.#thinTicks = Math.round(LAG_THIN_S * tickHz);
    this.#closeTicks = Math.round(LAG_CLOSE_S * tickHz);
    this.#quietTicks = Math.round(QUIET_S * tickHz);
  }

  /** Sends the session its frame of the source's tick, or skips it, or gives it up. */
  send(session: Session): void {
    const { connection } = session;
    if (!connection.isOpen) return;
    const lag = this.#source.tick - session.ackTick;
    if (lag > this.#thinTicks || connection.bufferedBytes() > BUFFERED_BYTES_SOFT) {
      this.#counters.framesSkipped++;
      session.skippedTicks++;
      if (lag > this.#closeTicks || session.skippedTicks > this.#closeTicks) {
        connection.close(CloseCode.CLOSE_CODE_SLOW, "reads too slowly");
      }
      return;
    }
    session.skippedTicks = 0;
    this.#header.inputTick = session.inputs.taken === session.toldInputTick ? 0 : session.inputs.taken;
    this.#header.events = session.eventsOut;
    const sinceLast = this.#source.tick - session.viewer.lastTick;
    if (sinceLast < this.#quietTicks && this.#composer.isQuiet(this.#source, session.viewer, this.#header)) return;
    const keyframesBefore = this.#composer.keyframesSent;
    const bytes = this.#composer.compose(this.#source, session.viewer, this.#header);
    this.#counters.keyframes += this.#composer.keyframesSent - keyframesBefore;
    const result = connection.send(bytes);
    if (result === "dropped") {
      // The events stay queued; the cells start over.
      session.viewer.forget();
      this.#counters.framesSkipped++;
      return;
    }
    if (result === "closed") return;
    session.toldInputTick = session.inputs.taken;
    session.eventsOut.splice(0, this.#composer.eventsTaken);
    this.#counters.framesSent++;
    this.#counters.frameBytes += bytes.length;
  }
}
