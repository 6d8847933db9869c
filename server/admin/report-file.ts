/**
 * Reports on disk, one JSON object a line. Written in the background; nobody waits for it, and a disk that is full or slow
 * costs reports in the file, never a tick. Two files of bounded size: the full one gives its place to a new one.
 */
import { appendFile, mkdir, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { LogLimiter } from "../log-limiter.ts";

const NAME = "reports.jsonl";
const OLDER_NAME = "reports.1.jsonl";
/** A report is at most about 30 kB, usually 2. */
export const FILE_BYTES_MAX = 8 << 20;
/** Lines that wait for the disk; further ones are lost, and that is logged. */
const LINES_WAITING_MAX = 200;

export class ReportFile {
  readonly #path: string;
  readonly #older: string;
  readonly #limiter: LogLimiter;
  readonly #bytesMax: number;
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;
  /** Of the newer file; undefined until it was looked at. */
  #bytes: number | undefined;

  constructor(dataDir: string, limiter: LogLimiter, bytesMax = FILE_BYTES_MAX) {
    this.#path = join(dataDir, NAME);
    this.#older = join(dataDir, OLDER_NAME);
    this.#limiter = limiter;
    this.#bytesMax = bytesMax;
  }

  append(report: object): void {
    if (this.#waiting.length === LINES_WAITING_MAX) {
      this.#limiter.warn("report-lost", {}, "a report is not in the file: the disk is too slow");
      return;
    }
    this.#waiting.push(`${JSON.stringify(report)}\n`);
    this.#writing ??= this.#write();
  }

  /** Resolves when all that was appended is written or lost. */
  async flushed(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writeLines(lines.join(""));
      } catch (error) {
        this.#bytes = undefined;
        this.#limiter.warn("report-lost", { err: error, lines: lines.length }, "reports could not be written");
      }
    }
    this.#writing = undefined;
  }

  async #writeLines(text: string): Promise<void> {
    if (this.#bytes === undefined) {
      await mkdir(dirname(this.#path), { recursive: true });
      this.#bytes = await sizeOf(this.#path);
    }
    const bytes = Buffer.byteLength(text);
    if (this.#bytes > 0 && this.#bytes + bytes > this.#bytesMax) {
      await rename(this.#path, this.#older);
      this.#bytes = 0;
    }
    // Names, addresses and what was said: nobody else's business.
    await appendFile(this.#path, text, { mode: 0o600 });
    this.#bytes += bytes;
  }
}

/** 0 if there is no file. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}
