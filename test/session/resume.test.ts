/** Sessions that survive their connections: through real messages, under a clock moved by hand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { ServerHarness, TestPlayer } from "./server-harness.ts";

const { CloseCode } = shoal;
const LOST = 1006;
const EAST = 0;

function resume(server: ServerHarness, before: TestPlayer, more: shoal.Hello.$Properties = {}): TestPlayer {
  const { resumeToken } = before.welcome;
  const look = { name: "Ada", colour: 0x88ccff };
  const view = { width: 800, height: 600 };
  return new TestPlayer(
    server,
    server.hello({ join: { look }, view, resumeToken, ackTick: before.replica.tick, ...more }),
  );
}

function playerCount(server: ServerHarness): number {
  return server.rooms.get("pond")?.playerCount ?? 0;
}

function isAway(viewer: TestPlayer, slot: number): boolean | null | undefined {
  return viewer.replica.entity(slot)?.tadpole?.away;
}

describe("a lost connection", () => {
  test("S12 leaves its tadpole in the pond, away and gliding to rest, and everyone sees it", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    ada.steer(EAST, true);
    server.tick(10, ada, bao);
    expect(isAway(bao, ada.slot)).toBe(false);
    ada.connection.close(LOST, "");
    server.tick(1, bao);
    expect(isAway(bao, ada.slot)).toBe(true);
    server.tick(60, bao);
    const x = bao.replica.motion.x[ada.slot];
    server.tick(20, bao);
    expect(bao.replica.motion.x[ada.slot]).toBe(x);
    expect(bao.names()).toEqual(["Ada", "Bao"]);
  });

  test("S12 S6 is gone after half a minute, and its token with it", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    ada.connection.close(LOST, "");
    server.tick(29 * 20, bao);
    expect(bao.names()).toEqual(["Ada", "Bao"]);
    server.tick(2 * 20, bao);
    expect(bao.names()).toEqual(["Bao"]);
    const again = resume(server, ada);
    expect(again.welcome.resumed).toBe(false);
    server.tick(1, bao, again);
    expect(again.id).not.toBe(ada.id);
  });

  test.each([
    [1000, false],
    [1001, false],
    [CloseCode.CLOSE_CODE_BAD_MESSAGE, false],
    [1005, true],
    [LOST, true],
    [1011, true],
    [3000, true],
    [CloseCode.CLOSE_CODE_SLOW, true],
    [CloseCode.CLOSE_CODE_RATE, true],
  ])("S6 S12 with code %i: may come back is %s", (code, mayComeBack) => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    ada.connection.close(code, "");
    expect(playerCount(server)).toBe(mayComeBack ? 1 : 0);
    expect(resume(server, ada).welcome.resumed).toBe(mayComeBack);
  });

  test("S12 without a time to come back nobody stays", () => {
    const server = new ServerHarness({ resumeSeconds: 0 });
    const ada = server.join("Ada");
    ada.connection.close(LOST, "");
    expect(playerCount(server)).toBe(0);
  });

  test("S12 a client that is silent for 1.6 s is away until it speaks", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(32, bao);
    expect(isAway(bao, ada.slot)).toBe(false);
    server.tick(2, bao);
    expect(isAway(bao, ada.slot)).toBe(true);
    ada.read();
    server.tick(1, bao, ada);
    expect(isAway(bao, ada.slot)).toBe(false);
    expect(ada.connection.isOpen).toBe(true);
  });
});

describe("a goodbye beside the connection", () => {
  test.each([
    ["that is open", (_player: TestPlayer) => {}],
    ["that was lost", ({ connection }: TestPlayer) => connection.close(LOST, "")],
  ])("S35 ends the stay over one %s: gone with the next tick, and its token with it", (_, lose) => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    lose(ada);
    server.lobby.leave(ada.welcome.resumeToken);
    expect(ada.connection.isOpen).toBe(false);
    server.tick(1, bao);
    expect(bao.names()).toEqual(["Bao"]);
    expect(resume(server, ada).welcome.resumed).toBe(false);
    server.lobby.leave(ada.welcome.resumeToken);
    expect(playerCount(server)).toBe(2);
  });

  test("S35 with a token that nobody has any more ends nothing, and is no guess (S29)", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    ada.connection.close(LOST, "");
    const again = resume(server, ada);
    // The first word by the new connection ends the token that was used.
    server.tick(2, again, bao);
    for (let i = 0; i < 20; i++) server.lobby.leave(ada.welcome.resumeToken);
    server.tick(1, again, bao);
    expect(bao.names()).toEqual(["Ada", "Bao"]);
    again.connection.close(LOST, "");
    expect(resume(server, again).welcome.resumed).toBe(true);
  });

  test("S35 after the last snapshot it comes too late: what was saved is final", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    server.lobby.standStill(CloseCode.CLOSE_CODE_RESTARTING, () => "");
    server.lobby.leave(ada.welcome.resumeToken);
    expect(playerCount(server)).toBe(1);
  });
});

describe("coming back", () => {
  test("S13 goes on with the same tadpole, where it is, with all in view in the first frame", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    ada.steer(EAST, true);
    server.tick(40, ada, bao);
    const { id, slot } = ada;
    ada.connection.close(LOST, "");
    server.tick(100, bao);
    const again = resume(server, ada);
    expect(again.welcome).toMatchObject({ resumed: true, ownSlot: slot });
    expect(again.welcome.resumeToken).not.toEqual(ada.welcome.resumeToken);
    server.tick(1, again, bao);
    expect(again.id).toBe(id);
    expect(again.names()).toEqual(["Ada", "Bao"]);
    expect(again.own?.motion.x).toBe(bao.replica.motion.x[slot]);
    expect(isAway(bao, slot)).toBe(false);
    expect(playerCount(server)).toBe(2);
    again.steer(EAST, true);
    server.tick(20, again, bao);
    expect(again.x).toBeGreaterThan(ada.x + 50);
  });

  test("S13 with a look that was changed meanwhile shows it", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    ada.connection.close(LOST, "");
    server.tick(1, bao);
    const again = resume(server, ada, { join: { look: { name: "Ada II", colour: 1 } } });
    server.tick(1, again, bao);
    expect(bao.names()).toEqual(["Ada II", "Bao"]);
  });

  test("S13 works a second time if the Welcome was lost, and not after the client has shown that it came", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    server.tick(1, ada);
    ada.connection.close(LOST, "");
    const lost = resume(server, ada);
    expect(lost.welcome.resumed).toBe(true);
    lost.connection.close(LOST, "");
    const second = resume(server, ada);
    expect(second.welcome.resumed).toBe(true);
    server.tick(1, second);
    second.connection.close(LOST, "");
    // The token of the Welcome that never came, and the one used before it, are dead now.
    expect(resume(server, ada).welcome.resumed).toBe(false);
    expect(resume(server, lost).welcome.resumed).toBe(false);
    expect(resume(server, second).welcome.resumed).toBe(true);
  });

  test("S13 a token that nobody has, of a wrong length or for another room opens nobody's session", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    ada.connection.close(LOST, "");
    expect(resume(server, ada, { resumeToken: new Uint8Array(16) }).welcome.resumed).toBe(false);
    expect(resume(server, ada, { room: "other" }).welcome.resumed).toBe(false);
    const short = server.hello({ join: {}, resumeToken: new Uint8Array(15) });
    expect(short.closed?.code).toBe(CloseCode.CLOSE_CODE_BAD_MESSAGE);
    expect(resume(server, ada).welcome.resumed).toBe(true);
  });

  test("S13 again and again with one token makes no heap of tokens, and the ones in between are dead", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    const [first, second, ...rest] = Array.from({ length: 20 }, () => resume(server, ada));
    expect(server.lobby.remembered).toEqual({ connections: 1, unready: 0, away: 0, accounts: 0, tokens: 2, seats: 0 });
    for (const between of [first, second]) expect(resume(server, between).welcome.resumed).toBe(false);
    expect(resume(server, rest[rest.length - 1]).welcome.resumed).toBe(true);
  });

  test("S13 does not begin the limits anew: events that come by ever new connections are refused like others", () => {
    const server = new ServerHarness();
    let ada = server.join("Ada");
    const events = Array.from({ length: 8 }, () => ({ say: { text: "spam" } }));
    let connections = 1;
    for (; ada.connection.isOpen && connections < 20; connections++) {
      ada = resume(server, ada);
      ada.tell({ events });
    }
    expect(ada.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_RATE);
    expect(connections).toBeLessThan(8);
  });

  test("S14 while the old connection still seems to live: the newest wins, one entity", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(5, ada, bao);
    const again = resume(server, ada);
    expect(ada.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_REPLACED);
    server.tick(1, again, bao);
    expect(bao.names()).toEqual(["Ada", "Bao"]);
    expect(server.lobby.sessionCount).toBe(2);
    expect(isAway(bao, again.slot)).toBe(false);
  });

  test("S15 what was said meanwhile, and what the last frames lost, is heard once and in order", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    const shout = (text: string) => bao.tell({ events: [{ shout: { text } }] });
    shout("one");
    server.tick(1, ada, bao);
    shout("two");
    // Sent to the connection, and never read by the client.
    server.tick(1, bao);
    ada.connection.close(LOST, "");
    shout("three");
    server.tick(40, bao);
    const again = resume(server, ada);
    server.tick(3, again, bao);
    expect(ada.heard()).toEqual(["Bao: one"]);
    expect(again.heard()).toEqual(["Bao: two", "Bao: three"]);
  });

  test("S15 L5 half a minute in a busy room costs no line, and what is too much is counted", () => {
    const server = new ServerHarness({ capacity: 200 });
    const ada = server.join("Ada");
    const talkers = Array.from({ length: 30 }, (_, i) => server.join(`t${i}`));
    server.tick(1, ada, ...talkers);
    ada.connection.close(LOST, "");
    const say = (from: number, to: number) => {
      for (let line = from; line < to; line++) {
        talkers[line % 30].tell({ events: [{ shout: { text: `${line}` } }] });
        server.tick(line % 30 === 0 ? 20 : 1, ...talkers);
        // With every second somebody comes or goes.
        if (line % 30 === 0) server.join(`late ${line}`);
      }
    };
    say(0, 256);
    const again = resume(server, ada);
    expect(again.welcome).toMatchObject({ resumed: true, lostEvents: 0 });
    server.tick(3, again, ...talkers);
    expect(again.heard()).toHaveLength(256);
    const online = again.events.flatMap(({ online }) => (online ? [online.players] : []));
    server.tick(20, again, ...talkers);
    expect(online.length).toBeLessThan(2);
    expect(again.events.some((event) => event.online?.players === playerCount(server))).toBe(true);

    again.connection.close(LOST, "");
    say(256, 256 + 260);
    const third = resume(server, again);
    expect(third.welcome.lostEvents).toBe(4);
    server.tick(3, third, ...talkers);
    expect(third.heard()).toHaveLength(256);
    // Told once.
    third.connection.close(LOST, "");
    expect(resume(server, third).welcome.lostEvents).toBe(0);
  });

  test("S15 what the client holds is not told again, although its acknowledgement was lost", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    bao.tell({ events: [{ shout: { text: "one" } }] });
    server.tick(1, bao);
    ada.connection.close(LOST, "");
    const again = resume(server, ada, { ackTick: server.rooms.tick });
    server.tick(3, again, bao);
    expect(again.heard()).toEqual([]);
  });

  test("S16 events that were lost are sent again, and none is taken twice", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    const shouts = (...texts: string[]) => texts.map((text) => ({ shout: { text } }));
    ada.tell({ firstEvent: 1, events: shouts("one", "two") });
    ada.connection.close(LOST, "");
    const again = resume(server, ada);
    expect(again.welcome.lastEvent).toBe(2);
    again.tell({ firstEvent: 2, events: shouts("two", "three") });
    server.tick(2, again, bao);
    expect(bao.heard()).toEqual(["Ada: one", "Ada: two", "Ada: three"]);
  });

  test("S14 whatever breaks when: each player has one tadpole, never two and never none", () => {
    const step = fc.record({
      player: fc.integer({ min: 0, max: 2 }),
      act: fc.constantFrom("lose", "resume", "resume-old", "speak", "wait"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = new ServerHarness();
        const players = ["Ada", "Bao", "Cyd"].map((name) => server.join(name));
        const ids = players.map((player) => {
          server.tick(1, ...players);
          return player.id;
        });
        for (const { player, act } of steps) {
          const present = players[player];
          if (act === "lose" && present.connection.isOpen) present.connection.close(LOST, "");
          else if (act.startsWith("resume")) {
            const next = resume(server, present, { join: {} });
            if (next.welcome.resumed) players[player] = next;
            else next.connection.close(1000, "");
          } else if (act === "speak" && present.connection.isOpen) present.tell({ ackTick: present.replica.tick });
          server.tick(act === "wait" ? 10 : 1, ...players.filter(({ connection }) => connection.isOpen));
          expect(playerCount(server)).toBe(3);
          expect(server.lobby.sessionCount).toBe(3);
        }
        for (const [i, player] of players.entries()) if (!player.connection.isOpen) players[i] = resume(server, player);
        server.tick(2, ...players);
        expect(players.map(({ id }) => id)).toEqual(ids);
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});
