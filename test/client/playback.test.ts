import { describe, expect, test } from "vitest";
import { Playback } from "../../client/sync/playback.ts";
import { SyncHarness } from "../sync/sync-harness.ts";

const TICK_MS = 50;

describe("playback", () => {
  test("C9 draws one to two ticks behind the newest frame, evenly, when frames come evenly", () => {
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

  test("C9 never shows a time that no frame has told, nor one long past, however unevenly frames come", () => {
    const playback = new Playback(20);
    for (let tick = 100; tick < 200; tick++) {
      const arrival = tick * TICK_MS + ((tick * 7919) % 45);
      playback.frameArrived(tick, arrival);
      for (const later of [0, 20, 500]) {
        expect(playback.shownTick(arrival + later)).toBeLessThanOrEqual(tick);
        expect(playback.shownTick(arrival + later)).toBeGreaterThanOrEqual(tick - 3);
      }
    }
  });

  test("C9 after a long sleep it goes on from the newest frame at once", () => {
    const playback = new Playback(20);
    playback.frameArrived(100, 0);
    playback.frameArrived(1300, 60_000 + 3000);
    expect(playback.shownTick(63_050)).toBeGreaterThanOrEqual(1299);
  });
});

describe("sample", () => {
  test("C9 draws between two ticks, and newcomers where they are, not on the way there", () => {
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
      // 30 ms after a frame it is 1.2 - 0.6 ticks behind: 0.4 of the way from the tick before to the newest.
      replica.sample(harness.tick * 50 + 30);
      const before = xs[xs.length - 1];
      const newest = replica.motion.x[slot] / 32;
      expect(replica.drawX[slot]).toBeCloseTo(before + (newest - before) * 0.4, 3);
      if (xs.length < 2) continue;
      // 5 ms after it, it still draws between the two ticks before the newest.
      replica.sample(harness.tick * 50 + 5);
      const earlier = xs[xs.length - 2];
      expect(replica.drawX[slot]).toBeCloseTo(earlier + (before - earlier) * 0.9, 3);
    }
  });
});
