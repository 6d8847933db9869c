/**
 * Inputs of one client between arrival and their tick: exactly one is taken a tick (SPEC I2). Bounded: a client that
 * sends faster than the world ticks loses the oldest. Knows nothing of what an input says.
 */
import type { shoal } from "../../proto/gen/shoal.js";

/** Inputs that may wait: 400 ms at 20 Hz. More would be lag that nobody asked for. */
export const INPUTS_WAITING_MAX = 8;

export class InputQueue {
  /** Number of the newest input that arrived, 0 before the first. */
  newest = 0;
  /** Number of the input taken last, 0 before the first. */
  taken = 0;
  readonly #waiting: shoal.Input.$Shape[] = [];

  /**
   * Adds inputs numbered `first`, `first` + 1 and so on. False when they do not rise: the client counts wrong, and
   * nothing is added.
   */
  add(first: number, inputs: readonly shoal.Input.$Shape[]): boolean {
    if (first <= this.newest) return false;
    for (const input of inputs) this.#waiting.push(input);
    this.newest = first + inputs.length - 1;
    if (this.#waiting.length > INPUTS_WAITING_MAX) this.#waiting.splice(0, this.#waiting.length - INPUTS_WAITING_MAX);
    return true;
  }

  /** The input for this tick; undefined when there is none and the last one goes on. */
  take(): shoal.Input.$Shape | undefined {
    const input = this.#waiting.shift();
    // Numbers may jump between messages; what waits is the newest ones without gaps.
    if (input !== undefined) this.taken = this.newest - this.#waiting.length;
    return input;
  }
}
