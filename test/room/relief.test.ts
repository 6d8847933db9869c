/** Rooms that take too much time: which are relieved, when it ends, and what the others notice. Under a clock moved by hand. */
import { describe, expect, test } from "vitest";
import { startLoop } from "../../server/loop.ts";
import { type Relief, RoomRelief } from "../../server/room/relief.ts";
import { ManualClock } from "../setup/manual-clock.ts";

const TICK_HZ = 20;
const TICK_MS = 1000 / TICK_HZ;

/** A room that is nothing but how long its step takes, and what the frames of that add. */
interface FakeRoom {
  readonly name: string;
  stepMs: number;
  framesMs: number;
  steps: number;
  frames: number;
}

/** A loop with rooms that take time of its clock. */
function start(...rooms: FakeRoom[]) {
  /** Which part of the time the process has a processor, and what of it each tick takes beside the rooms' steps. */
  const machine = { share: 1, besideMs: 0 };
  let cpuMs = 0;
  const clock = new ManualClock();
  const open = new Set(rooms);
  const log: { atMs: number; room: string; what: Relief | "closed" }[] = [];
  /** When each tick of the server began, ms. */
  const starts: number[] = [];
  const relief = new RoomRelief<FakeRoom>({
    tickHz: TICK_HZ,
    cpuMs: () => cpuMs,
    onRelief: (room, what) => log.push({ atMs: clock.now(), room: room.name, what }),
    onOverload: (room) => {
      open.delete(room);
      log.push({ atMs: clock.now(), room: room.name, what: "closed" });
    },
  });
  startLoop({
    tickHz: TICK_HZ,
    clock,
    onTick(_, isCatchUp) {
      starts.push(clock.now());
      relief.beginTick(clock.now(), isCatchUp);
      for (const room of open) {
        const turn = relief.turnOf(room);
        if (turn === undefined) continue;
        const ms = room.stepMs + (turn.hasFrames ? room.framesMs : 0);
        room.steps++;
        if (turn.hasFrames) room.frames++;
        cpuMs += ms;
        clock.spend(ms / machine.share);
        relief.note(room, ms / machine.share);
      }
      cpuMs += machine.besideMs;
      clock.spend(machine.besideMs / machine.share);
      relief.endTick();
    },
    onOverrun: () => {},
  });
  const p99 = () => {
    const gaps = starts.slice(1).map((at, i) => at - starts[i]);
    return gaps.sort((a, b) => a - b)[Math.ceil(gaps.length * 0.99) - 1];
  };
  return { clock, machine, relief, log, starts, open, p99 };
}

function fakeRoom(name: string, stepMs: number, framesMs = 0): FakeRoom {
  return { name, stepMs, framesMs, steps: 0, frames: 0 };
}

describe("a room that takes too long", () => {
  test("O6 rooms that keep their time are let alone for an hour", () => {
    const rooms = [fakeRoom("a", 10, 5), fakeRoom("b", 15, 10)];
    const { clock, log } = start(...rooms);
    clock.advance(3_600_000);
    expect(log).toEqual([]);
    expect(rooms.map(({ steps, frames }) => [steps, frames])).toEqual([
      [72_000, 72_000],
      [72_000, 72_000],
    ]);
  });

  test("O6 one late step is no reason", () => {
    const room = fakeRoom("a", 2);
    const { clock, log } = start(room);
    for (let i = 0; i < 20; i++) {
      clock.advance(3000);
      room.stepMs = 400;
      clock.advance(TICK_MS);
      room.stepMs = 2;
    }
    expect(log).toEqual([]);
  });

  test("O6 O8 three tick lengths for ever: thinned, slowed, closed within 10 s, and the others' ticks hold over 60 s", () => {
    const bad = fakeRoom("bad", 3 * TICK_MS);
    const good = fakeRoom("good", 2);
    const { clock, log, open, p99 } = start(bad, good);
    clock.advance(60_000);
    expect(log.map(({ room, what }) => `${room} ${what}`)).toEqual(["bad thinned", "bad slowed", "bad closed"]);
    expect(log[2].atMs).toBeGreaterThan(2000);
    expect(log[2].atMs).toBeLessThan(10_000);
    expect(bad.steps).toBeLessThanOrEqual(10);
    expect([...open]).toEqual([good]);
    expect(p99()).toBeLessThanOrEqual(1.5 * TICK_MS);
  });

  test("O7 three tick lengths for 1 s: plain again within 1 s, nobody closed", () => {
    const bad = fakeRoom("bad", 2);
    const good = fakeRoom("good", 2);
    const { clock, log, open, p99 } = start(bad, good);
    clock.advance(5000);
    bad.stepMs = 3 * TICK_MS;
    clock.advance(1000);
    bad.stepMs = 2;
    clock.advance(1000);
    expect(log.map(({ what }) => what)).toEqual(["thinned", "slowed", "none"]);
    const stepsBefore = bad.steps;
    clock.advance(53_000);
    expect(bad.steps - stepsBefore).toBe(53 * TICK_HZ);
    expect(open.size).toBe(2);
    expect(p99()).toBeLessThanOrEqual(1.5 * TICK_MS);
  });

  test("O7 out of the last stage, too, a room finds back", () => {
    const bad = fakeRoom("bad", 3 * TICK_MS);
    const { clock, log } = start(bad, fakeRoom("good", 2));
    clock.advance(2500);
    bad.stepMs = 2;
    clock.advance(1500);
    expect(log.map(({ what }) => what)).toEqual(["thinned", "slowed", "none"]);
  });

  test("O8 a room that is bad again and again has its verdict before others feel it in one tick of a hundred", () => {
    const bad = fakeRoom("bad", 2);
    const { clock, log, p99 } = start(bad, fakeRoom("good", 2));
    for (let i = 0; i < 100; i++) {
      bad.stepMs = 3 * TICK_MS;
      clock.advance(300);
      bad.stepMs = 2;
      clock.advance(300);
    }
    expect(log.at(-1)?.what).toBe("closed");
    expect(p99()).toBeLessThanOrEqual(1.5 * TICK_MS);
  });

  test("O8 on a machine that has too much to do rooms are relieved and not closed, and are plain when it is over", () => {
    const rooms = [fakeRoom("a", 20), fakeRoom("b", 15)];
    const { clock, machine, log, open } = start(...rooms);
    machine.share = 0.25;
    clock.advance(600_000);
    expect(new Set(log.map(({ what }) => what))).toContain("slowed");
    expect(open.size).toBe(2);
    machine.share = 1;
    clock.advance(10_000);
    const lastOf = (name: string) => log.findLast(({ room }) => room === name)?.what ?? "none";
    expect(rooms.map(({ name }) => lastOf(name))).toEqual(["none", "none"]);
  });

  test("O8 what the server does beside the rooms' steps is never the rooms' fault, however long it adds up", () => {
    const room = fakeRoom("a", 48);
    const { clock, machine, log, open } = start(room);
    machine.besideMs = 5;
    clock.advance(600_000);
    expect(log).toEqual([]);
    room.stepMs = 20;
    machine.share = 0.25;
    clock.advance(60_000);
    expect([...open]).toEqual([room]);
  });

  test("O8 there, too, a room that takes three tick lengths of the processor is closed, and the other is not", () => {
    const bad = fakeRoom("bad", 3 * TICK_MS);
    const good = fakeRoom("good", 10);
    const { clock, machine, log, open } = start(bad, good);
    machine.share = 0.5;
    clock.advance(60_000);
    expect(log.filter(({ what }) => what === "closed").map(({ room }) => room)).toEqual(["bad"]);
    expect([...open]).toEqual([good]);
  });

  test("O6 where frames are what takes the time, a room is thinned and that is enough", () => {
    const bad = fakeRoom("bad", 10, 45);
    const good = fakeRoom("good", 2);
    const { clock, log, open } = start(bad, good);
    clock.advance(60_000);
    expect(log.map(({ room, what }) => `${room} ${what}`)).toEqual(["bad thinned"]);
    expect(bad.frames / bad.steps).toBeCloseTo(0.5, 1);
    expect(bad.steps).toBeGreaterThan(59 * TICK_HZ);
    expect(good.steps).toBeGreaterThan(59 * TICK_HZ);
    expect(open.size).toBe(2);
  });

  test("O6 a world that takes a little too much time is slowed and stays so", () => {
    const bad = fakeRoom("bad", 60);
    const good = fakeRoom("good", 2);
    const { clock, log, starts, open, p99 } = start(bad, good);
    clock.advance(60_000);
    expect(log.map(({ what }) => what)).toEqual(["thinned", "slowed"]);
    expect(open.size).toBe(2);
    expect(p99()).toBeLessThanOrEqual(1.5 * TICK_MS);
    expect(starts.length).toBeGreaterThan(59 * TICK_HZ);
  });

  test("O6 where the sum is too much, the largest is relieved", () => {
    const rooms = [fakeRoom("a", 15), fakeRoom("b", 17), fakeRoom("largest", 30)];
    const { clock, log } = start(...rooms);
    clock.advance(10_000);
    expect([...new Set(log.map(({ room }) => room))]).toEqual(["largest"]);
    expect(log.at(-1)?.what).toBe("slowed");
  });

  test("O6 what is caught up is not the bad room's to make: its cost is not multiplied", () => {
    const bad = fakeRoom("bad", 120);
    const good = fakeRoom("good", 0);
    const { clock } = start(bad, good);
    clock.advance(TICK_MS);
    // One turn: the bad step and two ticks of the other that became due in it.
    expect([bad.steps, good.steps]).toEqual([1, 3]);
  });

  test("O9 counts the relieved, and forgets those that are gone", () => {
    const bad = fakeRoom("bad", 60);
    const { clock, relief } = start(bad, fakeRoom("good", 2));
    clock.advance(10_000);
    expect([relief.count("thinned"), relief.count("slowed")]).toEqual([0, 1]);
    relief.forget(bad);
    expect([relief.count("thinned"), relief.count("slowed")]).toEqual([0, 0]);
  });
});
