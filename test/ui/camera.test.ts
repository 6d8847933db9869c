/** Numbers of the view: rates, the camera, and where tags find room. */
import { describe, expect, test } from "vitest";
import { Camera } from "../../client/view/camera.ts";
import { easeShare } from "../../client/view/rate.ts";
import { TagGrid } from "../../client/view/tag-grid.ts";

function cameraOf(width: number, height: number, calm = false): Camera {
  const camera = new Camera({ calm });
  camera.resize(width, height);
  return camera;
}

describe("rates", () => {
  test("close the original's share in one of its frames, and the same gap in any number of steps", () => {
    expect(easeShare(1 / 30, 0.03)).toBeCloseTo(1 / 30, 12);
    expect(easeShare(1 / 30, 0)).toBe(0);
    const gapAfter = (steps: number) => (1 - easeShare(1 / 5, 0.3 / steps)) ** steps;
    expect(gapAfter(7)).toBeCloseTo(gapAfter(1), 12);
  });
});

describe("the camera", () => {
  test("jumps to its first tadpole and follows it from then on", () => {
    const camera = cameraOf(960, 640);
    camera.follow(1000, 2000, 0, 0.016);
    expect([camera.x, camera.y]).toEqual([1000, 2000]);
    camera.follow(1010, 2000, 0, 0.03);
    expect(camera.x).toBeCloseTo(1000 + 10 / 30, 6);
    for (let i = 0; i < 2000; i++) camera.follow(1010, 2000, 0, 0.03);
    expect(camera.x).toBeCloseTo(1010, 3);
  });

  test("keeps bubbles and names on the screen, and the beginning of what is too wide", () => {
    const camera = cameraOf(375, 667);
    expect([-20, 100, 300].map((left) => camera.keepOnScreen(left, 200))).toEqual([0, 100, 175]);
    expect(camera.keepOnScreen(300, 400)).toBe(0);
  });

  test("keeps a fast tadpole within 45 % of half the screen, and jumps after a leap", () => {
    const camera = cameraOf(375, 667);
    camera.follow(0, 0, 100, 0.016);
    let x = 0;
    for (let i = 0; i < 500; i++) camera.follow((x += 1.6), 0, 100, 0.016);
    expect(camera.screenX(x)).toBeLessThanOrEqual(375 / 2 + 0.45 * (375 / 2) + 0.01);
    camera.follow(x + 2000, 0, 0, 0.016);
    expect(camera.x).toBe(x + 2000);
  });

  test("zooms from 1.8 at rest to 1.3 at full speed, and stays put for calm players", () => {
    const zoomAt = (speed: number, calm: boolean) => {
      const camera = cameraOf(960, 640, calm);
      for (let i = 0; i < 3000; i++) camera.follow(0, 0, speed, 0.016);
      return camera.zoom;
    };
    expect(zoomAt(0, false)).toBeCloseTo(1.8, 3);
    expect(zoomAt(100, false)).toBeCloseTo(1.3, 3);
    expect(zoomAt(900, false)).toBeCloseTo(1.3, 3);
    expect(zoomAt(100, true)).toBeCloseTo(1.8, 3);
  });

  test("maps world to screen around its middle, and knows the edges", () => {
    const camera = cameraOf(960, 640);
    camera.place(100, 100);
    expect([camera.screenX(100), camera.screenY(100)]).toEqual([480, 320]);
    const half = 480 / camera.zoom;
    expect(camera.isOnScreen(100 + half - 0.01, 100)).toBe(true);
    expect(camera.isOnScreen(100 + half + 0.01, 100)).toBe(false);
  });

  test.each([
    [375, 667],
    [960, 640],
    [3840, 2160],
    [7680, 1080],
    [300, 8000],
  ])("V2 never asks for more than 2048 units, and for a margin where it can, on %i x %i", (width, height) => {
    const camera = cameraOf(width, height);
    for (let i = 0; i < 500; i++) camera.follow(0, 0, 100, 0.03);
    for (const [view, shown] of [
      [camera.viewWidth, width / camera.zoom],
      [camera.viewHeight, height / camera.zoom],
    ]) {
      expect(view).toBeLessThanOrEqual(2048);
      expect(view).toBeGreaterThanOrEqual(Math.min(shown + 320, 2048) - 0.01);
      expect(shown).toBeLessThanOrEqual(2048.01);
    }
  });
});

describe("room for tags", () => {
  test("a claimed place is taken until the next frame, and one beside it is free", () => {
    const grid = new TagGrid();
    grid.clear(400, 300);
    expect(grid.claim(100, 100, 60, 16)).toBe(true);
    expect(grid.isFree(100, 100, 60, 16)).toBe(false);
    expect(grid.claim(130, 105, 60, 16)).toBe(false);
    expect(grid.claim(200, 100, 60, 16)).toBe(true);
    expect(grid.claim(100, 130, 60, 16)).toBe(true);
    grid.clear(400, 300);
    expect(grid.isFree(100, 100, 60, 16)).toBe(true);
  });

  test("a refused claim takes nothing", () => {
    const grid = new TagGrid();
    grid.clear(400, 300);
    grid.claim(100, 100, 10, 10);
    expect(grid.claim(20, 100, 100, 10)).toBe(false);
    expect(grid.isFree(20, 100, 60, 10)).toBe(true);
  });

  test("what blocks takes its place, whoever had it", () => {
    const grid = new TagGrid();
    grid.clear(400, 300);
    grid.claim(100, 100, 10, 10);
    grid.block(100, 100, 100, 10);
    expect(grid.isFree(180, 100, 10, 10)).toBe(false);
  });

  test("tags that stick out of the screen, or are off it, do no harm", () => {
    const grid = new TagGrid();
    grid.clear(100, 100);
    expect(grid.claim(-40, -40, 60, 60)).toBe(true);
    expect(grid.isFree(0, 0, 5, 5)).toBe(false);
    expect(grid.claim(-500, -500, 60, 16)).toBe(true);
    expect(grid.claim(900, 900, 60, 16)).toBe(true);
    expect(grid.isFree(60, 60, 30, 30)).toBe(true);
  });

  test("a larger screen starts with every place free", () => {
    const grid = new TagGrid();
    grid.clear(50, 50);
    grid.claim(0, 0, 50, 50);
    grid.clear(500, 500);
    expect(grid.isFree(0, 0, 500, 500)).toBe(true);
  });
});
