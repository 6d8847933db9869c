/**
 * Who is in a room's world and how they move: slots, ids and motion arrays. Pure: no clock, no randomness, no bytes.
 * What the entities are and what rules move them is the game's business.
 */
import { type MotionArrays, type MotionRules, motionArrays } from "../../proto/motion.ts";

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
