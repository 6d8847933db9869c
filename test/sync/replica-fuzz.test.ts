import { describe, expect, test } from "vitest";
import { PLAIN_HEADER } from "../../server/sync/frame-composer.ts";
import { HEADING_ERROR_MAX, POSITION_ERROR_MAX } from "../../server/sync/shadow.ts";
import { HELD } from "../../server/sync/viewer.ts";
import { type HarnessViewer, SyncHarness } from "./sync-harness.ts";

const SEEDS = 60;
const TICKS = 500;

/** Every difference between what the server believes the client holds, and what it holds. */
function differences(harness: SyncHarness, { viewer, replica }: HarnessViewer): string[] {
  const found: string[] = [];
  const { encoder, world } = harness;
  const seen = new Set<number>();
  for (let place = 0; place < viewer.columns * viewer.rows; place++) {
    const row = viewer.row + Math.floor(place / viewer.columns);
    const cell = row * encoder.columns + viewer.column + (place % viewer.columns);
    if (viewer.holds[place] !== HELD) continue;
    const roster = encoder.roster(cell);
    if (roster.join() !== replica.cells.get(cell)?.join()) found.push(`roster of cell ${cell}`);
    for (const slot of roster) {
      seen.add(slot);
      for (const field of ["x", "y", "heading", "speed", "thrust"] as const) {
        const [server, client] = [encoder.shadow[field][slot], replica.motion[field][slot]];
        if (server !== client) found.push(`${field} of ${slot}: ${client}, server ${server}`);
      }
      const [dx, dy] = [world.motion.x[slot] - replica.motion.x[slot], world.motion.y[slot] - replica.motion.y[slot]];
      if (Math.hypot(dx, dy) > POSITION_ERROR_MAX) found.push(`${slot} is ${Math.hypot(dx, dy)} steps off`);
      const turn = ((world.motion.heading[slot] - replica.motion.heading[slot]) << 16) >> 16;
      if (Math.abs(turn) > HEADING_ERROR_MAX) found.push(`${slot} points ${turn} steps off`);
      if (world.motion.speed[slot] !== replica.motion.speed[slot]) found.push(`speed of ${slot} is not the true one`);
      if (viewer.knows(slot) && replica.entity(slot)?.tadpole?.look?.name !== harness.names[slot]) {
        found.push(`name of ${slot}`);
      }
      if (!viewer.knows(slot) && !viewer.lacksRests && viewer.holdsAll)
        found.push(`${slot} seen without its rest fields`);
      if (viewer.knows(slot) && replica.entityId(slot) !== world.ids[slot]) found.push(`id of ${slot}`);
    }
  }
  if (viewer.holdsAll) {
    const visible = new Set(replica.visible.subarray(0, replica.visibleCount));
    if (visible.size !== replica.visibleCount) found.push("someone visible twice");
    if ([...visible].some((slot) => !seen.has(slot)) || visible.size !== seen.size) found.push("visible");
  }
  return found;
}

describe("sync fuzz", () => {
  test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    "C9 seed %i: after every tick each replica is what the server believes it is",
    (seed) => {
      const harness = new SyncHarness({
        seed,
        size: 1000,
        cellSize: [64, 160, 320][seed % 3],
        slots: 60,
        tickHz: [10, 20, 60][seed % 3],
        // With small frames most keyframes come late, and cells go stale in between.
        frameBytes: [16 * 1024, 400, 120, 60][seed % 4],
      });
      for (let i = 0; i < 30; i++) harness.join();
      for (let i = 0; i < 4; i++) harness.watch();
      // Viewers that skip a lot, now and then, never, and for so long that they start over.
      const skips = [0, 0.1, 0.6, 0.98];
      for (let t = 0; t < TICKS; t++) {
        const { world } = harness;
        if (harness.random() < 0.1) harness.join();
        if (harness.random() < 0.1 && world.liveCount > 10) harness.leave(world.live[harness.pick(world.liveCount)]);
        if (harness.random() < 0.1) harness.rename(world.live[harness.pick(world.liveCount)]);
        for (let i = 0; i < world.liveCount; i++) if (harness.random() < 0.2) harness.act(world.live[i]);
        harness.step();
        harness.viewers.forEach((watching, i) => {
          if (harness.random() < 0.05) harness.look(watching);
          if (harness.random() < skips[i]) return;
          // A frame that the connection dropped: composed, never applied.
          if (i === 1 && harness.random() < 0.05) {
            harness.composer.compose(harness.encoder, watching.viewer, PLAIN_HEADER);
            watching.viewer.forget();
            return;
          }
          harness.send(watching);
          expect(differences(harness, watching), `tick ${t}, viewer ${i}`).toEqual([]);
        });
      }
    },
  );
});
