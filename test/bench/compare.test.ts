/** What counts as worse when results are compared with older ones. */
import { describe, expect, test } from "vitest";
import { compareResults, formatVerdicts, hasRegression } from "../../bench/compare.ts";
import type { BenchFile } from "../../bench/results.ts";
import { benchFile, type FixtureOptions } from "./fixture.ts";

const old = benchFile({ seed: 1 });
const compare = (options: FixtureOptions) => compareResults(old, benchFile({ seed: 2, ...options }));
const verdictOf = (verdicts: ReturnType<typeof compare>, what: string) =>
  verdicts.find((one) => one.what.startsWith(what))?.verdict;

describe("comparing", () => {
  test("the same code on the same machine is the same", () => {
    const verdicts = compare({});
    expect(verdicts.length).toBeGreaterThan(20);
    expect(hasRegression(verdicts)).toBe(false);
  });

  test("a machine half as fast is no regression", () => {
    expect(hasRegression(compare({ machine: 2 }))).toBe(false);
  });

  test("CPU beyond the noise is worse, within it the same, and less is better", () => {
    const cpu = "wander / shoal / CPU of a client-tick";
    expect(verdictOf(compare({ cpu: 1.25 }), cpu)).toBe("worse");
    expect(verdictOf(compare({ cpu: 1.01 }), cpu)).toBe("same");
    expect(verdictOf(compare({ cpu: 0.75 }), cpu)).toBe("better");
  });

  test("rounds that disagree widen what is noise", () => {
    const noisy = (file: BenchFile): BenchFile => ({
      ...file,
      measurements: file.measurements.map((one) =>
        one.system === "shoal" && one.round === 1
          ? { ...one, server: { ...one.server, cpuUserUs: one.server.cpuUserUs * 4 } }
          : one,
      ),
    });
    const now = benchFile({ seed: 2, cpu: 1.25 });
    const verdicts = compareResults(noisy(old), noisy(now));
    expect(verdictOf(verdicts, "wander / shoal / CPU of a client-tick")).toBe("same");
  });

  test("bytes get no allowance", () => {
    const bytes = "wander / shoal / bytes per visible entity and tick";
    expect(verdictOf(compare({ bytes: 1.002 }), bytes)).toBe("worse");
    expect(verdictOf(compare({}), bytes)).toBe("same");
    expect(verdictOf(compare({ bytes: 0.9 }), bytes)).toBe("better");
  });

  test("lost frames and wrong frames are worse", () => {
    const lossy = benchFile({ seed: 2 });
    for (const one of lossy.measurements) if (one.system === "shoal") one.framesReceived *= 0.95;
    expect(verdictOf(compareResults(old, lossy), "wander / shoal / share of frames")).toBe("worse");
    const wrong = benchFile({ seed: 2 });
    wrong.measurements[0].sampled.errors.push("tick 7: slot 3 is 2 units off");
    const verdicts = compareResults(old, wrong);
    expect(hasRegression(verdicts)).toBe(true);
    expect(formatVerdicts(verdicts)).toMatch(/^WORSE +wander \/ shoal \/ round 1: .*slot 3 is 2 units off/);
  });

  test("fewer players held is worse beyond the search's own steps", () => {
    const fewer = benchFile({ seed: 2 });
    for (const one of fewer.capacities) {
      if (one.system !== "shoal") continue;
      one.players = 2000;
      one.notHeld = 2100;
    }
    expect(verdictOf(compareResults(old, fewer), "wander / shoal / most players")).toBe("worse");
  });

  test("a changed scenario, a new one and one without a floor are not comparable", () => {
    const now = benchFile({ seed: 2 });
    const changed = { ...now, scenarios: now.scenarios.map((one) => ({ ...one, tickHz: 30 })) };
    const words = formatVerdicts(compareResults(old, changed));
    expect(words).toContain("NOT COMPARABLE wander / shoal: the scenario is another one: tickHz changed");
    const added = { ...old, scenarios: [] };
    expect(verdictOf(compareResults(added, now), "wander / shoal")).toBe("not comparable");
    const bare = { ...now, measurements: now.measurements.filter(({ system }) => system === "shoal") };
    expect(verdictOf(compareResults(old, bare), "wander / shoal / CPU")).toBe("not comparable");
  });

  test("one round only: a noise is assumed, and said so", () => {
    const once = (file: BenchFile) => ({ ...file, measurements: file.measurements.filter(({ round }) => round === 0) });
    const verdicts = compareResults(once(old), once(benchFile({ seed: 2, cpu: 1.1 })));
    const cpu = verdicts.find(({ what }) => what.startsWith("wander / shoal / CPU"));
    expect(verdictOf(verdicts, "wander / shoal / tick p99")).toBe("not comparable");
    expect(cpu).toMatchObject({ verdict: "same", why: expect.stringContaining("15 % assumed, one round only") });
  });
});
