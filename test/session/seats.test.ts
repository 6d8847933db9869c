/** SPEC S33, S34: what one address keeps by letting connections go. By a clock moved by hand. */
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { FakeDisk, type HarnessConfig, ServerHarness, TestPlayer } from "./server-harness.ts";

const { CloseCode } = shoal;
const LOST = 1006;
const ADA = "198.51.100.7";
const BAO = "198.51.100.8";

const start = (config: HarnessConfig = {}) =>
  new ServerHarness({ addressSeatsMax: 5, addressRoomsMax: 2, roomsMax: 20, ...config });

/** Comes in and is cut off; the token stays good for a while. */
function joinAndGo(server: ServerHarness, room: string, address = ADA): TestPlayer {
  const player = server.join("Ada", { room }, address);
  server.tick(1, player);
  player.connection.close(LOST, "");
  return player;
}

function resume(server: ServerHarness, before: TestPlayer, address: string): TestPlayer {
  const { room, resumeToken } = before.welcome;
  const connection = server.hello({ join: {}, room, resumeToken }, address);
  return new TestPlayer(server, connection);
}

describe("players of one address", () => {
  test("S33 who come and go without end are five, and those of others stay", () => {
    const server = start();
    const bao = joinAndGo(server, "pond", BAO);
    const all = Array.from({ length: 30 }, () => joinAndGo(server, "pond"));
    expect(server.rooms.get("pond")?.playerCount).toBe(6);
    expect(server.counters.rejects["address-seats"]).toBe(25);
    // The newest are there, and no token of an older one is good.
    expect(resume(server, all[24], ADA).welcome.resumed).toBe(false);
    expect(resume(server, all[29], ADA).welcome.resumed).toBe(true);
    expect(resume(server, bao, BAO).welcome.resumed).toBe(true);
  });

  test("S33 who are there are never put out, nor who is back from away", () => {
    const server = start();
    const there = Array.from({ length: 3 }, () => server.join("Ada", {}, ADA));
    const back = resume(server, joinAndGo(server, "pond"), ADA);
    const away = joinAndGo(server, "pond");
    const next = server.join("Ada", {}, ADA);
    expect([...there, back, next].every(({ connection }) => connection.isOpen)).toBe(true);
    expect(server.rooms.get("pond")?.playerCount).toBe(5);
    expect(resume(server, away, BAO).welcome.resumed).toBe(false);
  });

  test("S33 count where they are now", () => {
    const server = start({ addressSeatsMax: 1 });
    const ada = joinAndGo(server, "pond");
    const bao = resume(server, ada, BAO);
    bao.connection.close(LOST, "");
    server.join("Ada", {}, ADA);
    expect(server.counters.rejects["address-seats"]).toBe(0);
    server.join("Bao", {}, BAO);
    expect(server.counters.rejects["address-seats"]).toBe(1);
    expect(server.lobby.remembered.seats).toBe(2);
  });

  test("S33 of this machine, of none after a restart, and with the limit at 0 are as many as there are", () => {
    const disk = new FakeDisk();
    for (const [config, address] of [
      [{}, "127.0.0.1"],
      [{ addressSeatsMax: 0, disk }, ADA],
    ] as const) {
      const server = start(config);
      for (let i = 0; i < 12; i++) joinAndGo(server, "pond", address);
      expect(server.rooms.get("pond")?.playerCount).toBe(12);
    }
    const next = start({ disk });
    expect(next.rooms.get("pond")?.playerCount).toBe(12);
    next.join("Ada", {}, ADA);
    expect(next.rooms.get("pond")?.playerCount).toBe(13);
  });

  test("S33 count on when their room is rebuilt", () => {
    const server = start();
    const players = Array.from({ length: 5 }, () => joinAndGo(server, "pond"));
    server.tick(20);
    const room = server.rooms.get("pond");
    if (room === undefined) throw new Error("no room");
    const saved = room.lastState();
    if (saved === undefined) throw new Error("no state");
    server.lobby.replace(room, server.rooms.restore(saved), "the room failed");
    expect(server.lobby.remembered.seats).toBe(5);
    joinAndGo(server, "pond");
    expect(server.rooms.get("pond")?.playerCount).toBe(5);
    expect(resume(server, players[4], ADA).welcome.resumed).toBe(true);
  });
});

describe("rooms that one address has to itself", () => {
  test("S34 T7 come and gone without end are two, and others find theirs", () => {
    const server = start({ roomsMax: 3 });
    for (let i = 0; i < 30; i++) joinAndGo(server, `room-${i}`);
    expect([...server.rooms.all()].map(({ name }) => name)).toEqual(["room-28", "room-29"]);
    expect(server.counters.rejects).toMatchObject({ "address-rooms": 28, "address-seats": 0 });
    server.join("Bao", { room: "lake" }, BAO);
    server.join("Bao", {}, BAO);
    expect(server.rooms.size).toBe(4);
  });

  test("S34 with somebody in each are not closed: one more is refused with a hint, until somebody leaves", () => {
    const server = start();
    const first = server.join("Ada", { room: "lake" }, ADA);
    server.join("Ada", { room: "sea" }, ADA);
    const refused = server.hello({ join: {}, room: "brook" }, ADA);
    expect(refused.closed?.code).toBe(CloseCode.CLOSE_CODE_ROOMS_FULL);
    expect(refused.closed?.reason).toMatch(/; retry in 5000 ms$/);
    expect(server.counters.rejects["address-rooms"]).toBe(1);
    // The default room, rooms that are open, and rooms that somebody else is in do not count.
    server.join("Ada", {}, ADA);
    server.join("Ada", { room: "lake" }, ADA);
    first.connection.close(1000, "");
    server.join("Bao", { room: "lake" }, BAO);
    server.join("Ada", { room: "brook" }, ADA);
    expect(server.rooms.size).toBe(4);
  });

  test("S34 are closed for one more where it is they that fill the server, whether `pond` is open or not", () => {
    const server = start({ roomsMax: 2 });
    server.join("Bao", {}, BAO);
    for (const room of ["lake", "sea", "brook"]) joinAndGo(server, room);
    expect([...server.rooms.all()].map(({ name }) => name)).toEqual(["pond", "sea", "brook"]);
  });

  test("S34 S28 an account that goes to another room leaves one behind, which does not count if nobody else is there", async () => {
    const authenticator = { check: async (account: string) => ({ identity: { account, name: undefined } }) };
    const server = start({ authenticator });
    const go = async (authToken: string, room: string) => {
      const connection = server.hello({ join: {}, room, authToken }, ADA);
      // What follows a check happens in a few microtasks.
      await new Promise<void>((done) => setImmediate(done));
      return connection;
    };
    await go("u-1", "lake");
    await go("u-2", "sea");
    expect((await go("u-1", "brook")).isOpen).toBe(true);
    expect([...server.rooms.all()].map(({ name }) => name)).toEqual(["sea", "brook"]);
    await go("u-3", "sea");
    const refused = await go("u-2", "lake");
    expect(refused.closed?.code).toBe(CloseCode.CLOSE_CODE_ROOMS_FULL);
  });

  test("S34 are as many as there are where no limit is set", () => {
    const server = start({ addressRoomsMax: undefined });
    for (const room of ["lake", "sea", "brook"]) server.join("Ada", { room }, ADA);
    expect(server.rooms.size).toBe(3);
  });

  test("S2 the default room is opened however many others are", () => {
    const server = start({ roomsMax: 1 });
    server.join("Ada", { room: "lake" }, ADA);
    expect(server.hello({ join: {}, room: "sea" }, BAO).closed?.code).toBe(CloseCode.CLOSE_CODE_ROOMS_FULL);
    server.join("Bao", {}, BAO);
  });
});
