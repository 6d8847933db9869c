/**
 * From steering to inputs for ticks: what is wanted in the tick under way, and whether the server must be told. An input holds
 * until the next one (SPEC I3), so holding still costs nothing. Knows nothing of keys, mice or sockets.
 */
import type { shoal } from "../../proto/gen/shoal.js";
import { headingSteps } from "../../proto/motion.ts";

export class Steering {
  /** Heading steps. */
  heading = 0;
  /** Somebody steered at all; until then the server's own heading stands. */
  hasSteered = false;
  #isHeld = false;
  /** Pressed in the tick under way, even if it was let go since: a short tap is a tick long. */
  #isTapped = false;
  #toldHeading = 0;
  #toldSwim = false;
  #hasTold = false;

  /** Where to go from now on. Calls within one tick replace each other. */
  steer(headingRad: number, swim: boolean): void {
    if (!Number.isFinite(headingRad)) return;
    this.heading = headingSteps(headingRad);
    if (swim && !this.#isHeld) this.#isTapped = true;
    this.#isHeld = swim;
    this.hasSteered = true;
  }

  /** Whether to swim in the tick under way. */
  get swim(): boolean {
    return this.#isHeld || this.#isTapped;
  }

  /** The tick under way is made. The input to tell the server; undefined if it is the same as the last one told. */
  take(): shoal.Input.$Properties | undefined {
    if (!this.hasSteered) return undefined;
    const { heading, swim } = this;
    this.#isTapped = false;
    if (this.#hasTold && this.#toldHeading === heading && this.#toldSwim === swim) return undefined;
    this.#toldHeading = heading;
    this.#toldSwim = swim;
    this.#hasTold = true;
    return { steer: { heading, swim } };
  }

  /** A new session is told the present steering. */
  restart(): void {
    this.#hasTold = false;
  }
}
