import { describe, expect, test } from "vitest";
import { type AtRest, judgeSoak, type SoakSample, slope } from "./soak-verdict.ts";

const REST: AtRest = { descriptors: 30, sessions: 0, resources: { Timeout: 2, TTYWrap: 1 } };

/** Half an hour, a sample each 30 s; the first five minutes grow as they like. */
function samples(change: (atS: number) => Partial<SoakSample>): SoakSample[] {
  return Array.from({ length: 60 }, (_, i) => {
    const atS = (i + 1) * 30;
    const warmUp = atS < 300 ? atS / 10 : 30;
    const steady = { rssMiB: 100 + warmUp, heapMiB: 40, descriptors: 530, sessions: 500, resources: 9, tickP99Ms: 51 };
    return { atS, ...steady, ...change(atS) };
  });
}

const missed = (of: SoakSample[], after: AtRest = REST) =>
  judgeSoak(of, 300, REST, after).flatMap(({ figure, isMet }) => (isMet ? [] : [figure]));

describe("F23 a soak", () => {
  test("that grows nowhere but while it warms up is fine", () => {
    expect(missed(samples(() => ({})))).toEqual([]);
  });

  test("whose memory grows by more than 1 MiB in 10 minutes is not", () => {
    expect(missed(samples((atS) => ({ rssMiB: 100 + atS * (0.99 / 600) })))).toEqual([]);
    expect(missed(samples((atS) => ({ rssMiB: 100 + atS * (1.01 / 600) })))).toEqual([
      "memory after the warm-up, MiB in 10 min",
    ]);
  });

  test("whose ticks get worse is not", () => {
    expect(missed(samples((atS) => ({ tickP99Ms: atS < 1700 ? 51 : 70 })))).toEqual(["tick p99, last part to first"]);
  });

  test.each([
    [{ descriptors: 31 }, "descriptors when all have left"],
    [{ sessions: 1 }, "sessions when all have left"],
    [{ resources: { Timeout: 3, TTYWrap: 1 } }, "timers and handles when all have left"],
    [{ resources: { Timeout: 2 } }, "timers and handles when all have left"],
  ])("that leaves something behind (%o) is not", (change, figure) => {
    expect(
      missed(
        samples(() => ({})),
        { ...REST, ...change },
      ),
    ).toEqual([figure]);
  });

  test("slopes are least squares", () => {
    expect(slope([])).toBe(0);
    expect(slope([[3, 4]])).toBe(0);
    expect(
      slope([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toBeCloseTo(2, 12);
  });
});
