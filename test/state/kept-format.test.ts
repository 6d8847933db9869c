/**
 * State that a server of format 1 has left (`format-1`: two players of one room, a snapshot at tick 80 and three lines said since; killed at
 * tick 84) is taken up by this one. Whoever changes the format keeps reading this, or sets it aside knowingly: with a new number (STATE_VERSION),
 * words in the log, and this test told so. The files themselves are never written anew.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createStateCounters } from "../../server/state/state-counters.ts";
import { openStateStore } from "../../server/state/state-store.ts";
import { ServerHarness, TestPlayer } from "../session/server-harness.ts";

const FORMAT_1 = join(import.meta.dirname, "format-1");
const SETTINGS = { tickHz: 20, worldSize: 2048 };
/** Ada's, of the harness's random numbers at that time. */
const RESUME_TOKEN = Buffer.from("c15dbdd165452cd9c875b3ee4ff7ff83", "hex");

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

test("S19 S21 what a server of format 1 left is taken up: players, places, tokens, and the lines said since", async () => {
  const path = mkdtempSync(join(tmpdir(), "shoal-format-"));
  closers.push(() => rmSync(path, { recursive: true, force: true }));
  cpSync(FORMAT_1, path, { recursive: true });
  const troubles: string[] = [];
  const store = await openStateStore(path, {
    settings: SETTINGS,
    wallNow: () => 1_000_000,
    counters: createStateCounters(),
    onTrouble: (kind, _fields, words) => void troubles.push(`${kind}: ${words}`),
    onLost: () => {},
  });
  expect(troubles).toEqual([]);
  const { restored } = store;
  expect(restored.rooms.map(({ name, tick, checkpointTick }) => [name, tick, checkpointTick])).toEqual([
    ["pond", 84, 80],
  ]);
  expect([...restored.rooms[0].players.values()].map(({ id, lastEvent }) => [id, lastEvent])).toEqual([
    [1, 3],
    [2, 0],
  ]);
  const server = new ServerHarness({ disk: { left: restored, keep: () => true } });
  const ada = new TestPlayer(server, server.hello({ join: {}, resumeToken: RESUME_TOKEN, ackTick: 84 }));
  expect([ada.welcome.resumed, ada.welcome.lastEvent]).toEqual([true, 3]);
  server.tick(2, ada);
  expect(server.failures).toEqual([]);
  await store.abandon();
});
