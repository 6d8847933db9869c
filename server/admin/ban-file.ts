/**
 * The bans on disk: read once at the start, written whole after each change, by a new file that takes the old one's place.
 * What cannot be read is set aside with a message and stops nothing. Knows nothing of who is banned.
 */
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Logger } from "../log.ts";
import { BANS_MAX, type Ban, banRecord, readBanRecord } from "./bans.ts";

const NAME = "bans.json";
const VERSION = 1;
/** Ten times what BANS_MAX bans take: more was not written by this program. */
const FILE_BYTES_MAX = 8 << 20;

export class BanFile {
  readonly #path: string;
  readonly #log: Logger;
  /** Ends when all that was asked for so far is written. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(dataDir: string, log: Logger) {
    this.#path = join(dataDir, NAME);
    this.#log = log;
  }

  /** What is on disk. Reads in one go: called before the server listens. */
  load(): Ban[] {
    try {
      const text = readFileSync(this.#path, "utf8");
      return this.#read(text);
    } catch (error) {
      if (isMissing(error)) return [];
      this.#setAside(error instanceof Error ? error.message : "it cannot be read");
      return [];
    }
  }

  /** Puts `bans` in place of what is on disk. Rejects if that does not work; the old file is whole then. */
  save(bans: readonly Ban[]): Promise<void> {
    const text = fileText(bans);
    // One after the other: two at once would write into the same new file.
    const written = this.#writing.then(() => replaceFile(this.#path, text));
    this.#writing = written.catch(() => {});
    return written;
  }

  #read(text: string): Ban[] {
    if (text.length > FILE_BYTES_MAX) throw new Error("it is too large");
    const file: unknown = JSON.parse(text);
    const { version, bans } = (file ?? {}) as { version?: unknown; bans?: unknown };
    if (version !== VERSION) throw new Error(`its version is not ${VERSION}`);
    if (!Array.isArray(bans)) throw new Error("it has no bans");
    const read = bans.slice(0, BANS_MAX).map(readBanRecord);
    const good = read.filter((ban) => ban !== undefined);
    // Those that can be read count all the same, now and at the next start.
    if (good.length < bans.length)
      this.#replaceAtStart(good, `${bans.length - good.length} of its bans cannot be read`);
    return good;
  }

  /** Keeps the file aside as it is, and puts those that can be read in its place. At no moment there is none. */
  #replaceAtStart(good: readonly Ban[], why: string): void {
    const aside = this.#asideName();
    try {
      copyFileSync(this.#path, aside);
      const fresh = `${this.#path}.new`;
      writeFileSync(fresh, fileText(good), { mode: 0o600, flush: true });
      renameSync(fresh, this.#path);
      this.#log.error({ file: this.#path, aside, why, kept: good.length }, "the file of bans is set aside");
    } catch (error) {
      this.#log.error({ file: this.#path, why, err: error }, "the file of bans cannot be mended: it stays as it is");
    }
  }

  #asideName(): string {
    return `${this.#path}.aside-${Date.now()}`;
  }

  #setAside(why: string): void {
    const aside = this.#asideName();
    try {
      renameSync(this.#path, aside);
      this.#log.error({ file: this.#path, aside, why }, "the file of bans is set aside");
    } catch (error) {
      this.#log.error({ file: this.#path, why, err: error }, "the file of bans cannot be read, nor set aside");
    }
  }
}

function fileText(bans: readonly Ban[]): string {
  return `${JSON.stringify({ version: VERSION, bans: bans.map(banRecord) }, undefined, 1)}\n`;
}

/** Readers see the old content or the new one, even if the machine stops in between. */
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  // Who was banned from where is nobody else's business.
  const file = await open(fresh, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
