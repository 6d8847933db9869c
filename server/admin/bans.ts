/**
 * Who is not wanted here: accounts and address prefixes, each for a while or for good. In memory; the file is ban-file.ts's
 * business. Knows nothing of sessions. Expiry goes by the wall clock, because it must hold over a restart.
 */
import { formatIpAddress, type IpPrefix, isInPrefix, parseIpAddress, parseIpPrefix } from "../transport/ip-address.ts";

/** Bans at a time; the address of every newcomer is compared with each. */
export const BANS_MAX = 1000;
/** A close reason holds 123 bytes, and 32 of them go before this. */
export const REASON_BYTES_MAX = 90;
const ACCOUNT_BYTES_MAX = 256;
/** Narrower than this is surely meant; wider is a slip of the finger that shuts out a country. */
const IPV4_BITS_MIN = 8;
const IPV6_BITS_MIN = 16;
/** An IPv6 address alone stands for its household: whoever has one has 2^64. */
const IPV6_HOUSEHOLD_BITS = 64;
const ADDRESS_BITS = 128;
/** IPv4 addresses are ::ffff:0:0/96. */
const IPV4: IpPrefix = { address: [0, 0, 0, 0, 0, 0xffff, 0, 0], bits: 96 };

export type BanTarget =
  | { readonly account: string; readonly prefix?: undefined }
  | { readonly prefix: IpPrefix; readonly account?: undefined };

export interface Ban {
  readonly target: BanTarget;
  /** For the player and for other operators; may be empty. */
  readonly reason: string;
  /** Wall clock, ms. */
  readonly sinceMs: number;
  /** Wall clock, ms; undefined: for good. */
  readonly untilMs: number | undefined;
}

export class Bans {
  readonly #wallMs: () => number;
  /** By account. */
  readonly #accounts = new Map<string, Ban>();
  /** By the prefix as text. */
  readonly #prefixes = new Map<string, Ban & { readonly target: { readonly prefix: IpPrefix } }>();

  constructor(wallMs: () => number) {
    this.#wallMs = wallMs;
  }

  /** Takes the place of a ban of the same target. False: the list is full. */
  add(ban: Ban): boolean {
    this.#dropExpired();
    const { target } = ban;
    if (this.size >= BANS_MAX && !this.#has(target)) return false;
    if (target.prefix === undefined) this.#accounts.set(target.account, ban);
    else this.#prefixes.set(prefixText(target.prefix), { ...ban, target });
    return true;
  }

  /** Returns the ban that is no more; undefined: there is no such ban. */
  lift(target: BanTarget): Ban | undefined {
    this.#dropExpired();
    const isOfAccount = target.prefix === undefined;
    const key = isOfAccount ? target.account : prefixText(target.prefix);
    const bans: Map<string, Ban> = isOfAccount ? this.#accounts : this.#prefixes;
    const lifted = bans.get(key);
    bans.delete(key);
    return lifted;
  }

  /** The ban that keeps this address out. Asked for every newcomer. */
  ofAddress(address: string): Ban | undefined {
    if (this.#prefixes.size === 0) return undefined;
    const wanted = parseIpAddress(address);
    if (wanted === undefined) return undefined;
    const nowMs = this.#wallMs();
    for (const ban of this.#prefixes.values()) {
      if (isInPrefix(wanted, ban.target.prefix) && !isExpired(ban, nowMs)) return ban;
    }
    return undefined;
  }

  ofAccount(account: string): Ban | undefined {
    const ban = this.#accounts.get(account);
    return ban !== undefined && !isExpired(ban, this.#wallMs()) ? ban : undefined;
  }

  list(): Ban[] {
    this.#dropExpired();
    return [...this.#accounts.values(), ...this.#prefixes.values()];
  }

  /** With those that have expired and were not looked for since. */
  get size(): number {
    return this.#accounts.size + this.#prefixes.size;
  }

  #has(target: BanTarget): boolean {
    return target.prefix === undefined
      ? this.#accounts.has(target.account)
      : this.#prefixes.has(prefixText(target.prefix));
  }

  #dropExpired(): void {
    const nowMs = this.#wallMs();
    for (const [key, ban] of this.#accounts) if (isExpired(ban, nowMs)) this.#accounts.delete(key);
    for (const [key, ban] of this.#prefixes) if (isExpired(ban, nowMs)) this.#prefixes.delete(key);
  }
}

/** What a banned client reads, at most 123 bytes. */
export function banWords({ reason, untilMs }: Ban): string {
  const until = untilMs === undefined ? "" : ` until ${new Date(untilMs).toISOString().slice(0, 16)}Z`;
  return `banned${until}${reason === "" ? "" : `: ${reason}`}`;
}

/** A ban as operators and the file have it. */
export interface BanRecord {
  readonly account?: string;
  readonly address?: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly since: string;
  readonly until?: string;
}

export function banRecord({ target, reason, sinceMs, untilMs }: Ban): BanRecord {
  const whom = target.prefix === undefined ? { account: target.account } : { address: prefixText(target.prefix) };
  const until = untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() };
  return { ...whom, reason, since: new Date(sinceMs).toISOString(), ...until };
}

/** The other way; undefined if it is no ban. */
export function readBanRecord(record: unknown): Ban | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  const { account, address, reason, since, until } = record as Record<string, unknown>;
  const target =
    account === undefined ? addressTarget(address) : address === undefined ? accountTarget(account) : undefined;
  const sinceMs = typeof since === "string" ? Date.parse(since) : Number.NaN;
  const untilMs = typeof until === "string" ? Date.parse(until) : undefined;
  if (target === undefined || !isReason(reason) || Number.isNaN(sinceMs) || Number.isNaN(untilMs)) return undefined;
  if (until !== undefined && untilMs === undefined) return undefined;
  return { target, reason, sinceMs, untilMs };
}

export function accountTarget(account: unknown): BanTarget | undefined {
  if (typeof account !== "string" || account === "" || Buffer.byteLength(account) > ACCOUNT_BYTES_MAX) return undefined;
  return { account };
}

/** An address, or a prefix that is not too wide. */
export function addressTarget(address: unknown): BanTarget | undefined {
  const given = typeof address === "string" ? parseIpPrefix(address) : undefined;
  if (given === undefined) return undefined;
  if (isInPrefix(given.address, IPV4)) return narrowed(given, IPV4.bits + IPV4_BITS_MIN);
  const isAlone = given.bits === ADDRESS_BITS && !String(address).includes("/");
  const prefix = isAlone ? { address: given.address, bits: IPV6_HOUSEHOLD_BITS } : given;
  // What begins with zeros is nobody's household, and has all of IPv4 in it.
  if (isInPrefix(IPV4.address, prefix)) return isAlone ? { prefix: given } : undefined;
  return narrowed(prefix, IPV6_BITS_MIN);
}

/** The bits behind the prefix are 0, so that each has one text. */
function narrowed({ address, bits }: IpPrefix, bitsMin: number): BanTarget | undefined {
  if (bits < bitsMin) return undefined;
  const groups = address.map((group, i) => group & (0xffff << (16 - Math.min(16, Math.max(0, bits - i * 16)))));
  return { prefix: { address: groups, bits } };
}

/** `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`: what `addressTarget` takes, and takes for the same. */
function prefixText({ address, bits }: IpPrefix): string {
  const text = formatIpAddress(address);
  if (!isInPrefix(address, IPV4)) return `${text}/${bits}`;
  return bits === ADDRESS_BITS ? text : `${text}/${bits - IPV4.bits}`;
}

/** Fit for a close frame: short, and no control characters. */
export function isReason(reason: unknown): reason is string {
  return typeof reason === "string" && !/\p{Cc}|\p{Cs}/u.test(reason) && Buffer.byteLength(reason) <= REASON_BYTES_MAX;
}

function isExpired({ untilMs }: Ban, nowMs: number): boolean {
  return untilMs !== undefined && untilMs <= nowMs;
}
