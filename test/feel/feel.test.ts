/**
 * What players see through bad connections, in figures that no machine changes: real clients, the real server and the model of
 * their connections in virtual time. Shorter than `npm run feel`, with its targets.
 */
import { describe, expect, test } from "vitest";
import { type FeelRun, runFeel } from "../../bench/feel/run.ts";
import { judge } from "../../bench/feel/targets.ts";
import { troubleProfile } from "../../client/sync/link.ts";

/**
 * What the targets still ask for. In far-4g stalls take 3 % of the time: holding fewer than 2 % of the frames takes a delay that
 * the target for delays does not allow.
 */
const OPEN: Readonly<Record<string, readonly string[]>> = { "far-4g": ["others: extrapolated or frozen"] };

const run = (profile: string, seed: number, seconds: number) =>
  runFeel({ profile, conditions: troubleProfile(profile), seconds, seed, hasHole: true });

function missed(of: FeelRun): string[] {
  return judge([of])
    .filter(({ verdict }) => verdict === "missed")
    .map(({ figure }) => figure);
}

describe("through a bad connection", () => {
  test.each([
    ["lan", 40],
    ["4g", 40],
    ["3g", 40],
    // Long enough that the first stall, which nobody can foresee, is one of many.
    ["far-4g", 120],
  ])("the targets of %s are met, with seed 1", (profile, seconds) => {
    const figures = run(profile, 1, seconds);
    expect(missed(figures)).toEqual(OPEN[profile] ?? []);
    // Of nothing every figure would be good.
    expect(figures.presses).toBeGreaterThan(15);
    expect(figures.reconciliations).toBeGreaterThan(200);
  });

  test("a connection that is worse than promised is seen to be", () => {
    const far = runFeel({ profile: "lan", conditions: troubleProfile("far-4g"), seconds: 20, seed: 1, hasHole: false });
    expect(missed(far)).toEqual([
      "own: prediction error, p99",
      "own: corrections over 2 units",
      "others: extrapolated or frozen",
      "others: delay beyond one tick, p50",
      "age of information, p99",
    ]);
  });

  test("the same seed gives the same figures, bit for bit, and another seed others", () => {
    const first = run("far-4g", 1, 5);
    expect(run("far-4g", 1, 5)).toEqual(first);
    expect(run("far-4g", 2, 5)).not.toEqual(first);
  });
});
