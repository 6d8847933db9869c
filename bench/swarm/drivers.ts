/** Systems that can be loaded, by name. Peers are found only if they are installed. */

import type { CreateDriver } from "./driver.ts";
import { createFloorDriver } from "./floor-driver.ts";
import { createShoalDriver } from "./shoal-driver.ts";

/** Throws when there is no such system, or it is a peer that is not installed. */
export async function findDriver(system: string): Promise<CreateDriver> {
  if (system === "shoal") return createShoalDriver;
  if (system === "floor") return createFloorDriver;
  // A path that is put together, so that this project compiles without the peers being installed.
  const module: { createDriver: CreateDriver } = await import(`../peers/${system}/driver.ts`);
  return module.createDriver;
}
