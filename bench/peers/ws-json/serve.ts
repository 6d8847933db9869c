/**
 * The way of the original tadpole server on `ws`: JSON text, one message for every update of everybody in view. The
 * originals sent to all players of the server; the scenario's view is kept here so that all peers deliver the same.
 */
import { type WebSocket, WebSocketServer } from "ws";
import { readBenchEnvironment, runTicks } from "../rig/server-process.ts";
import { VisibilityGrid } from "../rig/visibility-grid.ts";
import { World } from "../rig/world.ts";
import { formatUpdate, readInputs } from "./messages.ts";

const PAYLOAD_BYTES_MAX = 1024;
/** A player who is so far behind is left out, or the queues of a server that is too slow would take all memory. */
const QUEUED_BYTES_MAX = 1024 * 1024;
const TEXT = { binary: false };
const COMMA = Buffer.from(",");
const OPEN = Buffer.from("[");
const CLOSE = Buffer.from("]");

interface Pond {
  readonly world: World;
  readonly grid: VisibilityGrid;
  readonly socketOfSlot: (WebSocket | undefined)[];
  /** This tick's update of each slot: text is made once, however many get it. */
  readonly updates: Buffer[];
}

/** `isBatched`: one JSON array a tick for each player instead of a message for each update. */
export function serveWsJson({ isBatched }: { isBatched: boolean }): void {
  const { port, scenario } = readBenchEnvironment();
  const ponds = Array.from({ length: scenario.rooms }, (_, i): Pond => {
    const world = new World(scenario, scenario.seed + i);
    const socketOfSlot = new Array<WebSocket | undefined>(world.slotCount).fill(undefined);
    return { world, grid: new VisibilityGrid(world, scenario), socketOfSlot, updates: [] };
  });
  const visible = new Int32Array(ponds[0].world.slotCount);
  let joined = 0;

  const server = new WebSocketServer({ port, perMessageDeflate: false, maxPayload: PAYLOAD_BYTES_MAX });
  server.on("connection", (socket) => {
    const { world, socketOfSlot } = ponds[joined++ % ponds.length];
    const slot = world.add();
    socketOfSlot[slot] = socket;
    socket.send(`{"type":"welcome","id":${slot}}`);
    socket.on("message", (data) => {
      readInputs(data.toString(), world, slot);
    });
    socket.once("close", () => {
      socketOfSlot[slot] = undefined;
      world.remove(slot);
    });
    socket.on("error", () => socket.terminate());
  });
  server.on("listening", () => {
    runTicks(port, scenario.tickHz, (tick) => {
      for (const pond of ponds) step(pond, tick);
    });
  });

  function step({ world, grid, socketOfSlot, updates }: Pond, tick: number): void {
    world.step(tick);
    const { live, liveCount } = world;
    for (let i = 0; i < liveCount; i++) updates[live[i]] = Buffer.from(formatUpdate(world, live[i], tick));
    // One text for the whole room where everyone sees everyone.
    const forAll = isBatched && grid.seesAll ? batch(updates, live.subarray(0, liveCount)) : undefined;
    if (!grid.seesAll) grid.update();
    for (let i = 0; i < liveCount; i++) {
      const slot = live[i];
      const socket = socketOfSlot[slot];
      if (socket === undefined || socket.bufferedAmount > QUEUED_BYTES_MAX) continue;
      if (forAll !== undefined) {
        socket.send(forAll, TEXT);
        continue;
      }
      const count = grid.seesAll ? othersOf(slot, world, visible) : grid.query(slot, visible);
      // Own update last: with it a client has the whole tick. The originals echoed, too.
      visible[count] = slot;
      const slots = visible.subarray(0, count + 1);
      if (isBatched) socket.send(batch(updates, slots), TEXT);
      else for (const other of slots) socket.send(updates[other], TEXT);
    }
  }
}

function batch(updates: readonly Buffer[], slots: Int32Array): Buffer {
  const parts: Buffer[] = [OPEN];
  for (const slot of slots) parts.push(updates[slot], COMMA);
  parts[parts.length - 1] = CLOSE;
  return Buffer.concat(parts);
}

function othersOf(slot: number, { live, liveCount }: World, out: Int32Array): number {
  let count = 0;
  for (let i = 0; i < liveCount; i++) if (live[i] !== slot) out[count++] = live[i];
  return count;
}
