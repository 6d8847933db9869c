/**
 * The record that describes one tadpole to the GPU: 22 words. Written by `swimmers.ts`, read by the shader of
 * `tadpoles.ts`; this file is where both look up what lies where.
 */

export const JOINTS = 15;

/** Words of one record. */
export const INSTANCE_WORDS = 22;
/** Floats: place in the world, heading, opacity. */
export const AT_X = 0;
export const AT_Y = 1;
export const AT_HEADING = 2;
export const AT_OPACITY = 3;
/** Floats: the direction of each of the 15 joints, then speed from 0 to 1. */
export const AT_JOINTS = 4;
export const AT_SPEED = AT_JOINTS + JOINTS;
/** Four bytes: red, green, blue, 255. */
export const AT_COLOUR = 20;
/** Four bytes: gender as in game.proto, 1 if it is the player's own, a number to tell individuals apart, 255 if pointed at. */
export const AT_STYLE = 21;

export function styleBytes(gender: number, isOwn: boolean, id: number): number {
  return (gender & 0xff) | (isOwn ? 0x100 : 0) | ((id & 0xff) << 16);
}

/** To add to the style of the tadpole that is pointed at. */
export const STYLE_POINTED = 0xff000000;
