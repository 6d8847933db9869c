import type { CellSource } from "./cell-source.ts";
import { type Viewer } from "./viewer.ts";
/** A client that missed more ticks than this starts over: two seconds at 20 Hz (SPEC K4). */
export declare const MISSED_TICKS_MAX = 40;
/** What the frame says beside the cells. */
export interface FrameHeader {
    /** Number of the input taken last, 0 to leave it out. */
    inputTick: number;
    /** Encoded `events` fields, tag and all, in order. */
    events: readonly Uint8Array[];
}
export declare class FrameComposer {
    #private;
    /** Keyframes copied into frames so far. */
    keyframesSent: number;
    /**
     * The frame that brings `viewer` to the source's tick; marks everything in it as held and known.
     * The bytes are valid until the next call. Call `viewer.forget()` if they do not reach the client.
     */
    compose(source: CellSource, viewer: Viewer, header: FrameHeader): Uint8Array;
}
