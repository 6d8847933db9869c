/** The report and the tables of a made-up run. */
import { describe, expect, test } from "vitest";
import { cpuUs, isOverrun, pooledP99, ratioToFloor } from "../../bench/aggregate.ts";
import { linearAxis, logAxis } from "../../bench/report/axis.ts";
import { goals } from "../../bench/report/goals.ts";
import { renderReport } from "../../bench/report/report.ts";
import type { Capacity, Measurement } from "../../bench/results.ts";
import { summarise } from "../../bench/summary.ts";
import { formatTables } from "../../bench/table.ts";
import { benchFile } from "./fixture.ts";

const file = benchFile();
const html = renderReport(file);

describe("the report", () => {
  test("is one page without script or network", () => {
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|https?:/);
  });

  test("has every plot, with all systems on the same axes", () => {
    for (const title of [
      "Tick p99 against players",
      "Linear in players",
      "CPU per client-tick: wander@500",
      "CPU per client-tick: rooms-100@500",
      "Bytes per visible entity and tick: wander@500",
      "Age of information: wander@500",
      "CPU against density",
      "Server CPU of one delivered update",
    ]) {
      expect(html).toContain(`<h3>${title}</h3>`);
    }
    const tickPlot = html.slice(html.indexOf("Tick p99 against players"), html.indexOf("Linear in players"));
    for (const system of ["shoal", "floor", "colyseus-aoi", "socketio", "ws-json"]) {
      expect(tickPlot).toContain(`class="line c-${system}"`);
    }
  });

  test("draws no number that is none", () => {
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("says what machine, commit and command made it", () => {
    for (const text of ["Example CPU, 2 cores", file.commit, "npm run bench -- --peers", "server on core 0"]) {
      expect(html).toContain(text);
    }
  });

  test("says what was not measured, and what sampled clients found wrong", () => {
    expect(html).toContain("not measured: wander@1500 / ws-json");
    const wrong = benchFile();
    wrong.measurements[0].sampled.errors.push("<b>off</b>");
    expect(renderReport(wrong)).toContain("found wrong frames: &lt;b&gt;off&lt;/b&gt;");
  });

  test("of a run with next to nothing in it still renders", () => {
    const empty = { ...file, measurements: [], capacities: [], http: [], micro: [], series: [], notMeasured: [] };
    expect(renderReport(empty)).toContain("not measured</td>");
    expect(formatTables(empty)).toBe("");
    const one = benchFile({ args: ["--scenario", "wander", "--rounds", "1"] });
    expect(renderReport(one)).toContain("CPU per client-tick: wander<");
  });
});

describe("targets", () => {
  test("are met, missed or not measured", () => {
    const verdicts = goals(file).map(({ figure, verdict }) => `${figure}: ${verdict}`);
    expect(verdicts).toContain("server CPU per client-tick, inputs off (wander): met");
    expect(verdicts).toContain("bytes per visible resting entity and tick: missed");
    expect(goals({ ...file, measurements: [], capacities: [] }).every((goal) => goal.verdict === "not measured")).toBe(
      true,
    );
  });

  test("show the spread of the rounds, and the peer beside", () => {
    const [cpu] = goals(benchFile({ cpu: 2 }));
    expect(cpu).toMatchObject({
      verdict: "missed",
      measured: expect.stringMatching(/^2\.\d+ × floor \(2\.\d+ to 2\.\d+\)$/),
    });
    expect(cpu.peer).toMatch(/^7\.\d+ × floor/);
  });
});

describe("players per core", () => {
  const verdictOf = (own: number, floor: Partial<Capacity>) => {
    const changed = benchFile();
    for (const one of changed.capacities) {
      if (one.system === "shoal") Object.assign(one, { players: own, notHeld: own + 100 });
      if (one.system === "floor") Object.assign(one, { players: 4000, notHeld: 4100, ...floor });
    }
    const goal = goals(changed).find(({ figure }) => figure.startsWith("players per core"));
    return `${goal?.measured}: ${goal?.verdict}`;
  };

  test("count as a share of a floor that was found only", () => {
    expect(verdictOf(4500, {})).toBe("4,500, 112.5 % of the floor: met");
    expect(verdictOf(4500, { notHeld: 0 })).toBe("4,500, floor at least 4,000: missed");
    expect(verdictOf(4500, { isLoadLimited: true })).toBe("4,500, floor at least 4,000: missed");
    expect(verdictOf(5000, { notHeld: 0 })).toBe("5,000, floor at least 4,000: met");
  });
});

describe("memory per player", () => {
  const memoryOf = (change: (one: Measurement) => void) => {
    const changed = benchFile();
    for (const one of changed.measurements) if (one.system === "shoal") change(one);
    return goals(changed).find(({ figure }) => figure.startsWith("memory per player"));
  };

  test("is that of the largest count held, from 4,000 players on", () => {
    expect(memoryOf((one) => void (one.server.rssBytesPerPlayer = one.players))).toMatchObject({ measured: "4.88 KB" });
    const overrun = (one: Measurement) => {
      one.server.rssBytesPerPlayer = one.players;
      if (one.players >= 5000) one.framesReceived = 0;
    };
    expect(memoryOf(overrun)).toMatchObject({ measured: "3.91 KB" });
    const nothing = (one: Measurement) => void (one.framesReceived *= one.players >= 4000 ? 0.5 : 1);
    expect(memoryOf(nothing)).toMatchObject({ verdict: "not measured" });
  });

  test("is not measured where the process did not grow", () => {
    expect(memoryOf((one) => void (one.server.rssBytesPerPlayer = -100))).toMatchObject({ verdict: "not measured" });
  });
});

test("allocation above the floor's, and gliding, are shown without a target", () => {
  const changed = benchFile();
  for (const one of changed.measurements) {
    one.server.allocatedBytesPerSecond = one.players * one.tickHz * (one.system === "floor" ? 10 : 30);
  }
  expect(goals(changed)).toContainEqual({
    figure: "allocation per client-tick, above the floor's (wander)",
    target: "",
    measured: "20.0 B",
    verdict: "no target",
    peer: "",
  });
  expect(goals(changed).find(({ figure }) => figure.includes("gliding"))).toMatchObject({ verdict: "no target" });
});

describe("windows that were overrun", () => {
  const changed = benchFile({ args: ["--scenario", "wander", "--rounds", "3"] });
  const [shoal] = changed.measurements.filter(({ system }) => system === "shoal");

  test("are marked in table and report and left out of ratios and targets", () => {
    const before = ratioToFloor(changed, "wander", "shoal", cpuUs);
    expect(before?.rounds).toBe(3);
    expect(formatTables(changed)).not.toContain(" overrun │");
    shoal.server.cpuUserUs *= 100;
    shoal.framesReceived = shoal.framesExpected * 0.97;
    expect(ratioToFloor(changed, "wander", "shoal", cpuUs)).toMatchObject({ rounds: 2 });
    expect(ratioToFloor(changed, "wander", "shoal", cpuUs)?.high).toBeLessThanOrEqual(before?.high ?? 0);
    for (const text of [formatTables(changed), renderReport(changed)]) expect(text).toContain("1 of 3 rounds overrun");
    for (const one of changed.measurements) if (one.system === "shoal") one.server.tickMs.count *= 0.9;
    expect(ratioToFloor(changed, "wander", "shoal", cpuUs)).toBeUndefined();
    expect(goals(changed)[0]).toMatchObject({ verdict: "not measured" });
    expect(formatTables(changed)).toMatch(/wander +│ shoal +│ 1000 +│ overrun/);
    expect(renderReport(changed)).toMatch(/c-shoal.*>overrun</s);
  });

  test("are those that lack 2 %, or two ticks where that is more", () => {
    const isWithout = (ticks: number, seconds: number) =>
      isOverrun({
        ...shoal,
        seconds,
        framesExpected: shoal.players * 20 * seconds,
        framesReceived: shoal.players * 20 * seconds,
        server: { ...shoal.server, tickMs: { ...shoal.server.tickMs, count: 20 * seconds - ticks } },
      });
    expect([isWithout(2, 1), isWithout(3, 1)]).toEqual([false, true]);
    expect([isWithout(4, 10), isWithout(5, 10)]).toEqual([false, true]);
  });
});

test("the slowest tick in a hundred is that of all rounds together", () => {
  const changed = benchFile({ args: ["--scenario", "wander", "--rounds", "5"] });
  const own = changed.measurements.filter(({ system }) => system === "shoal");
  own.forEach((one, round) => {
    // One slow tick in each of three rounds: each round's p99, and the median of them, but not one in a hundred of all.
    one.server.tickMs = summarise(Array.from({ length: 80 }, (_, tick) => (tick === 0 && round < 3 ? 40 : 1)));
  });
  expect(own[0].server.tickMs.p99).toBeCloseTo(40, 0);
  expect(pooledP99(own, ({ server }) => server.tickMs)).toBeCloseTo(1, 1);
  expect(formatTables(changed)).toMatch(/shoal .*│ 1\.0\d \/ 1\.0\d +│/);
});

test("the tables hold every system of every scenario", () => {
  const text = formatTables(file);
  for (const { name } of file.scenarios) expect(text).toContain(` ${name} `);
  expect(text).toContain("short polling (updates)");
});

describe("axes", () => {
  test("straight ones start at zero and end at a round number", () => {
    expect(linearAxis([3, 47])).toMatchObject({ low: 0, high: 50, ticks: [0, 10, 20, 30, 40, 50] });
    expect(linearAxis([0]).ticks.length).toBeGreaterThan(1);
  });

  test("logarithmic ones hold all values, and zero at their lower edge", () => {
    const axis = logAxis([0, 3, 420]);
    expect(axis).toMatchObject({ low: 2, high: 500, ticks: [2, 5, 10, 20, 50, 100, 200, 500] });
    expect([axis.place(0), axis.place(2), axis.place(500)]).toEqual([0, 0, 1]);
  });
});
