/** What it costs to write everybody down once a second, in counts that no machine changes. */
import { getHeapStatistics } from "node:v8";
import { expect, test } from "vitest";
import { ServerHarness } from "../session/server-harness.ts";

const PLAYERS = 500;

test("S19 writing a room down allocates next to nothing, and takes some 200 bytes a player", () => {
  const server = new ServerHarness({ capacity: PLAYERS, worldSize: 4096 });
  const players = Array.from({ length: PLAYERS }, (_, i) => server.join(`player ${i}`));
  for (const player of players) player.steer(player.slot * 100, true);
  server.tick(3);
  const room = server.rooms.get("pond");
  if (room === undefined) throw new Error("no room");
  for (let i = 0; i < 300; i++) room.writeCheckpoint();
  // Several windows: a collection or a late compilation in one says nothing, a leak is in all.
  const perPlayer: number[] = [];
  for (let window = 0; window < 9; window++) {
    const before = getHeapStatistics().used_heap_size;
    for (let i = 0; i < 10; i++) room.writeCheckpoint();
    perPlayer.push((getHeapStatistics().used_heap_size - before) / (10 * PLAYERS));
  }
  perPlayer.sort((a, b) => a - b);
  expect(perPlayer[4]).toBeLessThan(8);
  expect(room.record.checkpoint.length / PLAYERS).toBeLessThan(220);
});
