/**
 * When the server must hear of a client that has nothing to tell: once a second so that it is not taken for gone (SPEC S5), and sooner while
 * acknowledgements are what the server waits for (L3). Only judges; others speak.
 */
import { CLIENT_SILENCE_MAX_MS } from "../../proto/limits.ts";

/** Said before the last word on acks, so that one always goes out in time; sooner while none come. */
const ACK_MS = CLIENT_SILENCE_MAX_MS - 250;
const ACK_WAITING_MS = 100;
/** For so long after a frame that left some out the server hears sooner how this client is: it waits for that (SPEC L3). */
const THINNED_MS = 2000;
/** Frames that were held up come within such a time of each other. */
const BURST_MS = 100;

export class WordDue {
  #spokeMs = 0;
  /** Since when held-up frames come: they are acknowledged as soon as all that wait are read. NaN if none do. */
  #heldUpMs = Number.NaN;
  /** When a frame last came that was not the next one, though things move. */
  #thinnedMs = Number.NEGATIVE_INFINITY;

  /** A Welcome came. */
  joined(nowMs: number): void {
    this.#spokeMs = nowMs;
  }

  spoke(nowMs: number): void {
    this.#spokeMs = nowMs;
    this.#heldUpMs = Number.NaN;
  }

  /**
   * A frame came, of so many ticks after the one before. `isAnswer`: nothing moves in it, and it came because this client had spoken.
   */
  frameCame(gapTicks: number, tickHz: number, isAnswer: boolean, nowMs: number): void {
    // Four frames a second are all there is where nothing moves (SPEC K7), and answers between them.
    if (gapTicks > 1 && gapTicks !== Math.round(tickHz / 4) && !isAnswer) this.#thinnedMs = nowMs;
  }

  /** A frame came late. True if it is the first of those that were held up with it: once all are read it is time to speak. */
  heldUp(nowMs: number): boolean {
    if (!Number.isNaN(this.#heldUpMs)) return false;
    this.#heldUpMs = nowMs;
    return true;
  }

  /** Whether more of the frames that were held up may be coming at this moment: a word now would be out of date at once. */
  isBurst(nowMs: number): boolean {
    return nowMs - this.#heldUpMs < BURST_MS;
  }

  /** `isExtrapolating`: frames stay away. */
  isDue(nowMs: number, isExtrapolating: boolean): boolean {
    if (!Number.isNaN(this.#heldUpMs)) return true;
    const isWaiting = isExtrapolating || nowMs - this.#thinnedMs < THINNED_MS;
    return nowMs - this.#spokeMs > (isWaiting ? ACK_WAITING_MS : ACK_MS);
  }
}
