/** Events of the player that wait for the next client frame, within what a message may carry. */
import { shoal } from "../../proto/gen/shoal.js";
import { EVENTS_PER_FRAME_MAX } from "../../proto/limits.ts";

/** Events waiting; more are refused. */
const WAITING_MAX = 16;
/** Most bytes of a client frame beside its events, and of an event's tag and length. */
const FRAME_BYTES_MAX = 256;
const EVENT_HEAD_BYTES = 4;

/** Sent events that are remembered: more than any silence before the connection is given up lets through. */
const SENT_MAX = 64;

interface Numbered {
  readonly number: number;
  readonly event: shoal.ClientEvent.$Properties;
  readonly bytes: number;
}

export class EventQueue {
  readonly #waiting: Numbered[] = [];
  /** Sent by this or an earlier connection of the session; the server has not said yet that it keeps them (SPEC S17). */
  readonly #sent: Numbered[] = [];
  #bytesMax = 0;
  #number = 0;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Number of the event added last in this session, 0 before the first. */
  get lastNumber(): number {
    return this.#number;
  }

  /** Events that the server has not said it keeps. */
  get unacknowledgedCount(): number {
    return this.#waiting.length + this.#sent.length;
  }

  /** A new session: forgets what waits and begins to count. A message may have `messageBytesMax` from now on. */
  restart(messageBytesMax: number): void {
    this.#waiting.length = 0;
    this.#sent.length = 0;
    this.#number = 0;
    this.#bytesMax = messageBytesMax - FRAME_BYTES_MAX;
  }

  /**
   * The session goes on, and the server has had everything up to number `last`: what came after it is sent again. What it had is remembered
   * until it is acknowledged: a server that ends abruptly has had less in its next life. Above the numbers given here, another device of the
   * same account has spoken in between: the count goes on from there.
   */
  resume(last: number, messageBytesMax: number): void {
    const had = this.#sent.filter(({ number }) => number <= last);
    this.#waiting.unshift(...this.#sent.filter(({ number }) => number > last));
    this.#sent.length = 0;
    this.#bytesMax = messageBytesMax - FRAME_BYTES_MAX;
    if (this.#number >= last) {
      this.#sent.push(...had);
      return;
    }
    this.#number = last;
    const waiting = this.#waiting.splice(0);
    for (const one of waiting) this.#waiting.push({ ...one, number: ++this.#number });
  }

  /** The server keeps everything up to number `last`. */
  acknowledge(last: number): void {
    while (this.#sent.length > 0 && this.#sent[0].number <= last) this.#sent.shift();
  }

  /** False if too much waits, or the event is too large for any message. */
  add(event: shoal.ClientEvent.$Properties): boolean {
    if (this.#waiting.length >= WAITING_MAX) return false;
    const bytes = shoal.ClientEvent.encode(event).finish().length + EVENT_HEAD_BYTES;
    if (bytes > this.#bytesMax) return false;
    this.#waiting.push({ number: ++this.#number, event, bytes });
    return true;
  }

  /** As many waiting events as one message may carry, and the number of the first; 0 if there is none. */
  take(): { readonly firstEvent: number; readonly events: shoal.ClientEvent.$Properties[] } {
    let count = 0;
    let bytes = 0;
    while (count < this.#waiting.length && count < EVENTS_PER_FRAME_MAX) {
      bytes += this.#waiting[count].bytes;
      if (bytes > this.#bytesMax) break;
      count++;
    }
    const taken = this.#waiting.splice(0, count);
    this.#sent.push(...taken);
    if (this.#sent.length > SENT_MAX) this.#sent.splice(0, this.#sent.length - SENT_MAX);
    return { firstEvent: taken[0]?.number ?? 0, events: taken.map(({ event }) => event) };
  }
}
