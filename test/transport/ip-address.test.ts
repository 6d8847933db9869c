/** Addresses as numbers: one spelling each, prefixes, and hostile text. */
import { isIP } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatIpAddress,
  isInPrefix,
  isLoopback,
  parseIpAddress,
  parseIpPrefix,
  subscriberOf,
} from "../../server/transport/ip-address.ts";

function canonical(text: string): string | undefined {
  const address = parseIpAddress(text);
  return address && formatIpAddress(address);
}

function isIn(address: string, prefix: string): boolean {
  const [parsed, base] = [parseIpAddress(address), parseIpPrefix(prefix)];
  if (parsed === undefined || base === undefined) throw new Error(`${address} or ${prefix} does not parse`);
  return isInPrefix(parsed, base);
}

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["255.255.255.255", "255.255.255.255"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:c000:201", "192.0.2.1"],
  ["0000:0000:0000:0000:0000:ffff:7f00:0001", "127.0.0.1"],
  ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["2001:0db8:0000:0001:0000:0000:0000:0001", "2001:db8:0:1::1"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ["1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"],
])("H30 %s is %s", (text, spelling) => {
  expect(canonical(text)).toBe(spelling);
});

test.each([
  "",
  " ",
  "1.2.3",
  "1.2.3.256",
  "01.2.3.4x",
  "1.2.3.4 ",
  "[::1]",
  "fe80::1%eth0",
  "::1::",
  "g::",
  "1.2.3.4:80",
  "unknown",
])("H30 %j is no address", (text) => {
  expect(canonical(text)).toBeUndefined();
});

test("H30 whatever the text: an address or none, and one that is its own spelling (seed 1)", () => {
  const texts = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string({ maxLength: 60 }),
    fc.ipV6().map((text) => `${text}%lo`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const spelling = canonical(text);
      if (spelling === undefined) return isIP(text) === 0 || text.includes("%");
      return isIP(spelling) > 0 && canonical(spelling) === spelling;
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test.each([
  ["10.1.2.3", "10.0.0.0/8", true],
  ["11.1.2.3", "10.0.0.0/8", false],
  ["10.0.1.128", "10.0.1.128/25", true],
  ["10.0.1.127", "10.0.1.128/25", false],
  ["::ffff:10.1.2.3", "10.0.0.0/8", true],
  ["10.1.2.3", "::ffff:10.0.0.0/104", true],
  ["203.0.113.9", "0.0.0.0/0", true],
  ["2001:db8::1", "0.0.0.0/0", false],
  ["2001:db8:ffff::1", "2001:db8::/32", true],
  ["2001:db9::1", "2001:db8::/32", false],
  ["2001:db8:8000::", "2001:db8:8000::/33", true],
  ["2001:db8:7fff::", "2001:db8:8000::/33", false],
  ["192.0.2.1", "::/0", true],
  ["192.0.2.1", "192.0.2.1", true],
  ["192.0.2.2", "192.0.2.1", false],
])("H30 %s in %s: %s", (address, prefix, expected) => {
  expect(isIn(address, prefix)).toBe(expected);
});

test.each(["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/ 8", "10.0.0.0/", "/8", "::/129", "10.0.0.0/8/8", "a/8"])(
  "H30 %j is no prefix",
  (text) => {
    expect(parseIpPrefix(text)).toBeUndefined();
  },
);

test("H31 an IPv4 address counts by itself, an IPv6 one with its /64", () => {
  const subscriber = (text: string) => subscriberOf(parseIpAddress(text) ?? []);
  expect(subscriber("192.0.2.1")).not.toBe(subscriber("192.0.2.2"));
  expect(subscriber("::ffff:192.0.2.1")).toBe(subscriber("192.0.2.1"));
  expect(subscriber("2001:db8:0:1::1")).toBe(subscriber("2001:db8:0:1:ffff:ffff:ffff:ffff"));
  expect(subscriber("2001:db8:0:1::1")).not.toBe(subscriber("2001:db8:0:2::1"));
});

test.each([
  ["127.0.0.1", true],
  ["127.255.0.9", true],
  ["::1", true],
  ["::ffff:127.0.0.2", true],
  ["128.0.0.1", false],
  ["::2", false],
  ["::", false],
  ["10.0.0.1", false],
])("H31 %s is this machine: %s", (text, expected) => {
  expect(isLoopback(parseIpAddress(text) ?? [])).toBe(expected);
});
