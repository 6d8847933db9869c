import { type MotionArrays } from "../../proto/motion.ts";
export declare class CellGrid {
    #private;
    readonly columns: number;
    readonly rows: number;
    readonly cellSteps: number;
    /** Slots in each cell, in roster order. */
    readonly rosters: number[][];
    /** Roster places emptied since `clearMoves`, in order; the last entity moved into each. */
    readonly leaves: number[][];
    /** Slots that entered since `clearMoves`; they join the roster when the encoder says so. */
    readonly arrivals: number[][];
    /** @param size cell edge, world units; @param slots most entities */
    constructor(worldWidth: number, worldHeight: number, size: number, slots: number);
    get cellCount(): number;
    /** The cell an entity is in, or -1 before its first `move`. */
    cellOf(slot: number): number;
    /** Left edge of a cell, position steps. */
    left(cell: number): number;
    /** Top edge of a cell, position steps. */
    top(cell: number): number;
    /** Puts the entity into the cell that its position asks for; a border around its present cell holds it back. */
    move(slot: number, m: MotionArrays): void;
    /** Takes the entity out of the world. */
    remove(slot: number): void;
    /** The encoder's call: arrivals of a cell become part of its roster, at the end and in order. */
    settle(cell: number): void;
    /** The encoder's call, when the tick is written: forgets a cell's moves. */
    clearMoves(cell: number): void;
}
