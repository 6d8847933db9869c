import { describe, expect, test } from "vitest";
import { Swimmers } from "../../client/view/swimmers.ts";
import { fakeReplica } from "./fake-replica.ts";

const swimmersOfTwo = () => {
  const replica = fakeReplica([
    { id: 1, name: "Ada" },
    { id: 2, name: "Bao", x: 50 },
  ]);
  return { replica, swimmers: new Swimmers(replica, { calm: false }) };
};

describe("idle tadpoles", () => {
  test("fade after 10 s, but never the player's own", () => {
    const { swimmers } = swimmersOfTwo();
    for (let ms = 0; ms <= 9000; ms += 100) swimmers.update(ms, 0.1);
    expect([...swimmers.opacity]).toEqual([1, 1]);
    for (let ms = 9000; ms <= 60_000; ms += 100) swimmers.update(ms, 0.1);
    expect(swimmers.opacity[0]).toBe(1);
    expect(swimmers.opacity[1]).toBeCloseTo(0.35, 5);
  });

  test("are fully there again when they swim, turn or speak", () => {
    const { replica, swimmers } = swimmersOfTwo();
    let ms = 0;
    const waitLong = () => {
      for (const end = ms + 30_000; ms <= end; ms += 100) swimmers.update(ms, 0.1);
      expect(swimmers.opacity[1]).toBeLessThan(0.5);
    };
    const lives = () => {
      swimmers.update(ms, 0.1);
      expect(swimmers.opacity[1]).toBe(1);
    };
    waitLong();
    replica.drawSpeed[1] = 60;
    lives();
    replica.drawSpeed[1] = 0;
    waitLong();
    replica.drawHeading[1] += 0.1;
    lives();
    waitLong();
    swimmers.wake(1, ms);
    lives();
  });
});
