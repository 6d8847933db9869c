/**
 * Reads what a server left in DATA_DIR: the newest snapshot that can be used and the journals since. What cannot be used is set aside, with words, and
 * never stops a start. Writes nothing else.
 */
import { readFile } from "node:fs/promises";
import { shoal as saved } from "../../proto/gen/state.js";
import type { DataFolder } from "./data-folder.ts";
import { applyBatch, roomOf, type SavedRoom } from "./saved-room.ts";
import { readJournal, readSnapshot, type Unusable } from "./sealed-file.ts";

/** Settings that a state depends on. */
export interface Settings {
  readonly tickHz: number;
  readonly worldSize: number;
}

export interface Restored {
  /** Rooms with players in them. */
  readonly rooms: readonly SavedRoom[];
  /** Highest epoch and newest tick that is known of, 0 if there was nothing. */
  readonly epochs: number;
  readonly tick: number;
  /** When the newest file was begun, ms since 1970; 0 if there was none. */
  readonly savedMs: number;
  /** Number of the snapshot that was used, 0 if there was none. */
  readonly snapshot: number;
  /** No file has this number or a higher one. */
  readonly nextNumber: number;
}

export interface RestoreOptions {
  readonly folder: DataFolder;
  readonly settings: Settings;
  /** A file cannot be used, and why: for the log. */
  onUnusable(file: string, words: string): void;
}

interface Found {
  readonly rooms: Map<string, SavedRoom>;
  epochs: number;
  tick: number;
  savedMs: number;
}

/** A server that was gone for this time at least and at most, ms: clocks of machines are set, now and then. */
const GONE_MIN_MS = 10_000;
const GONE_MAX_MS = 3_600_000;

/** The tick from which a server goes on: later than all that any client holds, though not all of them were written down. */
export function tickToGoOnFrom({ tick, savedMs }: Restored, wallNowMs: number, tickHz: number): number {
  if (savedMs === 0) return tick;
  const goneMs = Math.min(Math.max(wallNowMs - savedMs, GONE_MIN_MS), GONE_MAX_MS);
  return tick + Math.ceil((goneMs * tickHz) / 1000);
}

/** Throws only if the folder itself cannot be read. */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { folder } = options;
  const snapshots = await folder.numbers("snapshot");
  const journals = await folder.numbers("journal");
  const found: Found = { rooms: new Map(), epochs: 0, tick: 0, savedMs: 0 };
  let snapshot = 0;
  let firstJournal = 0;
  for (const number of snapshots.toReversed()) {
    const file = folder.file("snapshot", number);
    const first = await use(options, file, (bytes) => readState(bytes, options.settings, found));
    if (first === undefined) continue;
    snapshot = number;
    firstJournal = first;
    break;
  }
  for (const number of journals) {
    if (number < firstJournal) continue;
    const file = folder.file("journal", number);
    await use(options, file, (bytes) => readChanges(bytes, file, options, found));
  }
  const nextNumber = Math.max(0, ...snapshots, ...journals) + 1;
  const rooms = [...found.rooms.values()].filter(({ players }) => players.size > 0);
  return { rooms, epochs: found.epochs, tick: found.tick, savedMs: found.savedMs, snapshot, nextNumber };
}

/** What `read` makes of the file; undefined if it throws or says why not: then the file is out of the way. */
async function use<T>(
  { folder, onUnusable }: RestoreOptions,
  file: string,
  read: (bytes: Uint8Array) => { readonly value: T } | Unusable,
): Promise<T | undefined> {
  let words: string;
  try {
    const result = read(await readFile(file));
    if ("value" in result) return result.value;
    words = result.fault;
  } catch (error) {
    words = error instanceof Error ? error.message : String(error);
  }
  try {
    const aside = await folder.setAside(file);
    onUnusable(file, `${words}; it is now ${aside}`);
  } catch {
    onUnusable(file, `${words}; it cannot be moved out of the way`);
  }
  return undefined;
}

/** Number of the first journal that counts. */
function readState(bytes: Uint8Array, settings: Settings, found: Found): { readonly value: number } | Unusable {
  const part = readSnapshot(bytes);
  if ("fault" in part) return part;
  const state = saved.StateFile.decode(part.message);
  // Ids and ticks count whatever the settings were: clients may hold them.
  noteTime(found, state.epochs, state.tick, state.savedMs);
  const fault = faultOfSettings(state.settings, settings);
  if (fault !== undefined) return { fault };
  for (const room of state.rooms.map(roomOf)) found.rooms.set(room.name, room);
  return { value: state.journal };
}

function readChanges(
  bytes: Uint8Array,
  file: string,
  { settings, onUnusable }: RestoreOptions,
  found: Found,
): { readonly value: true } | Unusable {
  const journal = readJournal(bytes);
  if ("fault" in journal) return journal;
  if (!journal.isWhole) onUnusable(file, "its end is cut short or damaged: what stands before that is used");
  let isFirst = true;
  for (const message of journal.messages) {
    const entry = saved.JournalEntry.decode(message);
    if (isFirst) {
      const fault = faultOfSettings(entry.settings, settings);
      if (fault !== undefined) return { fault };
      noteTime(found, 0, 0, entry.savedMs);
    }
    isFirst = false;
    for (const batch of entry.batches) {
      noteTime(found, batch.epoch ?? 0, batch.tick ?? 0, 0);
      const name = batch.room ?? "";
      const room = applyBatch(found.rooms.get(name), batch);
      if (room !== undefined) found.rooms.set(name, room);
    }
  }
  return { value: true };
}

function noteTime(found: Found, epochs: number, tick: number, savedMs: number): void {
  found.epochs = Math.max(found.epochs, epochs);
  found.tick = Math.max(found.tick, tick);
  found.savedMs = Math.max(found.savedMs, savedMs);
}

function faultOfSettings(were: saved.SavedSettings.$Properties | null | undefined, are: Settings): string | undefined {
  if (were?.tickHz === are.tickHz && were.worldSize === are.worldSize) return undefined;
  return `it is of a server with TICK_HZ ${were?.tickHz ?? "?"} and WORLD_SIZE ${were?.worldSize ?? "?"}`;
}
