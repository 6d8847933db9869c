/** Who of the swarm is timed and sampled, and when everyone acts. */
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SCENARIOS } from "../../bench/scenarios.ts";
import { choosePlayers } from "../../bench/swarm/chosen-players.ts";
import { everyInterval } from "../../bench/swarm/schedule.ts";
import { seededRandom } from "../../proto/random.ts";

describe("the chosen players", () => {
  test.each([
    [1000, 200],
    [1000, 20],
    [8000, 200],
    [4970, 20],
    [500, 20],
  ])("of %i players at most %i, from the first to the last in line", (players, wanted) => {
    const chosen = [...choosePlayers(players, wanted)];
    const step = Math.ceil(players / wanted);
    expect(chosen.length).toBeLessThanOrEqual(wanted);
    expect(chosen.length).toBeGreaterThanOrEqual(Math.floor(players / step));
    expect(chosen[0]).toBe(0);
    expect(chosen[chosen.length - 1]).toBeGreaterThanOrEqual(players - 2 * step);
    for (let i = 1; i < chosen.length; i++) expect(chosen[i] - chosen[i - 1]).toBeLessThan(2 * step);
  });

  test("are all where there are few", () => {
    expect([...choosePlayers(7, 20)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("come from every room: players share them out in turn", () => {
    for (const wanted of [20, 200]) {
      const rooms = new Set([...choosePlayers(1000, wanted)].map((index) => index % 10));
      expect(rooms.size).toBe(10);
    }
  });
});

describe("the schedule (seed 5)", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  const record = (seconds: number) => {
    const dueMs: number[][] = Array.from({ length: 10 }, () => []);
    const startMs = performance.now();
    const stop = everyInterval({
      players: 10,
      intervalMs: 100,
      nowMs: () => performance.now(),
      random: seededRandom(5),
      act: (player, due) => dueMs[player].push(due - startMs),
    });
    vi.advanceTimersByTime(seconds * 1000);
    stop();
    return dueMs;
  };

  test("gives everyone one act an interval, and tells when it was due", () => {
    for (const due of record(10)) {
      expect(Math.abs(due.length - 100)).toBeLessThanOrEqual(1);
      for (const [i, ms] of due.entries()) expect(Math.floor(ms / 100) - i).toBeLessThanOrEqual(1);
    }
  });

  test("keeps nobody at one place in the tick", () => {
    for (const due of record(10)) {
      const eighths = new Set(due.map((ms) => Math.floor((ms % 50) / 6.25)));
      expect(eighths.size).toBe(8);
    }
  });
});

test("a peer's world forgets what piled up: of eight inputs it takes the newest three", async () => {
  const { World } = await import(join(import.meta.dirname, "../../bench/peers/rig/world.ts"));
  const scenario = SCENARIOS.find(({ name }) => name === "wander-inputs");
  const angleAfter = (...headings: number[]) => {
    const world = new World({ ...scenario, players: 1 }, 1);
    const slot = world.add();
    for (const heading of headings) world.input(slot, heading, true);
    world.step(1);
    return world.angle(slot);
  };
  const newest = [32768, 0, 0];
  expect(angleAfter(...new Array(5).fill(8192), ...newest)).toBe(angleAfter(...newest));
  expect(angleAfter(8192)).not.toBe(angleAfter(...newest));
});

test("a peer's turn counts from when its input was due", async () => {
  // The peers are a project of their own: with a path that is put together this one compiles without them.
  const { TurnWatch } = await import(join(import.meta.dirname, "../../bench/peers/rig/turn-watch.ts"));
  const turns = new TurnWatch();
  turns.expect(40, 1000);
  expect(turns.see(10, 1030)).toBeUndefined();
  expect(turns.see(40, 1080)).toBe(80);
});
