/** SPEC S25, S26, S29: many newcomers at once, those who say nothing, and those who guess. By a clock moved by hand. */
import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { pondGame } from "../../server/game/pond.ts";
import { ResumeTokens } from "../../server/session/resume-tokens.ts";
import { type FakeConnection, ServerHarness, TestPlayer } from "./server-harness.ts";

const { CloseCode } = shoal;
const LOST = 1006;
const ADA = "198.51.100.7";
const BAO = "198.51.100.8";
const HELLO = { join: { look: { name: "Ada" } }, view: { width: 800, height: 600 } };

const isIn = (connection: FakeConnection) => connection.sent.length > 0;

describe("connections without a hello", () => {
  test("S25 beyond their share the oldest goes, and a good client gets in", () => {
    const server = new ServerHarness({ unreadyMax: 4 });
    const idle = Array.from({ length: 4 }, () => server.connect());
    expect(idle.every(({ isOpen }) => isOpen)).toBe(true);
    const good = server.connect();
    expect(idle.map(({ isOpen }) => isOpen)).toEqual([false, true, true, true]);
    expect(idle[0].closed?.code).toBe(CloseCode.CLOSE_CODE_HELLO_TIMEOUT);
    expect(server.counters.rejects.unready).toBe(1);
    server.receive(good, shoal.Hello.encode(HELLO).finish());
    expect(isIn(good)).toBe(true);
    // It does not count any more, and neither does one that leaves.
    const more = server.connect();
    idle[1].close(LOST, "");
    server.connect();
    expect([idle[2].isOpen, idle[3].isOpen, more.isOpen]).toEqual([true, true, true]);
  });

  test("S25 those who came in, were refused or wait to be let in are not among them", () => {
    const server = new ServerHarness({ unreadyMax: 2, joinCostPerTick: 8 });
    for (let i = 0; i < 10; i++) server.hello(HELLO);
    server.receive(server.connect(), Uint8Array.of(0xff));
    const idle = [server.connect(), server.connect()];
    expect(idle.every(({ isOpen }) => isOpen)).toBe(true);
    expect(server.counters.rejects.unready).toBe(0);
  });
});

describe("newcomers at once", () => {
  test("S26 come in in order, as many a tick as it bears", () => {
    const server = new ServerHarness({ joinCostPerTick: 20 });
    const all = Array.from({ length: 50 }, () => server.hello(HELLO));
    const count = () => all.filter(isIn).length;
    // Opening the room costs 8.
    expect(count()).toBe(13);
    server.tick(1);
    expect(count()).toBe(33);
    expect(all.map(isIn)).toEqual(all.map((_, i) => i < 33));
    server.tick(1);
    expect(count()).toBe(50);
    // Nobody waits any more: the next one comes in at once, as does whoever finds time left in a tick.
    expect(isIn(server.hello(HELLO))).toBe(true);
  });

  test("S26 S13 who comes back waits like a newcomer, and then has the session", () => {
    const server = new ServerHarness({ joinCostPerTick: 9 });
    const ada = new TestPlayer(server, server.hello(HELLO));
    ada.connection.close(LOST, "");
    server.hello(HELLO);
    const { resumeToken } = ada.welcome;
    const back = server.hello({ ...HELLO, resumeToken });
    expect(isIn(back)).toBe(false);
    server.tick(1);
    expect(new TestPlayer(server, back).welcome.resumed).toBe(true);
  });

  test("S26 a newcomer waits behind those who came before", () => {
    const server = new ServerHarness({ joinCostPerTick: 8 });
    const [first, second, third] = ["pond", "lake", "pond"].map((room) => server.hello({ ...HELLO, room }));
    expect([first, second, third].map(isIn)).toEqual([true, false, false]);
    server.tick(1);
    expect([first, second, third].map(isIn)).toEqual([true, true, false]);
  });

  test("S26 five hundred are in within 8 ticks by default", () => {
    const server = new ServerHarness({ capacity: 1000, joinCostPerTick: 64 });
    const all = Array.from({ length: 500 }, () => server.hello(HELLO));
    server.tick(8);
    expect(all.every(isIn)).toBe(true);
  });

  test("S26 1024 wait; one more is told when to come back, and not all the same time", () => {
    const server = new ServerHarness({ joinCostPerTick: 8 });
    server.hello(HELLO);
    for (let i = 0; i < 1024; i++) server.hello(HELLO);
    const late = Array.from({ length: 20 }, () => server.hello(HELLO));
    const hints = late.map(({ closed }) => Number(/; retry in (\d+) ms$/.exec(closed?.reason ?? "")?.[1]));
    expect(late.map(({ closed }) => closed?.code)).toEqual(late.map(() => CloseCode.CLOSE_CODE_BUSY));
    expect(hints.every((ms) => ms >= 1000 && ms < 2000)).toBe(true);
    expect(new Set(hints).size).toBe(20);
    expect(server.counters.rejects.busy).toBe(20);
  });

  test("S26 who leaves while waiting does not come in, and holds up nobody", () => {
    const server = new ServerHarness({ joinCostPerTick: 8 });
    const [first, second, third] = Array.from({ length: 3 }, () => server.hello(HELLO));
    second.close(LOST, "");
    server.tick(1);
    expect([first, second, third].map(isIn)).toEqual([true, false, true]);
    expect(server.lobby.sessionCount).toBe(2);
  });

  test("S26 H8 a newcomer who brings a bug to light ends alone", () => {
    const createGame = pondGame({ spawnRange: 150 });
    const server = new ServerHarness({
      joinCostPerTick: 8,
      createGame: (host) => {
        const game = createGame(host);
        const enter = game.enter.bind(game);
        return Object.assign(game, {
          enter(join: shoal.Join.$Shape) {
            if (join.look?.name === "Boom") throw new Error("boom");
            return enter(join);
          },
        });
      },
    });
    server.hello(HELLO);
    const bad = server.hello({ ...HELLO, join: { look: { name: "Boom" } } });
    const good = server.hello(HELLO);
    server.tick(1);
    expect([bad.closed?.code, isIn(good)]).toEqual([1011, true]);
    expect(server.bugs).toEqual([new Error("boom")]);
  });

  test("S26 K1 a storm's keyframes are encoded once a cell and tick", () => {
    const server = new ServerHarness({ capacity: 1000, worldSize: 640, joinCostPerTick: 1000 });
    for (let i = 0; i < 500; i++) server.hello(HELLO);
    const encoder = server.rooms.get("pond")?.encoder;
    server.tick(1);
    // Of four cells, which everybody sees.
    expect(encoder?.keyframesEncoded).toBeLessThanOrEqual(4);
    expect(server.counters.keyframes).toBeGreaterThanOrEqual(500);
  });
});

describe("resume tokens", () => {
  test("S29 unknown ones are not looked up after the fifth in a minute, and the client still comes in", () => {
    const server = new ServerHarness();
    const ada = new TestPlayer(server, server.hello(HELLO, BAO));
    ada.connection.close(LOST, "");
    const resumeToken = ada.welcome.resumeToken;
    const guess = () => {
      const connection = server.hello({ ...HELLO, resumeToken: randomBytes(16) }, ADA);
      connection.close(1000, "");
      return isIn(connection);
    };
    for (let i = 0; i < 10; i++) expect(guess()).toBe(true);
    expect(server.counters.rejects["token-guesses"]).toBe(5);
    // Not even the right one counts from there ...
    const fromThere = new TestPlayer(server, server.hello({ ...HELLO, resumeToken }, ADA));
    expect(fromThere.welcome.resumed).toBe(false);
    // ... until a guess is free again; from elsewhere it does at once.
    const elsewhere = new TestPlayer(server, server.hello({ ...HELLO, resumeToken }, BAO));
    expect(elsewhere.welcome.resumed).toBe(true);
    elsewhere.connection.close(LOST, "");
    server.nowMs += 12_000;
    const later = { ...HELLO, resumeToken: elsewhere.welcome.resumeToken };
    expect(new TestPlayer(server, server.hello(later, ADA)).welcome.resumed).toBe(true);
  });

  test("S29 good ones cost nothing, however many come from one address", () => {
    const server = new ServerHarness();
    let player = new TestPlayer(server, server.hello(HELLO, ADA));
    for (let i = 0; i < 50; i++) {
      player.connection.close(LOST, "");
      const { resumeToken } = player.welcome;
      player = new TestPlayer(server, server.hello({ ...HELLO, resumeToken }, ADA));
      expect(player.welcome.resumed).toBe(true);
    }
  });

  // Guesses are compared by looking up their hash: how long that takes depends on bits that whoever guesses cannot choose one by one,
  // so there is no time to measure. A test of equal times would measure this machine.
  test("S13 of a million guesses none is accepted", () => {
    const tokens = new ResumeTokens();
    for (let owner = 0; owner < 1000; owner++) tokens.give(tokens.create(), { tokenHashes: [] });
    const guess = new Uint8Array(randomBytes(16));
    const numbers = new DataView(guess.buffer);
    let accepted = 0;
    for (let i = 0; i < 1_000_000; i++) {
      numbers.setUint32(0, i);
      if (tokens.find(guess) !== undefined) accepted++;
    }
    expect(accepted).toBe(0);
  }, 30_000);

  test("S13 of ten thousand uses of a token that was used and confirmed none is accepted", () => {
    const server = new ServerHarness();
    const first = new TestPlayer(server, server.hello(HELLO));
    first.connection.close(LOST, "");
    const { resumeToken } = first.welcome;
    const second = new TestPlayer(server, server.hello({ ...HELLO, resumeToken }));
    server.tick(1, second);
    let accepted = 0;
    for (let i = 0; i < 10_000; i++) {
      const replay = new TestPlayer(server, server.hello({ ...HELLO, resumeToken }));
      if (replay.welcome.resumed) accepted++;
      replay.connection.close(1000, "");
    }
    expect(accepted).toBe(0);
    expect(second.connection.isOpen).toBe(true);
  });

  test("S13 S14 of a thousand races for one token each has one winner, and one entity", () => {
    const server = new ServerHarness();
    let holder = new TestPlayer(server, server.hello(HELLO));
    const { slot } = holder;
    for (let race = 0; race < 1000; race++) {
      holder.connection.close(LOST, "");
      const { resumeToken } = holder.welcome;
      const runners = Array.from({ length: 2 + (race % 3) }, () => server.hello({ ...HELLO, resumeToken }));
      const live = runners.filter(({ isOpen }) => isOpen);
      expect([live.length, live[0] === runners.at(-1)]).toEqual([1, true]);
      holder = new TestPlayer(server, live[0]);
      expect([holder.welcome.resumed, holder.slot, server.lobby.sessionCount]).toEqual([true, slot, 1]);
      // From its first word on the token is spent.
      server.tick(1, holder);
    }
  });

  test("S13 an honest client whose answers were lost comes back with one more try each time", () => {
    const server = new ServerHarness();
    let player = new TestPlayer(server, server.hello(HELLO));
    const { slot } = player;
    for (let i = 0; i < 200; i++) {
      player.connection.close(LOST, "");
      const { resumeToken } = player.welcome;
      server.hello({ ...HELLO, resumeToken }).close(LOST, "");
      player = new TestPlayer(server, server.hello({ ...HELLO, resumeToken }));
      expect([player.welcome.resumed, player.slot]).toEqual([true, slot]);
      server.tick(1, player);
    }
  });
});
