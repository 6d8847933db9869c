/**
 * Who is in a room's world and how they move: slots, ids and motion arrays. Pure: no clock, no randomness, no bytes.
 * What the entities are and what rules move them is the game's business.
 */
import { type MotionArrays, type MotionRules, motionArrays } from "../../proto/motion.ts";

/** Where an entity is and how it moves, in the units of MotionArrays. */
export interface SavedMotion {
  readonly slot: number;
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly heading: number;
  readonly speed: number;
  readonly thrust: boolean;
}

export class World {
  readonly rules: MotionRules;
  readonly motion: MotionArrays;
  readonly slotCount: number;
  /** Slots in the world, the first `liveCount`, in no order. */
  readonly live: Int32Array;
  liveCount = 0;
  /** Number for life of the entity in each slot, 0 if the slot is free. */
  readonly ids: Uint32Array;
  readonly #placeOf: Int32Array;
  /** Free slots; the one free longest is used next, so that a slot rests before it names someone else. */
  readonly #free: Int32Array;
  #freeHead = 0;
  #freeCount: number;
  #nextId = 1;

  constructor(rules: MotionRules, slotCount: number) {
    this.rules = rules;
    this.slotCount = slotCount;
    this.motion = motionArrays(slotCount);
    this.live = new Int32Array(slotCount);
    this.ids = new Uint32Array(slotCount);
    this.#placeOf = new Int32Array(slotCount);
    this.#free = Int32Array.from({ length: slotCount }, (_, i) => i);
    this.#freeCount = slotCount;
  }

  get isFull(): boolean {
    return this.#freeCount === 0;
  }

  /** The id of the next entity. */
  get nextId(): number {
    return this.#nextId;
  }

  /**
   * Takes up a saved world: these entities in their slots, in this order. Only for a world in which nobody ever was. Free slots
   * are used lowest first. Throws RangeError on what cannot be.
   */
  restore(entities: Iterable<SavedMotion>, nextId: number): void {
    const { motion: m, rules } = this;
    for (const { slot, id, x, y, heading, speed, thrust } of entities) {
      if (slot >= this.slotCount || this.ids[slot] !== 0) throw new RangeError(`slot ${slot} cannot be taken`);
      if (id === 0 || id >= nextId) throw new RangeError(`id ${id} cannot be`);
      if (x > rules.widthSteps || y > rules.heightSteps) throw new RangeError(`(${x}, ${y}) is outside the world`);
      this.#placeOf[slot] = this.liveCount;
      this.live[this.liveCount++] = slot;
      this.ids[slot] = id;
      m.x[slot] = x;
      m.y[slot] = y;
      m.heading[slot] = heading;
      m.speed[slot] = speed;
      m.thrust[slot] = thrust ? 1 : 0;
    }
    this.#nextId = nextId;
    this.#freeHead = 0;
    this.#freeCount = 0;
    for (let slot = 0; slot < this.slotCount; slot++) if (this.ids[slot] === 0) this.#free[this.#freeCount++] = slot;
  }

  /** Puts an entity at (x, y), position steps, at rest. Returns its slot, or -1 when the world is full. */
  add(x: number, y: number, heading: number): number {
    if (this.#freeCount === 0) return -1;
    const slot = this.#free[this.#freeHead];
    this.#freeHead = (this.#freeHead + 1) % this.slotCount;
    this.#freeCount--;
    this.#placeOf[slot] = this.liveCount;
    this.live[this.liveCount++] = slot;
    this.ids[slot] = this.#nextId++;
    const m = this.motion;
    m.x[slot] = x;
    m.y[slot] = y;
    m.heading[slot] = heading;
    m.speed[slot] = 0;
    m.thrust[slot] = 0;
    return slot;
  }

  /** Takes an entity out; its slot becomes free, its id is never used again. */
  remove(slot: number): void {
    const place = this.#placeOf[slot];
    const moved = this.live[--this.liveCount];
    this.live[place] = moved;
    this.#placeOf[moved] = place;
    this.ids[slot] = 0;
    this.#free[(this.#freeHead + this.#freeCount++) % this.slotCount] = slot;
  }

  /** Slot of a living entity, -1 if nobody has that id. */
  slotOfId(id: number): number {
    for (let i = 0; i < this.liveCount; i++) if (this.ids[this.live[i]] === id) return this.live[i];
    return -1;
  }

  /** Hash of everyone's motion (FNV-1a over ids and fields in slot order): equal worlds, equal hashes. */
  hash(): number {
    let hash = 0x811c9dc5;
    const mix = (value: number) => {
      hash = Math.imul(hash ^ value, 0x01000193);
    };
    const m = this.motion;
    for (let slot = 0; slot < this.slotCount; slot++) {
      if (this.ids[slot] === 0) continue;
      for (const value of [this.ids[slot], m.x[slot], m.y[slot], m.heading[slot], m.speed[slot], m.thrust[slot]]) {
        mix(value);
      }
    }
    return hash >>> 0;
  }
}
