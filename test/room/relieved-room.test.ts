/** What players of a room that takes too much time get to see: real rooms, a game that takes time of the harness's clock. */
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { pondGame } from "../../server/game/pond.ts";
import type { CreateGame } from "../../server/room/game.ts";
import type { RoomTurn } from "../../server/room/relief.ts";
import { ServerHarness, type TestPlayer } from "../session/server-harness.ts";

const { CloseCode, NoticeCode } = shoal;
const TICK_MS = 50;
const TICK_HZ = 20;
const SILENT: RoomTurn = { hasFrames: false, stepEvery: 1 };
const PLAIN: RoomTurn = { hasFrames: true, stepEvery: 1 };
const ONCE_A_SECOND: RoomTurn = { hasFrames: true, stepEvery: TICK_HZ };

/** A server whose first room's steps take `load.stepMs` of the harness's clock. */
function slowServer() {
  const load = { stepMs: 0 };
  let opened = 0;
  const createPond = pondGame({ spawnRange: 150 });
  const createGame: CreateGame = (host) => {
    const pond = createPond(host);
    if (opened++ > 0) return pond;
    const step = pond.step.bind(pond);
    pond.step = () => {
      server.nowMs += load.stepMs;
      step();
    };
    return pond;
  };
  const server = new ServerHarness({ createGame });
  return { server, load };
}

function pondOf(server: ServerHarness) {
  const room = server.rooms.get("pond");
  if (room === undefined) throw new Error("no room");
  return room;
}

/** One step of the room alone, as relief asks for it. */
function step(server: ServerHarness, turn: RoomTurn, ...players: TestPlayer[]): void {
  server.nowMs += TICK_MS;
  pondOf(server).step({ startMs: server.nowMs, lastTickMs: 0, skippedTicks: 0 }, turn);
  pondOf(server).sendFrames(true);
  for (const player of players) player.read();
}

function frames(player: TestPlayer): shoal.ServerFrame[] {
  return player.connection.sent.slice(1).map((bytes) => shoal.ServerFrame.decode(bytes));
}

describe("a thinned room", () => {
  test("O6 C9 tells every second tick without keyframes, and clients hold what they should", () => {
    const server = new ServerHarness();
    const players = ["Ada", "Bao", "Chidi", "Dara"].map((name) =>
      server.join(name, { view: { width: 2000, height: 2000 } }),
    );
    server.tick(5, ...players);
    const keyframes = server.counters.keyframes;
    for (let i = 0; i < 200; i++) {
      players[i % 4].steer((i * 7919) & 65535, i % 5 !== 0);
      const framesBefore = server.counters.framesSent;
      step(server, i % 2 === 0 ? SILENT : PLAIN, ...players);
      if (i % 2 === 0) {
        expect(server.counters.framesSent).toBe(framesBefore);
        continue;
      }
      const { encoder, world } = pondOf(server);
      for (const { replica } of players) {
        expect(replica.visibleCount).toBe(4);
        for (const slot of replica.visible.subarray(0, 4)) {
          expect([replica.motion.x[slot], replica.motion.y[slot]]).toEqual([
            encoder.shadow.x[slot],
            encoder.shadow.y[slot],
          ]);
          const off = Math.hypot(
            encoder.shadow.x[slot] - world.motion.x[slot],
            encoder.shadow.y[slot] - world.motion.y[slot],
          );
          expect(off).toBeLessThanOrEqual(16);
        }
      }
    }
    expect(server.counters.keyframes).toBe(keyframes);
  });

  test("O6 who comes, goes and talks between two frames is in the next", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    const bao = server.join("Bao");
    server.tick(2, ada, bao);
    step(server, SILENT, ada);
    server.lobby.onClose(bao.connection, 1000);
    const chidi = server.join("Chidi");
    step(server, PLAIN, ada, chidi);
    chidi.tell({ events: [{ say: { text: "hello" } }] });
    step(server, SILENT, ada);
    expect(ada.heard()).toEqual([]);
    step(server, PLAIN, ada, chidi);
    expect(ada.names()).toEqual(["Ada", "Chidi"]);
    expect(ada.heard()).toEqual(["Chidi: hello"]);
  });
});

describe("a room that steps once a second", () => {
  test.each([
    ["somebody who sees nothing move", false, 10],
    ["a hidden page", true, 10],
  ])("T8 %s hears of the server in time all the same", (_, isHidden, count) => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    server.tick(40, ada);
    if (isHidden) ada.tell({ view: {} });
    step(server, ONCE_A_SECOND, ada);
    const before = ada.connection.sent.length;
    for (let i = 0; i < 10; i++) step(server, ONCE_A_SECOND, ada);
    expect(ada.connection.sent.length - before).toBe(count);
  });
});

describe("a room whose steps take too long", () => {
  test("T8 every tick that it leaves out is told as skipped, and players are told once that it is busy", () => {
    const { server, load } = slowServer();
    const ada = server.join("Ada");
    server.tick(10, ada);
    load.stepMs = 1.2 * TICK_MS;
    server.tick(100, ada);
    expect(server.reliefs).toEqual(["thinned", "slowed"]);
    const told = frames(ada);
    const last = told.at(-1);
    const skipped = Math.max(...told.map(({ skippedTicks }) => skippedTicks));
    expect(skipped).toBeGreaterThan(30);
    // Both count from the same moment; the newest tick may be one that the room left out.
    expect(server.rooms.tick - ((last?.tick ?? 0) + skipped)).toBeLessThan(2);
    expect(ada.notices()).toEqual([NoticeCode.NOTICE_CODE_ROOM_BUSY]);
    expect(server.rooms.relievedCount("slowed")).toBe(1);
  });

  test("O7 when it recovers every tick is its own again", () => {
    const { server, load } = slowServer();
    const ada = server.join("Ada");
    load.stepMs = 3 * TICK_MS;
    server.tick(5, ada);
    load.stepMs = 0;
    server.tick(20, ada);
    expect(server.reliefs.at(-1)).toBe("none");
    const before = pondOf(server).tick;
    server.tick(100, ada);
    expect(pondOf(server).tick - before).toBe(100);
    expect(ada.connection.isOpen).toBe(true);
  });

  test("O8 given up: closed with 4009, refused for a minute with the time left, then open again", () => {
    const { server, load } = slowServer();
    const ada = server.join("Ada");
    const bao = server.join("Bao", { room: "other" });
    load.stepMs = 3 * TICK_MS;
    while (ada.connection.isOpen) server.tick(1, ada, bao);
    expect(ada.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_ROOM_OVERLOADED);
    load.stepMs = 0;
    expect(server.rooms.get("pond")).toBeUndefined();
    const refused = server.hello({ join: { look: { name: "Eve" } } });
    expect(refused.closed).toEqual({
      code: CloseCode.CLOSE_CODE_ROOM_OVERLOADED,
      reason: expect.stringMatching(/^the room took too much time; retry in \d{5} ms$/),
    });
    expect(server.counters.rejects["room-overloaded"]).toBe(1);
    expect(bao.connection.isOpen).toBe(true);
    server.nowMs += 60_000;
    bao.tell({ stamp: 1 });
    const again = server.join("Ada", { resumeToken: ada.welcome.resumeToken });
    expect(again.welcome.resumed).toBe(false);
    expect(again.welcome.epoch).toBeGreaterThan(ada.welcome.epoch);
    expect(server.lobby.sessionCount).toBe(2);
  });
});
