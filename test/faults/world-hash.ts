/** One number for who is where, the same for a server's belief of its viewers and a viewer that holds all of it. */
import type { MotionArrays } from "../../proto/motion.ts";

/** `slots` in any order; `idOf` their entities' numbers for life. */
export function worldHash(slots: Iterable<number>, motion: MotionArrays, idOf: (slot: number) => number): number {
  let hash = 0x811c9dc5;
  for (const slot of [...slots].sort((a, b) => a - b)) {
    hash = mix(hash, slot);
    hash = mix(hash, idOf(slot));
    hash = mix(hash, motion.x[slot]);
    hash = mix(hash, motion.y[slot]);
    hash = mix(hash, motion.heading[slot]);
    hash = mix(hash, motion.speed[slot]);
    hash = mix(hash, motion.thrust[slot]);
  }
  return hash >>> 0;
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x01000193);
  return mixed ^ (mixed >>> 15);
}
