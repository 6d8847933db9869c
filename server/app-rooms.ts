/**
 * The rooms of an app: how one is opened, where what is kept of them goes, and what is said and counted when one fails or takes too long.
 * Knows nothing of ports.
 */
import { shoal } from "../proto/gen/shoal.js";
import type { Reports } from "./admin/reports.ts";
import type { Config } from "./config.ts";
import { threadCpuMs } from "./cpu-time.ts";
import type { Logger } from "./log.ts";
import type { LogLimiter } from "./log-limiter.ts";
import type { Clock } from "./loop.ts";
import type { Counters } from "./metrics.ts";
import type { CreateGame } from "./room/game.ts";
import { Room } from "./room/room.ts";
import { Rooms } from "./room/rooms.ts";
import type { StateStore } from "./state/state-store.ts";

export interface AppRoomsParts {
  config: Config;
  log: Logger;
  limiter: LogLimiter;
  clock: Clock;
  counters: Counters;
  createGame: CreateGame;
  store: StateStore | undefined;
  reports: Reports;
  /** Rooms opened so far, by this server and those whose state it took up. */
  epochs: { opened: number };
  /** The room is gone: its players go on in `next` if there is one (Lobby.replace). */
  replace(room: Room, next: Room | undefined, reason: string, code?: number): void;
}

export function createRooms(parts: AppRoomsParts): Rooms {
  const { config, log, limiter, clock, counters, createGame, store, reports, epochs, replace } = parts;
  const { tickHz, worldSize, cellSize, roomCapacity: capacity } = config;
  const rooms = new Rooms({
    allowed: config.rooms,
    roomsMax: config.roomsMax,
    createRoom: (name, tick, skippedTicks) => {
      // One number serves both: a room opened later has another seed and a higher epoch. Small, as it is in every frame.
      const epoch = ++epochs.opened;
      const seed = config.seed + epoch;
      return new Room({
        name,
        tickHz,
        worldSize,
        cellSize,
        capacity,
        seed,
        epoch,
        tick,
        skippedTicks,
        createGame,
        counters,
        onLeftOut: (id, error) => {
          limiter.error({ room: name, player: id, err: error }, "bug: what was kept of a player cannot be taken up");
        },
        onReport(report) {
          // Not its words: who may read logs need not read what players say.
          const added = reports.add(report);
          if ("retryMs" in added) return added.retryMs;
          const { number, by, about } = added;
          limiter.warn("report", { number, by: by.session, about: about.session }, "a player was reported");
          return 0;
        },
      });
    },
    now: clock.now,
    cpuMs: threadCpuMs,
    checkpointTicks: tickHz,
    keep: store && ((kept) => store.append(kept)),
    onCheckpoint: (all, durationMs) => {
      counters.state.checkpointMs = durationMs;
      store?.save(all, { tick: rooms.tick, epochs: epochs.opened });
    },
    onFailure: ({ room, next, error, closedForMs, rebuildError }) => {
      counters.roomFailures++;
      if (next !== undefined) counters.roomRebuilds++;
      const outcome = next !== undefined ? "rebuilt" : closedForMs > 0 ? "closed for a minute" : "closed";
      log.error({ room: room.name, err: error, rebuildError, outcome }, "bug: a room's tick threw");
      const words = closedForMs > 0 ? `the room failed too often; retry in ${closedForMs} ms` : "the room failed";
      replace(room, next, words);
    },
    tickHz,
    onRelief: (room, relief) => {
      limiter.warn("relief", { room: room.name, relief }, "a room takes too much time, or does so no more");
    },
    onOverload: (room, restMs) => {
      counters.roomsOverloaded++;
      log.error({ room: room.name }, "a room took too much time whatever was left out; it is closed");
      const words = `the room took too much time; retry in ${restMs} ms`;
      replace(room, undefined, words, shoal.CloseCode.CLOSE_CODE_ROOM_OVERLOADED);
    },
  });
  return rooms;
}
