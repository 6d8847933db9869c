/** Inputs as the binary peers send them: one message carries those of the ticks since the last. */
import type { World } from "./world.ts";

/** Inputs in one message at most. */
export const INPUTS_MAX = 8;
const HEADING_BYTES = 2;

/** Whether to swim (one byte), then a heading (uint16, low byte first) for each tick. */
export function writeInputs(headings: Uint16Array, isSwimming: boolean): Uint8Array {
  const bytes = new Uint8Array(1 + headings.length * HEADING_BYTES);
  bytes[0] = isSwimming ? 1 : 0;
  headings.forEach((heading, i) => {
    bytes[1 + i * HEADING_BYTES] = heading & 255;
    bytes[2 + i * HEADING_BYTES] = heading >> 8;
  });
  return bytes;
}

/** Gives the world what `bytes` say; drops a message of another form. */
export function readInputs(bytes: Uint8Array, world: World, slot: number): void {
  const count = (bytes.length - 1) / HEADING_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > INPUTS_MAX) return;
  const isSwimming = bytes[0] !== 0;
  for (let at = 1; at < bytes.length; at += HEADING_BYTES) {
    world.input(slot, bytes[at] | (bytes[at + 1] << 8), isSwimming);
  }
}
