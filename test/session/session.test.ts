import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import {
  CLIENT_GONE_MS,
  EVENTS_PER_FRAME_MAX,
  HELLO_TIMEOUT_MS,
  INPUTS_PER_FRAME_MAX,
  LOST_CELLS_MAX,
} from "../../proto/limits.ts";
import { pondGame } from "../../server/game/pond.ts";
import type { Game } from "../../server/room/game.ts";
import { ServerHarness } from "./server-harness.ts";

const { CloseCode } = shoal;
const look = { name: "Ada" };
const say = (text: string) => ({ say: { text } });

/** How many of them are still there after a collection. */
async function countKept(refs: readonly WeakRef<object>[]): Promise<number> {
  // A reference that was just made or read holds until the turn is over.
  await new Promise((done) => setImmediate(done));
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return refs.filter((ref) => ref.deref() !== undefined).length;
}

function roomOf(server: ServerHarness) {
  const room = server.rooms.get("pond");
  if (room === undefined) throw new Error("no room");
  return room;
}

/** A game that does what `game` does, to be changed in parts. */
function forward(game: Game): Game {
  return {
    enter: (join) => game.enter(join),
    leave: (slot) => game.leave(slot),
    away: (slot) => game.away(slot),
    back: (slot, join) => game.back(slot, join),
    isInput: (input) => game.isInput(input),
    input: (slot, input) => game.input(slot, input),
    event: (slot, event) => game.event(slot, event),
    step: () => game.step(),
    entity: (slot) => game.entity(slot),
    nameOf: (slot) => game.nameOf(slot),
    save: (slot, to) => game.save(slot, to),
    load: (slot, saved) => game.load(slot, saved),
  };
}

/** The close code that a hello gets, 0 if it is taken. */
function codeOf(hello: shoal.Hello.$Properties, server = new ServerHarness()): number {
  return server.hello(hello).closed?.code ?? 0;
}

describe("hello", () => {
  test("S2 a connection without a hello is closed after 3 s and not before", () => {
    const server = new ServerHarness();
    const connection = server.connect();
    server.nowMs += HELLO_TIMEOUT_MS;
    server.lobby.sweep();
    expect(connection.closed).toBeUndefined();
    server.nowMs += 1;
    server.lobby.sweep();
    expect(connection.closed?.code).toBe(CloseCode.CLOSE_CODE_HELLO_TIMEOUT);
    expect(server.counters.rejects["hello-timeout"]).toBe(1);
  });

  test.each([
    ["an empty message", new Uint8Array(0)],
    ["random bytes", Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff)],
    ["a hello without join", shoal.Hello.encode({ room: "pond" }).finish()],
    ["a view without a size", shoal.Hello.encode({ join: {}, view: { left: 1 } }).finish()],
    ["a cut message", shoal.Hello.encode({ join: { look } }).finish().subarray(0, 5)],
  ])("S2 %s is closed as a bad message", (_, bytes) => {
    const server = new ServerHarness();
    const connection = server.connect();
    server.receive(connection, bytes);
    expect(connection.closed?.code).toBe(CloseCode.CLOSE_CODE_BAD_MESSAGE);
    expect(connection.sent).toEqual([]);
    expect(server.counters.rejects.undecodable).toBe(1);
  });

  test("S2 room names are 1 to 32 of a-z, 0-9 and -; an empty one means pond", () => {
    expect(codeOf({ room: "a-1", join: {} })).toBe(0);
    expect(codeOf({ room: "a".repeat(32), join: {} })).toBe(0);
    for (const room of ["a".repeat(33), "Pond", "a b", "../x", "池"]) {
      expect(codeOf({ room, join: {} }), room).toBe(CloseCode.CLOSE_CODE_BAD_ROOM);
    }
    expect(new ServerHarness().join("Ada").welcome.room).toBe("pond");
  });

  test("S2 a room that the operator does not list is refused", () => {
    const server = new ServerHarness({ allowed: new Set(["lake"]) });
    expect(codeOf({ room: "lake", join: {} }, server)).toBe(0);
    expect(codeOf({ room: "pond", join: {} }, server)).toBe(CloseCode.CLOSE_CODE_BAD_ROOM);
  });

  test("S2 a full room and a full house refuse, and take again when someone left", () => {
    const server = new ServerHarness({ capacity: 2, roomsMax: 1 });
    const first = server.hello({ join: {} });
    expect(codeOf({ join: {} }, server)).toBe(0);
    expect(codeOf({ join: {} }, server)).toBe(CloseCode.CLOSE_CODE_ROOM_FULL);
    // The default room is none of those that are counted.
    expect(codeOf({ room: "lake", join: {} }, server)).toBe(0);
    expect(codeOf({ room: "other", join: {} }, server)).toBe(CloseCode.CLOSE_CODE_ROOMS_FULL);
    expect(server.counters.rejects["room-full"]).toBe(1);
    expect(server.counters.rejects["rooms-full"]).toBe(1);
    first.close(1000, "");
    expect(codeOf({ join: {} }, server)).toBe(0);
  });

  test("S2 a refused look leaves no room and no entity behind", () => {
    const server = new ServerHarness();
    const code = codeOf({ join: { look: { name: "x".repeat(21) } } }, server);
    expect(code).toBe(CloseCode.CLOSE_CODE_BAD_LOOK);
    expect(server.rooms.size).toBe(0);
    expect(server.lobby.sessionCount).toBe(0);
  });

  test("S3 the answer is one Welcome, then frames of later ticks", () => {
    const server = new ServerHarness();
    server.join("First");
    server.tick(3);
    const player = server.join("Ada");
    expect(player.connection.sent).toHaveLength(1);
    expect(player.welcome).toMatchObject({ tick: 3, tickHz: 20, cellSize: 320, epoch: 1, messageBytesMax: 4096 });
    server.tick(1, player);
    expect(player.replica.tick).toBe(4);
    expect(player.connection.sent).toHaveLength(2);
  });
});

describe("client frames", () => {
  const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
  const steer = { steer: { heading: 1, swim: true } };
  const good: [string, shoal.ClientFrame.$Properties][] = [
    ["the most inputs", { inputTick: 1, inputs: many(INPUTS_PER_FRAME_MAX, steer) }],
    ["the most events", { events: many(EVENTS_PER_FRAME_MAX, say("x")) }],
    ["the largest heading", { inputTick: 1, inputs: [{ steer: { heading: 65535 } }] }],
    ["lost cells that are none", { lostCells: [2 ** 32 - 1, 0] }],
    ["a view of nothing", { view: {} }],
    ["an empty steer", { inputTick: 1, inputs: [{ steer: {} }] }],
    [
      "a view at the ends of the numbers",
      { view: { left: -(2 ** 31), top: 2 ** 31 - 1, width: 2 ** 32 - 1, height: 1 } },
    ],
  ];
  const bad: [string, shoal.ClientFrame.$Properties][] = [
    ["one input too many", { inputTick: 1, inputs: many(INPUTS_PER_FRAME_MAX + 1, steer) }],
    ["one event too many", { events: many(EVENTS_PER_FRAME_MAX + 1, say("x")) }],
    ["a heading of a full turn", { inputTick: 1, inputs: [{ steer: { heading: 65536 } }] }],
    ["an input of no kind", { inputTick: 1, inputs: [{}] }],
    ["an event of no kind", { events: [{}] }],
    ["inputs without a tick", { inputs: [steer] }],
    ["too many lost cells", { lostCells: many(LOST_CELLS_MAX + 1, 0) }],
    ["a tick from the future", { ackTick: 6 }],
    ["an input tick past 32 bits", { inputTick: 2 ** 32 - 1, inputs: [steer, steer] }],
  ];

  test.each(good)("S4 %s is taken", (_, frame) => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    server.tick(5);
    player.tell(frame);
    server.tick(2, player);
    expect(player.connection.closed).toBeUndefined();
    expect(server.failures).toEqual([]);
  });

  test.each(bad)("S4 %s closes as a bad message and changes nothing", (_, frame) => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    const witness = server.join("Bao");
    server.tick(5, witness);
    player.tell(frame);
    expect(player.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_BAD_MESSAGE);
    expect(player.connection.closed?.reason.length).toBeLessThan(123);
    server.tick(1, witness);
    expect(witness.names()).toEqual(["Bao"]);
    expect(witness.heard()).toEqual([]);
    expect(witness.connection.closed).toBeUndefined();
  });

  test("S4 an older acknowledgement than before closes, the same one again does not", () => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    server.tick(5);
    player.tell({ ackTick: 4 });
    player.tell({ ackTick: 4 });
    expect(player.connection.closed).toBeUndefined();
    player.tell({ ackTick: 3 });
    expect(player.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_BAD_MESSAGE);
    expect(server.counters.rejects.order).toBe(1);
  });

  test("S4 every cut and every single-bit flip of a good message is taken or refused, never thrown", () => {
    const bytes = shoal.ClientFrame.encode({
      ackTick: 2,
      inputTick: 7,
      inputs: [steer, steer],
      view: { left: -5, top: 5, width: 500, height: 400 },
      events: [say("hello"), { look }, { whisper: { toId: 1, text: "psst" } }],
    }).finish();
    const server = new ServerHarness();
    const attempt = (message: Uint8Array) => {
      const player = server.join("Ada");
      server.receive(player.connection, message);
      server.tick(1);
      player.connection.close(1000, "");
    };
    server.tick(3);
    for (let cut = 0; cut < bytes.length; cut++) attempt(bytes.subarray(0, cut));
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] ^= 1 << (bit & 7);
      attempt(flipped);
    }
    expect(server.failures).toEqual([]);
    expect(server.lobby.sessionCount).toBe(0);
  });

  test("L5 a client may send 32 events at once and then 8 a second, more close with RATE", () => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    for (let i = 0; i < 4; i++) player.tell({ events: many(8, say("x")) });
    for (let i = 0; i < 8; i++) {
      server.nowMs += 125;
      player.tell({ events: [say("x")] });
    }
    expect(player.connection.closed).toBeUndefined();
    player.tell({ events: [say("x")] });
    expect(player.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_RATE);
    expect(server.counters.rejects.rate).toBe(1);
  });
});

describe("life of a session", () => {
  test("S5 a silent client is closed after 6 s, one that speaks is not", () => {
    const server = new ServerHarness();
    const silent = server.join("Silent");
    const awake = server.join("Awake");
    server.nowMs += CLIENT_GONE_MS;
    awake.tell({ ackTick: 0, view: { width: 5, height: 5 } });
    server.nowMs += 1;
    server.lobby.sweep();
    expect(silent.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_SILENT);
    expect(awake.connection.closed).toBeUndefined();
  });

  test("S6 whoever leaves is gone from every view with the next tick", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    const bao = server.join("Bao");
    server.tick(1, ada, bao);
    expect(ada.names()).toEqual(["Ada", "Bao"]);
    bao.connection.close(1000, "");
    server.tick(1, ada);
    expect(ada.names()).toEqual(["Ada"]);
  });

  test("S9 a room ends with its last player and a new one has a higher epoch", () => {
    const server = new ServerHarness();
    const first = server.join("Ada");
    expect(server.rooms.size).toBe(1);
    first.connection.close(1000, "");
    expect(server.rooms.size).toBe(0);
    expect(server.join("Ada").welcome.epoch).toBeGreaterThan(first.welcome.epoch);
  });

  test("S9 of rooms that ended nothing is kept in memory", async () => {
    const server = new ServerHarness();
    const refs: WeakRef<object>[] = [];
    for (let i = 0; i < 20; i++) {
      const { connection } = server.join("Ada", { room: `pond-${i}` });
      const room = server.rooms.get(`pond-${i}`);
      if (room !== undefined) refs.push(new WeakRef(room));
      server.tick(1);
      connection.close(1000, "");
    }
    server.tick(1);
    expect(refs).toHaveLength(20);
    // The one that took longest is remembered until another does.
    expect(await countKept(refs)).toBeLessThanOrEqual(2);
  });

  test("S9 of players who left their room keeps nothing, however many came since it was opened", async () => {
    const server = new ServerHarness();
    const witness = server.join("Witness");
    const refs: WeakRef<object>[] = [];
    for (let i = 0; i < 20; i++) {
      const player = server.join(`Guest ${i}`);
      server.tick(1, witness, player);
      const slot = player.welcome.ownSlot;
      refs.push(new WeakRef(roomOf(server).encoder.rest(slot)));
      player.connection.close(1000, "");
    }
    server.tick(1, witness);
    expect(await countKept(refs)).toBe(0);
  });

  test("S8 shutting down tells everyone, joined or not or still coming, to come back", () => {
    const server = new ServerHarness();
    const connections = [server.connect(), server.join("Ada").connection];
    server.lobby.shutDown(CloseCode.CLOSE_CODE_RESTARTING, () => "the server restarts");
    connections.push(server.connect());
    expect(connections.map(({ closed }) => closed?.code)).toEqual([4000, 4000, 4000]);
    expect(server.lobby.connectionCounts).toEqual({ websocket: 0, polling: 0 });
  });

  test("S9 a game that throws at the door leaves no entity and no room behind", () => {
    const server = new ServerHarness({
      createGame: (host) => {
        const pond = pondGame({ spawnRange: 150 })(host);
        const enter: typeof pond.enter = (join) => {
          pond.enter(join);
          throw new Error("boom");
        };
        return { ...forward(pond), enter };
      },
    });
    const connection = server.connect();
    const hello = shoal.Hello.encode({ join: {} }).finish();
    expect(() => server.receive(connection, hello)).toThrow("boom");
    expect(server.rooms.size).toBe(0);
    expect(server.lobby.sessionCount).toBe(0);
  });

  test("S6 S9 leaving twice, and a room of the same name opened since, harm nobody", () => {
    const server = new ServerHarness();
    const first = server.join("Ada");
    const old = server.rooms.get("pond");
    first.connection.close(1000, "");
    const second = server.join("Bao");
    if (old === undefined) throw new Error("no room");
    server.rooms.disposeIfEmpty(old);
    server.lobby.onClose(first.connection, 1006);
    server.tick(1, second);
    expect(second.names()).toEqual(["Bao"]);
    expect(server.rooms.get("pond")).not.toBe(old);
  });
});
