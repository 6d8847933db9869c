/** Events of the player that wait for the next client frame, within what a message may carry. */
import { shoal } from "../../proto/gen/shoal.js";
import { EVENTS_PER_FRAME_MAX } from "../../proto/limits.ts";

/** Events waiting; more are refused. */
const WAITING_MAX = 16;
/** Most bytes of a client frame beside its events, and of an event's tag and length. */
const FRAME_BYTES_MAX = 256;
const EVENT_HEAD_BYTES = 4;

export class EventQueue {
  readonly #waiting: { readonly event: shoal.ClientEvent.$Properties; readonly bytes: number }[] = [];
  #bytesMax = 0;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Forgets what waits. A message may have `messageBytesMax` from now on. */
  restart(messageBytesMax: number): void {
    this.#waiting.length = 0;
    this.#bytesMax = messageBytesMax - FRAME_BYTES_MAX;
  }

  /** False if too much waits, or the event is too large for any message. */
  add(event: shoal.ClientEvent.$Properties): boolean {
    if (this.#waiting.length >= WAITING_MAX) return false;
    const bytes = shoal.ClientEvent.encode(event).finish().length + EVENT_HEAD_BYTES;
    if (bytes > this.#bytesMax) return false;
    this.#waiting.push({ event, bytes });
    return true;
  }

  /** As many waiting events as one message may carry. */
  take(): shoal.ClientEvent.$Properties[] {
    let count = 0;
    let bytes = 0;
    while (count < this.#waiting.length && count < EVENTS_PER_FRAME_MAX) {
      bytes += this.#waiting[count].bytes;
      if (bytes > this.#bytesMax) break;
      count++;
    }
    return this.#waiting.splice(0, count).map(({ event }) => event);
  }
}
