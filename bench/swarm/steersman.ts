/**
 * Who steers thousands of players without decoding what they see: each player's motion is stepped here as the server does
 * it, from the place where the first frame showed it. Draws from one seed.
 */
import {
  advance,
  CRUISE_SPEED,
  HEADING_STEPS,
  type MotionArrays,
  type MotionRules,
  motionArrays,
  roundingAt,
  turnToward,
} from "../../proto/motion.ts";

/** Change of heading each tick, heading steps: uniform to 0.2 rad on either side, once the easing has had its share. */
const TURN_STEPS = (0.2 / (2 * Math.PI)) * HEADING_STEPS;
const SHORE_STEPS = 20 * 32;

export class Steersman {
  readonly motion: MotionArrays;
  readonly #rules: MotionRules;
  readonly #random: () => number;
  readonly #ticks: Uint32Array;

  constructor(players: number, rules: MotionRules, random: () => number) {
    this.motion = motionArrays(players);
    this.#ticks = new Uint32Array(players);
    this.#rules = rules;
    this.#random = random;
  }

  /** The player is here now. */
  place(player: number, x: number, y: number, heading: number): void {
    this.motion.x[player] = x;
    this.motion.y[player] = y;
    this.motion.heading[player] = heading;
    this.motion.speed[player] = CRUISE_SPEED;
    this.motion.thrust[player] = 1;
  }

  /** The heading to ask for in the player's next tick, so that the heading changes by what was drawn. */
  wander(player: number): number {
    const m = this.motion;
    const { turn, widthSteps, heightSteps } = this.#rules;
    const [x, y] = [m.x[player], m.y[player]];
    const isNearShore =
      x < SHORE_STEPS || y < SHORE_STEPS || x > widthSteps - SHORE_STEPS || y > heightSteps - SHORE_STEPS;
    const drawn = Math.round((this.#random() * 2 - 1) * TURN_STEPS);
    const toMiddle = Math.atan2(heightSteps / 2 - y, widthSteps / 2 - x);
    const wanted = isNearShore
      ? Math.round((toMiddle / (2 * Math.PI)) * HEADING_STEPS) & (HEADING_STEPS - 1)
      : (m.heading[player] + Math.round((drawn * 65536) / turn)) & (HEADING_STEPS - 1);
    turnToward(m, player, wanted, this.#rules);
    advance(m, player, this.#rules, roundingAt(this.#ticks[player]++));
    return wanted;
  }
}
