/**
 * The folder DATA_DIR: which files are in it, who may use it, what becomes of files that cannot be used. Knows nothing of what the files say.
 */
import { closeSync, openSync, readFileSync, readlinkSync, rmSync, statSync, writeSync } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";

/** Files set aside that are kept, the newest. */
const ASIDE_MAX = 8;
const ASIDE = ".aside";
/** Files that are written under this name until they are whole. */
const DRAFT = ".new";
/** What players say is nobody's business but this process's. */
export const FILE_MODE = 0o600;
const NUMBER_DIGITS = 10;

/** DATA_DIR cannot be used; the message is for the operator. */
export class DataFolderError extends Error {}

export class DataFolder {
  readonly path: string;

  readonly #touching: NodeJS.Timeout;

  /** The folder is there and this process's; see `openDataFolder`. */
  constructor(path: string) {
    this.path = path;
    const touch = () => utimes(join(path, LOCK), new Date(), new Date()).catch(() => {});
    this.#touching = setInterval(touch, TOUCH_MS).unref();
  }

  /** The file of this kind and number. */
  file(kind: "snapshot" | "journal", number: number): string {
    return join(this.path, `${kind}-${String(number).padStart(NUMBER_DIGITS, "0")}`);
  }

  /** The name of a file until it is whole. */
  draft(file: string): string {
    return `${file}${DRAFT}`;
  }

  /** Numbers of the files of this kind, rising. */
  async numbers(kind: "snapshot" | "journal"): Promise<number[]> {
    const pattern = new RegExp(`^${kind}-(\\d{${NUMBER_DIGITS}})$`);
    const numbers = (await readdir(this.path)).flatMap((name) => pattern.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((a, b) => a - b);
  }

  /** Files of this kind with lower numbers are not needed any more. */
  async removeBefore(kind: "snapshot" | "journal", number: number): Promise<void> {
    for (const old of await this.numbers(kind)) if (old < number) await rm(this.file(kind, old), { force: true });
  }

  /** Puts a file out of the way that cannot be used, for whoever wants to look at it. Returns its new name. */
  async setAside(file: string): Promise<string> {
    const aside = `${file}${ASIDE}`;
    await rename(file, aside);
    await this.#thinAside();
    return aside;
  }

  /** As `setAside`, but the file stays as well. */
  async copyAside(file: string): Promise<string> {
    const aside = `${file}${ASIDE}`;
    await copyFile(file, aside);
    await this.#thinAside();
    return aside;
  }

  async #thinAside(): Promise<void> {
    const all = (await readdir(this.path)).filter((name) => name.endsWith(ASIDE)).sort();
    for (const name of all.slice(0, -ASIDE_MAX)) await rm(join(this.path, name), { force: true });
  }

  /** Makes new names in the folder outlast a loss of power. */
  async sync(): Promise<void> {
    // Windows opens no folders; there the file system keeps names by itself.
    if (process.platform === "win32") return;
    const folder = await open(this.path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** Another process may use the folder. Twice is harmless. */
  release(): void {
    clearInterval(this.#touching);
    rmSync(join(this.path, LOCK), { force: true });
  }
}

const LOCK = "lock";
/** Held for the moment in which a lock that was left behind is replaced. */
const TAKEOVER = "lock.takeover";
/** The owner touches its lock so often; untouched for the longer time it is of nobody that lives, ms. */
const TOUCH_MS = 1000;
const UNTOUCHED_MAX_MS = 5000;
const LOOK_MS = 100;

/** Makes the folder if need be and takes it for this process. Throws DataFolderError. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  try {
    await mkdir(path, { recursive: true });
    await lock(path);
    for (const name of await readdir(path))
      if (name.startsWith("snapshot-") && name.endsWith(DRAFT)) await rm(join(path, name));
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    throw new DataFolderError(`DATA_DIR ${path} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
  return new DataFolder(path);
}

/** A file that names the process; one whose process is gone is taken over, by exactly one. */
async function lock(path: string): Promise<void> {
  const file = join(path, LOCK);
  if (create(file)) return;
  const found = readText(file);
  if (!(await isLeft(file, found)) || !replace(path, found)) {
    const pid = ownerOf(readText(file))?.pid;
    throw new DataFolderError(`another server (process ${pid ?? "unknown"}) uses its DATA_DIR: ${file} says so`);
  }
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
