/** A Colyseus server on its uWebSockets transport, all of whose rooms tick together. */
import { Server } from "@colyseus/core";
import { Encoder } from "@colyseus/schema";
import { uWebSocketsTransport } from "@colyseus/uwebsockets-transport";
import { readBenchEnvironment, runTicks } from "../rig/server-process.ts";
import { ROOM_NAME } from "./names.ts";
import { definePondRoom, type PondRoom } from "./room.ts";

/** Room for one client's patch in the encoder's buffer, in which those of all clients of a room follow one another. */
const PATCH_BYTES_MAX = 1024;

export interface ColyseusSetup {
  readonly hasAreaOfInterest: boolean;
  /** Players in a room when the scenario has one world. */
  readonly playersPerRoom: number;
}

export async function serveColyseus({ hasAreaOfInterest, playersPerRoom }: ColyseusSetup): Promise<void> {
  const { port, scenario } = readBenchEnvironment();
  const playersMax = scenario.rooms > 1 ? Math.ceil(scenario.players / scenario.rooms) : playersPerRoom;
  const inRoom = Math.min(playersMax, scenario.players);
  // Large from the start, as the library asks for when it has to grow it.
  if (hasAreaOfInterest) Encoder.BUFFER_SIZE = Math.max(Encoder.BUFFER_SIZE, inRoom * PATCH_BYTES_MAX);
  const rooms: PondRoom[] = [];
  const server = new Server({ transport: new uWebSocketsTransport(), greet: false, gracefullyShutdown: false });
  const room = definePondRoom({ scenario, playersMax, hasAreaOfInterest, onOpen: (opened) => rooms.push(opened) });
  server.define(ROOM_NAME, room);
  await server.listen(port);
  runTicks(port, scenario.tickHz, (tick) => {
    for (const opened of rooms) opened.step(tick);
  });
}
