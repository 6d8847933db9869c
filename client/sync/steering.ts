/**
 * From steering to numbered inputs: sampled once a client tick, told when it changed. The server repeats the last input
 * by itself (SPEC I3), so holding still costs nothing. Knows nothing of keys, mice or sockets.
 */
import type { shoal } from "../../proto/gen/shoal.js";
import { headingSteps } from "../../proto/motion.ts";

export class Steering {
  /** Number of the newest input, 0 before the first. */
  inputTick = 0;
  #heading = 0;
  #swim = false;
  #told: { heading: number; swim: boolean } | undefined;

  /** Where to go from now on. Calls between two ticks replace each other. */
  steer(headingRad: number, swim: boolean): void {
    if (!Number.isFinite(headingRad)) return;
    this.#heading = headingSteps(headingRad);
    this.#swim = swim;
  }

  /** The input of this client tick, undefined if it is the same as the last one told. */
  sample(): shoal.Input.$Properties | undefined {
    const told = this.#told;
    if (told?.heading === this.#heading && told.swim === this.#swim) return undefined;
    // Nobody steered yet: the server's own heading stands.
    if (told === undefined && this.#heading === 0 && !this.#swim) return undefined;
    this.#told = { heading: this.#heading, swim: this.#swim };
    this.inputTick++;
    return { steer: { heading: this.#heading, swim: this.#swim } };
  }

  /** A new session starts counting anew and is told the present steering. */
  restart(): void {
    this.inputTick = 0;
    this.#told = undefined;
  }
}
