/**
 * From when an input was due to seeing its effect. Peers acknowledge no inputs, so the effect is looked for: the load steers by
 * the same motion step as the server and knows what heading will come of an input.
 */

/** Angles are 256 to a turn. Only a turn that stands out from the last one seen is waited for... */
const TURN_MIN = 4;
/** ...and it came when an angle is this close to what was expected. */
const MATCH_MAX = 1;
/** An effect that has not shown by then was missed: server and load had drifted apart. */
const WAIT_MS_MAX = 1000;

export class TurnWatch {
  #expected = -1;
  #dueMs = 0;
  #last = 0;

  /** An input that was due at `dueMs` and is sent now makes the heading `angle`. */
  expect(angle: number, dueMs: number): void {
    if (this.#expected >= 0 && dueMs - this.#dueMs < WAIT_MS_MAX) return;
    this.#expected = difference(angle, this.#last) < TURN_MIN ? -1 : angle;
    this.#dueMs = dueMs;
  }

  /** The own entity is seen with this angle. The latency in ms if this is what was waited for. */
  see(angle: number, nowMs: number): number | undefined {
    this.#last = angle;
    if (this.#expected < 0 || difference(angle, this.#expected) > MATCH_MAX) return undefined;
    this.#expected = -1;
    return nowMs - this.#dueMs;
  }
}

function difference(a: number, b: number): number {
  return Math.abs(((a - b + 384) % 256) - 128);
}
