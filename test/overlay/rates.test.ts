import { describe, expect, test } from "vitest";
import { Rates } from "../../client/overlay/rates.ts";
import { networkStats } from "../../client/sync/network-stats.ts";

/** A connection that brings 20 frames of 100 bytes a second: 80 of updates, 20 of header. */
function flow() {
  const stats = networkStats();
  const pass = (ms: number) => {
    const frames = (ms / 1000) * 20;
    stats.framesReceived += frames;
    stats.bytesReceived += frames * 100;
    stats.bytesSent += frames * 10;
    stats.partBytes.updates += frames * 80;
    stats.partBytes.header += frames * 20;
  };
  return { stats, pass };
}

describe("rates", () => {
  test("are unknown until two moments were measured", () => {
    const rates = new Rates().measure(networkStats(), 1000);
    expect(rates.frames).toBeNaN();
    expect(rates.bytesReceived).toBeNaN();
    expect(rates.partBytes.updates).toBeNaN();
    expect(rates.frameBytes).toBeNaN();
  });

  test("are differences of the counters over the time between, whatever was counted before", () => {
    const { stats, pass } = flow();
    const rates = new Rates();
    pass(60_000);
    rates.measure(stats, 5000);
    pass(250);
    const { frames, bytesReceived, bytesSent, partBytes, frameBytes } = rates.measure(stats, 5250);
    expect(frames).toBeCloseTo(20, 9);
    expect(bytesReceived).toBeCloseTo(2000, 9);
    expect(bytesSent).toBeCloseTo(200, 9);
    expect(frameBytes).toBeCloseTo(100, 9);
    expect(partBytes.updates).toBeCloseTo(1600, 9);
    expect(partBytes.header).toBeCloseTo(400, 9);
    expect(partBytes.events).toBe(0);
  });

  test("look back one second: what was before it counts no more, what is within it does", () => {
    const { stats, pass } = flow();
    const rates = new Rates();
    let nowMs = 0;
    const step = (ms: number) => {
      pass(ms);
      nowMs += 250;
      return rates.measure(stats, nowMs).frames;
    };
    rates.measure(stats, nowMs);
    for (let i = 0; i < 8; i++) step(250);
    // Silence: three quarters, a half, a quarter of the frames are left, then none.
    expect([step(0), step(0), step(0), step(0), step(0)].map(Math.round)).toEqual([15, 10, 5, 0, 0]);
  });

  test("of a page that slept are means over its sleep, and of the last second again soon after", () => {
    const { stats, pass } = flow();
    const rates = new Rates();
    rates.measure(stats, 0);
    pass(1000);
    expect(rates.measure(stats, 10_000).frames).toBeCloseTo(2, 9);
    for (const atMs of [10_250, 10_500, 10_750]) {
      pass(250);
      rates.measure(stats, atMs);
    }
    pass(250);
    expect(rates.measure(stats, 11_000).frames).toBeCloseTo(20, 9);
  });

  test("of the same moment are unknown, not infinite", () => {
    const { stats, pass } = flow();
    const rates = new Rates();
    rates.measure(stats, 1000);
    pass(250);
    expect(rates.measure(stats, 1000).frames).toBeNaN();
  });

  test("tell the shares of the drawn frames that had to guess", () => {
    const stats = networkStats();
    const rates = new Rates();
    rates.measure(stats, 0);
    expect(rates.measure(stats, 250).extrapolatedShare).toBeNaN();
    stats.drawnFrames += 40;
    stats.extrapolatedFrames += 10;
    stats.staleFrames += 4;
    expect(rates.measure(stats, 500)).toMatchObject({ extrapolatedShare: 0.25, staleShare: 0.1 });
  });

  test("begin anew after a restart", () => {
    const { stats, pass } = flow();
    const rates = new Rates();
    rates.measure(stats, 0);
    pass(1000);
    rates.restart();
    expect(rates.measure(stats, 1000).frames).toBeNaN();
  });

  test("do not keep what they measured: the counters are the client's and go on", () => {
    const { stats, pass } = flow();
    const rates = new Rates();
    rates.measure(stats, 0);
    pass(500);
    const first = rates.measure(stats, 500);
    pass(500);
    expect(first.partBytes.updates).toBeCloseTo(1600, 9);
    expect(rates.measure(stats, 1000).partBytes.updates).toBeCloseTo(1600, 9);
  });
});
