/**
 * What a server remembers of addresses, one entry for each subscriber (an IPv4 address, or the /64 of an IPv6 one). Bounded: when
 * it is full, the subscriber not heard of for longest is forgotten. Knows nothing of what the entries say.
 */
import { isLoopback, parseIpAddress, subscriberOf } from "./ip-address.ts";

/** About 4 MiB. */
const ENTRIES_MAX = 16_384;

export interface AddressTableOptions {
  readonly entriesMax?: number;
  /** Whom an address counts for; undefined: it does not count. */
  readonly keyOf?: (address: string) => string | undefined;
}

export class AddressTable<Entry> {
  readonly #create: () => Entry;
  readonly #entriesMax: number;
  readonly #keyOf: (address: string) => string | undefined;
  /** The one not asked for longest first. */
  readonly #entries = new Map<string, Entry>();

  constructor(create: () => Entry, { entriesMax = ENTRIES_MAX, keyOf = subscriber }: AddressTableOptions = {}) {
    this.#create = create;
    this.#keyOf = keyOf;
    this.#entriesMax = entriesMax;
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * The address's entry, made if there is none. Undefined for this machine itself: its programs are the operator's own, load
   * generators among them, and so is a proxy that is not told of in TRUSTED_PROXIES and stands for everybody.
   */
  of(address: string): Entry | undefined {
    const key = this.#keyOf(address);
    if (key === undefined) return undefined;
    const entry = this.#entries.get(key) ?? this.#create();
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#entriesMax) this.#forgetOldest();
    return entry;
  }

  #forgetOldest(): void {
    const { value } = this.#entries.keys().next();
    if (value !== undefined) this.#entries.delete(value);
  }
}

/** Whom an address counts for; undefined for this machine itself, whose addresses do not count. */
export function subscriber(address: string): string | undefined {
  const parsed = parseIpAddress(address);
  // A socket that is gone before it was looked at has no address: all such count as one.
  if (parsed === undefined) return "";
  return isLoopback(parsed) ? undefined : subscriberOf(parsed);
}
