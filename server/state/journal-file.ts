/**
 * What came of client events, written each tick before its frames go out: the page cache outlives the process, so one write and no fsync. Files are
 * opened ahead, off the tick path; one follows another when a snapshot has been taken. Knows nothing of what it writes.
 */
import { writeSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { ByteWriter } from "../../proto/wire.ts";
import { type DataFolder, FILE_MODE } from "./data-folder.ts";
import { HEAD_BYTES, SEAL_BYTES, writeHead, writeSeal } from "./sealed-file.ts";

export interface JournalOptions {
  readonly folder: DataFolder;
  /** Number of the first file. */
  readonly first: number;
  /** The message that a file begins with. */
  begin(): Uint8Array;
}

export class Journal {
  /** Number of the file that is written. */
  number: number;
  /** From the moment that something could not be written until the next file: what is written here now would not be read. */
  isBroken = false;
  readonly #options: JournalOptions;
  #file: FileHandle;
  /** The file to go on with; undefined until it is open. */
  #next: FileHandle | undefined;
  /** Under way. */
  #opening: Promise<void> | undefined;
  #isClosed = false;

  /** Begins the first file. Throws what the file system says. */
  static async open(options: JournalOptions): Promise<Journal> {
    return new Journal(options, await openFile(options, options.first));
  }

  private constructor(options: JournalOptions, file: FileHandle) {
    this.#options = options;
    this.#file = file;
    this.number = options.first;
  }

  /** Writes a sealed part: `part` has room for the seal in front. Throws what the file system says, once a file. */
  append(part: ByteWriter): void {
    if (this.isBroken || this.#isClosed) return;
    writeSeal(part.bytes, 0, part.length);
    this.#write(this.#file, part.bytes, part.length);
  }

  /** Opens the next file, to have it when it is wanted. */
  prepare(): Promise<void> {
    if (this.#next !== undefined || this.#isClosed) return Promise.resolve();
    this.#opening ??= this.#openNext().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #openNext(): Promise<void> {
    const next = await openFile(this.#options, this.number + 1);
    if (this.#isClosed) await next.close();
    else this.#next = next;
  }

  /** What follows goes to the next file, if that is ready; otherwise this one goes on. */
  switch(): void {
    if (this.#next === undefined) return;
    // Nobody waits for it: the descriptor is not used any more.
    this.#file.close().catch(() => {});
    this.#file = this.#next;
    this.#next = undefined;
    this.number++;
    this.isBroken = false;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // A file that appears after the folder was let go would be in the next server's way.
    await this.#opening?.catch(() => {});
    await this.#file.close();
    await this.#next?.close();
  }

  #write(file: FileHandle, bytes: Uint8Array, length: number): void {
    try {
      for (let at = 0; at < length; ) at += writeSync(file.fd, bytes, at, length - at);
    } catch (error) {
      this.isBroken = true;
      throw error;
    }
  }
}

async function openFile({ folder, begin }: JournalOptions, number: number): Promise<FileHandle> {
  const message = begin();
  const bytes = new Uint8Array(HEAD_BYTES + SEAL_BYTES + message.length);
  writeHead("journal", bytes);
  bytes.set(message, HEAD_BYTES + SEAL_BYTES);
  writeSeal(bytes, HEAD_BYTES, bytes.length);
  folder.mustBeOwn();
  const file = await open(folder.file("journal", number), "w", FILE_MODE);
  try {
    await file.writeFile(bytes);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
