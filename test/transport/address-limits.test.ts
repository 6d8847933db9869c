/** SPEC H31 and H32: how much one address may do, by a clock moved by hand, and at the door of a real listener. */
import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, onTestFinished, test } from "vitest";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { type AddressLimitOptions, AddressLimits } from "../../server/transport/address-limits.ts";
import { AddressTable } from "../../server/transport/address-table.ts";
import { parseIpPrefix } from "../../server/transport/ip-address.ts";
import {
  exchange,
  frame,
  handshake,
  OPCODE_BINARY,
  OPCODE_PING,
  OPCODE_TEXT,
  openRaw,
  RawClient,
} from "./raw-client.ts";
import { startListener, type TestListener } from "./test-listener.ts";

const ADA = "198.51.100.7";
const BAO = "198.51.100.8";
const BAD_MESSAGE = 4500;
const RATE = 4007;

function setUp(options: Partial<AddressLimitOptions> = {}) {
  const clock = { nowMs: 1000 };
  const limits = new AddressLimits({
    socketsMax: 50,
    perSecond: 10,
    serverSocketsMax: 12_000,
    nowMs: () => clock.nowMs,
    ...options,
  });
  /** The reason that this address may not connect, undefined if it has. */
  const connect = (address: string) => {
    const refusal = limits.judge(address);
    if (refusal === undefined) limits.opened(address);
    return refusal?.reason;
  };
  return { clock, limits, connect };
}

describe("connections of one address", () => {
  test("H31 are fifty at once; when one ends another may come", () => {
    const { limits, connect } = setUp({ perSecond: 0 });
    for (let i = 0; i < 50; i++) expect(connect(ADA)).toBeUndefined();
    expect(connect(ADA)).toBe("address-sockets");
    expect(connect(BAO)).toBeUndefined();
    limits.closed(ADA, 1000);
    expect(connect(ADA)).toBeUndefined();
    expect(connect(ADA)).toBe("address-sockets");
  });

  test("H31 are twenty in one moment and ten a second", () => {
    const { clock, limits, connect } = setUp({ socketsMax: 0 });
    for (let i = 0; i < 20; i++) expect(connect(ADA)).toBeUndefined();
    expect(connect(ADA)).toBe("address-rate");
    expect(limits.judge(ADA)).toMatchObject({ status: 429, header: ["Retry-After", "1"] });
    expect(connect(BAO)).toBeUndefined();
    clock.nowMs += 99;
    expect(connect(ADA)).toBe("address-rate");
    clock.nowMs += 2;
    expect(connect(ADA)).toBeUndefined();
    clock.nowMs += 10_000;
    for (let i = 0; i < 20; i++) expect(connect(ADA)).toBeUndefined();
    expect(connect(ADA)).toBe("address-rate");
  });

  test("H31 of IPv6 are those of its /64", () => {
    const { connect } = setUp({ socketsMax: 2, perSecond: 0 });
    expect(connect("2001:db8::1")).toBeUndefined();
    expect(connect("2001:db8::2")).toBeUndefined();
    expect(connect("2001:db8::3")).toBe("address-sockets");
    expect(connect("2001:db8:0:1::3")).toBeUndefined();
  });

  test.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])(
    "H31 are not counted for this machine, %s",
    (address) => {
      const { limits, connect } = setUp({ socketsMax: 1, perSecond: 1 });
      for (let i = 0; i < 5000; i++) expect(connect(address)).toBeUndefined();
      for (let i = 0; i < 5000; i++) limits.closed(address, RATE);
      expect(connect(address)).toBeUndefined();
    },
  );

  test("H31 H32 with both limits at 0 are not limited", () => {
    const { limits, connect } = setUp({ socketsMax: 0, perSecond: 0 });
    for (let i = 0; i < 5000; i++) {
      expect(connect(ADA)).toBeUndefined();
      if (i % 2 === 0) limits.closed(ADA, RATE);
    }
  });

  test.each([RATE, BAD_MESSAGE])("H32 are let in four times in 60 s if each ends with %i, and then wait", (code) => {
    const { clock, limits, connect } = setUp();
    for (let visit = 0; visit < 4; visit++) {
      expect(connect(ADA)).toBeUndefined();
      limits.closed(ADA, code);
      clock.nowMs += 5000;
    }
    expect(connect(ADA)).toBe("address-waits");
    expect(limits.judge(ADA)?.header).toEqual(["Retry-After", "40"]);
    expect(connect(BAO)).toBeUndefined();
    clock.nowMs += 39_999;
    expect(connect(ADA)).toBe("address-waits");
    clock.nowMs += 1;
    expect(connect(ADA)).toBeUndefined();
    limits.closed(ADA, code);
    expect(connect(ADA)).toBe("address-waits");
  });

  test.each([1000, 1006, 4000, 4001, 4002, 4503, 4504])("H32 that end with %i are nobody's fault", (code) => {
    const { limits, connect } = setUp();
    for (let visit = 0; visit < 20; visit++) {
      expect(connect(ADA)).toBeUndefined();
      limits.closed(ADA, code);
    }
    expect(connect(ADA)).toBe("address-rate");
  });
});

test("H31 what is remembered is bounded: the address not heard of for longest is forgotten", () => {
  let made = 0;
  const table = new AddressTable(() => ++made, { entriesMax: 3 });
  expect(["192.0.2.1", "192.0.2.2", "192.0.2.3"].map((address) => table.of(address))).toEqual([1, 2, 3]);
  expect(table.of("192.0.2.1")).toBe(1);
  expect(table.of("192.0.2.4")).toBe(4);
  expect(table.size).toBe(3);
  expect(table.of("192.0.2.1")).toBe(1);
  expect(table.of("192.0.2.2")).toBe(5);
  expect(table.of("127.0.0.1")).toBeUndefined();
});

describe("TCP connections and requests of one address", () => {
  test("H34 are 160 in one moment and 80 a second", () => {
    const { clock, limits } = setUp();
    const taken = (address: string) =>
      Array.from({ length: 500 }, () => limits.arrives(address)).filter(Boolean).length;
    expect([taken(ADA), taken(ADA), taken(BAO)]).toEqual([160, 0, 160]);
    clock.nowMs += 1000;
    expect(taken(ADA)).toBe(80);
    expect(taken("127.0.0.1")).toBe(500);
  });

  test("H34 are not limited without ADDRESS_JOINS_PER_S", () => {
    const { limits } = setUp({ perSecond: 0 });
    for (let i = 0; i < 500; i++) expect(limits.arrives(ADA)).toBe(true);
  });
});

describe("at the door", () => {
  const from = (address: string) => ({ "X-Forwarded-For": address });
  const proxies = [parseIpPrefix("127.0.0.1")].flatMap((prefix) => prefix ?? []);
  const startBehindProxy = (): Promise<TestListener> =>
    startListener({ trustedProxies: proxies, addressSocketsMax: 2, addressJoinsPerSecond: 100 });

  function openPolling(port: number, address: string): Promise<Response> {
    const headers = { ...from(address), "shoal-protocol": SUBPROTOCOL };
    return fetch(`http://127.0.0.1:${port}/poll`, { method: "POST", headers });
  }

  test("H31 one more socket or poll than the address may have gets 429 and Retry-After, and nothing is made for it", async () => {
    const { port, recorder, refusals } = await startBehindProxy();
    const client = await openRaw(port, from(ADA));
    const poll = await openPolling(port, ADA);
    expect(poll.status).toBe(200);
    expect(await exchange(port, handshake(from(ADA)))).toMatch(
      /^HTTP\/1\.1 429 Too Many Requests\r\n.*\r\nRetry-After: 5\r\n/s,
    );
    const refused = await openPolling(port, ADA);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "5"]);
    expect(recorder.opened.length).toBe(2);
    expect(refusals.map(({ reason, peer }) => [reason, peer.kind, peer.address])).toEqual([
      ["address-sockets", "websocket", ADA],
      ["address-sockets", "polling", ADA],
    ]);
    // Either way of leaving makes room.
    client.destroy();
    await recorder.until(() => recorder.closed.length === 1);
    const again = await openRaw(port, from(ADA));
    const headers = { "shoal-connection": await poll.text() };
    await fetch(`http://127.0.0.1:${port}/poll`, { method: "DELETE", headers });
    expect((await openPolling(port, ADA)).status).toBe(200);
    again.destroy();
  });

  test.each([
    ["a flood of pings", Buffer.concat(Array.from({ length: 30 }, () => frame(OPCODE_PING)))],
    ["a flood of messages", Buffer.concat(Array.from({ length: 300 }, () => frame(OPCODE_BINARY)))],
    ["text", frame(OPCODE_TEXT)],
    ["a frame that the engine cuts off", frame(3)],
  ])("H32 the fourth return of an address that sends %s is refused", async (_, bytes) => {
    const { port, recorder, rejects } = await startBehindProxy();
    for (let visit = 1; visit <= 4; visit++) {
      const client = await openRaw(port, from(ADA));
      client.write(bytes);
      await client.untilClosed();
      await recorder.until(() => recorder.closed.length === visit);
    }
    expect(await exchange(port, handshake(from(ADA)))).toMatch(/^HTTP\/1\.1 429 .*\r\nRetry-After: 60\r\n/s);
    expect((await openPolling(port, ADA)).status).toBe(429);
    expect(rejects.slice(-2)).toEqual(["address-waits", "address-waits"]);
    const other = await openRaw(port, from(BAO));
    expect(other.text).toMatch(/^HTTP\/1\.1 101 /);
    other.destroy();
  });

  test("H34 a flood of requests for the page is cut off, and of another address's answered", async () => {
    const { port, rejects } = await startListener({ trustedProxies: proxies, addressJoinsPerSecond: 1 });
    const page = (address: string) => `GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${address}\r\n\r\n`;
    const answers = (text: string) => text.split("HTTP/1.1 404 ").length - 1;
    const flood = new RawClient(port);
    flood.write(page(ADA).repeat(16));
    await flood.until((text) => answers(text) === 16);
    flood.write(page(ADA));
    await flood.untilClosed();
    expect(answers(flood.text)).toBe(16);
    expect(rejects).toEqual(["address-arrivals"]);
    const other = new RawClient(port);
    other.write(page(BAO));
    await other.until((text) => text.startsWith("HTTP/1.1 404 "));
    other.destroy();
  });

  const own = Object.values(networkInterfaces())
    .flat()
    .find((found) => found?.family === "IPv4" && !found.internal)?.address;
  test.skipIf(own === undefined)("H34 half-open sockets of one address leave room for others", async () => {
    // As with 400 descriptors and the default limits.
    const socketsMax = 336;
    const { port, listener, rejects, clock } = await startListener({ host: "0.0.0.0", socketsMax });
    const flood: Socket[] = [];
    onTestFinished(() => {
      for (const socket of flood) socket.destroy();
    });
    // As often as the address likes, for as long as the engine leaves it the first ones.
    for (let second = 0; second <= 12; second++) {
      for (let i = 0; i < 40; i++) {
        const socket = connect({ port, host: own });
        socket.on("error", () => {});
        socket.write("GET / HTTP/1.1\r\nHost");
        flood.push(socket);
      }
      while (listener.sockets + rejects.length < flood.length) await new Promise(setImmediate);
      clock.nowMs += 1000;
    }
    expect(listener.sockets).toBeLessThanOrEqual(socketsMax / 4);
    expect(listener.sockets).toBeGreaterThan(socketsMax / 5);
    const player = await openRaw(port);
    expect(player.text).toMatch(/^HTTP\/1\.1 101 /);
    player.destroy();
  });

  test("H32 so is that of one who polls", async () => {
    const { port, rejects } = await startBehindProxy();
    for (let visit = 1; visit <= 4; visit++) {
      const headers = { "shoal-connection": await (await openPolling(port, ADA)).text(), "shoal-sequence": "7" };
      expect((await fetch(`http://127.0.0.1:${port}/poll`, { method: "POST", headers })).status).toBe(410);
    }
    expect((await openPolling(port, ADA)).status).toBe(429);
    expect(rejects.at(-1)).toBe("address-waits");
  });
});
