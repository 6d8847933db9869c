/** From figures to verdicts, table and page; and the command line. */
import { describe, expect, test } from "vitest";
import { readFeelOptions, USAGE } from "../../bench/feel/options.ts";
import { renderPage } from "../../bench/feel/page.ts";
import type { FeelRun } from "../../bench/feel/run.ts";
import { Samples } from "../../bench/feel/samples.ts";
import { formatTable } from "../../bench/feel/table.ts";
import { FIGURES, judge } from "../../bench/feel/targets.ts";
import { TROUBLE_PROFILES } from "../../client/sync/link.ts";

/** A run in which every quantile is the same. */
function runOf(profile: keyof typeof TROUBLE_PROFILES, value: number): FeelRun {
  const same = new Array(9).fill(value);
  const series = [9, 10, 11].map((seconds) => ({ seconds, ageMs: value, delayMs: value }));
  return {
    profile,
    conditions: TROUBLE_PROFILES[profile],
    seconds: 60,
    players: 12,
    jitterP95Ms: 20,
    presses: 10,
    keyFramesMax: value,
    reconciliations: 10,
    predictionError: same,
    ownError: same,
    correctionsPerMinute: value,
    jumpsPerMinute: value,
    othersError: same,
    othersOffShare: value / 100,
    leadMs: same,
    heldShare: value / 100,
    delayBeyondMs: same,
    ageMs: same,
    losses: [],
    series,
    hole: { recoveryMs: [value, Number.POSITIVE_INFINITY], losses: [], series },
  };
}

const verdictOf = (run: FeelRun, figure: string) => judge([run]).find((one) => one.figure.startsWith(figure))?.verdict;

describe("samples", () => {
  test("answer with the nearest rank", () => {
    const samples = new Samples();
    expect(samples.quantile(0.5)).toBeNaN();
    for (let i = 100; i > 0; i--) samples.add(i);
    expect([0, 0.01, 0.5, 0.99, 0.995, 1].map((share) => samples.quantile(share))).toEqual([1, 1, 50, 99, 100, 100]);
    samples.add(1000);
    expect(samples.max).toBe(1000);
    expect(samples.count).toBe(101);
    expect([99, 100, 1000].map((value) => samples.shareAbove(value))).toEqual([2 / 101, 1 / 101, 0]);
  });
});

describe("verdicts", () => {
  test("are met below and at the target, missed above it", () => {
    // The error of others over a LAN: 0.5 units.
    expect(verdictOf(runOf("lan", 0.4), "others: error")).toBe("met");
    expect(verdictOf(runOf("lan", 0.5), "others: error")).toBe("met");
    expect(verdictOf(runOf("lan", 0.51), "others: error")).toBe("missed");
  });

  test("know what the line itself scatters", () => {
    expect(verdictOf(runOf("4g", 30), "others: delay")).toBe("met");
    expect(verdictOf(runOf("4g", 31), "others: delay")).toBe("missed");
    expect(verdictOf(runOf("lan", 11), "others: delay")).toBe("missed");
    expect(verdictOf(runOf("4g", 120), "age")).toBe("met");
    expect(verdictOf(runOf("4g", 121), "age")).toBe("missed");
  });

  test("of who is never whole after a hole is missed, and without a hole there is none", () => {
    expect(verdictOf(runOf("4g", 1), "after a hole")).toBe("missed");
    expect(verdictOf({ ...runOf("4g", 1), hole: undefined }, "after a hole")).toBe("shown");
    const whole = { recoveryMs: [1, 160], losses: [], series: [] };
    expect(verdictOf({ ...runOf("4g", 1), hole: whole }, "after a hole")).toBe("met");
  });

  test("of a figure without samples are none", () => {
    expect(verdictOf(runOf("lan", Number.NaN), "own: prediction")).toBe("shown");
  });

  test("of the train and the home Wi-Fi are none but for lost connections", () => {
    const judged = judge([runOf("train", 1e9), runOf("wifi", 1e9)]).filter(({ verdict }) => verdict !== "shown");
    expect(new Set(judged.map(({ figure }) => figure))).toEqual(new Set(["connections lost"]));
  });
});

describe("what is told", () => {
  const runs = [runOf("lan", 0), runOf("far-4g", 1000)];

  test("the table has a row for each figure, with the target behind what was seen", () => {
    const table = formatTable(runs);
    for (const { figure } of FIGURES) expect(table).toContain(figure);
    expect(table).toContain("1,000 (1.50) MISSED");
    expect(table).toContain("0 (0.50) ok");
    expect(table).toContain("never");
    expect(table).toMatch(/\d+ met, \d+ missed$/);
  });

  // A run that fell into no hole, and in which nobody was ever corrected or pressed a key.
  const sparse = { ...runOf("3g", 1), predictionError: new Array(9).fill(Number.NaN), keyFramesMax: Number.NaN };
  const withoutHole = [{ ...sparse, hole: undefined }];

  test.each([
    ["full", runs],
    ["sparse", withoutHole],
  ])("a %s page holds together, needs nothing from anywhere and has no number that is none", (_, shown) => {
    const page = renderPage({ version: 1, seconds: 60, seed: 1, runs: shown });
    expect(page.match(/<script|src=|href=|url\(|NaN|undefined|Infinity/)).toBeNull();
    for (const { figure } of FIGURES) expect(page.includes(figure), figure).toBe(true);
    for (const tag of ["figure", "section", "table", "svg", "div", "g"]) {
      const count = (pattern: RegExp) => page.match(pattern)?.length;
      expect(count(new RegExp(`<${tag}[ >]`, "g")), tag).toBe(count(new RegExp(`</${tag}>`, "g")));
    }
  });
});

describe("the options of feel", () => {
  test("nothing is every trouble", () => {
    const profiles = Object.keys(TROUBLE_PROFILES);
    expect(readFeelOptions([])).toEqual({ profiles, seconds: 120, seed: 1, json: undefined });
  });

  test("all of them at once", () => {
    const args = "--profile 3g --profile lan --profile 3g --seconds 5 --seed 0 --json out/feel.json".split(" ");
    expect(readFeelOptions(args)).toEqual({ profiles: ["3g", "lan"], seconds: 5, seed: 0, json: "out/feel.json" });
  });

  test.each([
    [["--profile", "5g"], 'there is no trouble "5g"; there are lan, wifi, 4g, far-4g, 3g, train'],
    [["--seconds", "4"], "--seconds must be a whole number from 5 to 3600, not 4"],
    [["--seconds", "3601"], "--seconds must be a whole number from 5 to 3600, not 3601"],
    [["--seed", "-1"], /--seed/],
    [["--seed", ""], "--seed must be a whole number from 0 to 4294967295, not "],
    [["--json", "feel.txt"], "--json must be a .json file, not feel.txt"],
    [["extra"], /extra/],
  ])("%j is refused in words", (args, words) => {
    const answer = readFeelOptions(args);
    if (typeof words === "string") expect(answer).toBe(words);
    else expect(answer).toMatch(words);
  });

  test("help is help, and names every option", () => {
    expect(readFeelOptions(["--seconds", "x", "--help"])).toBe("help");
    for (const option of ["profile", "seconds", "seed", "json", "help"]) expect(USAGE).toContain(`--${option}`);
  });
});
