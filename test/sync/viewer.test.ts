import { describe, expect, test } from "vitest";
import { VIEW_CELLS_MAX, VIEW_EDGE_MAX } from "../../proto/limits.ts";
import { MISSED_TICKS_MAX } from "../../server/sync/frame-composer.ts";
import { clampView, EMPTY, HELD, Viewer } from "../../server/sync/viewer.ts";
import { SyncHarness } from "./sync-harness.ts";

const layout = { columns: 40, rows: 40, cellSize: 100 };

function looking(left: number, top: number, width: number, height: number): Viewer {
  const viewer = new Viewer(10);
  viewer.look({ left, top, width, height });
  viewer.turn(layout);
  return viewer;
}

describe("viewer", () => {
  test("V4 covers every cell that the rectangle touches, and no other", () => {
    expect(looking(250, 0, 100, 99)).toMatchObject({ column: 2, row: 0, columns: 2, rows: 1 });
    expect(looking(200, 100, 99, 1)).toMatchObject({ column: 2, row: 1, columns: 1, rows: 1 });
    expect(looking(-500, 3950, 600, 5000)).toMatchObject({ column: 0, row: 39, columns: 2, rows: 1 });
  });

  test("V4 never covers more than 256 cells", () => {
    const { columns, rows } = looking(0, 0, 4000, 4000);
    expect(columns * rows).toBeLessThanOrEqual(VIEW_CELLS_MAX);
    expect(columns * rows).toBeGreaterThan(VIEW_CELLS_MAX / 2);
  });

  test("V5 cells in both views stay held, the others start empty", () => {
    const viewer = looking(0, 0, 299, 299);
    viewer.holds.fill(HELD);
    viewer.look({ left: 100, top: 200, width: 299, height: 99 });
    viewer.turn(layout);
    expect([...viewer.holds]).toEqual([HELD, HELD, EMPTY]);
    expect(viewer.isMoved).toBe(true);
  });

  test("V2 a granted rectangle is at most 2048 long and holds the entity 64 inside, or in its middle", () => {
    expect(clampView({ left: 0, top: 0, width: 9999, height: 10 }, 5000, 5000)).toEqual({
      left: (9999 - VIEW_EDGE_MAX) / 2,
      top: 4995,
      width: VIEW_EDGE_MAX,
      height: 10,
    });
    const granted = { left: 100, top: 100, width: 500, height: 500 };
    expect(clampView(granted, 164, 536)).toEqual(granted);
    expect(clampView(granted, 163, 537)).toEqual({ ...granted, left: 99, top: 101 });
  });

  test("K4 who missed 40 ticks goes on, who missed 41 starts over", () => {
    for (const [missed, isReset] of [
      [MISSED_TICKS_MAX - 1, false],
      [MISSED_TICKS_MAX, true],
    ] as const) {
      const harness = new SyncHarness({ seed: 1, size: 1000, cellSize: 320, slots: 10 });
      harness.join();
      const watching = harness.watch();
      harness.step();
      harness.send(watching);
      for (let i = 0; i <= missed; i++) harness.step();
      harness.send(watching);
      expect(watching.parts.view.end !== 0, `${missed} missed`).toBe(isReset);
    }
  });

  test("C11 an entity stays in its cell until it is more than 16 units outside", () => {
    const harness = new SyncHarness({ seed: 1, size: 1000, cellSize: 320, slots: 10 });
    const slot = harness.join();
    const { motion } = harness.world;
    const cellAt = (x: number) => {
      motion.x[slot] = x * 32;
      motion.y[slot] = 100 * 32;
      harness.step();
      return harness.grid.cellOf(slot);
    };
    expect([100, 319, 335, 336, 320, 304, 303].map(cellAt)).toEqual([0, 0, 0, 1, 1, 1, 0]);
  });
});
