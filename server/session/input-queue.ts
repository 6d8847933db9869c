/**
 * Inputs of one client between arrival and their tick (SPEC section I). Each says which tick it is meant for; a tick takes the newest
 * one that is due. Bounded in number and in time ahead. Knows nothing of what an input says.
 */
import type { shoal } from "../../proto/gen/shoal.js";

/** Inputs that may wait, whatever the tick rate. */
const WAITING_MAX = 64;

export class InputQueue {
  /** Ticks that the latest of the inputs since `tellLateness` missed its tick by; 0 if all were in time. */
  lateTicks = 0;
  /** Inputs arrived at all. */
  hasAny = false;
  readonly #ticks: number[] = [];
  readonly #inputs: shoal.Input.$Shape[] = [];

  /** Adds inputs meant for tick `first` and those after it, in place of what waits for them. `aheadMax` is in ticks. */
  add(first: number, inputs: readonly shoal.Input.$Shape[], newestTick: number, aheadMax: number): void {
    this.hasAny = true;
    while (this.#ticks.length > 0 && this.#ticks[this.#ticks.length - 1] >= first) this.#drop();
    for (let i = 0; i < inputs.length; i++) {
      const tick = Math.min(first + i, newestTick + aheadMax);
      if (this.#ticks[this.#ticks.length - 1] === tick) this.#drop();
      this.#ticks.push(tick);
      this.#inputs.push(inputs[i]);
    }
    if (this.#ticks.length > WAITING_MAX) {
      this.#ticks.splice(0, this.#ticks.length - WAITING_MAX);
      this.#inputs.splice(0, this.#inputs.length - WAITING_MAX);
    }
    this.lateTicks = Math.max(this.lateTicks, newestTick + 1 - first);
  }

  /** The input for this tick: the newest that is due, in place of older ones. Undefined: the last one goes on. */
  take(tick: number): shoal.Input.$Shape | undefined {
    let input: shoal.Input.$Shape | undefined;
    // Shifted and not spliced: a splice makes an array of what it takes out.
    while (this.#ticks.length > 0 && this.#ticks[0] <= tick) {
      this.#ticks.shift();
      input = this.#inputs.shift();
    }
    return input;
  }

  #drop(): void {
    this.#ticks.pop();
    this.#inputs.pop();
  }
}
