/** Rooms by name: opened when first asked for, closed when the last player is gone. Knows nothing of connections. */
import type { AllowedRooms } from "../config.ts";
import type { TickTimes } from "./frame-sender.ts";
import type { Room } from "./room.ts";

export interface RoomsOptions {
  allowed: AllowedRooms;
  roomsMax: number;
  /** `tick`: the newest tick of all rooms; `skippedTicks`: those that the server has skipped so far. */
  createRoom(name: string, tick: number, skippedTicks: number): Room;
  /** A room's step threw: a bug. The room is gone by now; its players are told by the caller. */
  onFailure(room: Room, error: unknown): void;
}

export class Rooms {
  readonly #open = new Map<string, Room>();
  readonly #options: RoomsOptions;
  /** Ticks since the start, the same in every room. */
  tick = 0;
  #skippedTicks = 0;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size;
  }

  get(name: string): Room | undefined {
    return this.#open.get(name);
  }

  /** The room of that name, opened if need be; or why there is none. */
  find(name: string): Room | "unknown" | "full" {
    const open = this.#open.get(name);
    if (open !== undefined) return open;
    const { allowed, roomsMax, createRoom } = this.#options;
    if (allowed !== "any" && !allowed.has(name)) return "unknown";
    if (this.#open.size >= roomsMax) return "full";
    const room = createRoom(name, this.tick, this.#skippedTicks);
    this.#open.set(name, room);
    return room;
  }

  /** Closes the room if nobody is in it. */
  disposeIfEmpty(room: Room): void {
    if (room.playerCount === 0 && this.#open.get(room.name) === room) this.#open.delete(room.name);
  }

  /** One tick of every room (see Room.step); a room that throws is closed, the others do not notice. */
  step(times: TickTimes): void {
    this.#skippedTicks = times.skippedTicks;
    this.tick++;
    for (const room of this.#open.values()) {
      try {
        room.step(times);
      } catch (error) {
        this.#open.delete(room.name);
        this.#options.onFailure(room, error);
      }
    }
  }

  closeAll(code: number, reason: string): void {
    for (const room of this.#open.values()) room.closeAll(code, reason);
  }
}
