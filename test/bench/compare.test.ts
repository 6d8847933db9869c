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
    for (const one of lossy.measurements) if (one.system === "shoal") one.framesReceived *= 0.985;
    expect(verdictOf(compareResults(old, lossy), "wander / shoal / share of frames")).toBe("worse");
    const wrong = benchFile({ seed: 2 });
    wrong.measurements[0].sampled.errors.push("tick 7: slot 3 is 2 units off");
    const verdicts = compareResults(old, wrong);
    expect(hasRegression(verdicts)).toBe(true);
    expect(formatVerdicts(verdicts)).toMatch(/^WORSE +wander \/ shoal \/ round 1: .*slot 3 is 2 units off/);
  });

  test("a scenario that is overrun now, or failed, is worse; one that was overrun before is no verdict", () => {
    const without = (file: BenchFile): BenchFile => ({
      ...file,
      measurements: file.measurements.filter(({ scenario }) => scenario !== "rest"),
    });
    const now = benchFile({ seed: 2 });
    const overrun = benchFile({ seed: 2 });
    for (const one of overrun.measurements) if (one.scenario === "rest") one.framesReceived *= 0.95;
    for (const lacking of [without(now), overrun]) {
      const verdicts = compareResults(old, lacking).filter(({ what }) => what.startsWith("rest / "));
      expect(verdicts).toEqual([
        { what: "rest / shoal", verdict: "worse", why: "measured in the old results; now overrun or failed" },
      ]);
    }
    expect(verdictOf(compareResults(overrun, now), "rest / shoal")).toBe("not comparable");
    expect(verdictOf(compareResults(overrun, overrun), "rest / shoal")).toBeUndefined();
    const unplanned = { ...without(now), scenarios: now.scenarios.filter(({ name }) => name !== "rest") };
    expect(verdictOf(compareResults(old, unplanned), "rest / shoal")).toBeUndefined();
  });

  test("a process that shrank is no gain", () => {
    const shrunk = benchFile({ seed: 2 });
    for (const one of shrunk.measurements) one.server.rssBytesPerPlayer = -500;
    expect(verdictOf(compareResults(old, shrunk), "wander / shoal / memory")).toBe("not comparable");
    expect(verdictOf(compareResults(shrunk, old), "wander / shoal / memory")).toBe("not comparable");
  });

  test("a share of a floor that was not found is not compared", () => {
    const most = benchFile({ seed: 2 });
    for (const one of most.capacities) if (one.system === "floor") one.notHeld = 0;
    expect(verdictOf(compareResults(old, most), "wander / shoal / most players")).toBe("not comparable");
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

  test("one round only: its noise is that of what either run repeated", () => {
    const cpu = "wander@2000 / shoal / CPU of a client-tick";
    const noisier = (file: BenchFile): BenchFile => ({
      ...file,
      measurements: file.measurements.map((one) =>
        one.system === "shoal" && one.scenario === "rest" && one.round === 1
          ? { ...one, server: { ...one.server, cpuSystemUs: one.server.cpuSystemUs * 1.3 } }
          : one,
      ),
    });
    const now = benchFile({ seed: 2, cpu: 1.25 });
    expect(verdictOf(compareResults(old, now), cpu)).toBe("worse");
    expect(verdictOf(compareResults(noisier(old), now), cpu)).toBe("same");
    expect(verdictOf(compareResults(old, noisier(now)), cpu)).toBe("same");
  });

  test("one round of everything is not comparable", () => {
    const once = (file: BenchFile) => ({ ...file, measurements: file.measurements.filter(({ round }) => round === 0) });
    const verdicts = compareResults(once(old), once(benchFile({ seed: 2, cpu: 2, bytes: 2 })));
    expect(verdictOf(verdicts, "wander / shoal / CPU")).toBe("not comparable");
    expect(verdictOf(verdicts, "wander / shoal / tick p99")).toBe("not comparable");
    expect(verdictOf(verdicts, "wander / shoal / bytes")).toBe("not comparable");
  });
});
