/**
 * The folder DATA_DIR: which files are in it, who may use it, what becomes of files that cannot be used. Knows nothing of what the files say.
 */
import { copyFile, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type FolderLock, takeLock } from "./folder-lock.ts";

/** Files set aside that are kept, the newest. */
const ASIDE_MAX = 8;
const ASIDE = ".aside";
/** Files that are written under this name until they are whole. */
const DRAFT = ".new";
/** What players say is nobody's business but this process's. */
export const FILE_MODE = 0o600;
const NUMBER_DIGITS = 10;
/** What a server leaves there: a folder that has any of it is taken for its own. */
const OWN = /^(lock(\.takeover)?|(snapshot|journal)-\d{10}(\..+)?|bans\.json(\..+)?|reports(\.\d+)?\.jsonl)$/;
/** What file systems and desktops put into folders that are somebody else's. */
const NOBODYS = /^(\..*|lost\+found|System Volume Information|\$RECYCLE\.BIN)$/;
const FOREIGN_SHOWN_MAX = 3;

/** DATA_DIR cannot be used; the message is for the operator. */
export class DataFolderError extends Error {}

export class DataFolder {
  readonly path: string;
  readonly #lock: FolderLock;

  /** The folder is there and this process's; see `openDataFolder`. */
  constructor(path: string, lock: FolderLock) {
    this.path = path;
    this.#lock = lock;
  }

  /** To be called before each write: throws if another server has taken the folder over. */
  mustBeOwn(): void {
    if (!this.#lock.isOwn()) throw new DataFolderError(`another server has taken DATA_DIR ${this.path} over`);
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
    for (const old of await this.numbers(kind)) {
      if (old >= number) return;
      this.mustBeOwn();
      await rm(this.file(kind, old), { force: true });
    }
  }

  /** Puts a file out of the way that cannot be used, for whoever wants to look at it. Returns its new name. */
  async setAside(file: string): Promise<string> {
    const aside = `${file}${ASIDE}`;
    await rename(file, aside);
    await this.#thinAside(aside);
    return aside;
  }

  /** As `setAside`, but the file stays as well. */
  async copyAside(file: string): Promise<string> {
    const aside = `${file}${ASIDE}`;
    await copyFile(file, aside);
    await this.#thinAside(aside);
    return aside;
  }

  /** `newest` has just been set aside: somebody has been told its name, or will be. */
  async #thinAside(newest: string): Promise<void> {
    // A file that is renamed keeps its time: from here on it is that of the setting aside.
    await utimes(newest, new Date(), new Date());
    const others: { file: string; mtimeMs: number }[] = [];
    for (const name of await readdir(this.path)) {
      const file = join(this.path, name);
      if (name.endsWith(ASIDE) && file !== newest) others.push({ file, mtimeMs: (await stat(file)).mtimeMs });
    }
    others.sort((a, b) => b.mtimeMs - a.mtimeMs);
    for (const { file } of others.slice(ASIDE_MAX - 1)) await rm(file, { force: true });
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
    this.#lock.release();
  }
}

/**
 * Makes the folder if need be and takes it for this process. `onLost`, called once: this process stood still for so long that another
 * server has taken the folder over. Throws DataFolderError.
 */
export async function openDataFolder(path: string, onLost: () => void): Promise<DataFolder> {
  try {
    await makeFolder(resolve(path));
    mustNotBeForeign(path, await readdir(path));
    const lock = await takeLock(path, onLost);
    if ("owner" in lock)
      throw new DataFolderError(`another server (${lock.owner}) uses its DATA_DIR: ${lock.file} says so`);
    for (const name of await readdir(path))
      if (name.startsWith("snapshot-") && name.endsWith(DRAFT)) await rm(join(path, name));
    return new DataFolder(path, lock);
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    throw new DataFolderError(`DATA_DIR ${path} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
}

/** Throws for a folder that has a use already, such as /tmp: nobody would find what is whose in it. */
function mustNotBeForeign(path: string, names: readonly string[]): void {
  const foreign = names.filter((name) => !NOBODYS.test(name));
  if (foreign.length === 0 || names.some((name) => OWN.test(name))) return;
  const shown = foreign.slice(0, FOREIGN_SHOWN_MAX).map((name) => JSON.stringify(name.slice(0, 40)));
  const more = foreign.length > FOREIGN_SHOWN_MAX ? ` and ${foreign.length - FOREIGN_SHOWN_MAX} more` : "";
  throw new DataFolderError(
    `DATA_DIR ${path} has files of something else (${shown.join(", ")}${more}): choose a new or an empty folder, such as ${join(path, "shoal")}`,
  );
}

/** One level at a time: Node's own `recursive` never ends where a folder takes no new names and says that there is none, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  try {
    await mkdir(path);
  } catch (error) {
    // Another server may have been faster.
    if (!(await isFolder(path))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
