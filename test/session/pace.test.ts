import { describe, expect, test } from "vitest";
import { Pace } from "../../server/session/pace.ts";

const TICK_HZ = 20;

/** Acknowledges each frame `lag` ticks late for a while. */
function acknowledge(pace: Pace, lag: number, from: number, ticks: number): void {
  for (let tick = from; tick < from + ticks; tick++) pace.acknowledged(tick - lag, tick);
}

describe("pace", () => {
  test("L3 a slow network is no slow client", () => {
    const pace = new Pace(TICK_HZ);
    acknowledge(pace, 12, 100, 400);
    expect(pace.everyTicks).toBe(1);
  });

  test.each([
    [8, 1],
    [9, 2],
    [17, 4],
    [25, 10],
  ])("L3 acknowledged %i ticks later than usual: a frame each %i ticks", (more, every) => {
    const pace = new Pace(TICK_HZ);
    acknowledge(pace, 2, 100, 20);
    pace.acknowledged(120 - 2 - more, 120);
    expect(pace.everyTicks).toBe(every);
    pace.acknowledged(121 - 2, 121);
    expect(pace.everyTicks).toBe(1);
  });

  test("L3 a delay that stays becomes the connection's own", () => {
    const pace = new Pace(TICK_HZ);
    acknowledge(pace, 2, 100, 20);
    acknowledge(pace, 14, 120, 200);
    expect(pace.everyTicks).toBe(2);
    acknowledge(pace, 14, 320, 300);
    expect(pace.everyTicks).toBe(1);
  });

  test("L3 L4 who acknowledges nothing of what is out gets nothing more", () => {
    const pace = new Pace(TICK_HZ);
    acknowledge(pace, 2, 100, 20);
    expect(pace.isSilent(100, 132, 132)).toBe(false);
    expect(pace.isSilent(100, 133, 133)).toBe(true);
    // All that was sent is acknowledged: nothing is owed, however long ago that is.
    expect(pace.isSilent(100, 100, 1000)).toBe(false);
  });
});
