import { describe, expect, test } from "vitest";
import { conditionsOf, FIELDS, valuesOf } from "../../client/overlay/condition-fields.ts";
import { Link, TROUBLE_PROFILES } from "../../client/sync/link.ts";
import { seededRandom } from "../../proto/random.ts";

const none = valuesOf(undefined);

describe("fields of the simulator", () => {
  test.each(Object.entries(TROUBLE_PROFILES))("show profile %s as it is", (_, profile) => {
    expect(conditionsOf(valuesOf(profile))).toEqual({
      bytesPerSecond: undefined,
      stalls: undefined,
      holes: undefined,
      dropAfterMs: undefined,
      ...profile,
    });
  });

  test("at their beginning ask for a line without trouble", () => {
    expect(conditionsOf(none)).toEqual({ rttMs: 0, jitterMs: 0 });
  });

  test("that are empty or below nothing count as 0", () => {
    const conditions = conditionsOf({
      ...none,
      rttMs: Number.NaN,
      bandwidthKBps: -3,
      stallMs: -1,
      dropAfterS: Number.NaN,
    });
    expect(conditions).toEqual({ rttMs: 0, jitterMs: 0 });
  });

  test("let jitter be no larger than the round trip", () => {
    expect(conditionsOf({ ...none, rttMs: 50, jitterMs: 80 }).jitterMs).toBe(50);
    expect(conditionsOf({ ...none, rttMs: 50, jitterMs: 50 }).jitterMs).toBe(50);
  });

  test("have units that people read and limits that sliders need", () => {
    for (const { min, max, step, unit } of FIELDS) {
      expect(max).toBeGreaterThan(min);
      expect((max - min) / step).toBeGreaterThanOrEqual(10);
      expect(unit).not.toBe("");
    }
  });

  test("seed 7: whatever is written into them, something arrives", () => {
    const random = seededRandom(7);
    for (let i = 0; i < 1000; i++) {
      const values = { ...none };
      for (const { key } of FIELDS) values[key] = random() < 0.2 ? 0 : random() * 10 ** Math.floor(random() * 6);
      const link = new Link(conditionsOf(values), random);
      expect(link.deliverAt(0, 100)).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });
});
