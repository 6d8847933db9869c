/**
 * Keeps the state of all rooms in DATA_DIR: a snapshot each second, journals in between (SPEC S19-S22). Encoding is the rooms' business and has happened by then;
 * here bytes are copied and written, off the tick path but for one write a tick. A disk that fails is counted and told, and the game goes on.
 */
import { open, rename, rm } from "node:fs/promises";
import { shoal as saved } from "../../proto/gen/state.js";
import { ByteWriter, tag, WIRE_BYTES } from "../../proto/wire.ts";
import { type DataFolder, DataFolderError, FILE_MODE, openDataFolder } from "./data-folder.ts";
import { Journal } from "./journal-file.ts";
import { type Restored, restore, type Settings } from "./restore.ts";
import type { RoomRecord } from "./room-record.ts";
import { HEAD_BYTES, SEAL_BYTES, writeHead, writeSeal } from "./sealed-file.ts";
import type { StateCounters } from "./state-counters.ts";

const TAG_ROOMS = tag(6, WIRE_BYTES);

export interface StateStoreOptions {
  readonly folder: DataFolder;
  readonly settings: Settings;
  /** Wall clock, ms since 1970: it tells the next server how long this one was gone. */
  readonly wallNow: () => number;
  readonly counters: StateCounters;
  /** The disk fails, or a file cannot be used: for the log, which limits the lines. */
  readonly onTrouble: (kind: "snapshot" | "journal" | "restore", fields: object, words: string) => void;
  /** Another server has taken the folder over, while this one stood still: nothing is written any more. Called once. */
  readonly onLost: () => void;
}

/** Takes the folder and reads what is there. Throws DataFolderError. */
export async function openStateStore(path: string, options: Omit<StateStoreOptions, "folder">): Promise<StateStore> {
  const folder = await openDataFolder(path, options.onLost);
  try {
    return await StateStore.open({ ...options, folder });
  } catch (error) {
    folder.release();
    throw new DataFolderError(`DATA_DIR ${path} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
}

/** What a room gives to be kept. */
interface Kept {
  readonly record: RoomRecord;
}

/** What all rooms have in common at the moment of a snapshot. */
export interface Moment {
  readonly tick: number;
  readonly epochs: number;
}

export class StateStore {
  /** What the server before this one left. */
  readonly restored: Restored;
  readonly #options: StateStoreOptions;
  readonly #journal: Journal;
  readonly #entry = new ByteWriter(4096);
  readonly #image = new ByteWriter(64 * 1024);
  /** Number of the next snapshot and of the newest one; 0 if there is none. */
  #next: number;
  #newest: number;
  /** The first journal that the snapshot before the newest one needs. */
  #journalBefore = 0;
  /** The snapshot that is being written. */
  #writing: Promise<boolean> | undefined;
  /** The snapshot before was written: the journals before it are not needed. */
  #wasGood = true;
  /** Whatever happened up to now is on disk, or will be with the next entry. */
  #isWhole = true;
  #isClosed = false;

  /** Reads what is there and begins a journal. Throws if the folder cannot be read or written. */
  static async open(options: StateStoreOptions): Promise<StateStore> {
    const { folder, settings, wallNow, onTrouble } = options;
    const onUnusable = (file: string, words: string) => onTrouble("restore", { file }, `not used: ${words}`);
    const restored = await restore({ folder, settings, onUnusable });
    const begin = () => saved.JournalEntry.encode({ settings, savedMs: wallNow() }).finish();
    const journal = await Journal.open({ folder, first: restored.nextNumber, begin });
    return new StateStore(options, restored, journal);
  }

  private constructor(options: StateStoreOptions, restored: Restored, journal: Journal) {
    this.#options = options;
    this.restored = restored;
    this.#journal = journal;
    this.#next = restored.nextNumber;
    this.#newest = restored.snapshot;
    this.#prepare();
  }

  /**
   * Something of what was restored cannot be used after all: copies of the files it came from are put aside, for whoever wants to look at them.
   * Before the first `save`. Returns their names; none if they cannot be copied, and then it has been told.
   */
  async copyRestored(): Promise<string[]> {
    const { folder, onTrouble } = this.#options;
    const { snapshot, nextNumber } = this.restored;
    try {
      const journals = (await folder.numbers("journal")).filter((number) => number < nextNumber);
      const files = journals.map((number) => folder.file("journal", number));
      if (snapshot > 0) files.push(folder.file("snapshot", snapshot));
      const copies: string[] = [];
      for (const file of files) copies.push(await folder.copyAside(file));
      return copies;
    } catch (error) {
      onTrouble("restore", { err: error }, "no copy could be made of what cannot be taken up");
      return [];
    }
  }

  /** Writes what came of this tick's events. True if all that happened so far is kept, so that clients may be told (SPEC S17). */
  append(rooms: Iterable<Kept>): boolean {
    const entry = this.#entry;
    entry.length = SEAL_BYTES;
    try {
      for (const { record } of rooms) record.copyNewest(entry);
      if (entry.length === SEAL_BYTES) return this.#isWhole;
      this.#options.folder.mustBeOwn();
      this.#journal.append(entry);
    } catch (error) {
      const { counters, onTrouble } = this.#options;
      counters.journalErrors++;
      this.#isWhole = false;
      onTrouble(
        "journal",
        { err: error },
        "what happens is not kept until the next snapshot: the journal cannot be written",
      );
    }
    if (this.#journal.isBroken) this.#isWhole = false;
    return this.#isWhole;
  }

  /** Writes the checkpoints that all rooms have just made, unless the last ones are still being written. */
  save(rooms: Iterable<Kept>, moment: Moment): void {
    if (this.#writing !== undefined || this.#isClosed) {
      this.#options.counters.snapshots.skipped++;
      return;
    }
    try {
      this.#begin(rooms, moment);
    } catch (error) {
      // The tick goes on; the snapshot before and its journals stay.
      this.#noteFailure(error);
    }
  }

  /** Resolves when no snapshot is being written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** Writes the last snapshot, waiting for one under way, and lets the folder go. False if it could not be written. */
  async close(rooms: Iterable<Kept>, moment: Moment): Promise<boolean> {
    if (this.#isClosed) return false;
    this.#isClosed = true;
    await this.settled();
    const all = [...rooms];
    // The checkpoint of one of them is an older one, as the last could not be made: the journal under way has what came since.
    const isCheckpointOld = all.some(({ record }) => record.batches.length > 0);
    try {
      return await this.#begin(all, moment, isCheckpointOld);
    } finally {
      await this.#journal.close().catch(() => {});
      this.#options.folder.release();
    }
  }

  /** Writes nothing more: the server did not come to life. */
  async abandon(): Promise<void> {
    this.#isClosed = true;
    await this.#journal.close();
    this.#options.folder.release();
  }

  /** Encodes now, writes later. */
  #begin(rooms: Iterable<Kept>, moment: Moment, goesJournalOn = false): Promise<boolean> {
    const { counters, wallNow } = this.#options;
    // What comes from now on is not in this snapshot. While snapshots fail one journal goes on, so that their number is bounded.
    if ((this.#wasGood && !goesJournalOn) || this.#journal.isBroken) this.#journal.switch();
    const wasWhole = !this.#journal.isBroken;
    const takenMs = wallNow();
    this.#encode(rooms, moment);
    this.#writing = this.#write().then(
      () => {
        counters.snapshots.ok++;
        counters.snapshotBytes = this.#image.length;
        counters.snapshotWallMs = takenMs;
        this.#wasGood = true;
        if (wasWhole && !this.#journal.isBroken) this.#isWhole = true;
        return true;
      },
      (error) => {
        this.#noteFailure(error);
        return false;
      },
    );
    const done = this.#writing.finally(() => {
      this.#writing = undefined;
      this.#prepare();
    });
    return done;
  }

  #noteFailure(error: unknown): void {
    const { counters, onTrouble } = this.#options;
    counters.snapshots.failed++;
    this.#wasGood = false;
    onTrouble("snapshot", { err: error }, "the snapshot could not be written");
  }

  #encode(rooms: Iterable<Kept>, { tick, epochs }: Moment): void {
    const { settings, wallNow } = this.#options;
    const image = this.#image;
    const head = saved.StateFile.encode({
      settings,
      epochs,
      tick,
      savedMs: wallNow(),
      journal: this.#journal.number,
    }).finish();
    image.reset();
    image.reserve(HEAD_BYTES + SEAL_BYTES);
    writeHead("snapshot", image.bytes);
    image.length = HEAD_BYTES + SEAL_BYTES;
    image.copy(head, 0, head.length);
    for (const { record } of rooms) {
      const room = record.checkpoint;
      if (room.length === 0) continue;
      image.reserve(6 + room.length);
      image.varint(TAG_ROOMS);
      image.varint(room.length);
      image.bytes.set(room, image.length);
      image.length += room.length;
    }
    writeSeal(image.bytes, HEAD_BYTES, image.length);
  }

  /** A new file, then its name: whoever reads sees the one before or this one, whole. */
  async #write(): Promise<void> {
    const { folder } = this.#options;
    const number = this.#next++;
    const file = folder.file("snapshot", number);
    const draft = folder.draft(file);
    const journal = this.#journal.number;
    folder.mustBeOwn();
    try {
      const handle = await open(draft, "w", FILE_MODE);
      try {
        await handle.writeFile(this.#image.bytes.subarray(0, this.#image.length));
        await handle.datasync();
      } finally {
        await handle.close();
      }
      folder.mustBeOwn();
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw error;
    }
    await folder.sync();
    // One is kept in reserve, with the journals since.
    await folder.removeBefore("snapshot", this.#newest);
    await folder.removeBefore("journal", this.#journalBefore);
    this.#newest = number;
    this.#journalBefore = journal;
  }

  #prepare(): void {
    this.#journal.prepare().catch((error) => {
      const { counters, onTrouble } = this.#options;
      counters.journalErrors++;
      onTrouble("journal", { err: error }, "the next journal cannot be opened");
    });
  }
}
