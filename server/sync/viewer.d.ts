/** The client has an empty roster for this cell: what every cell newly in view starts with. */
export declare const EMPTY = 0;
/** The client has the cell as of `lastTick`. */
export declare const HELD = 1;
/** The client has something older and waits for a keyframe. */
export declare const STALE = 2;
/** A rectangle, world units. */
export interface Rectangle {
    left: number;
    top: number;
    width: number;
    height: number;
}
/** The world as far as clamping needs it. */
export interface CellLayout {
    readonly columns: number;
    readonly rows: number;
    readonly cellSize: number;
}
export declare class Viewer {
    #private;
    column: number;
    row: number;
    columns: number;
    rows: number;
    /** The rectangle or the reset flag must be told with the next frame. */
    isMoved: boolean;
    isReset: boolean;
    /** Tick of the last frame handed over; -1 before the first. */
    lastTick: number;
    /** By place in the view, row by row: EMPTY, HELD or STALE. */
    readonly holds: Uint8Array<ArrayBuffer>;
    /** True if every cell is HELD; saves looking. */
    holdsAll: boolean;
    /** Some entity in view was left without its rest fields because the frame was full. */
    lacksRests: boolean;
    constructor(slots: number);
    knows(slot: number): boolean;
    learn(slot: number): void;
    /** The slot's rest fields changed, or someone else has the slot now. */
    unlearn(slot: number): void;
    /** Nothing is held any more: a frame was dropped, or the client missed too much. */
    forget(): void;
    sees(cell: number, layout: CellLayout): boolean;
    /** Wants to see this rectangle from the next frame on. */
    look(wanted: Rectangle): void;
    /**
     * The composer's call, once a frame and not in between: a view that the client is not told of never was. What is
     * held of cells in both views stays held.
     */
    turn(layout: CellLayout): void;
}
/**
 * SPEC V2: what of a wanted rectangle is granted to an entity at (x, y), world units: edges of at most VIEW_EDGE_MAX, and
 * the entity at least VIEW_INSET inside (in the middle of a smaller rectangle), so nobody looks where they are not.
 */
export declare function clampView(wanted: Rectangle, x: number, y: number): Rectangle;
