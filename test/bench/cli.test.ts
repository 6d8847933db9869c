/** The command line of the bench. */
import { describe, expect, test } from "vitest";
import { readBenchOptions, USAGE } from "../../bench/cli.ts";

const KNOWN = ["wander", "rest"];
const read = (...args: string[]) => readBenchOptions(args, KNOWN);

describe("the bench's options", () => {
  test("nothing is the whole suite", () => {
    expect(read()).toMatchObject({ scenarios: [], quick: false, peers: false, name: "full", serverCpus: undefined });
  });

  test("all of them at once", () => {
    const args = "--scenario wander --scenario rest --scenario wander --quick --peers --name a.b-1 --json out.json";
    const more = "--compare old.json --server-cpus 0 --load-cpus 1,3-4 --seconds 5 --players 8000 --rounds 2";
    expect(read(...`${args} ${more}`.split(" "))).toMatchObject({
      scenarios: ["wander", "rest"],
      quick: true,
      peers: true,
      name: "a.b-1",
      json: "out.json",
      compare: "old.json",
      serverCpus: "0",
      loadCpus: "1,3-4",
      seconds: 5,
      players: 8000,
      rounds: 2,
    });
  });

  test("results of a part do not take the name of a whole run's", () => {
    expect(read("--quick")).toMatchObject({ name: "quick" });
    expect(read("--scenario", "rest")).toMatchObject({ name: "partial" });
  });

  test.each([
    [["--scenario", "wonder"], "there is no scenario wonder; there are wander, rest"],
    [["--players", "0"], "--players must be a whole number from 1 to 8000, not 0"],
    [["--players", "8001"], "--players must be a whole number from 1 to 8000, not 8001"],
    [["--seconds", "1e1"], "--seconds must be a whole number from 1 to 600, not 1e1"],
    [["--rounds", ""], "--rounds must be a whole number from 1 to 20, not "],
    [["--server-cpus", "0;rm"], "--server-cpus must be a list such as 0 or 0,2-3, not 0;rm"],
    [["--name", "../x"], "--name must be 1 to 64 letters, digits, - and ., not ../x"],
    [["--json", "out.txt"], "--json must be a .json file, not out.txt"],
    [["--profile"], "--profile needs one --scenario, and makes no results to write or compare"],
    ...["--quick", "--seconds=2", "--players=100", "--rounds=1", "--server-cpus=0", "--load-cpus=1"].map(
      (option): [string[], string] => [
        ["--from", "old.json", option],
        "--from measures nothing: it goes with --compare, --json and --name only",
      ],
    ),
  ])("%j is refused in words", (args, words) => {
    expect(read(...args)).toBe(words);
  });

  test.each([["--fast"], ["extra"], ["--json"]])("%s is refused", (arg) => {
    expect(read(arg)).toMatch(arg.replace("--", ""));
  });

  test("the usage names every option", () => {
    for (const option of [
      "list",
      "scenario",
      "quick",
      "json",
      "compare",
      "server-cpus",
      "load-cpus",
      "peers",
      "name",
      "profile",
    ]) {
      expect(USAGE).toContain(`--${option} `);
    }
  });
});
