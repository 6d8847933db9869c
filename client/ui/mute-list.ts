/**
 * Whom the player does not want to hear, kept in the browser between visits. An id names a player for life, but only
 * while the room lives; a name outlives both. So a muted player stays muted under every name while the id is known to be
 * the same (this epoch of the room), and whoever comes with a muted name is muted, too. The server is told nothing.
 * The tabs of one browser share the list: each goes on from what is kept, and keeps what it changes.
 */

const KEY = "shoal.muted";
/** The longest muted are forgotten first. */
const ENTRIES_MAX = 200;
/** The name of a player who gave none says no more than the id. */
const GUEST_NAME = /^guest \d+$/;
/** Earlier epochs that an entry remembers. A page that is behind by more finds the id again when it is back. */
const WAS_MAX = 4;

interface Entry {
  readonly room: string;
  readonly epoch: number;
  /** Epochs before in which the id meant the same: other pages may still be in one of them. */
  readonly was?: readonly number[];
  readonly id: number;
  readonly name: string;
}

export interface Named {
  readonly id: number;
  readonly name: string;
}

export interface MuteListOptions {
  readonly storage: Storage | undefined;
  /** The room as the page's address names it. */
  readonly room: string;
  /** Somebody is muted, or no more. */
  readonly onChange: () => void;
}

export class MuteList {
  readonly #options: MuteListOptions;
  #entries: Entry[] = [];
  /** What storage held when this page wrote or read it last; undefined where it cannot be read. */
  #kept: string | null | undefined;
  /** Of the present session: asked for every bubble in every frame. */
  readonly #ids = new Set<number>();
  #epoch = 0;

  constructor(options: MuteListOptions) {
    this.#options = options;
    this.#kept = read(options.storage);
    this.#entries = parse(this.#kept);
  }

  /** Goes on from what is kept, if another page has changed it. */
  reload(): void {
    const kept = read(this.#options.storage);
    // What cannot be written to holds nothing new, and what was muted here stays so.
    if (kept === undefined || kept === this.#kept) return;
    this.#kept = kept;
    this.#entries = parse(kept);
    this.#findIds();
    this.#options.onChange();
  }

  /** A session began or goes on. Ids mean the same as before if it goes on, whatever the epoch is by now. */
  enter(epoch: number, isSameSession: boolean): void {
    this.reload();
    if (isSameSession && epoch !== this.#epoch) {
      this.#entries = this.#entries.map((entry) => (this.#isOfNow(entry) ? continued(entry, epoch) : entry));
      this.#save();
    }
    this.#epoch = epoch;
    this.#findIds();
    // Another page may have muted somebody in an epoch that this one did not know yet.
    if (isSameSession) this.#options.onChange();
  }

  isMuted(id: number): boolean {
    return this.#ids.has(id);
  }

  /** A player was seen or heard under this name. */
  note(id: number, name: string): void {
    if (!this.#isToAdd(id, name)) return;
    // Another page may have unmuted a moment ago. Storage is not asked for every name.
    this.reload();
    if (!this.#isToAdd(id, name)) return;
    const wasMuted = this.#ids.has(id);
    this.#add(id, name);
    if (!wasMuted) this.#options.onChange();
  }

  mute({ id, name }: Named): void {
    this.reload();
    this.#add(id, name);
    this.#options.onChange();
  }

  unmute({ id, name }: Named): void {
    this.reload();
    this.#ids.delete(id);
    this.#entries = this.#entries.filter(
      (entry) => !(this.#isOfNow(entry) && entry.id === id) && !this.#isNameOf(entry, name),
    );
    this.#save();
    this.#options.onChange();
  }

  /** Those muted in this room, in sight or not, the latest first. */
  list(): Named[] {
    return this.#entries.filter(({ room }) => room === this.#options.room).reverse();
  }

  #add(id: number, name: string): void {
    this.#ids.add(id);
    const known = this.#find(id);
    this.#entries = this.#entries.filter((entry) => !(this.#isOfNow(entry) && entry.id === id));
    this.#entries.push({ ...(known ?? { room: this.#options.room, epoch: this.#epoch }), id, name });
    if (this.#entries.length > ENTRIES_MAX) this.#entries.shift();
    this.#save();
  }

  /** Somebody muted has another name by now, or a muted name another id. */
  #isToAdd(id: number, name: string): boolean {
    if (this.#entries.length === 0 || name === "") return false;
    if (!this.#ids.has(id)) return this.#entries.some((entry) => this.#isNameOf(entry, name));
    const known = this.#find(id);
    return known !== undefined && known.name !== name;
  }

  #find(id: number): Entry | undefined {
    return this.#entries.find((entry) => this.#isOfNow(entry) && entry.id === id);
  }

  #findIds(): void {
    this.#ids.clear();
    for (const entry of this.#entries) if (this.#isOfNow(entry)) this.#ids.add(entry.id);
  }

  #isOfNow(entry: Entry): boolean {
    return entry.room === this.#options.room && isOf(entry, this.#epoch);
  }

  #isNameOf(entry: Entry, name: string): boolean {
    const folded = name.toLowerCase();
    if (entry.room !== this.#options.room || entry.name.toLowerCase() !== folded) return false;
    return isOf(entry, this.#epoch) || !GUEST_NAME.test(folded);
  }

  #save(): void {
    const { storage } = this.#options;
    try {
      storage?.setItem(KEY, JSON.stringify(this.#entries));
    } catch {
      // Full or forbidden: the list lives as long as the page.
    }
    this.#kept = read(storage);
  }
}

/** Whether the entry's id is the one of this epoch. */
function isOf({ epoch, was }: Entry, now: number): boolean {
  return epoch === now || (was?.includes(now) ?? false);
}

/** The entry for a room that goes on in another epoch. */
function continued(entry: Entry, epoch: number): Entry {
  if (isOf(entry, epoch)) return entry;
  return { ...entry, epoch, was: [entry.epoch, ...(entry.was ?? [])].slice(0, WAS_MAX) };
}

/** Undefined where the browser does not tell. */
function read(storage: Storage | undefined): string | null | undefined {
  try {
    return storage?.getItem(KEY);
  } catch {
    return undefined;
  }
}

function parse(text: string | null | undefined): Entry[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter(isEntry).slice(-ENTRIES_MAX) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { room, epoch, was, id, name } = value as Readonly<Record<string, unknown>>;
  if (was !== undefined && !(Array.isArray(was) && was.length <= WAS_MAX)) return false;
  return typeof room === "string" && typeof epoch === "number" && typeof id === "number" && typeof name === "string";
}
