/**
 * The world that every peer simulates: the pond's own motion step, spawns and shore, so that only the sending differs.
 * Knows nothing of sockets.
 */
import {
  advance,
  HEADING_STEPS,
  type MotionArrays,
  type MotionRules,
  motionArrays,
  motionRules,
  POSITION_STEPS,
  roundingAt,
  turnToward,
} from "../../../proto/motion.ts";
import { seededRandom } from "../../../proto/random.ts";
import type { Scenario } from "../../scenarios.ts";

/** Uniform change of heading each tick, to either side, heading steps: 0.2 rad. */
const TURN_STEPS = (0.2 / (2 * Math.PI)) * HEADING_STEPS;
/** This close to the shore a wanderer turns to the middle instead, position steps. */
const SHORE_STEPS = 20 * POSITION_STEPS;
/**
 * Inputs of one player that wait at most; a further one pushes out the oldest. A message's two and a tick of jitter: as many
 * come as are taken, so what once piled up in a longer queue would make every input late from then on.
 */
const WAITING_MAX = 3;

export class World {
  /** Slots in use are `live[0..liveCount)`, in no order. */
  readonly live: Int32Array;
  liveCount = 0;
  readonly #scenario: Scenario;
  readonly #motion: MotionArrays;
  readonly #rules: MotionRules;
  readonly #random: () => number;
  /** Where each turns to when players steer, heading steps. */
  readonly #wanted: Uint16Array;
  /** Inputs that wait for their tick: a ring of WAITING_MAX for each slot. */
  readonly #headings: Uint16Array;
  readonly #swims: Uint8Array;
  readonly #firstWaiting: Uint8Array;
  readonly #waiting: Uint8Array;
  /** Position of each slot in `live`, -1 if free. */
  readonly #liveIndex: Int32Array;
  readonly #free: number[] = [];

  constructor(scenario: Scenario, seed: number) {
    // Twice the players: a bench that reconnects may overlap.
    const slots = scenario.players * 2;
    this.#scenario = scenario;
    this.#motion = motionArrays(slots);
    this.#rules = motionRules(scenario.tickHz, scenario.worldSize, scenario.worldSize);
    this.#random = seededRandom(seed);
    this.#wanted = new Uint16Array(slots);
    this.#headings = new Uint16Array(slots * WAITING_MAX);
    this.#swims = new Uint8Array(slots * WAITING_MAX);
    this.#firstWaiting = new Uint8Array(slots);
    this.#waiting = new Uint8Array(slots);
    this.live = new Int32Array(slots);
    this.#liveIndex = new Int32Array(slots).fill(-1);
    for (let slot = slots - 1; slot >= 0; slot--) this.#free.push(slot);
  }

  get slotCount(): number {
    return this.live.length;
  }

  /** A new entity, anywhere in the world. Throws when the world is full. */
  add(): number {
    const slot = this.#free.pop();
    if (slot === undefined) throw new Error("the world is full");
    const motion = this.#motion;
    motion.x[slot] = Math.floor(this.#random() * this.#rules.widthSteps);
    motion.y[slot] = Math.floor(this.#random() * this.#rules.heightSteps);
    motion.heading[slot] = Math.floor(this.#random() * HEADING_STEPS);
    motion.speed[slot] = 0;
    motion.thrust[slot] = this.#scenario.motion === "wander" || this.#scenario.motion === "steer" ? 1 : 0;
    this.#wanted[slot] = motion.heading[slot];
    this.#waiting[slot] = 0;
    this.#liveIndex[slot] = this.liveCount;
    this.live[this.liveCount++] = slot;
    return slot;
  }

  remove(slot: number): void {
    const index = this.#liveIndex[slot];
    if (index < 0) return;
    const last = this.live[--this.liveCount];
    this.live[index] = last;
    this.#liveIndex[last] = index;
    this.#liveIndex[slot] = -1;
    this.#free.push(slot);
  }

  /** One input, for one tick: each tick takes the oldest, and without one the last goes on. */
  input(slot: number, heading: number, isSwimming: boolean): void {
    if (this.#waiting[slot] === WAITING_MAX) this.#takeInput(slot);
    const at = slot * WAITING_MAX + ((this.#firstWaiting[slot] + this.#waiting[slot]++) % WAITING_MAX);
    this.#headings[at] = heading;
    this.#swims[at] = isSwimming ? 1 : 0;
  }

  step(tick: number): void {
    if (this.#scenario.motion === "rest") return;
    const rounding = roundingAt(tick);
    const isWandering = this.#scenario.motion === "wander";
    for (let i = 0; i < this.liveCount; i++) {
      const slot = this.live[i];
      if (isWandering) this.#wander(slot);
      else this.#steer(slot);
      advance(this.#motion, slot, this.#rules, rounding);
    }
  }

  /** Whole world units: good to half a unit. */
  x(slot: number): number {
    return Math.round(this.#motion.x[slot] / POSITION_STEPS);
  }

  y(slot: number): number {
    return Math.round(this.#motion.y[slot] / POSITION_STEPS);
  }

  /** 256 steps in a turn. */
  angle(slot: number): number {
    return ((this.#motion.heading[slot] + 128) >> 8) & 255;
  }

  #wander(slot: number): void {
    const { heading } = this.#motion;
    heading[slot] += Math.round((this.#random() * 2 - 1) * TURN_STEPS);
    if (this.#isNearShore(slot)) heading[slot] = this.#headingToMiddle(slot);
  }

  #steer(slot: number): void {
    if (this.#waiting[slot] > 0) this.#takeInput(slot);
    turnToward(this.#motion, slot, this.#wanted[slot], this.#rules);
  }

  #takeInput(slot: number): void {
    const at = slot * WAITING_MAX + this.#firstWaiting[slot];
    this.#wanted[slot] = this.#headings[at];
    this.#motion.thrust[slot] = this.#swims[at];
    this.#firstWaiting[slot] = (this.#firstWaiting[slot] + 1) % WAITING_MAX;
    this.#waiting[slot]--;
  }

  #isNearShore(slot: number): boolean {
    const x = this.#motion.x[slot];
    const y = this.#motion.y[slot];
    if (x < SHORE_STEPS || y < SHORE_STEPS) return true;
    return x > this.#rules.widthSteps - SHORE_STEPS || y > this.#rules.heightSteps - SHORE_STEPS;
  }

  #headingToMiddle(slot: number): number {
    const { widthSteps, heightSteps } = this.#rules;
    const rad = Math.atan2(heightSteps / 2 - this.#motion.y[slot], widthSteps / 2 - this.#motion.x[slot]);
    return Math.round((rad / (2 * Math.PI)) * HEADING_STEPS) & (HEADING_STEPS - 1);
  }
}
