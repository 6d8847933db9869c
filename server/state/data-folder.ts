/**
 * The folder DATA_DIR: which files are in it, who may use it, what becomes of files that cannot be used. Knows nothing of what the files say.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm } from "node:fs/promises";
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

  /** The folder is there and this process's; see `openDataFolder`. */
  constructor(path: string) {
    this.path = path;
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
    rmSync(join(this.path, LOCK), { force: true });
  }
}

const LOCK = "lock";

/** Makes the folder if need be and takes it for this process. Throws DataFolderError. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  try {
    await mkdir(path, { recursive: true });
    lock(join(path, LOCK));
    for (const name of await readdir(path))
      if (name.startsWith("snapshot-") && name.endsWith(DRAFT)) await rm(join(path, name));
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    throw new DataFolderError(`DATA_DIR ${path} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
  return new DataFolder(path);
}

/** A file that names the process; one whose process is gone is taken over. */
function lock(file: string): void {
  // A second try, for one that was left behind; if it comes back at once somebody else was faster.
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const descriptor = openSync(file, "wx");
      writeSync(descriptor, `${process.pid} ${markOf(process.pid) ?? ""}\n`);
      closeSync(descriptor);
      return;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const owner = readOwner(file);
    if (owner !== undefined && isAlive(owner)) break;
    rmSync(file, { force: true });
  }
  const pid = readOwner(file)?.pid;
  throw new DataFolderError(`another server (process ${pid ?? "unknown"}) uses its DATA_DIR: ${file} says so`);
}

interface Owner {
  readonly pid: number;
  readonly mark: string;
}

function readOwner(file: string): Owner | undefined {
  try {
    const match = /^(\d+) ?(.*)\n$/.exec(readFileSync(file, "utf8"));
    return match === null ? undefined : { pid: Number(match[1]), mark: match[2] };
  } catch {
    return undefined;
  }
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

/** When the process began and since which start of the machine; undefined where Linux's /proc is not, or for one that has ended. */
function markOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name may hold spaces and brackets; what follows it are the fields from the third on.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const isEnded = fields[0] === "Z" || fields[0] === "X";
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return isEnded ? "ended" : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
