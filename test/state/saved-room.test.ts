/** Rooms that go on from what was written of them: worlds bit for bit, sessions with all that they may rely on. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { shoal as saved } from "../../proto/gen/state.js";
import { fittingPlayers, readRoom } from "../../server/state/saved-room.ts";
import { FakeDisk, ServerHarness, TestPlayer } from "../session/server-harness.ts";

const LOST = 1006;
const { CloseCode } = shoal;

function resume(server: ServerHarness, before: TestPlayer, more: shoal.Hello.$Properties = {}): TestPlayer {
  const hello = { join: {}, resumeToken: before.welcome.resumeToken, ackTick: before.replica.tick, ...more };
  return new TestPlayer(server, server.hello(hello));
}

function room(server: ServerHarness) {
  const found = server.rooms.get("pond");
  if (found === undefined) throw new Error("no room");
  return found;
}

/** Players who steer, change their looks, say things, come and go. */
const act: fc.Arbitrary<Act> = fc.record({
  who: fc.nat(9),
  what: fc.constantFrom<Act["what"]>("join", "leave", "lose", "steer", "say", "rename", "wait"),
  number: fc.nat(65_535),
});

interface Act {
  readonly who: number;
  readonly what: "join" | "leave" | "lose" | "steer" | "say" | "rename" | "wait";
  readonly number: number;
}

function perform(server: ServerHarness, players: (TestPlayer | undefined)[], acts: readonly Act[]): void {
  for (const { who, what, number } of acts) {
    const player = players[who];
    if (what === "join" && player === undefined) players[who] = server.join(`player ${number}`);
    else if (what === "wait") server.tick(number % 30);
    else if (player === undefined || !player.connection.isOpen) continue;
    else if (what === "leave") {
      player.connection.close(1000, "");
      players[who] = undefined;
    } else if (what === "lose") player.connection.close(LOST, "");
    else if (what === "steer") player.steer(number, number % 3 !== 0);
    else if (what === "say") player.tell({ events: [{ say: { text: `line ${number}` } }] });
    else if (what === "rename") player.tell({ events: [{ look: { name: `name ${number}`, colour: number } }] });
    server.tick(1, ...players.flatMap((one) => (one?.connection.isOpen ? [one] : [])));
  }
}

describe("what was written of a room", () => {
  test("S20 is the room, bit for bit, whatever happened in it, seed 31", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const disk = new FakeDisk();
        const server = new ServerHarness({ disk });
        const players: (TestPlayer | undefined)[] = new Array(10).fill(undefined);
        perform(server, players, acts);
        // To a tick after which everything is written anew.
        server.tick(20 - (server.rooms.tick % 20));
        if (server.rooms.size === 0) return;
        const before = room(server);
        const { world } = before;
        const saved = before.lastState();
        if (saved === undefined) throw new Error("nothing was written");
        const next = new ServerHarness();
        next.rooms.tick = saved.tick;
        const after = next.rooms.restore(saved);
        expect(after?.world.hash()).toBe(world.hash());
        expect(after?.world.nextId).toBe(world.nextId);
        expect([...(after?.world.live ?? [])].slice(0, world.liveCount)).toEqual(
          [...world.live].slice(0, world.liveCount),
        );
        // And so is what is written of that, but for its epoch.
        const again = after?.lastState();
        expect({ ...again, epoch: saved.epoch }).toEqual(saved);
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  test("S20 goes on with the second-old motion: everyone away, gliding, told to viewers, and gone after the window", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(5, ada, bao);
    ada.steer(0, true);
    server.tick(40, ada, bao);
    const x = room(server).world.motion.x[ada.slot];
    const next = new ServerHarness({ disk });
    expect(next.lobby.sessionCount).toBe(2);
    expect(room(next).playerCount).toBe(2);
    const back = resume(next, bao);
    expect(back.welcome).toMatchObject({ resumed: true, ownSlot: bao.slot });
    expect(back.welcome.epoch).toBeGreaterThan(bao.welcome.epoch);
    expect(back.welcome.tick).toBeGreaterThan(bao.replica.tick);
    next.tick(1, back);
    expect(back.names()).toEqual(["Ada", "Bao"]);
    expect(back.replica.entity(ada.slot)?.tadpole?.away).toBe(true);
    expect(back.replica.entity(bao.slot)?.tadpole?.away).toBe(false);
    next.tick(60, back);
    expect(Math.abs(room(next).world.motion.x[ada.slot] - x)).toBeLessThan(32 * 160);
    expect(room(next).world.motion.speed[ada.slot]).toBe(0);
    next.tick(30 * 20, back);
    expect(back.names()).toEqual(["Bao"]);
    expect(next.lobby.sessionCount).toBe(1);
  });

  test("S20 G9 newcomers get ids that nobody had", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    const ids = [ada.id, bao.id];
    bao.connection.close(1000, "");
    server.tick(1, ada);
    const next = new ServerHarness({ disk });
    const cyd = next.join("Cyd");
    next.tick(1, cyd);
    expect(cyd.id).toBeGreaterThan(Math.max(...ids));
  });

  test("S20 keeps looks, last words and the bank of lines", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const ada = server.join("Ada");
    server.tick(1, ada);
    ada.tell({ firstEvent: 1, events: [{ look: { name: "Eda", colour: 7, gender: 1 } }, ...says(4)] });
    ada.tell({ firstEvent: 6, events: [{ say: { text: "last" } }] });
    server.tick(1, ada);
    const next = new ServerHarness({ disk });
    const back = resume(next, ada);
    next.tick(1, back);
    expect(back.welcome.lastEvent).toBe(6);
    const { look, lastWords } = back.replica.entity(back.slot)?.tadpole ?? {};
    expect(look).toMatchObject({ name: "Eda", colour: 7, gender: 1 });
    expect(lastWords).toBe("last");
  });

  test("S20 G6 keeps a look that waits for its turn, and none that has had it", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const ada = server.join("Ada");
    server.tick(1, ada);
    const rename = (name: string) => ada.tell({ events: [{ look: { name } }] });
    // The second waits half a second, and the third is asked for long after it.
    for (const [name, ticks] of [
      ["Eda", 1],
      ["Ida", 20],
      ["Oda", 20],
    ] as const) {
      rename(name);
      server.tick(ticks, ada);
    }
    const next = new ServerHarness({ disk });
    const back = resume(next, ada);
    next.tick(20, back);
    expect(back.names()).toEqual(["Oda"]);
    back.tell({ events: [{ look: { name: "Uda" } }] });
    next.tick(1, back);
    back.tell({ events: [{ look: { name: "Yda" } }] });
    next.tick(1, back);
    const last = new ServerHarness({ disk });
    const again = resume(last, back);
    last.tick(20, again);
    expect(again.names()).toEqual(["Yda"]);
  });

  test("S15 S21 a hidden page holds ticks without what was said in them: it hears that after a crash, too", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(5, ada, bao);
    ada.tell({ view: {} });
    server.tick(1, ada, bao);
    bao.tell({ firstEvent: 1, events: [{ shout: { text: "psst" } }] });
    // A heartbeat each two seconds; the crash comes in the very tick of one, and not in that of a checkpoint.
    while (ada.replica.tick < server.rooms.tick || ada.replica.tick < 40) server.tick(1, ada, bao);
    expect(ada.heard()).toEqual([]);
    const next = new ServerHarness({ disk });
    const back = resume(next, ada);
    next.tick(2, back);
    expect(back.heard()).toEqual(["Bao: psst"]);
  });

  test("S13 S20 tokens are those of the last message: used ones stay dead, new ones open", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const ada = server.join("Ada");
    server.tick(25, ada);
    const second = resume(server, ada);
    server.tick(1, second);
    server.tick(1, second);
    const next = new ServerHarness({ disk });
    expect(resume(next, ada).welcome.resumed).toBe(false);
    const third = resume(next, second);
    expect(third.welcome.resumed).toBe(true);
    // As ever: the newest wins.
    const fourth = resume(next, third);
    expect(third.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_REPLACED);
    expect(fourth.welcome.resumed).toBe(true);
  });

  test("S13 S21 whoever has a Welcome may come back, though the server ended before its next tick", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const ada = server.join("Ada");
    server.tick(25, ada);
    const again = resume(server, ada);
    const bao = server.join("Bao");
    const next = new ServerHarness({ disk });
    expect([again, bao].map((player) => resume(next, player).welcome.resumed)).toEqual([true, true]);
    expect(next.lobby.sessionCount).toBe(2);
  });

  test("S20 a room that closed, and one that opened under its name, leave nobody behind", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const ada = server.join("Ada");
    server.tick(30, ada);
    ada.connection.close(1000, "");
    server.tick(1);
    expect(new ServerHarness({ disk }).rooms.size).toBe(0);
    const bao = server.join("Bao");
    server.tick(1, bao);
    const next = new ServerHarness({ disk });
    const back = resume(next, bao);
    next.tick(1, back);
    expect(back.names()).toEqual(["Bao"]);
  });

  test("S17 S19 events are acknowledged with the tick that took them, and not while the disk fails", () => {
    const disk = new FakeDisk();
    const server = new ServerHarness({ disk });
    const ada = server.join("Ada");
    server.tick(1, ada);
    ada.tell({ firstEvent: 1, events: says(2) });
    expect(ada.eventAck).toBe(0);
    server.tick(1, ada);
    expect(ada.eventAck).toBe(2);
    disk.isWorking = false;
    ada.tell({ firstEvent: 3, events: says(1) });
    server.tick(5, ada);
    expect(ada.eventAck).toBe(2);
    disk.isWorking = true;
    server.tick(1, ada);
    expect(ada.eventAck).toBe(3);
    // After a resume it is told once more: the frame that said so may be lost.
    const again = resume(server, ada);
    server.tick(1, again);
    expect(again.eventAck).toBe(3);
  });
});

function says(count: number): shoal.ClientEvent.$Properties[] {
  return Array.from({ length: count }, (_, i) => ({ say: { text: `line ${i}` } }));
}

test("S20 players get slots anew where theirs are not there any more, and who came last stays out", () => {
  const player = (id: number, slot: number) =>
    readRoom(saved.SavedRoom.encode({ players: [{ id, slot }] }).finish()).players.get(id);
  const fitted = (pairs: readonly (readonly [number, number])[], slotCount: number) => {
    const players = new Map(
      pairs.flatMap(([id, slot]) => {
        const one = player(id, slot);
        return one === undefined ? [] : [[id, one] as const];
      }),
    );
    const room = { ...readRoom(new Uint8Array(0)), players };
    return fittingPlayers(room, slotCount).map(({ id, slot }) => [id, slot]);
  };
  expect(
    fitted(
      [
        [7, 2],
        [3, 0],
      ],
      3,
    ),
  ).toEqual([
    [7, 2],
    [3, 0],
  ]);
  expect(
    fitted(
      [
        [7, 9],
        [3, 0],
        [5, 2],
      ],
      3,
    ),
  ).toEqual([
    [7, 1],
    [3, 0],
    [5, 2],
  ]);
  expect(
    fitted(
      [
        [7, 0],
        [3, 8],
        [5, 9],
      ],
      2,
    ),
  ).toEqual([
    [3, 0],
    [5, 1],
  ]);
});
