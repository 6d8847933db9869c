/**
 * The real server without sockets and without waiting: lobby, room and game under virtual time, reached by pipes in memory. What it
 * sends arrives at once; distance is the business of whoever wraps the pipes.
 */
import type { OpenTransport, Transport, TransportEvents } from "../../client/sync/transport.ts";
import { pondGame } from "../../server/game/pond.ts";
import { createCounters } from "../../server/metrics.ts";
import { Room } from "../../server/room/room.ts";
import { Rooms } from "../../server/room/rooms.ts";
import { Lobby } from "../../server/session/lobby.ts";
import type { Connection, SendResult } from "../../server/transport/connection.ts";
import { PathLog } from "./path-log.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The server's defaults (server/config.ts), but for a world that its players cannot leave each other in. */
export const TICK_HZ = 20;
export const TICK_MS = 1000 / TICK_HZ;
export const WORLD_SIZE = 2048;
export const CELL_SIZE = 320;
/** As a server has it by default. */
const RESUME_MS = 30_000;
const CODE_LOST = 1006;
const SPAWN_RANGE = 150;
const CAPACITY = 64;
const ROOM = "pond";

export class PondServer {
  readonly path = new PathLog();
  readonly #time: VirtualTime;
  readonly #rooms: Rooms;
  readonly #lobby: Lobby;
  #connections = 0;

  constructor(time: VirtualTime, seed: number) {
    this.#time = time;
    const counters = createCounters();
    const createGame = pondGame({ spawnRange: SPAWN_RANGE });
    let epoch = 0;
    this.#rooms = new Rooms({
      allowed: "any",
      roomsMax: 1,
      now: time.now,
      cpuMs: time.now,
      checkpointTicks: TICK_HZ,
      createRoom: (name, tick, skippedTicks) => {
        epoch++;
        const world = { tickHz: TICK_HZ, worldSize: WORLD_SIZE, cellSize: CELL_SIZE, capacity: CAPACITY };
        return new Room({ name, ...world, seed: seed + epoch, epoch, tick, skippedTicks, createGame, counters });
      },
      onFailure: ({ error }) => {
        throw error;
      },
      // Virtual time does not pass in a step.
      tickHz: TICK_HZ,
      onRelief: () => {},
      onOverload: () => {},
    });
    const onReject = (reason: string, _: Connection, words: string) => {
      // A hello may be lost time in a hole; any other refusal is a bug, here or there.
      if (reason !== "hello-timeout") throw new Error(`refused: ${reason}, ${words}`);
    };
    this.#lobby = new Lobby({ rooms: this.#rooms, now: time.now, serverNow: time.now, resumeMs: RESUME_MS, onReject });
    this.#beat(1);
  }

  /** The server's present: ticks, with the fraction of the one under way. */
  get presentTick(): number {
    return this.#time.nowMs / TICK_MS;
  }

  /** Opens a pipe to this server; its delays are none. */
  readonly open: OpenTransport = (_, events) => {
    const pipe = new Pipe(++this.#connections, this.#lobby, events);
    this.#time.timers.set(() => pipe.begin(), 0);
    return pipe;
  };

  /** Tick by tick: tick n at n times its length. */
  #beat(tick: number): void {
    this.#time.at(tick * TICK_MS, () => {
      this.#rooms.step({ startMs: this.#time.nowMs, lastTickMs: 0, skippedTicks: 0 });
      this.#lobby.admit();
      this.#lobby.sweep();
      const room = this.#rooms.get(ROOM);
      if (room !== undefined) {
        this.path.record(room.tick, room.world.motion, room.encoder.shadow, room.world.ids);
      }
      this.#beat(tick + 1);
    });
  }
}

/** The client's end of a pipe. */
class Pipe implements Transport {
  readonly #lobby: Lobby;
  readonly #events: TransportEvents;
  readonly #end: ServerEnd;

  constructor(id: number, lobby: Lobby, events: TransportEvents) {
    this.#lobby = lobby;
    this.#events = events;
    this.#end = new ServerEnd(id, lobby, events);
  }

  begin(): void {
    if (!this.#end.isOpen) return;
    this.#lobby.onOpen(this.#end);
    this.#events.onOpen();
  }

  send(bytes: Uint8Array): void {
    if (this.#end.isOpen) this.#lobby.onMessage(this.#end, bytes);
  }

  close(): void {
    this.#end.leave();
  }
}

class ServerEnd implements Connection {
  readonly kind = "websocket";
  readonly address = "127.0.0.1";
  readonly id: number;
  isOpen = true;
  readonly #lobby: Lobby;
  readonly #events: TransportEvents;

  constructor(id: number, lobby: Lobby, events: TransportEvents) {
    this.id = id;
    this.#lobby = lobby;
    this.#events = events;
  }

  send(bytes: Uint8Array): SendResult {
    if (!this.isOpen) return "closed";
    // The bytes are the sender's again afterwards, and they are long on the way.
    this.#events.onMessage(Uint8Array.from(bytes));
    return "sent";
  }

  /** What waits on the way waits in kernels, which no server sees (SPEC L4). */
  bufferedBytes(): number {
    return 0;
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#events.onClose(code, reason);
    this.#lobby.onClose(this, code);
  }

  /** The client is gone. */
  leave(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#lobby.onClose(this, CODE_LOST);
  }
}
