/**
 * Rooms by name: opened when first asked for, closed when the last player is gone, rebuilt when their tick throws. Knows nothing of
 * connections and files.
 */
import { ROOM_NAME_DEFAULT } from "../../proto/limits.ts";
import type { AllowedRooms } from "../config.ts";
import type { SavedRoom } from "../state/saved-room.ts";
import { Failures } from "./failures.ts";
import type { TickTimes } from "./frame-sender.ts";
import { type Relief, RoomRelief } from "./relief.ts";
import type { Room } from "./room.ts";

export interface RoomsOptions {
  allowed: AllowedRooms;
  /** Without the default one, which is opened whatever else is. */
  roomsMax: number;
  /** Ms, monotonic. */
  now(): number;
  /** Processor time that this thread has had so far, ms. */
  cpuMs(): number;
  /** Every so many ticks each room is written down. */
  checkpointTicks: number;
  /** `tick`: the newest tick of all rooms; `skippedTicks`: those that the server has skipped so far. */
  createRoom(name: string, tick: number, skippedTicks: number): Room;
  /**
   * Records of these rooms are closed, and no frame that tells of them is out: the moment to write them where they outlast the process. False if
   * that did not work out. Without it what came of events is kept in memory only.
   */
  keep?: ((rooms: Iterable<Room>) => boolean) | undefined;
  /** All rooms have just been written down, which took so long. */
  onCheckpoint?(rooms: Iterable<Room>, durationMs: number): void;
  /** A room's tick threw: a bug. */
  onFailure(failure: RoomFailure): void;
  readonly tickHz: number;
  /** A room is relieved, or not any more (SPEC O6). */
  onRelief(room: Room, relief: Relief): void;
  /** A room's world takes too much time whatever is left out (SPEC O8). It is gone by now, and its name closed for so long. */
  onOverload(room: Room, closedForMs: number): void;
}

export interface RoomFailure {
  readonly error: unknown;
  /** The room that failed: it is gone. */
  readonly room: Room;
  /** What takes its place, with the same players, all of them away; undefined if the name is closed for a while. */
  readonly next: Room | undefined;
  /** For how long it is closed, ms. */
  readonly closedForMs: number;
  /** Why it could not be rebuilt, if that was tried. */
  readonly rebuildError: unknown;
}

/** Why there is no room to get into. */
export type NoRoom = "unknown" | "full" | "too-many" | { readonly closedForMs: number; readonly isOverloaded: boolean };

export class Rooms {
  readonly #open = new Map<string, Room>();
  readonly #options: RoomsOptions;
  readonly #failures: Failures;
  /** The same for rooms that took too much time; what counts as too much is the relief's to say. */
  readonly #overloads: Failures;
  readonly #relief: RoomRelief<Room>;
  /** Those that are not passed over in the tick under way. */
  readonly #stepped: Room[] = [];
  /** Closed since the last tick: that their players left is to be kept, too. */
  readonly #disposed: Room[] = [];
  /** Of the tick under way. */
  readonly #failed: { readonly room: Room; readonly error: unknown }[] = [];
  /** Ticks since the start, the same in every room; a server that takes up a saved state goes on from there. */
  tick = 0;
  #skippedTicks = 0;
  #checkpointMs = 0;

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#failures = new Failures(options.now);
    this.#overloads = new Failures(options.now);
    this.#relief = new RoomRelief<Room>({
      tickHz: options.tickHz,
      cpuMs: options.cpuMs,
      onRelief: (room, relief) => {
        room.relief = relief;
        options.onRelief(room, relief);
      },
      onOverload: (room) => this.#closeOverloaded(room),
    });
  }

  get size(): number {
    return this.#open.size;
  }

  get(name: string): Room | undefined {
    return this.#open.get(name);
  }

  all(): Iterable<Room> {
    return this.#open.values();
  }

  /** How many rooms are relieved in that way. */
  relievedCount(relief: Relief): number {
    return this.#relief.count(relief);
  }

  /** The room of that name, opened if need be; or why there is none. `mayOpen`: the last word for whom it would be opened. */
  find(name: string, mayOpen: () => boolean): Room | NoRoom {
    const open = this.#open.get(name);
    if (open !== undefined) return open;
    const { allowed, roomsMax, createRoom } = this.#options;
    if (allowed !== "any" && !allowed.has(name)) return "unknown";
    const closedForMs = this.#failures.closedForMs(name);
    if (closedForMs > 0) return { closedForMs, isOverloaded: false };
    const restsForMs = this.#overloads.closedForMs(name);
    if (restsForMs > 0) return { closedForMs: restsForMs, isOverloaded: true };
    // Whatever else is open, whoever comes to the page's own address gets in.
    if (name !== ROOM_NAME_DEFAULT) {
      if (!mayOpen()) return "too-many";
      const others = this.#open.size - (this.#open.has(ROOM_NAME_DEFAULT) ? 1 : 0);
      if (others >= roomsMax) return "full";
    }
    const room = createRoom(name, this.tick, this.#skippedTicks);
    this.#open.set(name, room);
    return room;
  }

  /** A room as it was saved. Undefined if the operator does not allow it any more; throws if the state cannot be. */
  restore(saved: SavedRoom): Room | undefined {
    const { allowed, createRoom, now } = this.#options;
    if (allowed !== "any" && !allowed.has(saved.name)) return undefined;
    const room = createRoom(saved.name, this.tick, this.#skippedTicks);
    room.restore(saved, now());
    this.#open.set(saved.name, room);
    return room;
  }

  /** Closes the room if nobody is in it. */
  disposeIfEmpty(room: Room): void {
    if (room.playerCount > 0 || this.#open.get(room.name) !== room) return;
    this.#open.delete(room.name);
    this.#relief.forget(room);
    // Where nothing is kept nobody would ever take it out.
    if (this.#options.keep !== undefined) this.#disposed.push(room);
  }

  /** Keeps at once what has just changed in the room: whoever has a token may come back, even if the process ends before the next tick. */
  keepNow(room: Room): void {
    const { keep } = this.#options;
    if (keep === undefined) return;
    room.closeRecord();
    keep([room]);
  }

  /**
   * One tick of every room; a room that throws is rebuilt, one that takes too long is relieved, the others do not notice. `isCatchUp`:
   * it is not the first tick in its turn of the loop.
   */
  step(times: TickTimes, isCatchUp = false): void {
    this.#skippedTicks = times.skippedTicks;
    this.tick++;
    const { keep, now } = this.#options;
    const stepped = this.#stepped;
    stepped.length = 0;
    this.#relief.beginTick(now(), isCatchUp);
    for (const room of this.#open.values()) {
      const turn = this.#relief.turnOf(room);
      if (turn === undefined) {
        room.passOver();
        continue;
      }
      const sinceMs = now();
      try {
        room.step(times, turn);
        stepped.push(room);
        this.#relief.note(room, now() - sinceMs);
      } catch (error) {
        this.#fail(room, error);
      }
    }
    // Once for all rooms, as it may be a system call.
    const areEventsKept = keep?.(this.#takeDisposed().concat(stepped)) ?? true;
    for (const room of stepped) {
      const sinceMs = now();
      try {
        room.sendFrames(areEventsKept);
        this.#relief.note(room, now() - sinceMs);
      } catch (error) {
        this.#fail(room, error);
      }
    }
    const isCheckpoint = this.tick % this.#options.checkpointTicks === 0;
    if (isCheckpoint) this.writeCheckpoints();
    this.#replaceFailed();
    this.#relief.endTick();
    // With the rooms that were rebuilt: they have their checkpoint.
    if (isCheckpoint) this.#options.onCheckpoint?.(this.#open.values(), this.#checkpointMs);
  }

  /** Writes down every room as it is now. */
  writeCheckpoints(): void {
    const sinceMs = this.#options.now();
    for (const room of this.#open.values()) {
      try {
        room.writeCheckpoint();
      } catch (error) {
        this.#fail(room, error);
      }
    }
    this.#checkpointMs = this.#options.now() - sinceMs;
  }

  /** The rooms that were closed since the last tick, with their records closed. What throws here throws once. */
  #takeDisposed(): Room[] {
    if (this.#disposed.length === 0) return this.#disposed;
    const disposed = this.#disposed.splice(0);
    for (const room of disposed) room.record.close(this.tick);
    return disposed;
  }

  /** From now on the room does nothing; what follows waits until all others have had their tick. */
  #fail(room: Room, error: unknown): void {
    this.#open.delete(room.name);
    this.#relief.forget(room);
    this.#failed.push({ room, error });
  }

  #closeOverloaded(room: Room): void {
    this.#open.delete(room.name);
    this.#overloads.close(room.name);
    this.#options.onOverload(room, this.#overloads.closedForMs(room.name));
  }

  #replaceFailed(): void {
    // One that cannot be replaced must not come again with every tick.
    for (let next = this.#failed.shift(); next !== undefined; next = this.#failed.shift()) {
      this.#replace(next.room, next.error);
    }
  }

  #replace(room: Room, error: unknown): void {
    const { onFailure } = this.#options;
    let next: Room | undefined;
    let rebuildError: unknown;
    if (!this.#failures.note(room.name)) {
      try {
        const saved = room.lastState();
        if (saved !== undefined) next = this.restore(saved);
      } catch (thrown) {
        // The state is what is broken.
        rebuildError = thrown;
        this.#failures.close(room.name);
      }
    }
    onFailure({ error, room, next, closedForMs: this.#failures.closedForMs(room.name), rebuildError });
  }
}
