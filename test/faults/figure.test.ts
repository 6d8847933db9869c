/** What rows are judged by: bounds, verdicts, tables, command line. And that the defences that controls take away are still there. */
import { stripTypeScriptTypes } from "node:module";
import { describe, expect, test } from "vitest";
import { DEFENCES, isDefence, rewrittenSources } from "./defences.ts";
import { atLeast, atMost, exactly, ifCalm, isMet, largest, overCalm, percentile, told, verdictOf } from "./figure.ts";
import { readFaultOptions } from "./options.ts";
import { ROWS } from "./rows/index.ts";
import { controlVerdict } from "./runner.ts";
import {
  firstMissed,
  formatMarkdown,
  formatRows,
  joinControls,
  mergeRows,
  type RowResult,
  withTable,
} from "./table.ts";

describe("a figure", () => {
  test("is met at its bound and missed beyond", () => {
    expect([atMost(5, "", 5), atMost(5, "", 5.01)].map(isMet)).toEqual([true, false]);
    expect([atLeast(5, "", 5), atLeast(5, "", 4.99)].map(isMet)).toEqual([true, false]);
    expect([exactly(0, "", 0), exactly(0, "", 1)].map(isMet)).toEqual([true, false]);
    expect(isMet(told("", 1e9))).toBe(true);
  });

  test("that could not be measured is missed", () => {
    for (const bound of [atMost, atLeast, exactly]) expect(isMet(bound(5, "", Number.NaN))).toBe(false);
  });

  test("a row is met if all its figures are, and it has one", () => {
    expect(verdictOf([atMost(1, "", 1), told("", 3)])).toBe("met");
    expect(verdictOf([atMost(1, "", 1), exactly(0, "", 2)])).toBe("missed");
    expect(verdictOf([told("", 3)])).toBe("missed");
  });

  test("a percentile is a value that was seen", () => {
    const values = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect(percentile(values, 0.99)).toBe(198);
    expect(percentile(values, 0.5)).toBe(100);
    expect(percentile([7], 0.99)).toBe(7);
  });

  test("of no samples, or of one that was not seen, is not met", () => {
    for (const seen of [
      percentile([], 0.99),
      largest([]),
      percentile([1, Number.NaN], 0.5),
      largest([Number.NaN, 1]),
    ]) {
      expect(seen).toBeNaN();
      expect(isMet(atMost(5, "", seen))).toBe(false);
    }
    expect(largest([-3, -2])).toBe(-2);
  });

  test("that compares with an undisturbed part is missed where that was disturbed", () => {
    expect(overCalm(5, "tick p99", 54, 51)).toEqual(atMost(5, "tick p99 over 51.0 ms undisturbed", 3, "ms"));
    expect([overCalm(5, "", 65, 60), overCalm(5, "", 65.1, 60)].map(isMet)).toEqual([true, false]);
    for (const calmP99Ms of [60.1, 100.1, Number.NaN]) {
      const figure = overCalm(5, "tick p99", 51, calmP99Ms);
      expect(isMet(figure)).toBe(false);
      expect(figure.name).toContain("not measurable");
    }
    expect(isMet(ifCalm(100, exactly(0, "", 0)))).toBe(false);
  });
});

describe("the table", () => {
  const row: RowResult = {
    id: "F5",
    title: "oversize",
    verdict: "missed",
    why: "",
    figures: [atMost(10, "dropped after", 12.345, "ms"), exactly(0, "not dropped", 0), told("tries", 1000)],
    control: { without: "the limit", isRed: true, seen: "not dropped 3" },
    seconds: 4,
    bots: 500,
  };

  test("shows what was wanted and seen, which figure is missed, and the control", () => {
    const text = formatRows([row]);
    for (const words of ["≤ 10 ms", "12.3 ms", "missed", "1,000", "red without the limit"])
      expect(text).toContain(words);
    expect(formatMarkdown([row])).toContain(
      "| F5 | oversize | 500 | **dropped after: 12.3 ms (≤ 10 ms)**; not dropped: 0 (0); tries: 1,000 | missed | the limit: not dropped 3 |",
    );
    expect(firstMissed(row.figures)).toBe("dropped after 12.3 ms");
  });

  test("keeps what was not run again", () => {
    const noControl = { ...row, verdict: "met" as const, control: undefined };
    expect(mergeRows(row, noControl)).toEqual({ ...noControl, control: row.control });
    const control = { without: "the limit", isRed: false, seen: "" };
    expect(mergeRows(row, { ...row, figures: [], why: "control only", control })).toEqual({ ...row, control });
    expect(mergeRows(undefined, row)).toEqual(row);
  });

  test("takes the place of README's", () => {
    const readme = `before\n\n${formatMarkdown([])}\n\nafter`;
    expect(withTable(readme, [row])).toBe(`before\n\n${formatMarkdown([row])}\n\nafter`);
    expect(() => withTable("before", [row])).toThrow("no table");
  });

  test("says so when a control stays green, and why a row is not possible", () => {
    const green = { ...row, control: { without: "the limit", isRed: false, seen: "" } };
    expect(formatRows([green])).toContain("STILL GREEN");
    const impossible: RowResult = { ...row, verdict: "not possible here", why: "no prlimit", figures: [] };
    expect(formatRows([impossible])).toMatch(/no prlimit.*not/);
  });
});

describe("the command line", () => {
  const read = (...args: string[]) => readFaultOptions(args, ["F1", "F2"]);
  test("takes rows, lengths and files, and runs rows and controls by default", () => {
    expect(read("--row", "F1", "--row", "F2", "--seconds", "30", "--json", "a.json")).toMatchObject({
      rows: ["F1", "F2"],
      readme: false,
      seconds: 30,
      json: "a.json",
      runsRows: true,
      runsControls: true,
    });
    expect(read()).toMatchObject({ rows: ["F1", "F2"] });
    expect(read("--row", "F2,F1")).toMatchObject({ rows: ["F1", "F2"] });
    expect(read("--but", "F1")).toMatchObject({ rows: ["F2"] });
    expect(read("--control")).toMatchObject({ runsRows: false, runsControls: true });
    expect(read("--no-control")).toMatchObject({ runsRows: true, runsControls: false });
  });

  test.each([
    [["--row", "F99"], "there is no row F99; there are F1, F2"],
    [["--but", "F1,F99"], "there is no row F99; there are F1, F2"],
    [["--row", "F1", "--but", "F1"], "--row and --but leave nothing to do"],
    [["--bots", "9"], "--bots must be a whole number from 10 to 2000, not 9"],
    [["--seconds", "1e3"], "--seconds must be a whole number from 1 to 7200, not 1e3"],
    [["--json", "a.txt"], "--json must be a .json file, not a.txt"],
    [["--server-cpus", "all"], "--server-cpus must be a list such as 0 or 0,2-3, not all"],
    [["--control", "--no-control"], "--control and --no-control leave nothing to do"],
  ])("refuses %j in words", (args, words) => {
    expect(read(...args)).toBe(words);
  });
});

describe("a negative control", () => {
  test.each(Object.keys(DEFENCES))("finds the defence %s in the sources, once", (name) => {
    if (!isDefence(name)) throw new Error(name);
    const sources = [...rewrittenSources(name).values()];
    expect(sources.length).toBeGreaterThan(0);
    // What Node cannot read is no server without its defence.
    for (const source of sources) expect(() => stripTypeScriptTypes(source)).not.toThrow();
  });

  test("is red by the figures that it names, not by noise", () => {
    const control = { misses: ["clients lost", "the server ended"] };
    const noise = atMost(1, "tick p99", 2, "ms");
    expect(controlVerdict(control, [noise, exactly(0, "for 1 s: clients lost", 0)], "")).toEqual({
      isRed: false,
      seen: "",
    });
    const lost = exactly(0, "for 1 s: clients lost", 3);
    expect(controlVerdict(control, [noise, lost], "")).toEqual({ isRed: true, seen: "for 1 s: clients lost 3" });
    expect(controlVerdict(control, [], "the load ended").isRed).toBe(false);
    expect(controlVerdict(control, [], "the server ended before it answered").isRed).toBe(true);
  });

  test("of several in one row each must be red", () => {
    const red = { without: "a", isRed: true, seen: "lost 3" };
    expect(joinControls([red])).toEqual(red);
    const other = { without: "b", isRed: true, seen: "late 4" };
    expect(joinControls([red, other])).toEqual({ without: "a; and b", isRed: true, seen: "lost 3; and late 4" });
    expect(joinControls([red, { ...other, isRed: false, seen: "" }])).toMatchObject({ isRed: false, seen: "lost 3" });
  });

  test("every row has one", () => {
    for (const { id, control, moreControls = [] } of ROWS) {
      for (const { misses, without, env, words } of [control, ...moreControls]) {
        expect(misses.length, id).toBeGreaterThan(0);
        expect(without ?? env ?? words, id).toBeDefined();
      }
    }
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length);
  });
});
