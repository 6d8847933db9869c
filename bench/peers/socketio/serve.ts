/**
 * Socket.IO 4: one volatile binary event a tick to each player, with what is inside his view; one to a whole room where
 * everyone sees everyone.
 */
import { Server, type ServerOptions, type Socket } from "socket.io";
import * as msgpackParser from "socket.io-msgpack-parser";
import type { Scenario } from "../../scenarios.ts";
import { readInputs } from "../rig/inputs.ts";
import { readBenchEnvironment, runTicks } from "../rig/server-process.ts";
import { VisibilityGrid } from "../rig/visibility-grid.ts";
import { World } from "../rig/world.ts";
import { HEADER_BYTES, INPUT_EVENT, RECORD_BYTES, STATE_EVENT, WELCOME_EVENT } from "./records.ts";

/** The load answers no heartbeats; they cost nothing that could be measured. */
const PING_INTERVAL_MS = 3_600_000;

interface Pond {
  /** Of the Socket.IO room. */
  readonly name: string;
  readonly world: World;
  readonly grid: VisibilityGrid;
  readonly socketOfSlot: (Socket | undefined)[];
  /** The record of each slot, made once a tick. */
  readonly records: Buffer;
}

const OPTIONS: Partial<ServerOptions> = {
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  pingInterval: PING_INTERVAL_MS,
  parser: msgpackParser,
};

/** `listen` gives the server its sockets, and calls back when it listens. */
export function serveSocketio(listen: (io: Server, port: number, onListening: () => void) => void): void {
  const { port, scenario } = readBenchEnvironment();
  const ponds = Array.from({ length: scenario.rooms }, (_, i) => openPond(scenario, i));
  const visible = new Int32Array(ponds[0].world.slotCount);
  let joined = 0;

  const io = new Server(OPTIONS);
  io.on("connection", (socket) => {
    const pond = ponds[joined++ % ponds.length];
    const slot = pond.world.add();
    pond.socketOfSlot[slot] = socket;
    socket.join(pond.name);
    socket.emit(WELCOME_EVENT, slot);
    socket.on(INPUT_EVENT, (input: unknown) => {
      if (input instanceof Uint8Array) readInputs(input, pond.world, slot);
    });
    socket.once("disconnect", () => {
      pond.socketOfSlot[slot] = undefined;
      pond.world.remove(slot);
    });
  });
  listen(io, port, () => {
    runTicks(port, scenario.tickHz, (tick) => {
      for (const pond of ponds) step(pond, tick);
    });
  });

  function step({ name, world, grid, records, socketOfSlot }: Pond, tick: number): void {
    world.step(tick);
    const { live, liveCount } = world;
    for (let i = 0; i < liveCount; i++) writeRecord(records, world, live[i]);
    if (grid.seesAll) {
      // Encoded once for all, as Socket.IO's rooms are made for.
      io.to(name).volatile.emit(STATE_EVENT, pack(records, tick, live, liveCount));
      return;
    }
    grid.update();
    for (let i = 0; i < liveCount; i++) {
      const slot = live[i];
      const count = grid.query(slot, visible);
      visible[count] = slot;
      socketOfSlot[slot]?.volatile.emit(STATE_EVENT, pack(records, tick, visible, count + 1));
    }
  }
}

function openPond(scenario: Scenario, index: number): Pond {
  const world = new World(scenario, scenario.seed + index);
  return {
    name: `pond-${index}`,
    world,
    grid: new VisibilityGrid(world, scenario),
    socketOfSlot: new Array(world.slotCount).fill(undefined),
    records: Buffer.alloc(world.slotCount * RECORD_BYTES),
  };
}

/** A new buffer each: it belongs to the socket until it is written. */
function pack(records: Buffer, tick: number, slots: Int32Array, count: number): Buffer {
  const message = Buffer.allocUnsafe(HEADER_BYTES + count * RECORD_BYTES);
  message.writeUInt32LE(tick, 0);
  let to = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    const from = slots[i] * RECORD_BYTES;
    // A loop of 7 beats a call of copy().
    for (let j = 0; j < RECORD_BYTES; j++) message[to++] = records[from + j];
  }
  return message;
}

function writeRecord(records: Buffer, world: World, slot: number): void {
  const at = slot * RECORD_BYTES;
  records.writeUInt16LE(slot, at);
  records.writeInt16LE(world.x(slot), at + 2);
  records.writeInt16LE(world.y(slot), at + 4);
  records[at + 6] = world.angle(slot);
}
