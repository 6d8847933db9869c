/** What the long searches take on their command lines, and say at their ends. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HistoryTally } from "./history-tally.ts";
import { readSearchOptions, searchUsage } from "./search-options.ts";

const KNOWN = {
  minutes: { fallback: 2, low: 0, high: 100, isFraction: true, help: "how long to search" },
  seed: { fallback: 1, low: 0, high: 9, help: "the first seed" },
};

describe("options of a search", () => {
  test.each([
    [[], { minutes: 2, seed: 1 }],
    [["--minutes", "0.5", "--seed=9"], { minutes: 0.5, seed: 9 }],
    [["--help", "--seed", "x"], "help"],
    [["--seed", "10"], "--seed must be a whole number from 0 to 9, not 10"],
    [["--seed", "1.5"], "--seed must be a whole number from 0 to 9, not 1.5"],
    [["--minutes", "1e1"], "--minutes must be a number from 0 to 100, not 1e1"],
    [["--fast"], expect.stringContaining("Unknown option '--fast'")],
    [["more"], expect.stringContaining("Unexpected argument 'more'")],
  ])("%j", (args, expected) => {
    expect(readSearchOptions(args, KNOWN)).toEqual(expected);
  });

  test("the usage names each with its default and range", () => {
    expect(searchUsage("a search", KNOWN).split("\n")).toEqual([
      "a search",
      "",
      "  --minutes 2     how long to search (0 to 100)",
      "  --seed 1        the first seed (0 to 9)",
      "  --help          this text",
    ]);
  });

  test.each([
    ["history.ts", "--help", 0, /^npm run history --.*\n[\s\S]*--minutes/],
    ["fuzz.ts", "--fast", 1, /^Unknown option '--fast'[\s\S]*npm run fuzz --/],
  ])("%s %s ends with %i and words", (file, arg, code, words) => {
    const ended = spawnSync(process.execPath, [join(import.meta.dirname, file), arg], { encoding: "utf8" });
    expect(ended).toMatchObject({ status: code });
    expect(ended.stdout + ended.stderr).toMatch(words);
  });
});

test("a tally adds up, and counts one thing as one", () => {
  const tally = new HistoryTally();
  tally.add({ complaints: 1, heard: 1, resumed: 1, broken: { cut: 2, "room failure": 1 } });
  expect(tally.summary).toBe("1 seed, 1 complaint; 1 line heard, 1 session resumed; what broke: cut 2, room failure 1");
  for (let i = 0; i < 1078; i++) tally.add({ complaints: 0, heard: 2, resumed: 0, broken: { cut: 1 } });
  expect(tally.line).toBe("1,079 seeds, 1 complaint");
  expect(tally.summary).toContain("cut 1,080, room failure 1");
});
