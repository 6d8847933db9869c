/**
 * IP addresses and prefixes as numbers, so that each has one spelling only: limits, bans and logs compare them. Hostile text is a
 * value, never a throw. Pure; knows nothing of sockets or headers.
 */
import { isIPv4, isIPv6 } from "node:net";

/** Eight groups of 16 bits. The IPv4 address a.b.c.d is ::ffff:a.b.c.d, as sockets that listen on both tell it. */
export type IpAddress = readonly number[];

/** Addresses that begin with the same `bits` of 128. */
export interface IpPrefix {
  readonly address: IpAddress;
  readonly bits: number;
}

const GROUPS = 8;
const GROUP_BITS = 16;
/** ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255 is the longest. */
const CHARACTERS_MAX = 45;
/** Bits before the IPv4 address in ::ffff:a.b.c.d. */
const IPV4_PREFIX_BITS = 96;

/** Undefined unless the text is one address and nothing else: no brackets, port or zone (`%eth0` means nothing elsewhere). */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > CHARACTERS_MAX) return undefined;
  if (isIPv4(text)) return [0, 0, 0, 0, 0, 0xffff, ...ipv4Groups(text)];
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const [head, tail] = text.split("::");
  const first = ipv6Groups(head);
  if (tail === undefined) return first;
  const last = ipv6Groups(tail);
  return [...first, ...new Array<number>(GROUPS - first.length - last.length).fill(0), ...last];
}

/** The one spelling of an address: dotted for IPv4, RFC 5952 for IPv6. */
export function formatIpAddress(address: IpAddress): string {
  if (isIpv4(address)) return address.slice(6).flatMap(bytesOf).join(".");
  const { start, length } = longestZeros(address);
  const hex = address.map((group) => group.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** An address, or an address and its number of bits: `10.0.0.0/8`, `2001:db8::/32`. Undefined if it is neither. */
export function parseIpPrefix(text: string): IpPrefix | undefined {
  const slash = text.indexOf("/");
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  if (slash < 0) return { address, bits: GROUPS * GROUP_BITS };
  const digits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(digits)) return undefined;
  const bits = Number(digits) + (text.includes(":") ? 0 : IPV4_PREFIX_BITS);
  return bits <= GROUPS * GROUP_BITS ? { address, bits } : undefined;
}

export function isInPrefix(address: IpAddress, { address: base, bits }: IpPrefix): boolean {
  for (let i = 0; i < GROUPS; i++) {
    const left = Math.min(GROUP_BITS, Math.max(0, bits - i * GROUP_BITS));
    const mask = (0xffff << (GROUP_BITS - left)) & 0xffff;
    if (((address[i] ^ base[i]) & mask) !== 0) return false;
  }
  return true;
}

/** 127.0.0.0/8 and ::1: this machine. */
export function isLoopback(address: IpAddress): boolean {
  if (isIpv4(address)) return address[6] >> 8 === 127;
  return address.every((group, i) => group === (i === GROUPS - 1 ? 1 : 0));
}

/** What one subscriber has: an IPv4 address, or the /64 of an IPv6 address, of which each home has at least one. */
export function subscriberOf(address: IpAddress): string {
  return isIpv4(address) ? formatIpAddress(address) : `${formatIpAddress([...address.slice(0, 4), 0, 0, 0, 0])}/64`;
}

function isIpv4(address: IpAddress): boolean {
  return address[5] === 0xffff && address[0] + address[1] + address[2] + address[3] + address[4] === 0;
}

function ipv6Groups(part: string): number[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => (group.includes(".") ? ipv4Groups(group) : [Number.parseInt(group, 16)]));
}

function ipv4Groups(text: string): number[] {
  const [a, b, c, d] = text.split(".").map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

function bytesOf(group: number): number[] {
  return [group >> 8, group & 0xff];
}

/** The first of the longest runs of zeros. */
function longestZeros(address: IpAddress): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < GROUPS; start++) {
    let end = start;
    while (end < GROUPS && address[end] === 0) end++;
    if (end - start > best.length) best = { start, length: end - start };
  }
  return best;
}
