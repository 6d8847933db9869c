/**
 * The own entity as it will be: runs the server's motion step ahead of the server under the player's own inputs, and starts over
 * from the server's truth whenever that differs. What a correction moves is eased out, so nothing leaps on the screen.
 * Knows nothing of frames, clocks or screens.
 */
import {
  copyMotion,
  HEADING_STEPS,
  headingRad,
  type MotionArrays,
  type MotionRules,
  motionArrays,
  POSITION_STEPS,
  roundingAt,
  SPEED_STEPS,
  steer,
} from "../../proto/motion.ts";

/** Ticks remembered: a power of two, more than any lead and round trip. */
const LENGTH = 128;
const MASK = LENGTH - 1;
/** The place beside the ring in which the tick under way is tried. */
const LIVE = LENGTH;
/** How fast corrections are eased out: time in which they fall to a third, seconds. */
const EASE_POSITION_S = 0.1;
const EASE_HEADING_S = 0.06;
/** A correction of more than this is a leap of the game's, not an error: it is shown at once, world units. */
const LEAP_UNITS = 128;

/** Motion as the server tells it, see OwnMotion in frame.proto. */
export interface OwnTruth {
  x: number;
  y: number;
  heading: number;
  speed: number;
  thrust: number;
}

/** Where to draw: world units, radians, world units a second. */
export interface OwnDraw {
  x: number;
  y: number;
  heading: number;
  speed: number;
}

export class Prediction {
  /** Newest tick that is done. */
  tick = -1;
  readonly #rules: MotionRules;
  readonly #motion: MotionArrays = motionArrays(LENGTH + 1);
  readonly #wanted = new Uint16Array(LENGTH);
  readonly #swim = new Uint8Array(LENGTH);
  /** First tick that is remembered. */
  #since = 0;
  /** The input of the tick under way. */
  #liveWanted = 0;
  #liveSwim = false;
  /** What was shown minus what is predicted, eased towards 0: units and heading steps. */
  #easeX = 0;
  #easeY = 0;
  #easeHeading = 0;
  #drawnTick = Number.NaN;
  readonly #sample = { x: 0, y: 0, heading: 0 };
  readonly #before = { x: 0, y: 0, heading: 0 };

  constructor(rules: MotionRules) {
    this.#rules = rules;
  }

  /** Begins at the server's truth of `tick`, with an entity that nobody steers yet. */
  begin(tick: number, truth: OwnTruth): void {
    this.tick = tick;
    this.#since = tick;
    this.#put(tick, truth);
    this.#wanted[tick & MASK] = truth.heading;
    this.#swim[tick & MASK] = truth.thrust;
    this.#liveWanted = truth.heading;
    this.#liveSwim = truth.thrust !== 0;
  }

  /** What the player wants from now on, in the tick under way. */
  steer(wanted: number, swim: boolean): void {
    if (wanted === this.#liveWanted && swim === this.#liveSwim) return;
    this.#keepShown(() => {
      this.#liveWanted = wanted;
      this.#liveSwim = swim;
    });
  }

  /** Makes ticks up to `tick`, all under the present input. Returns how many were too many to make, and were not. */
  advance(tick: number): number {
    const dropped = Math.max(0, tick - this.tick - LENGTH + 1);
    if (dropped > 0) this.#leap(this.tick + dropped);
    while (this.tick < tick) {
      const next = this.tick + 1;
      this.#wanted[next & MASK] = this.#liveWanted;
      this.#swim[next & MASK] = this.#liveSwim ? 1 : 0;
      this.#step(next);
      this.tick = next;
    }
    this.#since = Math.max(this.#since, this.tick - LENGTH + 1);
    return dropped;
  }

  /** The server's time jumped back: what was predicted last counts for the earlier tick, until the server tells more. */
  goBack(tick: number): void {
    const part = this.#drawnTick - this.tick;
    this.#keepShown(() => {
      this.#leap(tick);
      this.#drawnTick = tick + part;
    });
  }

  /**
   * The server's truth of a tick. Later ticks are made again from it. Returns how far off the prediction was, world units;
   * NaN for a tick that is not remembered, and then prediction begins anew.
   */
  reconcile(tick: number, truth: OwnTruth): number {
    if (tick < this.#since || tick > this.tick) {
      this.#keepShown(() => {
        const [wanted, swim] = [this.#liveWanted, this.#liveSwim];
        this.begin(tick, truth);
        this.#liveWanted = wanted;
        this.#liveSwim = swim;
      });
      return Number.NaN;
    }
    const m = this.#motion;
    const at = tick & MASK;
    const error = Math.hypot(m.x[at] - truth.x, m.y[at] - truth.y) / POSITION_STEPS;
    const isSame = error === 0 && m.heading[at] === truth.heading && m.speed[at] === truth.speed;
    if (isSame && m.thrust[at] === truth.thrust) return 0;
    this.#keepShown(() => {
      this.#put(tick, truth);
      this.#since = tick;
      for (let later = tick + 1; later <= this.tick; later++) this.#step(later);
    });
    return error;
  }

  /** Where to draw at `tick`, fraction included, `stepS` seconds after the last drawing. */
  draw(tick: number, stepS: number, to: OwnDraw): void {
    this.#sampleAt(tick);
    this.#drawnTick = tick;
    const kept = Math.exp(-stepS / EASE_POSITION_S);
    this.#easeX *= kept;
    this.#easeY *= kept;
    this.#easeHeading *= Math.exp(-stepS / EASE_HEADING_S);
    to.x = this.#sample.x + this.#easeX;
    to.y = this.#sample.y + this.#easeY;
    to.heading = headingRad((this.#sample.heading + this.#easeHeading) & (HEADING_STEPS - 1));
    to.speed = this.#motion.speed[LIVE] / SPEED_STEPS;
  }

  /** Changes the prediction and keeps what is on the screen where it is. */
  #keepShown(change: () => void): void {
    const isDrawn = !Number.isNaN(this.#drawnTick);
    if (isDrawn) {
      this.#sampleAt(this.#drawnTick);
      Object.assign(this.#before, this.#sample);
    }
    change();
    if (!isDrawn) return;
    this.#sampleAt(this.#drawnTick);
    const dx = this.#before.x - this.#sample.x;
    const dy = this.#before.y - this.#sample.y;
    if (Math.hypot(dx, dy) > LEAP_UNITS) return;
    this.#easeX += dx;
    this.#easeY += dy;
    this.#easeHeading += turnBetween(this.#sample.heading, this.#before.heading);
  }

  /** Between the newest tick that is done and the one under way as the present input would have it. */
  #sampleAt(tick: number): void {
    const m = this.#motion;
    const from = this.tick & MASK;
    copyMotion(m, from, m, LIVE);
    steer(m, LIVE, this.#liveWanted, this.#liveSwim, this.#rules, roundingAt(this.tick + 1));
    const part = Math.min(Math.max(tick - this.tick, 0), 1);
    this.#sample.x = (m.x[from] + (m.x[LIVE] - m.x[from]) * part) / POSITION_STEPS;
    this.#sample.y = (m.y[from] + (m.y[LIVE] - m.y[from]) * part) / POSITION_STEPS;
    this.#sample.heading = m.heading[from] + turnBetween(m.heading[from], m.heading[LIVE]) * part;
  }

  #step(tick: number): void {
    const at = tick & MASK;
    const m = this.#motion;
    copyMotion(m, (tick - 1) & MASK, m, at);
    steer(m, at, this.#wanted[at], this.#swim[at] === 1, this.#rules, roundingAt(tick));
  }

  #put(tick: number, truth: OwnTruth): void {
    const m = this.#motion;
    const at = tick & MASK;
    m.x[at] = truth.x;
    m.y[at] = truth.y;
    m.heading[at] = truth.heading;
    m.speed[at] = truth.speed;
    m.thrust[at] = truth.thrust;
  }

  /** What was predicted last counts for another tick. */
  #leap(tick: number): void {
    copyMotion(this.#motion, this.tick & MASK, this.#motion, tick & MASK);
    this.tick = tick;
    this.#since = tick;
  }
}

/** The short way round, heading steps. */
function turnBetween(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}
