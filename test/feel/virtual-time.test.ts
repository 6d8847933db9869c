/** The clock and timers that simulations stand on. */
import { describe, expect, test } from "vitest";
import { VirtualTime } from "../../bench/feel/virtual-time.ts";
import { seededRandom } from "../../proto/random.ts";

describe("virtual time", () => {
  test("calls in the order of time, and at one time in the order of the calls that asked", () => {
    const time = new VirtualTime();
    const random = seededRandom(9);
    const called: { atMs: number; order: number }[] = [];
    for (let order = 0; order < 2000; order++) {
      const atMs = Math.floor(random() * 100);
      time.at(atMs, () => {
        expect(time.nowMs).toBe(atMs);
        called.push({ atMs, order });
      });
    }
    time.runUntil(100);
    expect(called).toHaveLength(2000);
    expect(called).toEqual(called.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order));
  });

  test("does not call what was cleared, and clearing twice or afterwards is harmless", () => {
    const time = new VirtualTime();
    const called: string[] = [];
    const kept = time.timers.set(() => called.push("kept"), 10);
    const cleared = time.timers.set(() => called.push("cleared"), 5);
    time.timers.clear(cleared);
    time.timers.clear(cleared);
    expect(time.nextMs).toBe(10);
    time.runUntil(10);
    time.timers.clear(kept);
    expect(called).toEqual(["kept"]);
    expect(time.nextMs).toBe(Number.POSITIVE_INFINITY);
  });

  test("goes on with timers that timers set, up to the time asked for", () => {
    const time = new VirtualTime();
    let beats = 0;
    const beat = () => {
      beats++;
      time.timers.set(beat, 10);
    };
    time.timers.set(beat, 10);
    time.runUntil(99.9);
    expect(beats).toBe(9);
    time.runUntil(100);
    expect(beats).toBe(10);
    expect(time.nowMs).toBe(100);
  });

  test("a time that is over is the present", () => {
    const time = new VirtualTime();
    time.runUntil(50);
    time.at(10, () => expect(time.nowMs).toBe(50));
    time.runUntil(50);
    expect(time.nextMs).toBe(Number.POSITIVE_INFINITY);
  });
});
