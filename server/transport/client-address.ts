/**
 * Whose request it is when proxies stand in front: the address that limits, bans and logs go by. X-Forwarded-For is what anybody
 * may write, so it counts only as far as proxies that the operator trusts have added to it (SPEC H30). Pure.
 */
import { formatIpAddress, type IpAddress, type IpPrefix, isInPrefix, parseIpAddress } from "./ip-address.ts";

/** Trusted proxies in a row that are looked behind; the address of the last one counts beyond. */
const PROXIES_MAX = 16;
/** An address in brackets with a port is shorter. */
const HOP_CHARACTERS_MAX = 64;

/**
 * The client's address in its one spelling. `socketAddress`: the other end of the socket; `forwardedFor`: the request's
 * X-Forwarded-For fields, joined by commas.
 */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | undefined,
  trusted: readonly IpPrefix[],
): string {
  const peer = parseIpAddress(socketAddress);
  // The engine knows no address of a socket that is gone already.
  if (peer === undefined) return socketAddress;
  return formatIpAddress(forwardedFor === undefined ? peer : behindProxies(peer, forwardedFor, trusted));
}

/** Whether the other end of a socket is a proxy that may speak for others. */
export function isTrustedProxy(socketAddress: string, trusted: readonly IpPrefix[]): boolean {
  const peer = parseIpAddress(socketAddress);
  return peer !== undefined && isTrusted(peer, trusted);
}

/** From the right: each proxy adds the address that it was asked by. What stands left of an untrusted one may be made up. */
function behindProxies(peer: IpAddress, forwardedFor: string, trusted: readonly IpPrefix[]): IpAddress {
  let address = peer;
  let end = forwardedFor.length;
  for (let proxies = 0; proxies < PROXIES_MAX && end >= 0 && isTrusted(address, trusted); proxies++) {
    const comma = end === 0 ? -1 : forwardedFor.lastIndexOf(",", end - 1);
    const before = parseHop(forwardedFor.slice(comma + 1, end));
    // No trusted proxy writes anything but addresses: who it asked for is not known, and the proxy counts.
    if (before === undefined) break;
    address = before;
    end = comma;
  }
  return address;
}

function isTrusted(address: IpAddress, trusted: readonly IpPrefix[]): boolean {
  return trusted.some((prefix) => isInPrefix(address, prefix));
}

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`. */
function parseHop(text: string): IpAddress | undefined {
  const hop = text.trim();
  if (hop.length > HOP_CHARACTERS_MAX) return undefined;
  if (hop.startsWith("[")) return parseIpAddress(hop.slice(1, Math.max(1, hop.indexOf("]"))));
  const colon = hop.indexOf(":");
  const hasPort = colon > 0 && colon === hop.lastIndexOf(":");
  return parseIpAddress(hasPort ? hop.slice(0, colon) : hop);
}
