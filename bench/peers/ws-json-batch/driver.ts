import type { CreateDriver } from "../../swarm/driver.ts";
import { createPeerDriver } from "../rig/peer-driver.ts";
import { wsJsonPeer } from "../ws-json/client.ts";

export const createDriver: CreateDriver = (options) => createPeerDriver(wsJsonPeer, options);
