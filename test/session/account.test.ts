/** SPEC S18, S27, S28: players of whom the server knows who they are. Through real messages; checks end when the test says so. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import type { Authenticator, Verdict } from "../../server/session/auth.ts";
import { type FakeConnection, type HarnessConfig, ServerHarness, TestPlayer } from "./server-harness.ts";

const { CloseCode } = shoal;
const LOST = 1006;

/** A token is the account, and a name after a slash. Checks wait until they are let go, in any order. */
class Checks implements Authenticator {
  readonly #waiting: (() => void)[] = [];

  check(token: string): Promise<Verdict> {
    return new Promise((resolve) => {
      this.#waiting.push(() => resolve(verdictOn(token)));
    });
  }

  get count(): number {
    return this.#waiting.length;
  }

  /** Ends the check that waits at this place. */
  async end(place = 0): Promise<void> {
    this.#waiting.splice(place, 1)[0]?.();
    // What follows a check happens in a few microtasks.
    await settled();
  }
}

const settled = () => new Promise<void>((done) => setImmediate(done));

function verdictOn(token: string): Verdict {
  if (token === "") return { fault: "unauthorised", words: "sign in" };
  if (token === "!") return { fault: "unauthorised", words: "not valid", cause: "ERR: iss" };
  if (token === "?") return { fault: "unavailable", words: "not now" };
  const [account, name] = token.split("/");
  return { identity: { account, name } };
}

function setUp(options: Pick<HarnessConfig, "joinCostPerTick" | "onReject"> = {}) {
  const checks = new Checks();
  const server = new ServerHarness({ authenticator: checks, ...options });
  const hello = (authToken: string, more: shoal.Hello.$Properties = {}): FakeConnection =>
    server.hello({ join: { look: { name: "Ada" } }, view: { width: 800, height: 600 }, authToken, ...more });
  const join = async (authToken: string, more: shoal.Hello.$Properties = {}): Promise<TestPlayer> => {
    const connection = hello(authToken, more);
    await checks.end();
    return new TestPlayer(server, connection);
  };
  const players = (room = "pond") => server.rooms.get(room)?.playerCount ?? 0;
  return { checks, server, hello, join, players };
}

describe("a newcomer's token", () => {
  test("S18 that is good lets in, later than the hello", async () => {
    const { checks, server, hello, players } = setUp();
    const connection = hello("u-1");
    expect([connection.sent.length, players()]).toEqual([0, 0]);
    await checks.end();
    expect(new TestPlayer(server, connection).welcome.resumed).toBe(false);
    expect(players()).toBe(1);
  });

  test.each([
    ["missing", "", CloseCode.CLOSE_CODE_UNAUTHORISED, /^sign in$/, "unauthorised"],
    [
      "not to be checked now",
      "?",
      CloseCode.CLOSE_CODE_AUTH_UNAVAILABLE,
      /^not now; retry in 1\d{3} ms$/,
      "unavailable",
    ],
  ] as const)("S18 that is %s does not", async (_, token, code, reason, counted) => {
    const { checks, server, hello, players } = setUp();
    const connection = hello(token);
    await checks.end();
    expect(connection.closed).toEqual({ code, reason: expect.stringMatching(reason) });
    expect(server.counters.rejects[counted]).toBe(1);
    expect([players(), server.lobby.sessionCount]).toEqual([0, 0]);
  });

  test("S18 S27 that is not valid is told in few words, and logged with the cause", async () => {
    const logged: string[] = [];
    const { checks, hello } = setUp({ onReject: (_reason, _connection, words) => logged.push(words) });
    const connection = hello("!");
    await checks.end();
    expect(connection.closed).toEqual({ code: CloseCode.CLOSE_CODE_UNAUTHORISED, reason: "not valid" });
    expect(logged).toEqual(["not valid (ERR: iss)"]);
  });

  test("S18 is of no interest any more when the connection is gone", async () => {
    const { checks, server, hello, players } = setUp();
    const connection = hello("u-1");
    connection.close(LOST, "");
    connection.close(LOST, "");
    await checks.end();
    expect([players(), connection.sent.length, server.bugs]).toEqual([0, 0, []]);
    expect(Object.values(server.counters.rejects).every((count) => count === 0)).toBe(true);
  });

  test("S8 S18 is of no interest when the server shuts down meanwhile", async () => {
    const { checks, server, hello, players } = setUp();
    const connection = hello("u-1");
    server.lobby.shutDown(CloseCode.CLOSE_CODE_RESTARTING, () => "the server restarts");
    await checks.end();
    expect([players(), connection.closed?.code]).toEqual([0, CloseCode.CLOSE_CODE_RESTARTING]);
  });

  test("S26 who speaks before the welcome is refused, and does not come in later", async () => {
    const { checks, server, hello, players } = setUp();
    const connection = hello("u-1");
    server.receive(connection, shoal.ClientFrame.encode({ ackTick: 1 }).finish());
    expect(connection.closed?.code).toBe(CloseCode.CLOSE_CODE_BAD_MESSAGE);
    await checks.end();
    expect([players(), server.lobby.sessionCount]).toEqual([0, 0]);
  });

  test("S26 is checked with at most 63 others; the rest wait in order, and 1024 in all", async () => {
    const { checks, server, hello, players } = setUp();
    const all = Array.from({ length: 1025 }, (_, i) => hello(`u-${i}`));
    expect(checks.count).toBe(64);
    expect(all[1024].closed?.code).toBe(CloseCode.CLOSE_CODE_BUSY);
    expect(all[1024].closed?.reason).toMatch(/; retry in 1\d{3} ms$/);
    expect(all[1023].closed).toBeUndefined();
    // Those who leave make room, but a check that runs goes on.
    for (const connection of all.slice(0, 64)) connection.close(LOST, "");
    expect(checks.count).toBe(64);
    for (let i = 0; i < 1024; i++) {
      await checks.end();
      expect(checks.count).toBeLessThanOrEqual(64);
    }
    expect(checks.count).toBe(0);
    // The room holds a hundred: the first hundred of those who stayed.
    expect(players()).toBe(100);
    expect(all[64 + 99].closed).toBeUndefined();
    expect(all[64 + 100].closed?.code).toBe(CloseCode.CLOSE_CODE_ROOM_FULL);
    expect(server.bugs).toEqual([]);
  });

  test("S26 S27 those checked come in at a tick's pace", async () => {
    const { checks, server, hello, players } = setUp({ joinCostPerTick: 10 });
    for (let i = 0; i < 20; i++) hello(`u-${i}`);
    for (let i = 0; i < 20; i++) await checks.end();
    // The first pays for the room.
    expect(players()).toBe(3);
    server.tick(1);
    expect(players()).toBe(13);
    server.tick(1);
    expect(players()).toBe(20);
  });
});

describe("an account's name", () => {
  test("S27 is the player's, cleaned and cut, and no event changes it", async () => {
    const { server, join } = setUp();
    const ada = await join("u-1/Countess \u202eAda of Lovelace, born Byron");
    server.tick(2, ada);
    expect(ada.names()).toEqual(["Countess Ada of Lov"]);
    ada.tell({ firstEvent: 1, events: [{ look: { name: "Eve", colour: 7 } }] });
    server.tick(20, ada);
    expect(ada.names()).toEqual(["Countess Ada of Lov"]);
    expect(ada.replica.entity(ada.slot)?.tadpole?.look?.colour).toBe(7);
  });

  test("S27 that cannot be shown is none: the player chooses", async () => {
    const { server, join } = setUp();
    const ada = await join("u-1/\u202e\u200b");
    server.tick(2, ada);
    expect(ada.names()).toEqual(["Ada"]);
  });

  test("S27 that is new is told with the next hello", async () => {
    const { server, join } = setUp();
    const ada = await join("u-1/Ada");
    ada.connection.close(LOST, "");
    server.tick(20);
    const again = await join("u-1/Augusta", { resumeToken: ada.welcome.resumeToken });
    server.tick(20, again);
    expect(again.names()).toEqual(["Augusta"]);
  });
});

describe("one account", () => {
  test("S28 is one tadpole: another device goes on with it and hears what is new, the older one goes", async () => {
    const { server, join, players } = setUp();
    const bao = await join("u-2/Bao");
    const phone = await join("u-1/Ada");
    server.tick(2, phone, bao);
    const { id } = phone;
    const desk = await join("u-1/Ada");
    expect(phone.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_REPLACED);
    expect(desk.welcome).toMatchObject({ resumed: true, ownSlot: phone.slot });
    bao.tell({ firstEvent: 1, events: [{ shout: { text: "hi" } }] });
    server.tick(2, desk, bao);
    expect(desk.id).toBe(id);
    expect(players()).toBe(2);
    expect(desk.heard()).toEqual(["Bao: hi"]);
    expect(server.lobby.sessionCount).toBe(2);
  });

  test("S28 S15 on a device that held another session hears all that the one before has not", async () => {
    const { server, join } = setUp();
    const bao = await join("u-2/Bao");
    const phone = await join("u-1/Ada");
    server.tick(2, phone, bao);
    bao.tell({ firstEvent: 1, events: [{ shout: { text: "hi" } }] });
    server.tick(2, bao);
    const desk = await join("u-1/Ada", { resumeToken: new Uint8Array(16).fill(1), ackTick: server.rooms.tick });
    server.tick(2, desk, bao);
    expect(desk.heard()).toEqual(["Bao: hi"]);
  });

  test("S28 that is away is gone on with, also without a token", async () => {
    const { server, join, players } = setUp();
    const ada = await join("u-1/Ada");
    server.tick(2, ada);
    ada.connection.close(LOST, "");
    server.tick(20);
    const again = await join("u-1/Ada");
    expect([again.welcome.resumed, again.slot, players()]).toEqual([true, ada.slot, 1]);
    server.tick(40 * 20, again);
    expect([players(), server.lobby.sessionCount]).toEqual([1, 1]);
  });

  test("S28 in another room begins there, and is gone from the first", async () => {
    const { server, join, players } = setUp();
    const ada = await join("u-1/Ada");
    const there = await join("u-1/Ada", { room: "lake" });
    expect(ada.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_REPLACED);
    expect([there.welcome.resumed, players("pond"), players("lake"), server.lobby.sessionCount]).toEqual([
      false,
      0,
      1,
      1,
    ]);
    expect(server.rooms.get("pond")).toBeUndefined();
    there.connection.close(LOST, "");
    const back = await join("u-1/Ada");
    expect([back.welcome.resumed, players("pond"), players("lake"), server.lobby.sessionCount]).toEqual([
      false,
      1,
      0,
      1,
    ]);
  });

  test("S28 that cannot come into the other room stays where it is", async () => {
    const { hello, checks, join, players } = setUp();
    const ada = await join("u-1/Ada");
    for (let i = 0; i < 100; i++) await join(`x-${i}`, { room: "lake" });
    const refused = hello("u-1/Ada", { room: "lake" });
    await checks.end();
    expect(refused.closed?.code).toBe(CloseCode.CLOSE_CODE_ROOM_FULL);
    expect([ada.connection.isOpen, players()]).toEqual([true, 1]);
  });

  test("S28 is nobody else's: a token of another account's session opens nothing", async () => {
    const { join, players } = setUp();
    const ada = await join("u-1/Ada");
    const { resumeToken } = ada.welcome;
    const eve = await join("u-2/Eve", { resumeToken });
    expect([eve.welcome.resumed, ada.connection.isOpen, players()]).toEqual([false, true, 2]);
  });

  test("S28 has the connection that was opened last, whichever check ends first", async () => {
    const { checks, server, hello, players } = setUp();
    const older = hello("u-1");
    const newer = hello("u-1");
    await checks.end(1);
    await checks.end(0);
    expect(older.closed?.code).toBe(CloseCode.CLOSE_CODE_REPLACED);
    expect([newer.isOpen, newer.sent.length, players(), server.counters.rejects.replaced]).toEqual([true, 1, 1, 1]);
  });

  test("S28 of a thousand races none ends with two or none (seed 5)", async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant("hello" as const) },
      { weight: 6, arbitrary: fc.constant("check" as const) },
      { weight: 1, arbitrary: fc.constant("lose" as const) },
      { weight: 1, arbitrary: fc.constant("tick" as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(7)), { minLength: 4, maxLength: 14 }), async (steps) => {
        const { checks, server, hello, players } = setUp();
        const all = [hello("u-1")];
        const isLive = (one: FakeConnection) => one.isOpen && one.sent.length > 0;
        const inRooms = () => players("pond") + players("lake");
        for (const [kind, choice] of steps) {
          if (kind === "hello") all.push(hello("u-1", { room: choice % 4 === 0 ? "lake" : "pond" }));
          else if (kind === "check") await checks.end(choice % Math.max(1, checks.count));
          else if (kind === "lose") all[choice % all.length].close(LOST, "");
          else server.tick(1);
          expect(all.filter(isLive).length).toBeLessThanOrEqual(1);
          expect(inRooms()).toBeLessThanOrEqual(1);
          expect(server.lobby.sessionCount).toBe(inRooms());
        }
        while (checks.count > 0) await checks.end();
        // Whoever is not lost or replaced is in; and the last one to come is, unless it was lost.
        const newest = all[all.length - 1];
        expect(all.filter(({ isOpen }) => isOpen).every(isLive)).toBe(true);
        if (newest.closed?.code !== LOST) expect(isLive(newest)).toBe(true);
        expect(server.bugs).toEqual([]);
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});
