/** Socket.IO 4: one volatile binary event a tick to each player, with what is inside his view. */
import { createServer } from "node:http";
import { Server, type Socket } from "socket.io";
import * as msgpackParser from "socket.io-msgpack-parser";
import { readInputs } from "../shared/inputs.ts";
import { readBenchEnvironment, runTicks } from "../shared/server-process.ts";
import { VisibilityGrid } from "../shared/visibility-grid.ts";
import { World } from "../shared/world.ts";
import { HEADER_BYTES, INPUT_EVENT, RECORD_BYTES, STATE_EVENT } from "./records.ts";

/** The load answers no heartbeats; they cost nothing that could be measured. */
const PING_INTERVAL_MS = 3_600_000;

interface Pond {
  readonly world: World;
  readonly grid: VisibilityGrid;
  readonly socketOfSlot: (Socket | undefined)[];
  /** The record of each slot, made once a tick. */
  readonly records: Buffer;
}

const { port, scenario } = readBenchEnvironment();
const ponds = Array.from({ length: scenario.rooms }, (_, i) => openPond(i));
const visible = new Int32Array(ponds[0].world.slotCount);
let joined = 0;

const http = createServer();
const io = new Server(http, {
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  pingInterval: PING_INTERVAL_MS,
  parser: msgpackParser,
});
// Advice of its documentation: the first request is not needed and takes memory.
io.engine.on("connection", (raw: { request: unknown }) => {
  raw.request = null;
});
io.on("connection", (socket) => {
  const pond = ponds[joined++ % ponds.length];
  const slot = pond.world.add();
  pond.socketOfSlot[slot] = socket;
  socket.on(INPUT_EVENT, (input: unknown) => {
    if (input instanceof Uint8Array) readInputs(input, pond.world, slot);
  });
  socket.once("disconnect", () => {
    pond.socketOfSlot[slot] = undefined;
    pond.world.remove(slot);
  });
});
http.listen(port, () => {
  runTicks(port, scenario.tickHz, (tick) => {
    for (const pond of ponds) step(pond, tick);
  });
});

function openPond(index: number): Pond {
  const world = new World(scenario, scenario.seed + index);
  return {
    world,
    grid: new VisibilityGrid(world, scenario),
    socketOfSlot: new Array(world.slotCount).fill(undefined),
    records: Buffer.alloc(world.slotCount * RECORD_BYTES),
  };
}

function step({ world, grid, socketOfSlot, records }: Pond, tick: number): void {
  world.step(tick);
  grid.update();
  const { live, liveCount } = world;
  for (let i = 0; i < liveCount; i++) writeRecord(records, world, live[i]);
  for (let i = 0; i < liveCount; i++) {
    const slot = live[i];
    const count = grid.query(slot, visible);
    // A new buffer each: it belongs to the socket until it is written.
    const message = Buffer.allocUnsafe(HEADER_BYTES + (count + 1) * RECORD_BYTES);
    message.writeUInt32LE(tick, 0);
    copyRecord(records, slot, message, HEADER_BYTES);
    for (let j = 0; j < count; j++) copyRecord(records, visible[j], message, HEADER_BYTES + (j + 1) * RECORD_BYTES);
    socketOfSlot[slot]?.volatile.emit(STATE_EVENT, message);
  }
}

function writeRecord(records: Buffer, world: World, slot: number): void {
  const at = slot * RECORD_BYTES;
  records.writeUInt16LE(slot, at);
  records.writeInt16LE(world.x(slot), at + 2);
  records.writeInt16LE(world.y(slot), at + 4);
  records[at + 6] = world.angle(slot);
}

function copyRecord(records: Buffer, slot: number, to: Buffer, at: number): void {
  const from = slot * RECORD_BYTES;
  // A loop of 7 beats a call of copy().
  for (let i = 0; i < RECORD_BYTES; i++) to[at + i] = records[from + i];
}
