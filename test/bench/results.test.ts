/** Result files: written, read back, and refused in words when they are not what they should be. */
import { describe, expect, test } from "vitest";
import { faultOfMeasurement, formatResults, parseResults } from "../../bench/results.ts";
import { EMPTY_SUMMARY, mergeSummaries, summarise } from "../../bench/summary.ts";
import { benchFile } from "./fixture.ts";

describe("result files", () => {
  test("come back as they were written", () => {
    const file = benchFile();
    expect(parseResults(formatResults(file))).toEqual(JSON.parse(JSON.stringify(file)));
  });

  test.each([
    ["", "is not JSON"],
    ["[]", "is not a result file: its JSON is not an object"],
    ['{"version": 2}', "is of version 2; this bench reads version 1"],
    ["{}", "is of version undefined"],
    ['{"version": 1}', "is not a result file: name must be a string"],
  ])("%j is refused in words", (text, words) => {
    expect(parseResults(text)).toContain(words);
  });

  test("a figure that is missing is named", () => {
    const file = JSON.parse(formatResults(benchFile()));
    delete file.measurements[2].server.tickMs.p99;
    expect(parseResults(JSON.stringify(file))).toContain("measurements[2].server.tickMs.p99 must be a finite number");
  });

  test("rounds of each scenario are numbers by name, absent in older files", () => {
    const file = JSON.parse(formatResults(benchFile()));
    file.parameters.roundsOf.wander = "5";
    expect(parseResults(JSON.stringify(file))).toContain("parameters.roundsOf.wander must be a finite number, not 5");
    delete file.parameters.roundsOf;
    expect(parseResults(JSON.stringify(file))).toMatchObject({ version: 1 });
  });

  test("a number that JSON cannot hold is not written", () => {
    const file = benchFile();
    file.measurements[1].visibleMean = Number.NaN;
    expect(() => formatResults(file)).toThrow("measurements[1].visibleMean must be a finite number, not NaN");
    expect(faultOfMeasurement(file.measurements[1])).toContain("visibleMean");
    expect(faultOfMeasurement(file.measurements[0])).toBeUndefined();
  });
});

describe("summaries", () => {
  test("are good to one per cent, mean and maximum exact", () => {
    const summary = summarise(Array.from({ length: 10_000 }, (_, i) => i / 100));
    expect(summary).toMatchObject({ count: 10_000, mean: 49.995, max: 99.99 });
    expect(summary.p50 / 50).toBeCloseTo(1, 1.7);
    expect(summary.p99 / 99).toBeCloseTo(1, 1.7);
  });

  test("of nothing are all zero, and below zero is zero", () => {
    expect(summarise([])).toEqual(EMPTY_SUMMARY);
    expect(summarise([-1])).toMatchObject({ count: 1, max: 0, p50: 0 });
  });

  test("are merged by their histograms, not by their percentiles", () => {
    const fast = summarise(new Array(900).fill(1));
    const slow = summarise(new Array(100).fill(100));
    const merged = mergeSummaries([fast, slow, EMPTY_SUMMARY]);
    expect(merged).toMatchObject({ count: 1000, max: 100 });
    expect(merged.p50).toBeCloseTo(1, 1);
    expect(merged.p99).toBeCloseTo(100, -1);
    expect(merged.mean).toBeCloseTo(10.9, 5);
    expect(mergeSummaries([])).toEqual(EMPTY_SUMMARY);
  });
});
