/** The runner, with instruments that only pretend to measure. */
import { describe, expect, test } from "vitest";
import { readBenchOptions } from "../../bench/cli.ts";
import type { MeasureOptions } from "../../bench/measure.ts";
import { makePlan } from "../../bench/plan.ts";
import { Progress } from "../../bench/progress.ts";
import type { Measurement } from "../../bench/results.ts";
import { run } from "../../bench/runner.ts";
import { SCENARIOS } from "../../bench/scenarios.ts";
import { benchFile } from "./fixture.ts";

const [example] = benchFile().measurements;

interface Pretence {
  args?: string[];
  limitMs?: number;
  measure?(options: MeasureOptions): Measurement;
}

/** A run in which every window takes as long as its scenario says, on a clock of its own. */
async function pretend({ args = ["--scenario", "wander", "--rounds", "2"], limitMs, measure }: Pretence) {
  const known = SCENARIOS.map(({ name }) => name);
  const options = readBenchOptions(args, known);
  if (typeof options === "string") throw new Error(options);
  const clock = { ms: 0 };
  const asked: MeasureOptions[] = [];
  const written: string[] = [];
  const nowMs = () => clock.ms;
  const results = await run({
    plan: makePlan(options),
    progress: new Progress({ write: (text) => written.push(text), isTerminal: false, nowMs }),
    serverCpus: "0",
    loadCpus: "1",
    limitMs,
    instruments: {
      measure: async (of) => {
        asked.push(of);
        const { scenario, system, round } = of;
        clock.ms += (scenario.seconds + scenario.warmupSeconds) * 1000 + 2000;
        if (measure !== undefined) return measure(of);
        return { ...example, scenario: scenario.name, players: scenario.players, system, round };
      },
      measureHttp: async () => [],
      measureMicro: async () => [],
      nowMs,
    },
  });
  return { results, asked, written };
}

describe("the runner", () => {
  test("takes turns, passes the cores on, and gives the floor what Shoal's frames held", async () => {
    const { asked, results } = await pretend({});
    expect(asked.map(({ system, round }) => `${system} ${round}`)).toEqual([
      "shoal 0",
      "floor 0",
      "shoal 1",
      "floor 1",
    ]);
    expect(asked[0]).toMatchObject({ serverCpus: "0", loadCpus: "1", floorBytes: undefined });
    const bytes = (example.bytesPerClientPerSecond * example.players * example.seconds) / example.framesReceived;
    expect(asked[1].floorBytes).toBe(Math.round(bytes - 2));
    expect(results.measurements).toHaveLength(4);
    expect(results.notMeasured).toEqual([]);
  });

  test("notes a failure and goes on", async () => {
    const { results, written } = await pretend({
      measure: ({ scenario, system, round }) => {
        if (system === "floor" && round === 0) throw new Error("the server did not start");
        if (system === "shoal" && round === 1) return { ...example, visibleMean: Number.NaN };
        return { ...example, scenario: scenario.name, system, round };
      },
    });
    expect(results.measurements.map(({ system, round }) => `${system} ${round}`)).toEqual(["shoal 0", "floor 1"]);
    expect(results.notMeasured).toEqual([
      "wander / floor, round 1: the server did not start",
      "wander / shoal, round 2: visibleMean must be a finite number, not NaN",
    ]);
    expect(results.failures).toEqual(["wander / floor, round 1", "wander / shoal, round 2"]);
    expect(written.join("")).toContain("wander / floor, round 1 failed: the server did not start");
  });

  test("counts no peer's failure as one of its own", async () => {
    const { results } = await pretend({
      args: ["--scenario", "wander", "--rounds", "1", "--peers"],
      measure: ({ scenario, system, round }) => {
        if (system === "ws-json") throw new Error("the server did not start");
        return { ...example, scenario: scenario.name, system, round };
      },
    });
    expect(results.notMeasured).toEqual(["wander@500 / ws-json, round 1: the server did not start"]);
    expect(results.failures).toEqual([]);
  });

  test("begins no round that it has no time to end, and says so", async () => {
    const { results, asked } = await pretend({ limitMs: 38_000 });
    expect(asked).toHaveLength(2);
    expect(results.notMeasured).toEqual(["wander / shoal, floor, round 2: no time left of 0:38"]);
    expect(results.failures).toEqual([]);
  });

  test("spares a system that was overrun the larger counts, and searches between what it held and what it did not", async () => {
    const { results, asked } = await pretend({
      args: ["--rounds", "1", "--peers"],
      measure: ({ scenario, system, round }) => {
        const full = system === "colyseus-aoi" ? 600 : 3000;
        const held = Math.min(1, full / scenario.players);
        const framesReceived = Math.round(example.framesExpected * (held === 1 ? 1 : held / 2));
        return { ...example, scenario: scenario.name, players: scenario.players, system, round, framesReceived };
      },
    });
    expect(results.notMeasured).toContain("wander@1500 / colyseus-aoi: overrun in wander@750 already");
    const tried = asked.filter(({ system, scenario }) => system === "colyseus-aoi" && scenario.players > 750);
    expect(tried).toEqual([]);
    const capacityOf = (name: string) => results.capacities.find(({ system }) => system === name);
    expect(capacityOf("colyseus-aoi")?.players).toBeGreaterThan(540);
    expect(capacityOf("colyseus-aoi")?.players).toBeLessThanOrEqual(600);
    expect(capacityOf("shoal")?.players).toBeGreaterThan(2750);
    expect(capacityOf("shoal")?.notHeld).toBeLessThan(3250);
  });
});
