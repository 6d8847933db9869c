/** What a run of the bench measures, in which order, and the search for the largest player count. */
import { describe, expect, test } from "vitest";
import { judgeProbe, searchCapacity, TICK_P99_LIMIT_MS } from "../../bench/capacity.ts";
import { readBenchOptions } from "../../bench/cli.ts";
import { makePlan, roundsOf } from "../../bench/plan.ts";
import { SCENARIOS } from "../../bench/scenarios.ts";
import { benchFile } from "./fixture.ts";

function planOf(...args: string[]) {
  const known = SCENARIOS.map(({ name }) => name);
  const options = readBenchOptions(args, known);
  if (typeof options === "string") throw new Error(options);
  return makePlan(options);
}

describe("the plan", () => {
  test("systems take turns: each round holds all of them", () => {
    const { rounds, sweepRounds } = planOf();
    for (const { systems } of [...rounds, ...sweepRounds]) expect(systems).toEqual(["shoal", "floor"]);
    const times = (name: string) => rounds.filter(({ scenario }) => scenario.name === name).map(({ round }) => round);
    expect(times("wander")).toEqual([0, 1, 2, 3, 4]);
    expect(times("rest")).toEqual([0, 1]);
  });

  test("the record says how often each scenario had its turn", () => {
    expect(roundsOf(planOf())).toMatchObject({ wander: 5, "wander-inputs": 5, rest: 2, "wander@8000": 1 });
    expect(roundsOf(planOf("--rounds", "3"))).toMatchObject({ wander: 3, rest: 3, "wander@8000": 3 });
  });

  test("no scenario is measured under two names, and every point of a series is measured", () => {
    for (const args of [[], ["--peers"], ["--quick"], ["--players", "500"]]) {
      const { scenarios, series, rounds, sweepRounds } = planOf(...args);
      const names = scenarios.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(scenarios.map((one) => JSON.stringify({ ...one, name: "", what: "" }))).size).toBe(names.length);
      const measured = new Set([...rounds, ...sweepRounds].map(({ scenario }) => scenario.name));
      expect([...measured].sort()).toEqual([...names].sort());
      for (const { scenarios: points } of series) expect(names).toEqual(expect.arrayContaining(points));
    }
  });

  test("players are swept from 500 to 8,000 at the same density", () => {
    const { series, scenarios } = planOf();
    const points = series.find(({ kind }) => kind === "players")?.scenarios ?? [];
    const swept = scenarios.filter(({ name }) => points.includes(name)).sort((a, b) => a.players - b.players);
    expect(swept.map(({ players }) => players)).toEqual([500, 1000, 2000, 4000, 5000, 8000]);
    for (const { players, worldSize } of swept) {
      expect(players / worldSize ** 2).toBeCloseTo(swept[0].players / swept[0].worldSize ** 2, 6);
    }
  });

  test("one scenario brings no sweep, search, HTTP or micro benches", () => {
    const { scenarios, sweepRounds, searches, isSuite } = planOf("--scenario", "rest");
    expect(scenarios.map(({ name }) => name)).toEqual(["rest"]);
    expect({ sweepRounds, searches, isSuite }).toEqual({ sweepRounds: [], searches: [], isSuite: false });
  });

  test("peers are measured where they are at home, beside ours and the floor", () => {
    const { rounds } = planOf("--peers");
    const at = (name: string) => rounds.find(({ scenario }) => scenario.name === name)?.systems;
    expect(at("wander@500")).toEqual(expect.arrayContaining(["shoal", "floor", "colyseus-aoi"]));
    expect(at("rooms-100@500")).toEqual(expect.arrayContaining(["shoal", "floor", "colyseus-rooms"]));
    expect(at("wander@500")).not.toContain("colyseus-rooms");
    expect(at("wander-inputs@500")).toEqual(expect.arrayContaining(["shoal", "floor", "colyseus-aoi", "ws-json"]));
  });
});

describe("the search", () => {
  /** A system that holds up to `most` players. */
  const search = (most: number, { low = 500, high = 8000 } = {}) => {
    const tried: number[] = [];
    const result = searchCapacity({
      scenario: "wander",
      system: "shoal",
      low,
      high,
      most: 8000,
      precision: 1.06,
      probe: async (players) => {
        tried.push(players);
        return { players, tickP99Ms: 1, held: 1, loadUtilization: 0.5, isHeld: players <= most };
      },
    });
    return result.then((capacity) => ({ capacity, tried }));
  };

  test.each([500, 501, 777, 3000, 7999])("finds %i between the bounds", async (most) => {
    const { capacity, tried } = await search(most);
    expect(capacity.players).toBeLessThanOrEqual(most);
    expect(capacity.notHeld).toBeGreaterThan(most);
    expect(capacity.notHeld / capacity.players).toBeLessThanOrEqual(1.1);
    expect(tried.length).toBeLessThan(20);
  });

  test("goes below the lower bound when that is not held", async () => {
    const { capacity } = await search(40);
    expect(capacity.players).toBeLessThanOrEqual(40);
    expect(capacity.players).toBeGreaterThan(30);
  });

  test("goes above the upper bound when that is held: a noisy minute had it too low", async () => {
    const { capacity } = await search(3000, { low: 500, high: 750 });
    expect(capacity.players).toBeGreaterThan(2700);
    expect(capacity.notHeld).toBeGreaterThan(3000);
  });

  test("says that the highest bound was held, or that nothing was", async () => {
    expect((await search(9000)).capacity).toMatchObject({ players: 8000, notHeld: 0 });
    expect((await search(0)).capacity).toMatchObject({ players: 0 });
  });

  test("looks once where the margin is wide, and again at a count that fails", async () => {
    const { tried } = await search(600, { low: 500, high: 1000 });
    expect(tried.filter((players) => players === 1000)).toHaveLength(2);
    expect(tried.filter((players) => players === 500)).toHaveLength(1);
  });

  test.each([
    ["held", "held", 2, true],
    ["held, not", "held", 3, true],
    ["held, not", "not", 3, false],
    ["not, held", "held", 3, true],
    ["not, held", "not", 3, false],
    ["not", "not", 2, false],
  ])("near the limit the median of three decides: %s, then %s", async (first, then, looks, isHeld) => {
    const results = [...first.split(", "), then];
    const tried: number[] = [];
    const { players } = await searchCapacity({
      scenario: "wander",
      system: "shoal",
      low: 500,
      high: 1000,
      most: 1000,
      precision: 3,
      probe: async (players) => {
        const isAt = players === 1000;
        if (isAt) tried.push(players);
        return { players, tickP99Ms: 45, held: 1, loadUtilization: 0.5, isHeld: !isAt || results.shift() === "held" };
      },
    });
    expect({ looks: tried.length, isHeld: players === 1000 }).toEqual({ looks, isHeld });
  });

  test("holds the tick rate only with ticks in time, and all but 2 % of ticks and frames", () => {
    const [good] = benchFile().measurements;
    expect(judgeProbe(good).isHeld).toBe(true);
    const slow = { ...good.server, tickMs: { ...good.server.tickMs, p99: TICK_P99_LIMIT_MS } };
    expect(judgeProbe({ ...good, server: slow }).isHeld).toBe(false);
    const fewer = { ...good.server, tickMs: { ...good.server.tickMs, count: good.seconds * good.tickHz * 0.97 } };
    expect(judgeProbe({ ...good, server: fewer }).isHeld).toBe(false);
    expect(judgeProbe({ ...good, framesReceived: good.framesExpected * 0.97 }).isHeld).toBe(false);
    expect(judgeProbe({ ...good, framesReceived: 0, framesExpected: 0 }).isHeld).toBe(false);
  });
});
