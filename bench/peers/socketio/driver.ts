import type { CreateDriver } from "../../swarm/driver.ts";
import { createPeerDriver } from "../common/peer-driver.ts";
import { socketioPeer } from "./client.ts";

export const createDriver: CreateDriver = (options) => createPeerDriver(socketioPeer, options);
