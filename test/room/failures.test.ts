/** Rooms that fail: rebuilt from what was written a moment ago, closed when it happens too often, and none of the others' business. */
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { pondGame } from "../../server/game/pond.ts";
import { Failures } from "../../server/room/failures.ts";
import type { CreateGame, Game } from "../../server/room/game.ts";
import { applyBatches } from "../../server/state/saved-room.ts";
import { ServerHarness, TestPlayer } from "../session/server-harness.ts";

const { CloseCode } = shoal;
const LOST = 1006;

/** What the game of a server does beside the pond's rules, changed by tests as they go. */
interface Trouble {
  step?(): void;
  event?(event: shoal.ClientEvent.$Shape): void;
  away?(): void;
  leave?(): void;
  back?(): void;
  entity?(): void;
  load?(): void;
}

function troubled(trouble: Trouble): CreateGame {
  return (host) => {
    const pond = pondGame({ spawnRange: 150 })(host);
    const game: Game = {
      enter: (join, identity) => pond.enter(join, identity),
      leave(slot) {
        trouble.leave?.();
        pond.leave(slot);
      },
      away(slot) {
        trouble.away?.();
        pond.away(slot);
      },
      back(slot, join, identity) {
        trouble.back?.();
        pond.back(slot, join, identity);
      },
      isInput: (input) => pond.isInput(input),
      input: (slot, input) => pond.input(slot, input),
      event(slot, event) {
        trouble.event?.(event);
        pond.event(slot, event);
      },
      step() {
        trouble.step?.();
        pond.step();
      },
      entity(slot) {
        trouble.entity?.();
        return pond.entity(slot);
      },
      nameOf: (slot) => pond.nameOf(slot),
      save: (slot, to) => pond.save(slot, to),
      load(slot, saved) {
        trouble.load?.();
        pond.load(slot, saved);
      },
    };
    return game;
  };
}

function boom(): never {
  throw new Error("boom");
}

function resume(server: ServerHarness, before: TestPlayer): TestPlayer {
  const { resumeToken } = before.welcome;
  return new TestPlayer(server, server.hello({ join: {}, resumeToken, ackTick: before.replica.tick }));
}

/** Lets the game do it once. */
function once(trouble: Trouble, where: keyof Trouble): void {
  trouble[where] = () => {
    trouble[where] = undefined;
    boom();
  };
}

describe("a room whose tick throws", () => {
  test.each(["step", "entity"] as const)(
    "S11 in %s is rebuilt in the same tick: same players, same places, others miss nothing",
    (where) => {
      const trouble: Trouble = {};
      const server = new ServerHarness({ createGame: troubled(trouble) });
      const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
      const calm = server.join("Cyd", { room: "calm" });
      server.tick(30, ada, bao, calm);
      const id = ada.id;
      // Whoever swims gets a frame each tick.
      for (const player of [ada, calm]) player.steer(0, true);
      server.tick(10, ada, bao, calm);
      const { x } = ada;
      const epoch = ada.welcome.epoch;
      once(trouble, where);
      if (where === "entity") ada.tell({ events: [{ say: { text: "look at me" } }] });
      const before = calm.replica.tick;
      server.tick(1, calm);
      expect(calm.replica.tick).toBe(before + 1);
      expect(server.failures).toHaveLength(1);
      for (const { connection } of [ada, bao]) expect(connection.closed?.code).toBe(CloseCode.CLOSE_CODE_ROOM_FAILED);
      expect(server.lobby.sessionCount).toBe(3);
      const again = resume(server, ada);
      expect(again.welcome.resumed).toBe(true);
      expect(again.welcome.epoch).toBeGreaterThan(epoch);
      expect(again.welcome.tick).toBe(server.rooms.tick);
      server.tick(1, again, calm);
      expect(again.id).toBe(id);
      expect(again.names()).toEqual(["Ada", "Bao"]);
      expect(again.replica.entity(bao.slot)?.tadpole?.away).toBe(true);
      // At most a second of swimming.
      expect(Math.abs(again.x - x)).toBeLessThan(100);
    },
  );

  test("S11 S20 a player whom the game cannot take up is left out, and the others go on; if that is everybody the room is closed", () => {
    const trouble: Trouble = {};
    const server = new ServerHarness({ createGame: troubled(trouble) });
    const [ada, bao, cyd] = ["Ada", "Bao", "Cyd"].map((name) => server.join(name));
    server.tick(30, ada, bao, cyd);
    const ids = [ada.id, bao.id, cyd.id];
    const before = server.rooms.get("pond")?.lastState();
    once(trouble, "step");
    once(trouble, "load");
    server.tick(1);
    expect(server.leftOut).toHaveLength(1);
    const [gone] = server.leftOut;
    // Nor does the player come back, in a slot that is somebody else's by then, if the next snapshot is never written.
    server.tick(1);
    const after = applyBatches(before, server.rooms.get("pond")?.record.batches ?? new Uint8Array(0));
    expect([...(after?.players.keys() ?? [])]).toEqual(ids.filter((id) => id !== gone));
    expect(server.lobby.sessionCount).toBe(2);
    const resumed = [ada, bao, cyd].map((player) => resume(server, player));
    expect(resumed.map(({ welcome }) => welcome.resumed)).toEqual(ids.map((id) => id !== gone));
    server.tick(20, ...resumed);
    // Who was left out is a newcomer, with a number of its own.
    for (const player of resumed) expect(player.names()).toEqual(["Bao", "Cyd", "Guest 4"]);
    expect(resumed.filter(({ id }) => ids.includes(id))).toHaveLength(2);
    once(trouble, "step");
    trouble.load = boom;
    server.tick(1);
    expect(server.lobby.sessionCount).toBe(0);
    expect(server.leftOut).toHaveLength(3);
  });

  test("S11 tokens of the last second count, those used before are dead, and who left stays gone", () => {
    const trouble: Trouble = {};
    const server = new ServerHarness({ createGame: troubled(trouble) });
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(20, ada, bao);
    const second = resume(server, ada);
    const cyd = server.join("Cyd");
    server.tick(2, second, bao, cyd);
    bao.connection.close(1000, "");
    once(trouble, "step");
    server.tick(1);
    expect(server.lobby.sessionCount).toBe(2);
    expect(resume(server, ada).welcome.resumed).toBe(false);
    expect(resume(server, cyd).welcome.resumed).toBe(true);
    const third = resume(server, second);
    expect(third.welcome.resumed).toBe(true);
    server.tick(1, third);
    expect(third.names()).not.toContain("Bao");
  });

  test("S11 S16 an event that throws is not taken again, those around it are", () => {
    const trouble: Trouble = {
      event: (event) => {
        if (event.shout?.text === "poison") boom();
      },
    };
    const server = new ServerHarness({ createGame: troubled(trouble) });
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    const events = ["one", "poison", "two"].map((text) => ({ shout: { text } }));
    ada.tell({ firstEvent: 1, events });
    server.tick(1, ada, bao);
    const [adaAgain, baoAgain] = [ada, bao].map((player) => resume(server, player));
    expect(adaAgain.welcome.lastEvent).toBe(0);
    adaAgain.tell({ firstEvent: 1, events });
    server.tick(1, adaAgain, baoAgain);
    expect(server.failures).toHaveLength(1);
    expect(baoAgain.heard()).toEqual(["Ada: one", "Ada: two"]);
    expect(adaAgain.eventAck).toBe(3);
  });

  test("S11 the third failure in a minute closes it for a minute, with words; then it opens anew", () => {
    const trouble: Trouble = {};
    const server = new ServerHarness({ createGame: troubled(trouble) });
    let ada = server.join("Ada");
    server.tick(1, ada);
    for (let failure = 1; failure <= 3; failure++) {
      once(trouble, "step");
      server.tick(1);
      expect(ada.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_ROOM_FAILED);
      if (failure < 3) ada = resume(server, ada);
      server.tick(5);
    }
    expect(ada.connection.closed?.reason).toMatch(/; retry in 60000 ms$/);
    expect(server.lobby.sessionCount).toBe(0);
    const refused = server.hello({ join: {}, resumeToken: ada.welcome.resumeToken });
    expect(refused.closed?.code).toBe(CloseCode.CLOSE_CODE_ROOM_FAILED);
    expect(refused.closed?.reason).toMatch(/; retry in 5\d{4} ms$/);
    server.tick(60 * 20);
    const anew = resume(server, ada);
    expect(anew.welcome.resumed).toBe(false);
    expect(anew.welcome.epoch).toBeGreaterThan(ada.welcome.epoch);
  });

  test("S11 failures that are far between close nothing", () => {
    let nowMs = 0;
    const failures = new Failures(() => nowMs);
    for (let i = 0; i < 10; i++, nowMs += 30_001) expect(failures.note("pond")).toBe(false);
    expect(failures.closedForMs("pond")).toBe(0);
  });

  test("S11 one that cannot be rebuilt is closed", () => {
    const trouble: Trouble = {};
    const server = new ServerHarness({ createGame: troubled(trouble) });
    const ada = server.join("Ada");
    server.tick(2, ada);
    trouble.away = boom;
    once(trouble, "step");
    server.tick(1);
    expect(ada.connection.closed?.reason).toContain("retry in 60000 ms");
    expect(server.rooms.size).toBe(0);
    expect(server.lobby.sessionCount).toBe(0);
  });
});

describe("a game that throws between ticks", () => {
  test.each(["away", "leave"] as const)(
    "S11 in %s fails its room with the next tick, and nothing is left half done",
    (where) => {
      const trouble: Trouble = {};
      const server = new ServerHarness({ createGame: troubled(trouble) });
      const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
      server.tick(25, ada, bao);
      once(trouble, where);
      ada.connection.close(where === "away" ? LOST : 1000, "");
      expect(bao.connection.isOpen).toBe(true);
      server.tick(1);
      expect(server.failures).toHaveLength(1);
      const again = resume(server, bao);
      server.tick(1, again);
      expect(again.names()).toEqual(where === "away" ? ["Ada", "Bao"] : ["Bao"]);
      expect(server.lobby.sessionCount).toBe(where === "away" ? 2 : 1);
      expect(resume(server, ada).welcome.resumed).toBe(where === "away");
    },
  );

  test("S11 H8 in back: that connection's trouble, and the player may try again", () => {
    const trouble: Trouble = {};
    const server = new ServerHarness({ createGame: troubled(trouble) });
    const ada = server.join("Ada");
    server.tick(2, ada);
    ada.connection.close(LOST, "");
    once(trouble, "back");
    expect(() => resume(server, ada)).toThrow("boom");
    server.tick(2);
    expect(server.failures).toEqual([]);
    expect(resume(server, ada).welcome.resumed).toBe(true);
    expect(server.lobby.sessionCount).toBe(1);
  });
});
