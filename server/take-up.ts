/** How a server goes on from the state that the one before left. Knows nothing of files. */
import type { Logger } from "./log.ts";
import type { Rooms } from "./room/rooms.ts";
import type { Lobby } from "./session/lobby.ts";
import type { StateStore } from "./state/state-store.ts";

/** Rooms and players as the server before left them. Of what cannot be taken up a copy stays: the next snapshots know nothing of it. */
export async function takeUp(store: StateStore, rooms: Rooms, lobby: Lobby, log: Logger): Promise<void> {
  const { restored } = store;
  let isAllTaken = true;
  for (const saved of restored.rooms) {
    try {
      const room = rooms.restore(saved);
      if (room !== undefined) lobby.adopt(room);
      else log.warn({ room: saved.name }, "the room was kept but is not allowed any more");
      const left = saved.players.size - (room?.playerCount ?? 0);
      if (left > 0) isAllTaken = false;
      if (room !== undefined && left > 0)
        log.warn({ room: saved.name, left }, "players have no place any more, or cannot be taken up");
    } catch (error) {
      isAllTaken = false;
      log.error({ room: saved.name, err: error }, "the room was kept but cannot be taken up");
    }
  }
  if (!isAllTaken)
    log.warn({ files: await store.copyRestored() }, "what could not be taken up is in copies of the files");
  if (restored.rooms.length > 0) log.info({ rooms: rooms.size, players: lobby.sessionCount }, "went on from DATA_DIR");
}
