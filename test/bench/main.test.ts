/** The bench's command as a process: what it refuses before it measures, and that it leaves nothing behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, expect, test, vi } from "vitest";

const MAIN = join(import.meta.dirname, "../../bench/main.ts");
const folder = mkdtempSync(join(tmpdir(), "shoal-bench-"));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});
afterAll(() => rmSync(folder, { recursive: true }));

function bench(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  // Below npm Shoal itself looks whether its parent is there.
  const { npm_lifecycle_event: _, ...plain } = process.env;
  const all = [MAIN, ...args, "--json", join(folder, "out.json")];
  const child = spawn(process.execPath, all, { stdio: ["ignore", "pipe", "pipe"], env: { ...plain, ...env } });
  started.push(child);
  return child;
}

test.each(["missing.json", "broken.json"])("with %s to compare with, it ends before it measures", async (name) => {
  writeFileSync(join(folder, "broken.json"), "{");
  const child = bench(["--scenario", "rest", "--seconds", "600", "--compare", join(folder, name)]);
  const [[code], words, progress] = await Promise.all([once(child, "exit"), text(child.stderr), text(child.stdout)]);
  expect({ code, progress }).toEqual({ code: 2, progress: "" });
  expect(words).toMatch(/^cannot read .*missing\.json: |^.*broken\.json is not JSON: /);
});

test("a server that does not start is told at once, and the run counts as failed", async () => {
  // Shoal refuses this and ends; the floor does not read it.
  const args = ["--scenario", "rest", "--players", "10", "--seconds", "1", "--rounds", "1"];
  const child = bench(args, { HOST: "no host" });
  const [[code], words] = await Promise.all([once(child, "exit"), text(child.stderr), text(child.stdout)]);
  expect(words).toMatch(/rest \/ shoal, round 1 failed: the server ended with \d+ before it was ready/);
  expect(code).toBe(1);
}, 30_000);

// Who a process's children are is read from /proc.
test.skipIf(process.platform !== "linux").each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
  "its server and load end with it, even by %s to it alone",
  async (signal) => {
    const runner = bench(["--scenario", "rest", "--players", "10", "--seconds", "600", "--rounds", "1"]);
    const childrenOf = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    const waiting = { timeout: 15_000, interval: 50 };
    const children = await vi.waitFor(() => {
      const found = childrenOf(runner.pid ?? 0);
      expect(found).toHaveLength(2);
      return found;
    }, waiting);
    runner.kill(signal);
    await once(runner, "exit");
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), waiting);
  },
  40_000,
);

/** One that has ended and that nobody asked about yet is a zombie: it has no command line. */
function isAlive(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
  } catch {
    return false;
  }
}
