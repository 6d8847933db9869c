/**
 * Who may use a folder: a file in it names the process, and its owner touches it. One whose process is gone is taken over; where the
 * process cannot be seen, in another container or on another machine, the touches say whether it lives. An owner that stood still for
 * so long that it was taken for dead finds another's file there, and is the owner no more.
 */
import { randomUUID } from "node:crypto";
import { closeSync, openSync, readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeSync } from "node:fs";
import { readFile, utimes } from "node:fs/promises";
import { join } from "node:path";

const LOCK = "lock";
/** Held for the moment in which a lock that was left behind is replaced. */
const TAKEOVER = "lock.takeover";
/** The owner touches its lock so often; untouched for the longer time it is of nobody that lives, ms. */
const TOUCH_MS = 1000;
const UNTOUCHED_MAX_MS = 5000;
/** An owner that could not touch it for this time looks whose it is before it writes: well before another may take it, ms. */
const UNSEEN_MAX_MS = 3000;
const LOOK_MS = 100;

export interface FolderLock {
  /** Whether it is still this owner's; to be asked before each write. Looks at the file only if it was not seen for a while. */
  isOwn(): boolean;
  /** Another process may take it. What another has taken stays. Twice is harmless. */
  release(): void;
}

/**
 * Takes the lock, one of all who try; or says whose it is, and in which file. `onLost`, called once: another has taken it in turn.
 * Throws if the folder cannot be used.
 */
export async function takeLock(
  path: string,
  onLost: () => void,
): Promise<FolderLock | { readonly owner: string; readonly file: string }> {
  const file = join(path, LOCK);
  // The last line makes it this very owner's: a process may lock twice, and a machine's clone is the same in all else.
  const text = `${process.pid} ${markOf(process.pid) ?? ""}\n${randomUUID()}\n`;
  if (!create(file, text)) {
    const found = readText(file);
    if (!(await isLeft(file, found)) || !replace({ path, found, text })) {
      return { owner: `process ${ownerOf(readText(file))?.pid ?? "unknown"}`, file };
    }
  }
  return new OwnLock(file, text, onLost);
}

class OwnLock implements FolderLock {
  readonly #file: string;
  readonly #text: string;
  readonly #onLost: () => void;
  readonly #touching: NodeJS.Timeout;
  /** When the look began by which it was this owner's and could be touched. */
  #seen = now();
  #state: "own" | "lost" | "released" = "own";

  constructor(file: string, text: string, onLost: () => void) {
    this.#file = file;
    this.#text = text;
    this.#onLost = onLost;
    this.#touching = setInterval(() => void this.#lookAside(), TOUCH_MS).unref();
  }

  isOwn(): boolean {
    if (this.#state === "own" && msSince(this.#seen) > UNSEEN_MAX_MS) this.#look();
    return this.#state === "own";
  }

  release(): void {
    clearInterval(this.#touching);
    // A look may be under way: what it finds is nobody's loss any more.
    this.#state = "released";
    if (readText(this.#file) === this.#text) rmSync(this.#file, { force: true });
  }

  #look(): void {
    const begun = now();
    try {
      if (!this.#judge(readFileSync(this.#file, "utf8"))) return;
      utimesSync(this.#file, new Date(), new Date());
      this.#seen = begun;
    } catch (error) {
      this.#noteError(error);
    }
  }

  /** The same, off the tick path. */
  async #lookAside(): Promise<void> {
    const begun = now();
    try {
      if (!this.#judge(await readFile(this.#file, "utf8"))) return;
      await utimes(this.#file, new Date(), new Date());
      this.#seen = begun;
    } catch (error) {
      this.#noteError(error);
    }
  }

  #judge(text: string): boolean {
    if (text !== this.#text) this.#lose();
    return this.#state === "own";
  }

  /** A disk that fails proves nothing. Where only the lock is gone nobody has the folder now, but after a while somebody may have had it. */
  #noteError(error: unknown): void {
    if (codeOf(error) !== "ENOENT" || this.#state !== "own") return;
    try {
      const isTaken = !create(this.#file, this.#text);
      if (isTaken || msSince(this.#seen) > UNSEEN_MAX_MS) this.#lose();
    } catch {
      // The folder is gone, too, or takes no files: whoever writes there will be told.
    }
  }

  #lose(): void {
    if (this.#state !== "own") return;
    this.release();
    this.#state = "lost";
    this.#onLost();
  }
}

interface Moment {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

function now(): Moment {
  return { monotonicMs: performance.now(), wallMs: Date.now() };
}

/** By the clock that says more: the one stands still while a machine sleeps, the other may be set. */
function msSince({ monotonicMs, wallMs }: Moment): number {
  return Math.max(performance.now() - monotonicMs, Date.now() - wallMs);
}

/** False if there is one. One that cannot be written, on a full disk, goes again: it would be taken for another server's. */
function create(file: string, text: string): boolean {
  const descriptor = openNew(file);
  if (descriptor === undefined) return false;
  try {
    writeSync(descriptor, text);
    return true;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Undefined if there is one. */
function openNew(file: string): number | undefined {
  try {
    return openSync(file, "wx");
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return undefined;
  }
}

interface Replacement {
  readonly path: string;
  readonly found: string;
  readonly text: string;
}

/** Takes the place of a lock that says `found`. False if somebody else is about it, or was faster. */
function replace({ path, found, text }: Replacement): boolean {
  const takeover = join(path, TAKEOVER);
  // Whoever held it for longer than a moment has died over it.
  if (untouchedMs(takeover) > UNTOUCHED_MAX_MS) rmSync(takeover, { force: true });
  if (!create(takeover, text)) return false;
  try {
    const file = join(path, LOCK);
    if (readText(file) !== found) return false;
    rmSync(file, { force: true });
    return create(file, text);
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
  // On another machine the clock is another, and so is the file's time: all that counts is whether it changes.
  const isTimeOwn = owner !== undefined && bootOf(owner.mark) === bootOf(markOf(process.pid) ?? "");
  const isUnchanged = () => readText(file) === text && mtimeMs(file) === touchedMs;
  while (performance.now() - sinceMs < UNTOUCHED_MAX_MS && isUnchanged()) {
    if (isTimeOwn && untouchedMs(file) > UNTOUCHED_MAX_MS) break;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return isUnchanged();
}

/** Which start of which machine. */
function bootOf(mark: string): string {
  return mark.split(" ")[0];
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
  const match = /^(\d+) ?(.*)\n(?:\S+\n)?$/.exec(text);
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
