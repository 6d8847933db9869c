/** Where reports are kept: bounded in memory and on disk, and never waited for. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ReportFile } from "../../server/admin/report-file.ts";
import { REPORTS_MAX, REPORTS_PER_ADDRESS_MAX, Reports } from "../../server/admin/reports.ts";
import { createLog } from "../../server/log.ts";
import { LogLimiter } from "../../server/log-limiter.ts";
import type { RoomReport } from "../../server/room/report.ts";

const WALL_MS = Date.UTC(2026, 0, 2);

function report(words: string, address = "192.0.2.1"): RoomReport {
  const by = { session: "pond/1", name: "Ada", account: undefined, address };
  const about = { session: "pond/2", name: "Bao", account: undefined, address: "192.0.2.2" };
  return { room: "pond", by, about, words, lines: [] };
}

/** Reports without a file, at a time that the test moves. */
function setUp() {
  const clock = { nowMs: 0 };
  return { clock, reports: new Reports({ wallMs: () => WALL_MS, nowMs: () => clock.nowMs, file: undefined }) };
}

describe("reports in memory", () => {
  test("A7 the newest 200 are kept, oldest first, numbered and with their time", () => {
    const { reports } = setUp();
    for (let i = 1; i <= REPORTS_MAX + 3; i++) reports.add(report(`r${i}`, `192.0.2.${i}`));
    expect(reports.newest).toHaveLength(REPORTS_MAX);
    expect(reports.newest[0]).toMatchObject({ number: 4, words: "r4", time: "2026-01-02T00:00:00.000Z" });
    expect(reports.newest.at(-1)).toMatchObject({ number: REPORTS_MAX + 3 });
    expect(reports.count).toBe(REPORTS_MAX + 3);
  });

  test("A6 of one address three are taken at once and one more each 10 minutes, whatever the session", () => {
    const { clock, reports } = setUp();
    const takes = (address: string) => !("retryMs" in reports.add(report("x", address)));
    expect([1, 2, 3, 4, 5].map((i) => takes(`2001:db8::${i}`))).toEqual([true, true, true, false, false]);
    expect(reports.add(report("x", "2001:db8::9"))).toEqual({ retryMs: 600_000 });
    expect(takes("2001:db8:0:1::1")).toBe(true);
    clock.nowMs = 599_000;
    expect(takes("2001:db8::1")).toBe(false);
    clock.nowMs = 600_001;
    expect([takes("2001:db8::1"), takes("2001:db8::1")]).toEqual([true, false]);
    expect(reports.count).toBe(5);
    expect(reports.newest).toHaveLength(5);
    // A proxy that nobody told of stands for everybody.
    expect([1, 2, 3, 4].map(() => takes("127.0.0.1"))).toEqual([true, true, true, true]);
  });

  test.each([
    ["address", () => "192.0.2.1"],
    ["/64", (i: number) => `2001:db8::${i + 1}`],
  ])("A7 a flood from one %s replaces its own", (_, addressOf) => {
    const { clock, reports } = setUp();
    for (let i = 0; i < REPORTS_MAX - REPORTS_PER_ADDRESS_MAX; i++) reports.add(report("good", `198.51.100.${i}`));
    for (let i = 0; i < 1000; i++) {
      clock.nowMs += 600_001;
      reports.add(report(`flood ${i}`, addressOf(i)));
    }
    expect(reports.newest.filter(({ words }) => words === "good")).toHaveLength(REPORTS_MAX - REPORTS_PER_ADDRESS_MAX);
    expect(reports.newest.at(-1)?.words).toBe("flood 999");
  });
});

describe("the file of reports", () => {
  async function openFile(bytesMax?: number) {
    const dir = mkdtempSync(join(tmpdir(), "shoal-reports-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const lines: { kind: string; lines?: number }[] = [];
    const log = await createLog("info", { write: (line) => void lines.push(JSON.parse(line)) });
    const limiter = new LogLimiter(log, () => 0);
    const read = (name: string) =>
      readFileSync(join(dir, name), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    return { dir, lines, limiter, read, file: new ReportFile(join(dir, "data"), limiter, bytesMax) };
  }

  test("A7 has a line for each report, in order, and goes on after a restart", async () => {
    const { dir, limiter, read, file } = await openFile();
    for (let i = 0; i < 100; i++) file.append({ i });
    await file.flushed();
    const next = new ReportFile(join(dir, "data"), limiter);
    next.append({ i: 100 });
    await next.flushed();
    expect(read("data/reports.jsonl")).toEqual(Array.from({ length: 101 }, (_, i) => ({ i })));
    expect(statSync(join(dir, "data/reports.jsonl")).mode & 0o777).toBe(0o600);
  });

  test("A7 a full file gives its place to a new one, and the one before goes", async () => {
    const { dir, read, file } = await openFile(30);
    for (let i = 1; i <= 8; i++) {
      file.append({ number: i });
      await file.flushed();
    }
    expect(readdirSync(join(dir, "data")).sort()).toEqual(["reports.1.jsonl", "reports.jsonl"]);
    expect(read("data/reports.1.jsonl")).toEqual([{ number: 5 }, { number: 6 }]);
    expect(read("data/reports.jsonl")).toEqual([{ number: 7 }, { number: 8 }]);
  });

  test("A7 a disk that takes nothing costs reports in the file, a bounded number of lines in memory, and a line in the log", async () => {
    const { dir, lines, limiter } = await openFile();
    writeFileSync(join(dir, "file"), "");
    const file = new ReportFile(join(dir, "file"), limiter);
    for (let i = 0; i < 1000; i++) file.append({ i });
    await file.flushed();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(["report-lost"]));
  });
});
