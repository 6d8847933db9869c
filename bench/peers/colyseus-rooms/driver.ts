import type { CreateDriver } from "../../swarm/driver.ts";
import { colyseusPeer } from "../colyseus/client.ts";
import { createPeerDriver } from "../rig/peer-driver.ts";

export const createDriver: CreateDriver = (options) =>
  createPeerDriver({ ...colyseusPeer, keepsToView: false }, options);
