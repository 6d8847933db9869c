/** Who may use DATA_DIR, also where the owner cannot be seen: in another container, on another machine. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { DataFolderError, openDataFolder } from "../../server/state/data-folder.ts";

function setUp() {
  const path = mkdtempSync(join(tmpdir(), "shoal-folder-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const lock = join(path, "lock");
  const touch = (agoMs: number, file = lock) =>
    utimesSync(file, (Date.now() - agoMs) / 1000, (Date.now() - agoMs) / 1000);
  return { path, lock, touch };
}

const open = (path: string, onLost = () => {}) => openDataFolder(path, onLost);

test("S22 a folder is made with all above it, and where none can be made it ends with words", async () => {
  const { path } = setUp();
  const deep = join(path, "a", "b", "c");
  (await open(deep)).release();
  expect(statSync(deep).isDirectory()).toBe(true);
  writeFileSync(join(path, "file"), "");
  await expect(open(join(path, "file", "x"))).rejects.toThrow(/DATA_DIR .* cannot be used: E/);
  await expect(open(join(path, "file"))).rejects.toThrow(/DATA_DIR .* cannot be used: E/);
});

test("S22 a folder that has files of something else and none of a server is refused, and stays as it was", async () => {
  const { path } = setUp();
  for (const name of ["a", "b.txt", "journal", "snapshot-1"]) writeFileSync(join(path, name), "");
  const words = `DATA_DIR ${path} has files of something else ("a", "b.txt", "journal" and 1 more): choose a new or`;
  await expect(open(path)).rejects.toThrow(words);
  expect(await readdir(path)).toHaveLength(4);
  // What any server before has left makes it its own.
  for (const own of ["lock", "journal-0000000001", "snapshot-0000000001.aside", "bans.json", "reports.1.jsonl"]) {
    writeFileSync(join(path, own), "left behind");
    (await open(path)).release();
    rmSync(join(path, own), { force: true });
    await expect(open(path), own).rejects.toThrow(words);
  }
});

test("S22 what a file system puts into an empty folder does not make it another's", async () => {
  const { path } = setUp();
  for (const name of ["lost+found", ".gitkeep"]) writeFileSync(join(path, name), "");
  (await open(path)).release();
});

// A process of its own: what turns in a loop there in Node cannot be ended from within.
test.runIf(process.platform === "linux")("S22 where a folder takes no names and says there is none, too", () => {
  const module = join(import.meta.dirname, "../../server/state/data-folder.ts");
  const script = `import { openDataFolder } from ${JSON.stringify(module)};
    openDataFolder("/proc/shoal/x", () => {}).catch((error) => console.log(error.message));`;
  const args = ["--input-type=module-typescript", "--eval", script];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 5000, killSignal: "SIGKILL" });
  expect(stdout).toMatch(/^DATA_DIR .* cannot be used: ENOENT/);
});

/** A process on another machine, and one of another container on this one. */
const ELSEWHERE = "1 other-boot 77 pid:[1]\n";
const NEARBY =
  process.platform === "linux"
    ? `1 ${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} 77 pid:[1]\n`
    : ELSEWHERE;

// A process of its own: one that may write no bytes is as one on a full disk.
test.runIf(existsSync("/usr/bin/prlimit"))(
  "S22 on a full disk each start says so, and blames no other server",
  async () => {
    const { path, lock } = setUp();
    const module = join(import.meta.dirname, "../../server/state/data-folder.ts");
    const script = `import { openDataFolder } from ${JSON.stringify(module)};
    for (let i = 0; i < 2; i++) await openDataFolder(${JSON.stringify(path)}, () => {}).catch((error) => console.log(error.message));`;
    const args = ["--fsize=0", process.execPath, "--input-type=module-typescript", "--eval", script];
    // First in a new folder, then in one of a process that is gone.
    for (const left of [[], ["lock"]]) {
      if (left.length > 0) writeFileSync(lock, "99999999 gone\n");
      const { stdout } = spawnSync("/usr/bin/prlimit", args, { encoding: "utf8", timeout: 5000 });
      expect(stdout).toMatch(/^(DATA_DIR .* cannot be used: EFBIG.*\n){2}$/);
      expect(await readdir(path)).toEqual(left);
    }
  },
);

test("S22 a lock of a process that cannot be seen is another server's while it is touched", async () => {
  const { path, lock, touch } = setUp();
  writeFileSync(lock, ELSEWHERE);
  const timer = setInterval(() => touch(0), 50);
  onTestFinished(() => clearInterval(timer));
  await expect(open(path)).rejects.toThrow(DataFolderError);
  expect(readFileSync(lock, "utf8")).toBe(ELSEWHERE);
});

test.runIf(process.platform === "linux")("S22 untouched for five seconds it is taken over", async () => {
  const { path, lock, touch } = setUp();
  writeFileSync(lock, NEARBY);
  touch(4700);
  const folder = await open(path);
  expect(readFileSync(lock, "utf8")).toMatch(new RegExp(`^${process.pid} `));
  folder.release();
  expect(existsSync(lock)).toBe(false);
});

test("S22 of another machine, whose clock may be late, it is watched for five seconds", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const { path, lock, touch } = setUp();
  const opened = async (meanwhile: () => void) => {
    writeFileSync(lock, ELSEWHERE);
    touch(60_000);
    const opening = Promise.allSettled([open(path)]);
    // The folder is made before the lock is looked at.
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    await vi.advanceTimersByTimeAsync(4500);
    meanwhile();
    await vi.advanceTimersByTimeAsync(700);
    const [result] = await opening;
    if (result.status === "fulfilled") result.value.release();
    return result.status;
  };
  expect(await opened(() => touch(59_000))).toBe("rejected");
  expect(await opened(() => {})).toBe("fulfilled");
});

test.runIf(process.platform === "linux")(
  "S22 of those who find one lock that was left behind one replaces it",
  async () => {
    const { path, lock, touch } = setUp();
    writeFileSync(lock, NEARBY);
    touch(60_000);
    const takeover = join(path, "lock.takeover");
    writeFileSync(takeover, "");
    await expect(open(path)).rejects.toThrow(DataFolderError);
    expect(readFileSync(lock, "utf8")).toBe(NEARBY);
    // Whoever was about to do so has died over it.
    touch(60_000, takeover);
    const opened = await Promise.allSettled([open(path), open(path), open(path)]);
    expect(opened.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(existsSync(takeover)).toBe(false);
    for (const one of opened) if (one.status === "fulfilled") one.value.release();
  },
);

test.runIf(process.platform === "linux")("S22 a process of this machine that is gone is not waited for", async () => {
  const { path, lock } = setUp();
  (await open(path)).release();
  const folder = await open(path);
  const text = readFileSync(lock, "utf8").replace(/^\d+/, "999999999");
  folder.release();
  writeFileSync(lock, text);
  const sinceMs = performance.now();
  (await open(path)).release();
  expect(performance.now() - sinceMs).toBeLessThan(500);
});

test("S22 the owner touches its lock every second", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { path, lock, touch } = setUp();
  const folder = await open(path);
  touch(60_000);
  vi.advanceTimersByTime(1000);
  await vi.waitFor(() => expect(Date.now() - statSync(lock).mtimeMs).toBeLessThan(10_000));
  folder.release();
  expect(vi.getTimerCount()).toBe(0);
});

test("S20 of files set aside the newest eight stay, whatever they are called, and always the one just set aside", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  onTestFinished(() => void vi.useRealTimers());
  const { path, touch } = setUp();
  const folder = await open(path);
  onTestFinished(() => folder.release());
  const setAside = (kind: "snapshot" | "journal", number: number) => {
    vi.setSystemTime(Date.now() + 10);
    const file = folder.file(kind, number);
    writeFileSync(file, "");
    // Written long ago, the later the longer.
    touch(60_000 * number, file);
    return folder.setAside(file);
  };
  const snapshots: string[] = [];
  for (let number = 1; number <= 8; number++) snapshots.push(await setAside("snapshot", number));
  const journals = [await setAside("journal", 9000), await setAside("journal", 9001)];
  expect([...snapshots, ...journals].map((file) => existsSync(file))).toEqual([false, false, ...Array(8).fill(true)]);
});

describe("an owner that stood still", () => {
  /** Owns a folder at a time that the test moves; timers run only when it says so. */
  async function setUpOwner() {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: Date.now() });
    onTestFinished(() => void vi.useRealTimers());
    const { path, lock, touch } = setUp();
    const onLost = vi.fn();
    const folder = await open(path, onLost);
    onTestFinished(() => folder.release());
    const own = readFileSync(lock, "utf8");
    return { path, lock, touch, folder, onLost, own };
  }

  test("S22 looks before it writes, finds another server, and neither writes nor touches nor deletes", async () => {
    const { lock, touch, folder, onLost } = await setUpOwner();
    const journal = folder.file("journal", 1);
    writeFileSync(journal, "of the other");
    vi.setSystemTime(Date.now() + 3001);
    writeFileSync(lock, ELSEWHERE);
    touch(4000);
    const touchedMs = statSync(lock).mtimeMs;
    expect(() => folder.mustBeOwn()).toThrow("another server has taken");
    await expect(folder.removeBefore("journal", 9)).rejects.toThrow(DataFolderError);
    expect(readFileSync(journal, "utf8")).toBe("of the other");
    expect(onLost).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
    folder.release();
    expect(readFileSync(lock, "utf8")).toBe(ELSEWHERE);
    expect(statSync(lock).mtimeMs).toBe(touchedMs);
  });

  test("S22 finds the lock its own, touches it, and goes on", async () => {
    const { lock, touch, folder, onLost } = await setUpOwner();
    vi.setSystemTime(Date.now() + 60_000);
    touch(30_000);
    folder.mustBeOwn();
    expect(Date.now() - statSync(lock).mtimeMs).toBeLessThan(1000);
    expect(onLost).not.toHaveBeenCalled();
  });

  test("S22 learns of a takeover with the next touch, if it writes nothing", async () => {
    const { lock, folder, onLost } = await setUpOwner();
    writeFileSync(lock, ELSEWHERE);
    vi.advanceTimersByTime(1000);
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce());
    expect(() => folder.mustBeOwn()).toThrow("another server has taken");
  });

  test("S22 whose lock is gone takes it again, but after a while somebody else may have had the folder", async () => {
    const { lock, folder, onLost, own } = await setUpOwner();
    rmSync(lock);
    vi.advanceTimersByTime(1000);
    await vi.waitFor(() => expect(existsSync(lock)).toBe(true));
    expect(readFileSync(lock, "utf8")).toBe(own);
    rmSync(lock);
    vi.setSystemTime(Date.now() + 3001);
    expect(() => folder.mustBeOwn()).toThrow("another server has taken");
    expect(onLost).toHaveBeenCalledOnce();
  });

  test("S22 S19 whose folder is gone for however long is no other's loss: writing fails, and the game goes on", async () => {
    const { path, folder, onLost } = await setUpOwner();
    rmSync(path, { recursive: true });
    vi.setSystemTime(Date.now() + 60_000);
    folder.mustBeOwn();
    expect(onLost).not.toHaveBeenCalled();
  });

  test("S22 a look that is under way when the folder is let go takes nothing back", async () => {
    const { lock, folder, onLost } = await setUpOwner();
    rmSync(lock);
    vi.advanceTimersByTime(1000);
    folder.release();
    folder.release();
    // The look was asked for before these, and is answered before their last.
    for (let i = 0; i < 20; i++) await readdir(folder.path);
    expect(existsSync(lock)).toBe(false);
    expect(onLost).not.toHaveBeenCalled();
  });
});
