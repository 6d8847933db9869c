import type { CreateDriver } from "../../swarm/driver.ts";
import { createPeerDriver } from "../rig/peer-driver.ts";
import { socketioPeer } from "./client.ts";

export const createDriver: CreateDriver = (options) => createPeerDriver(socketioPeer, options);
