/**
 * How a person steers: holds the button a while, lets go, follows something with the pointer in smooth turns, and now and then
 * throws it round. Drawn from one seed; sampled once a drawn frame, as a page does. Knows nothing of connections.
 */

/** How long the button is held, and how long it is not, ms. Now and then the pause is long enough to come to rest in. */
const HOLD_MS = [600, 5000] as const;
const PAUSE_MS = [150, 1200] as const;
const LONG_PAUSE_MS = [3200, 4500] as const;
const LONG_PAUSE_SHARE = 0.4;
/** The pointer's turning, radians a second, and how often it is another. */
const TURN_RAD_S = 2.2;
const TURN_MS = [200, 1400] as const;
/** Sharp turns: the share of new turnings that begin with one, and how sharp they are, radians. */
const SHARP_SHARE = 0.15;
const SHARP_RAD = [1.2, Math.PI] as const;
/** Further from the middle than this, world units, it turns back: everyone stays in everyone's view. */
const RANGE = 330;

export interface Steer {
  readonly headingRad: number;
  readonly swim: boolean;
}

export class Swimmer {
  readonly #random: () => number;
  #heading: number;
  #turnRadS = 0;
  #swims = false;
  #nextHoldMs: number;
  #nextTurnMs: number;
  #nowMs: number;

  constructor(random: () => number, startMs: number) {
    this.#random = random;
    this.#heading = random() * 2 * Math.PI;
    this.#nowMs = startMs;
    this.#nextHoldMs = startMs + this.#between(PAUSE_MS);
    this.#nextTurnMs = startMs;
  }

  /** What the hand does at `nowMs`, seeing the own tadpole (dx, dy) world units from the middle. */
  steer(nowMs: number, dx: number, dy: number): Steer {
    const seconds = (nowMs - this.#nowMs) / 1000;
    this.#nowMs = nowMs;
    if (nowMs >= this.#nextHoldMs) this.#toggle(nowMs);
    if (nowMs >= this.#nextTurnMs) this.#turnAnew(nowMs);
    this.#heading += this.#turnRadS * seconds;
    const home = Math.atan2(-dy, -dx);
    const off = Math.atan2(Math.sin(home - this.#heading), Math.cos(home - this.#heading));
    // Beyond the range and on the way out: round, at a hand's pace.
    if (Math.hypot(dx, dy) > RANGE && Math.abs(off) > 0.6) this.#heading += Math.sign(off) * 4 * seconds;
    return { headingRad: this.#heading, swim: this.#swims };
  }

  #toggle(nowMs: number): void {
    this.#swims = !this.#swims;
    const pause = this.#random() < LONG_PAUSE_SHARE ? LONG_PAUSE_MS : PAUSE_MS;
    this.#nextHoldMs = nowMs + this.#between(this.#swims ? HOLD_MS : pause);
  }

  #turnAnew(nowMs: number): void {
    if (this.#random() < SHARP_SHARE) this.#heading += this.#between(SHARP_RAD) * (this.#random() < 0.5 ? -1 : 1);
    this.#turnRadS = (this.#random() * 2 - 1) * TURN_RAD_S;
    this.#nextTurnMs = nowMs + this.#between(TURN_MS);
  }

  #between([low, high]: readonly [number, number]): number {
    return low + this.#random() * (high - low);
  }
}
