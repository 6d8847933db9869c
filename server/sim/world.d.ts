/**
 * Who is in a room's world and how they move: slots, ids and motion arrays. Pure: no clock, no randomness, no bytes.
 * What the entities are and what rules move them is the game's business.
 */
import { type MotionArrays, type MotionRules } from "../../proto/motion.ts";
export declare class World {
    #private;
    readonly rules: MotionRules;
    readonly motion: MotionArrays;
    readonly slotCount: number;
    /** Slots in the world, the first `liveCount`, in no order. */
    readonly live: Int32Array;
    liveCount: number;
    /** Number for life of the entity in each slot, 0 if the slot is free. */
    readonly ids: Uint32Array;
    constructor(rules: MotionRules, slotCount: number);
    get isFull(): boolean;
    /** Puts an entity at (x, y), position steps, at rest. Returns its slot, or -1 when the world is full. */
    add(x: number, y: number, heading: number): number;
    /** Takes an entity out; its slot becomes free, its id is never used again. */
    remove(slot: number): void;
    /** Slot of a living entity, -1 if nobody has that id. */
    slotOfId(id: number): number;
    /** Hash of everyone's motion (FNV-1a over ids and fields in slot order): equal worlds, equal hashes. */
    hash(): number;
}
