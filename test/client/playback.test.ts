import { describe, expect, test } from "vitest";
import { Playback } from "../../client/sync/playback.ts";
import { SyncHarness } from "../sync/sync-harness.ts";

const TICK_MS = 50;

describe("playback", () => {
  test("T5 draws one to two ticks behind the newest frame, evenly, when frames come evenly", () => {
    const playback = new Playback(20);
    let shown = 0;
    for (let ms = 0; ms < 3000; ms += 10) {
      if (ms % TICK_MS === 0) playback.frameArrived(100 + ms / TICK_MS, ms);
      const now = playback.shownTick(ms);
      if (ms > 500) expect(now - shown).toBeCloseTo(0.2, 5);
      shown = now;
    }
    expect(100 + 2990 / TICK_MS - shown).toBeLessThan(2);
  });

  test("T5 after a long sleep it goes on from the newest frame at once", () => {
    const playback = new Playback(20);
    playback.frameArrived(100, 0);
    playback.frameArrived(1300, 60_000 + 3000);
    expect(playback.shownTick(63_050)).toBeGreaterThanOrEqual(1299);
  });
});

describe("sample", () => {
  test("T5 draws between two ticks, and newcomers where they are, not on the way there", () => {
    const harness = new SyncHarness({ seed: 3, size: 1000, cellSize: 320, slots: 10 });
    const slot = harness.join();
    harness.world.motion.thrust[slot] = 1;
    const watching = harness.watch();
    const { viewer, replica } = watching;
    viewer.look({ left: 0, top: 0, width: 1000, height: 1000 });
    harness.step();
    harness.send(watching);
    const xs: number[] = [];
    const newcomerX = replica.motion.x[slot] / 32;
    replica.sample(harness.tick * 50);
    expect(replica.drawX[slot]).toBe(newcomerX);
    for (let i = 0; i < 20; i++) {
      xs.push(replica.motion.x[slot] / 32);
      harness.step();
      harness.send(watching);
      const before = xs[xs.length - 1];
      const newest = replica.motion.x[slot] / 32;
      // Frames that come evenly are drawn 53 ms later: 5 ms after a frame that is 0.96 ticks behind it, 30 ms after it 0.46.
      for (const [ms, part] of [
        [5, 0.04],
        [30, 0.54],
      ]) {
        replica.sample(harness.tick * 50 + ms);
        expect(replica.drawX[slot]).toBeCloseTo(before + (newest - before) * part, 3);
      }
    }
  });
});
