import { type MotionArrays, type MotionRules } from "../../proto/motion.ts";
import type { CellGrid } from "./cell-grid.ts";
import type { CellSource } from "./cell-source.ts";
/** Viewers are never further off than this, position steps (half a world unit). */
export declare const POSITION_ERROR_MAX = 16;
export interface CellEncoderOptions {
    grid: CellGrid;
    rules: MotionRules;
    slots: number;
    epoch: number;
    /** The `entities` field of a slot, tag and all; asked once a change. */
    encodeRest(slot: number): Uint8Array;
}
export declare class CellEncoder implements CellSource {
    #private;
    readonly epoch: number;
    tick: number;
    readonly updateStart: Int32Array;
    readonly changedTick: Int32Array;
    readonly changedTickBefore: Int32Array;
    /** What viewers hold, by slot. Tests compare replicas with it. */
    readonly shadow: MotionArrays;
    /** Keyframes encoded so far. */
    keyframesEncoded: number;
    constructor(options: CellEncoderOptions);
    get columns(): number;
    get rows(): number;
    get cellSize(): number;
    get updates(): Uint8Array;
    roster(cell: number): readonly number[];
    introduced(cell: number): readonly number[];
    rest(slot: number): Uint8Array;
    /** Call when an entity's rest fields changed, its first ones included. */
    restChanged(slot: number): void;
    /**
     * Encodes one tick. `truth` is the simulation's motion after its step, `live` the first `liveCount` slots in the world.
     */
    encode(tick: number, truth: MotionArrays, live: Int32Array, liveCount: number): void;
    keyframe(cell: number): Uint8Array;
}
