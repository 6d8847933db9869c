/**
 * The original game counted in frames of 30 ms. These restate its constants per second, so that the frame rate of
 * the screen changes nothing. Numbers only.
 */

/** One frame of the original, seconds. */
export const ORIGINAL_FRAME_S = 0.03;
/** Momentum of the original at full speed, and that speed in world units a second. */
export const MOMENTUM_MAX = 3;
export const SPEED_MAX = 100;

/** Share of a gap to close in `dtS`, when the original closed `perFrame` of it each frame. */
export function easeShare(perFrame: number, dtS: number): number {
  return 1 - (1 - perFrame) ** (dtS / ORIGINAL_FRAME_S);
}
