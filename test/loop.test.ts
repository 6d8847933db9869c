import { describe, expect, test } from "vitest";
import { BACK_TURNS, CATCH_UP_TICKS_MAX, STALL_MS, startLoop } from "../server/loop.ts";
import { ManualClock } from "./setup/manual-clock.ts";

function start(work: (tick: number) => number) {
  const clock = new ManualClock();
  const seen = { ticks: 0, skipped: 0, turns: 0, caughtUp: 0, starts: [] as number[] };
  const loop = startLoop({
    tickHz: 20,
    clock,
    onTurn: () => {
      seen.turns++;
    },
    onTick: (_, isCatchUp) => {
      if (isCatchUp) seen.caughtUp++;
      seen.starts.push(clock.now());
      clock.spend(work(++seen.ticks));
    },
    onOverrun: (ticks) => {
      seen.skipped += ticks;
    },
  });
  return { clock, seen, loop };
}

describe("loop", () => {
  test("T1 ticks at their due times without drift", () => {
    const { clock, seen } = start(() => 7);
    clock.advance(1000);
    expect(seen.starts).toEqual(Array.from({ length: 20 }, (_, i) => (i + 1) * 50));
    expect(seen.skipped).toBe(0);
  });

  test("T2 a late turn catches up by at most three ticks, skips the rest and counts it", () => {
    const { clock, seen } = start((tick) => (tick === 1 ? 1000 : 1));
    clock.advance(1100);
    // Due in 1.1 s: 22. The first took 20 of them; two more were caught up in its turn.
    expect(seen.ticks + seen.skipped).toBe(22);
    expect(seen.starts.filter((at) => at >= 1050 && at < 1053)).toHaveLength(CATCH_UP_TICKS_MAX - 1);
    const before = seen.ticks;
    clock.advance(1000);
    expect(seen.ticks - before).toBe(20);
  });

  test("T2 ticks that always take too long never stop the loop from letting others have their turn", () => {
    const { clock, seen } = start(() => 120);
    clock.advance(12_000);
    expect(seen.ticks).toBeGreaterThan(60);
    expect(seen.ticks + seen.skipped).toBeGreaterThanOrEqual(235);
  });

  test("T1 a stopped loop leaves no timer and ticks no more, even when stopped by a tick", () => {
    const { clock, seen, loop } = start((tick) => {
      if (tick === 3) loop.stop();
      return 0;
    });
    clock.advance(1000);
    loop.stop();
    expect(seen.ticks).toBe(3);
    expect(loop.isStalled).toBe(false);
    expect(clock.pending).toBe(0);
  });

  test("T2 ticks that are caught up are told from the first one of a turn", () => {
    const { clock, seen } = start((tick) => (tick === 1 ? 120 : 0));
    clock.advance(1000);
    expect({ turns: seen.turns, ticks: seen.ticks, caughtUp: seen.caughtUp }).toEqual({
      turns: 18,
      ticks: 20,
      caughtUp: 2,
    });
  });

  test.each([
    ["outside", 0],
    ["in a tick", 5000],
  ])("T7 a stall of 5 s %s is known before the first turn after it, until three turns begin in time", (_, inTickMs) => {
    const { clock, seen, loop } = start((tick) => (tick === 20 ? inTickMs : 1));
    clock.advance(999);
    expect(loop.isStalled).toBe(false);
    if (inTickMs === 0) clock.spend(5000);
    else clock.runNext();
    expect(loop.isStalled).toBe(true);
    for (let turn = 0; turn < BACK_TURNS; turn++) {
      clock.runNext();
      expect(loop.isStalled).toBe(true);
    }
    clock.runNext();
    expect(loop.isStalled).toBe(false);
    expect(seen.ticks + seen.skipped).toBe(Math.floor(clock.now() / 50));
  });

  test("T7 of the three turns that end a stall none is late, and none comes before its tick is due", () => {
    const { clock, seen, loop } = start(() => 0);
    clock.advance(1000);
    clock.spend(5000);
    for (let turn = 0; turn < BACK_TURNS; turn++) clock.runNext();
    // Late by more than a tick, and far from a stall.
    clock.spend(120);
    for (let turn = 0; turn < BACK_TURNS; turn++) clock.runNext();
    clock.rushNext(0.4);
    const before = seen.ticks;
    clock.runNext();
    expect({ isStalled: loop.isStalled, ticks: seen.ticks - before }).toEqual({ isStalled: true, ticks: 0 });
    clock.runNext();
    expect({ isStalled: loop.isStalled, ticks: seen.ticks - before }).toEqual({ isStalled: false, ticks: 1 });
  });

  test("T9 a turn that throws does not count, and the next one comes at its time", () => {
    const { clock, seen, loop } = start((tick) => {
      if (tick === 3) throw new Error("boom");
      return 0;
    });
    expect(() => clock.advance(1000)).toThrow("boom");
    expect({ ticks: seen.ticks, turns: loop.turns, pending: clock.pending }).toEqual({
      ticks: 3,
      turns: 2,
      pending: 1,
    });
    clock.advance(1000);
    expect({ ticks: seen.ticks, turns: loop.turns }).toEqual({ ticks: 23, turns: 22 });
  });

  test("T7 half a second beyond a tick is load, more is a stall", () => {
    const { clock, loop } = start(() => 0);
    clock.advance(1000);
    clock.spend(50 + STALL_MS);
    expect(loop.isStalled).toBe(false);
    clock.spend(1);
    expect(loop.isStalled).toBe(true);
  });
});
