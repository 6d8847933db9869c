/**
 * Where every entity was in the last few ticks, so that a moment between two of them can be drawn. Rings of typed arrays by
 * slot; recording and sampling make no garbage. Knows nothing of frames or clocks.
 */
import { HEADING_STEPS, headingRad, type MotionArrays, POSITION_STEPS } from "../../proto/motion.ts";

/** Time kept at least, s: the longest delay and a little. */
const KEPT_S = 0.75;

/** Where to draw, by slot: world units and radians. */
export interface DrawArrays {
  readonly drawX: Float32Array;
  readonly drawY: Float32Array;
  readonly drawHeading: Float32Array;
}

export class MotionHistory {
  /** Ticks kept. */
  readonly #length: number;
  readonly #x: Int32Array;
  readonly #y: Int32Array;
  readonly #heading: Uint16Array;
  /** First tick of the slot's unbroken record. */
  readonly #since: Int32Array;
  /** Newest tick of it. */
  readonly #until: Int32Array;

  constructor(slots: number, tickHz: number) {
    // A power of two, so that a tick's place is a mask away.
    this.#length = 2 ** Math.ceil(Math.log2(KEPT_S * tickHz + 1));
    this.#x = new Int32Array(slots * this.#length);
    this.#y = new Int32Array(slots * this.#length);
    this.#heading = new Uint16Array(slots * this.#length);
    this.#since = new Int32Array(slots).fill(-1);
    this.#until = new Int32Array(slots).fill(-1);
  }

  /**
   * Records where the slot is at `tick`. `before` is the tick of the frame before: who was not recorded then is new here, and
   * for ticks that no frame told of a straight line is assumed.
   */
  record(m: MotionArrays, slot: number, tick: number, before: number): void {
    const isKnown = this.#until[slot] === before && tick - before < this.#length;
    if (!isKnown) this.#since[slot] = tick;
    else {
      const from = slot * this.#length + (before & (this.#length - 1));
      const turn = ((m.heading[slot] - this.#heading[from]) << 16) >> 16;
      for (let missed = before + 1; missed < tick; missed++) {
        const part = (missed - before) / (tick - before);
        const at = slot * this.#length + (missed & (this.#length - 1));
        this.#x[at] = this.#x[from] + (m.x[slot] - this.#x[from]) * part;
        this.#y[at] = this.#y[from] + (m.y[slot] - this.#y[from]) * part;
        this.#heading[at] = this.#heading[from] + turn * part;
      }
    }
    const at = slot * this.#length + (tick & (this.#length - 1));
    this.#x[at] = m.x[slot];
    this.#y[at] = m.y[slot];
    this.#heading[at] = m.heading[slot];
    this.#until[slot] = tick;
  }

  /**
   * Where the slot was at `tick`, a fraction included, as far back as the record reaches; into `to`. Behind its newest tick it goes
   * on as it did in that tick.
   */
  sample(slot: number, tick: number, to: DrawArrays): void {
    const oldest = Math.max(this.#since[slot], this.#until[slot] - this.#length + 1);
    const moment = Math.max(tick, oldest);
    const whole = Math.min(Math.floor(moment), Math.max(this.#until[slot] - 1, oldest));
    const part = moment - whole;
    const a = slot * this.#length + (whole & (this.#length - 1));
    // Of whom only one tick is known, no way is known.
    const b = part === 0 || whole === this.#until[slot] ? a : slot * this.#length + ((whole + 1) & (this.#length - 1));
    to.drawX[slot] = (this.#x[a] + (this.#x[b] - this.#x[a]) * part) / POSITION_STEPS;
    to.drawY[slot] = (this.#y[a] + (this.#y[b] - this.#y[a]) * part) / POSITION_STEPS;
    const turn = ((this.#heading[b] - this.#heading[a]) << 16) >> 16;
    to.drawHeading[slot] = headingRad((this.#heading[a] + turn * part) & (HEADING_STEPS - 1));
  }
}
