/** The report and the tables of a made-up run. */
import { describe, expect, test } from "vitest";
import { linearAxis, logAxis } from "../../bench/report/axis.ts";
import { goals } from "../../bench/report/goals.ts";
import { renderReport } from "../../bench/report/report.ts";
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
