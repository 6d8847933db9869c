/** Which tadpole a pointer is on. Numbers only. */
import type { Replica } from "../sync/index.ts";
import type { Camera } from "./camera.ts";

/** From the head's middle, world units: the original's. */
const REACH = 6;

/** A place on the screen, CSS pixels, and how far from it a head may be at least: fingers are less exact than mice. */
export interface ScreenSpot {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
}

/** The slot of the tadpole whose head is nearest to the spot and within reach of it; not the own one. -1 if none is. */
export function tadpoleAt(replica: Replica, camera: Camera, { x, y, reach }: ScreenSpot): number {
  let found = -1;
  let nearest = Math.max(REACH * camera.zoom, reach);
  for (let i = 0; i < replica.visibleCount; i++) {
    const slot = replica.visible[i];
    if (slot === replica.ownSlot) continue;
    const distance = Math.hypot(camera.screenX(replica.drawX[slot]) - x, camera.screenY(replica.drawY[slot]) - y);
    if (distance > nearest) continue;
    nearest = distance;
    found = slot;
  }
  return found;
}
