import { describe, expect, test } from "vitest";
import { FrameTimes } from "../../client/overlay/frame-times.ts";

function draw(times: FrameTimes, fromMs: number, frames: number, everyMs: number): number {
  for (let i = 0; i < frames; i++) times.add(fromMs + i * everyMs);
  return fromMs + (frames - 1) * everyMs;
}

describe("frame times", () => {
  test("are unknown until two frames were drawn", () => {
    const times = new FrameTimes();
    expect(times.perS).toBeNaN();
    times.add(5);
    expect(times.perS).toBeNaN();
    expect(times.takeLongestMs()).toBe(0);
  });

  test("tell the frames of the last second", () => {
    const times = new FrameTimes();
    const lastMs = draw(times, 1000, 600, 1000 / 60);
    expect(times.perS).toBeCloseTo(60, 6);
    draw(times, lastMs + 100, 11, 100);
    expect(times.perS).toBeCloseTo(10, 6);
  });

  test("tell less than one frame a second, too", () => {
    const times = new FrameTimes();
    draw(times, 0, 3, 2000);
    expect(times.perS).toBeCloseTo(0.5, 9);
  });

  test("count a frame of more than 50 ms as long, and tell the longest once", () => {
    const times = new FrameTimes();
    for (const atMs of [0, 16, 66, 117, 133]) times.add(atMs);
    expect(times.longFrames).toBe(1);
    expect(times.takeLongestMs()).toBe(51);
    expect(times.takeLongestMs()).toBe(0);
  });

  test("do not count the time that the page was hidden", () => {
    const times = new FrameTimes();
    draw(times, 0, 10, 16);
    times.skipPause();
    draw(times, 60_000, 10, 16);
    expect(times.longFrames).toBe(0);
    expect(times.takeLongestMs()).toBe(16);
    expect(times.perS).toBeCloseTo(62.5, 6);
  });
});
