/** Who may use DATA_DIR, also where the owner cannot be seen: in another container, on another machine. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { DataFolderError, openDataFolder } from "../../server/state/data-folder.ts";

function setUp() {
  const path = mkdtempSync(join(tmpdir(), "shoal-folder-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const lock = join(path, "lock");
  const touch = (agoMs: number, file = lock) =>
    utimesSync(file, (Date.now() - agoMs) / 1000, (Date.now() - agoMs) / 1000);
  return { path, lock, touch };
}

const ELSEWHERE = "1 other-boot 77 pid:[1]\n";

test("S22 a lock of a process that cannot be seen is another server's while it is touched", async () => {
  const { path, lock, touch } = setUp();
  writeFileSync(lock, ELSEWHERE);
  const timer = setInterval(() => touch(0), 50);
  onTestFinished(() => clearInterval(timer));
  await expect(openDataFolder(path)).rejects.toThrow(DataFolderError);
  expect(readFileSync(lock, "utf8")).toBe(ELSEWHERE);
});

test("S22 untouched for five seconds it is taken over", async () => {
  const { path, lock, touch } = setUp();
  writeFileSync(lock, ELSEWHERE);
  touch(4700);
  const folder = await openDataFolder(path);
  expect(readFileSync(lock, "utf8")).toMatch(new RegExp(`^${process.pid} `));
  folder.release();
  expect(existsSync(lock)).toBe(false);
});

test("S22 of those who find one lock that was left behind one replaces it", async () => {
  const { path, lock, touch } = setUp();
  writeFileSync(lock, ELSEWHERE);
  touch(60_000);
  const takeover = join(path, "lock.takeover");
  writeFileSync(takeover, "");
  await expect(openDataFolder(path)).rejects.toThrow(DataFolderError);
  expect(readFileSync(lock, "utf8")).toBe(ELSEWHERE);
  // Whoever was about to do so has died over it.
  touch(60_000, takeover);
  const opened = await Promise.allSettled([openDataFolder(path), openDataFolder(path), openDataFolder(path)]);
  expect(opened.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  expect(existsSync(takeover)).toBe(false);
  for (const one of opened) if (one.status === "fulfilled") one.value.release();
});

test.runIf(process.platform === "linux")("S22 a process of this machine that is gone is not waited for", async () => {
  const { path, lock } = setUp();
  (await openDataFolder(path)).release();
  const folder = await openDataFolder(path);
  const text = readFileSync(lock, "utf8").replace(/^\d+/, "999999999");
  folder.release();
  writeFileSync(lock, text);
  const sinceMs = performance.now();
  (await openDataFolder(path)).release();
  expect(performance.now() - sinceMs).toBeLessThan(500);
});

test("S22 the owner touches its lock every second", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { path, lock, touch } = setUp();
  const folder = await openDataFolder(path);
  touch(60_000);
  vi.advanceTimersByTime(1000);
  await vi.waitFor(() => expect(Date.now() - statSync(lock).mtimeMs).toBeLessThan(10_000));
  folder.release();
  expect(vi.getTimerCount()).toBe(0);
});
