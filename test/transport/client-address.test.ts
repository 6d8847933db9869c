/** SPEC H30: whose request it is behind proxies, whatever X-Forwarded-For says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { clientAddress } from "../../server/transport/client-address.ts";
import {
  formatIpAddress,
  type IpPrefix,
  isInPrefix,
  parseIpAddress,
  parseIpPrefix,
} from "../../server/transport/ip-address.ts";
import { exchange, handshake, openRaw } from "./raw-client.ts";
import { startListener } from "./test-listener.ts";

function prefixes(...texts: string[]): IpPrefix[] {
  return texts.flatMap((text) => parseIpPrefix(text) ?? []);
}

const PROXIES = prefixes("10.0.0.0/8", "2001:db8:ffff::/48", "127.0.0.1");

describe("the client's address", () => {
  test.each([
    ["nobody is trusted", "192.0.2.1", "198.51.100.7", "192.0.2.1"],
    ["no header", "10.0.0.1", undefined, "10.0.0.1"],
    ["one proxy", "10.0.0.1", "198.51.100.7", "198.51.100.7"],
    [
      "an engine's spelling of a mapped proxy",
      "0000:0000:0000:0000:0000:ffff:0a00:0001",
      "198.51.100.7",
      "198.51.100.7",
    ],
    ["two proxies", "10.0.0.1", "198.51.100.7, 10.9.9.9", "198.51.100.7"],
    ["what the client made up stands left", "10.0.0.1", "1.1.1.1, 127.0.0.1,198.51.100.7", "198.51.100.7"],
    ["a proxy that nobody trusts in between", "10.0.0.1", "198.51.100.7, 192.0.2.9, 10.9.9.9", "192.0.2.9"],
    ["all are proxies", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["IPv6", "2001:db8:ffff::1", "2001:DB8:0::5", "2001:db8::5"],
    ["IPv6 in brackets", "10.0.0.1", "[2001:db8::5]", "2001:db8::5"],
    ["IPv6 in brackets with a port", "10.0.0.1", "[2001:db8::5]:4711", "2001:db8::5"],
    ["IPv4 with a port", "10.0.0.1", "198.51.100.7:4711", "198.51.100.7"],
    ["a mapped one", "10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"],
    ["a word", "10.0.0.1", "198.51.100.7, unknown", "10.0.0.1"],
    ["an open bracket", "10.0.0.1", "[2001:db8::5", "10.0.0.1"],
    ["nothing", "10.0.0.1", "", "10.0.0.1"],
    ["a comma", "10.0.0.1", ",", "10.0.0.1"],
    ["an empty last entry", "10.0.0.1", "198.51.100.7,", "10.0.0.1"],
    ["an empty first entry", "10.0.0.1", ",10.0.0.2", "10.0.0.2"],
  ])("H30 %s", (_, socket, header, expected) => {
    expect(clientAddress(socket, header, PROXIES)).toBe(expected);
  });

  test("H30 behind sixteen proxies in a row nobody looks any further", () => {
    const chain = (proxies: number) => `198.51.100.7${", 10.0.0.2".repeat(proxies)}`;
    expect(clientAddress("10.0.0.1", chain(15), PROXIES)).toBe("198.51.100.7");
    expect(clientAddress("10.0.0.1", chain(16), PROXIES)).toBe("10.0.0.2");
  });

  test("H30 ten thousand entries cost no more than sixteen", () => {
    const startMs = performance.now();
    for (let i = 0; i < 1000; i++) clientAddress("10.0.0.1", "10.0.0.2,".repeat(10_000), PROXIES);
    for (let i = 0; i < 1000; i++) clientAddress("10.0.0.1", `1.1.1.1${",10.0.0.2".repeat(10_000)}`, PROXIES);
    expect(performance.now() - startMs).toBeLessThan(1000);
  });

  test("H30 whatever the header: an address, and never one left of an untrusted one (seed 2)", () => {
    const hop = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom("10.0.0.7", "[::1]:9", "", " ", "[", "]", "unknown"),
      fc.string(),
    );
    const header = fc.oneof(
      fc.string(),
      fc.array(hop, { maxLength: 20 }).map((hops) => hops.join(",")),
    );
    fc.assert(
      fc.property(header, fc.ipV4(), (text, last) => {
        const address = clientAddress("10.0.0.1", text, PROXIES);
        if (parseIpAddress(address) === undefined) return false;
        const isProxy = PROXIES.some((prefix) => isInPrefix(parseIpAddress(last) ?? [], prefix));
        const spelling = formatIpAddress(parseIpAddress(last) ?? []);
        return isProxy || clientAddress("10.0.0.1", `${text},${last}`, PROXIES) === spelling;
      }),
      { seed: 2, numRuns: 3000 },
    );
  });
});

describe("behind a trusted proxy", () => {
  const forwarded = { "X-Forwarded-For": "198.51.100.7" };

  test("H30 sockets, polls and refusals are the client's", async () => {
    const { port, recorder, refusals } = await startListener({ trustedProxies: prefixes("127.0.0.1") });
    const client = await openRaw(port, forwarded);
    const headers = { ...forwarded, "shoal-protocol": SUBPROTOCOL };
    await fetch(`http://127.0.0.1:${port}/poll`, { method: "POST", headers });
    await recorder.until(() => recorder.opened.length === 2);
    await exchange(port, handshake({ ...forwarded, Origin: "https://evil.example" }));
    await exchange(port, "GET /ws HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n");
    expect(recorder.opened.map(({ kind, address }) => [kind, address])).toEqual([
      ["websocket", "198.51.100.7"],
      ["polling", "198.51.100.7"],
    ]);
    expect(refusals.map(({ reason, peer }) => [reason, peer.address])).toEqual([
      ["origin", "198.51.100.7"],
      ["upgrade", "198.51.100.7"],
    ]);
    client.destroy();
  });

  test.each([
    ["some", prefixes("10.0.0.0/8"), 0],
    ["no", [], 1],
  ])(
    "H30 the header of anybody else is not looked at; the operator hears of it once if no proxy is trusted (%s)",
    async (_, trustedProxies, told) => {
      let heard = 0;
      const onUnknownProxy = () => void heard++;
      const { port, recorder } = await startListener({ trustedProxies, onUnknownProxy });
      const clients = [await openRaw(port, forwarded), await openRaw(port, forwarded)];
      expect(recorder.opened.map(({ address }) => address)).toEqual(["127.0.0.1", "127.0.0.1"]);
      expect(heard).toBe(told);
      for (const client of clients) client.destroy();
    },
  );
});
