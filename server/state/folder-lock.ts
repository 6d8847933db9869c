/**
 * Who may use a folder: a file in it names the process, and its owner touches it. One whose process is gone is taken over; where the
 * process cannot be seen, in another container or on another machine, the touches say whether it lives.
 */
import { closeSync, openSync, readFileSync, readlinkSync, rmSync, statSync, writeSync } from "node:fs";
import { utimes } from "node:fs/promises";
import { join } from "node:path";

const LOCK = "lock";
/** Held for the moment in which a lock that was left behind is replaced. */
const TAKEOVER = "lock.takeover";
/** The owner touches its lock so often; untouched for the longer time it is of nobody that lives, ms. */
const TOUCH_MS = 1000;
const UNTOUCHED_MAX_MS = 5000;
const LOOK_MS = 100;

export interface FolderLock {
  /** Another process may take it. Twice is harmless. */
  release(): void;
}

/** Takes the lock, one of all who try; or says whose it is, and in which file. Throws if the folder cannot be used. */
export async function takeLock(path: string): Promise<FolderLock | { readonly owner: string; readonly file: string }> {
  const file = join(path, LOCK);
  if (!create(file)) {
    const found = readText(file);
    if (!(await isLeft(file, found)) || !replace(path, found)) {
      return { owner: `process ${ownerOf(readText(file))?.pid ?? "unknown"}`, file };
    }
  }
  const touch = () => utimes(file, new Date(), new Date()).catch(() => {});
  const touching = setInterval(touch, TOUCH_MS).unref();
  return {
    release() {
      clearInterval(touching);
      rmSync(file, { force: true });
    },
  };
}

/** False if there is one. */
function create(file: string): boolean {
  try {
    const descriptor = openSync(file, "wx");
    writeSync(descriptor, `${process.pid} ${markOf(process.pid) ?? ""}\n`);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return false;
  }
}

/** Takes the place of a lock that says `found`. False if somebody else is about it, or was faster. */
function replace(path: string, found: string): boolean {
  const takeover = join(path, TAKEOVER);
  // Whoever held it for longer than a moment has died over it.
  if (untouchedMs(takeover) > UNTOUCHED_MAX_MS) rmSync(takeover, { force: true });
  if (!create(takeover)) return false;
  try {
    const file = join(path, LOCK);
    if (readText(file) !== found) return false;
    rmSync(file, { force: true });
    return create(file);
  } finally {
    rmSync(takeover, { force: true });
  }
}

/** Whether the lock is of nobody that lives. Takes its time where only the owner's touches can tell. */
async function isLeft(file: string, text: string): Promise<boolean> {
  const owner = ownerOf(text);
  const isJudged = text !== "" && (owner === undefined || !isElsewhere(owner));
  if (isJudged) return owner === undefined || !isAlive(owner);
  const touchedMs = mtimeMs(file);
  const sinceMs = performance.now();
  // The time of the file may be another machine's: it counts that it changes.
  while (untouchedMs(file) <= UNTOUCHED_MAX_MS && performance.now() - sinceMs < UNTOUCHED_MAX_MS) {
    if (readText(file) !== text || mtimeMs(file) !== touchedMs) return false;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return true;
}

/** Whether the process cannot be seen from here: it is in another container, or on another machine. */
function isElsewhere({ mark }: Owner): boolean {
  const [boot, , namespace] = mark.split(" ");
  const [ownBoot, , ownNamespace] = markOf(process.pid)?.split(" ") ?? [];
  return namespace !== undefined && (boot !== ownBoot || namespace !== ownNamespace);
}

/** 0 if there is no such file. */
function mtimeMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function untouchedMs(file: string): number {
  return Date.now() - mtimeMs(file);
}

interface Owner {
  readonly pid: number;
  readonly mark: string;
}

/** "" if there is none. */
function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function ownerOf(text: string): Owner | undefined {
  const match = /^(\d+) ?(.*)\n$/.exec(text);
  return match === null ? undefined : { pid: Number(match[1]), mark: match[2] };
}

/** Whether the very process lives: numbers are used again, after a restart of a container nearly always. */
function isAlive({ pid, mark }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is one, too.
    if (codeOf(error) !== "EPERM") return false;
  }
  const present = markOf(pid);
  // This process has not locked anything by now, or its other server in it has: that one's mark is the same.
  return present === undefined ? pid !== process.pid : present === mark;
}

/** Since which start of the machine, when the process began, and this process's space of process numbers; undefined where Linux's /proc is not, or for one that has ended. */
function markOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name may hold spaces and brackets; what follows it are the fields from the third on.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const isEnded = fields[0] === "Z" || fields[0] === "X";
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return isEnded ? "ended" : `${boot} ${fields[19]} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
