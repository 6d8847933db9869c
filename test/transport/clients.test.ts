/** SPEC H23 and H24: both of the client's pipes against the real server; they must behave alike. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openPolling } from "../../client/sync/polling.ts";
import type { OpenTransport, Transport, TransportEvents } from "../../client/sync/transport.ts";
import { openWebSocket } from "../../client/sync/web-socket.ts";
import { parseIpPrefix } from "../../server/transport/ip-address.ts";
import { startListener, type TestListener } from "./test-listener.ts";

/** What one pipe told, and waiting for it. */
class Events implements TransportEvents {
  readonly log: string[] = [];
  readonly messages: Uint8Array[] = [];
  openHook: () => void = () => {};
  messageHook: (bytes: Uint8Array) => void = () => {};
  #onChange: () => void = () => {};

  onOpen(): void {
    this.#add("open");
    this.openHook();
  }

  onMessage(bytes: Uint8Array): void {
    this.messages.push(bytes);
    this.#add(`message ${[...bytes].join(",")}`);
    this.messageHook(bytes);
  }

  onClose(code: number, reason: string): void {
    this.#add(`close ${code} ${reason}`);
  }

  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
  }

  #add(line: string): void {
    this.log.push(line);
    this.#onChange();
  }
}

function open(openTransport: OpenTransport, { port }: { port: number }, events: Events): Transport {
  const transport = openTransport(`http://127.0.0.1:${port}`, events);
  onTestFinished(() => transport.close());
  return transport;
}

/** Time passes here, as it does for a server that ticks: it ends the waits of polls that nothing answers. */
async function startTicking(): Promise<TestListener> {
  const server = await startListener({ nowMs: () => performance.now() });
  const ticker = setInterval(() => server.listener.sweep(performance.now()), 10);
  onTestFinished(() => clearInterval(ticker));
  return server;
}

async function startEcho(): Promise<TestListener> {
  const server = await startTicking();
  server.recorder.messageHook = (connection, bytes) => connection.send(bytes);
  return server;
}

describe.each([
  ["websocket", openWebSocket],
  ["polling", openPolling],
])("%s", (kind, openTransport) => {
  test("H23 messages go up and come back whole and in order, and may be kept", async () => {
    const server = await startEcho();
    const events = new Events();
    const transport = open(openTransport, server, events);
    expect(events.log).toEqual([]);
    await events.until(() => events.log.length === 1);
    expect(server.recorder.opened[0].kind).toBe(kind);
    const sent = Array.from({ length: 100 }, (_, i) => new Uint8Array(i).fill(i));
    for (const message of sent) transport.send(message);
    await events.until(() => events.messages.length === 100);
    expect(events.messages).toEqual(sent);
    expect(events.log[0]).toBe("open");
  });

  test("H23 more than fits into one request arrives all the same", async () => {
    const server = await startEcho();
    const events = new Events();
    const transport = open(openTransport, server, events);
    await events.until(() => events.log.length === 1);
    for (let i = 0; i < 20; i++) transport.send(new Uint8Array(4096).fill(i));
    await events.until(() => events.messages.length === 20);
    expect(events.messages.map((bytes) => `${bytes.length} of ${bytes[0]}`)).toEqual(
      Array.from({ length: 20 }, (_, i) => `4096 of ${i}`),
    );
  });

  test("H23 many turns, each asking for the next, keep their order", async () => {
    const server = await startEcho();
    const events = new Events();
    const transport = open(openTransport, server, events);
    events.openHook = () => transport.send(new Uint8Array([0]));
    events.messageHook = ([turn]) => transport.send(new Uint8Array([turn + 1]));
    await events.until(() => events.messages.length === 50);
    expect(events.messages.slice(0, 50).map(([turn]) => turn)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test("H23 what is sent before the open and after the close has no effect", async () => {
    const server = await startEcho();
    const events = new Events();
    const transport = open(openTransport, server, events);
    transport.send(new Uint8Array([1]));
    events.openHook = () => transport.send(new Uint8Array([2]));
    await events.until(() => events.messages.length === 1);
    transport.close();
    transport.send(new Uint8Array([3]));
    transport.close();
    await server.recorder.until(() => server.recorder.closed.length === 1);
    expect(server.recorder.closed[0].code).toBe(1000);
    expect(server.recorder.messages.map(({ bytes }) => bytes)).toEqual([[2]]);
    // A whole round trip of another pipe: what the closed one had to tell, it has told.
    const later = new Events();
    const other = open(openTransport, server, later);
    later.openHook = () => other.send(new Uint8Array([4]));
    await later.until(() => later.messages.length === 1);
    expect(events.log).toEqual(["open", "message 2"]);
  });

  test("H23 the server's close arrives with code and reason, after the messages before it", async () => {
    const server = await startTicking();
    server.recorder.messageHook = (connection) => {
      connection.send(new Uint8Array([1]));
      connection.close(4003, "room full");
    };
    const events = new Events();
    const transport = open(openTransport, server, events);
    events.openHook = () => transport.send(new Uint8Array([0]));
    await events.until(() => events.log.length === 3);
    expect(events.log).toEqual(["open", "message 1", "close 4003 room full"]);
  });

  test("H23 closing from inside a message stops the ones after it", async () => {
    const server = await startTicking();
    server.recorder.messageHook = (connection) => {
      for (let i = 0; i < 5; i++) connection.send(new Uint8Array([i]));
    };
    const events = new Events();
    const transport = open(openTransport, server, events);
    events.openHook = () => transport.send(new Uint8Array([0]));
    events.messageHook = () => transport.close();
    await server.recorder.until(() => server.recorder.closed.length === 1);
    expect(events.log).toEqual(["open", "message 0"]);
  });

  test("H23 nobody there is 1006, told later", async () => {
    const server = await startListener();
    server.listener.close();
    const events = new Events();
    open(openTransport, server, events);
    expect(events.log).toEqual([]);
    await events.until(() => events.log.length === 1);
    expect(events.log[0]).toMatch(/^close 1006/);
  });

  test("H23 closing before the open: nothing is ever told", async () => {
    const server = await startListener();
    const events = new Events();
    open(openTransport, server, events).close();
    const later = new Events();
    open(openTransport, server, later);
    await later.until(() => later.log.length === 1);
    expect(events.log).toEqual([]);
  });
});

test("H24 a proxy's page in place of an answer is a lost connection, not a message", async () => {
  const proxy = createServer((_request, response) => response.end("<html>Welcome to the hotel</html>"));
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  const events = new Events();
  open(openPolling, proxy.address() as AddressInfo, events);
  await events.until(() => events.log.some((line) => line.startsWith("close")));
  expect(events.log.at(-1)).toMatch(/^close 1006/);
  expect(events.messages).toEqual([]);
});

test("H24 a server that refuses the schema tells a polling client to reload", async () => {
  const answer = Buffer.from([4501 >> 8, 4501 & 0xff, ...Buffer.from("schema changed: please reload")]);
  const server = createServer((_request, response) => response.writeHead(409).end(answer));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const events = new Events();
  open(openPolling, server.address() as AddressInfo, events);
  await events.until(() => events.log.length === 1);
  expect(events.log).toEqual(["close 4501 schema changed: please reload"]);
});

test("S6 H23 a client that closes to come back keeps its place, and is not counted as one that sent a broken frame", async () => {
  const server = await startTicking();
  const events = new Events();
  const transport = open(openWebSocket, server, events);
  await events.until(() => events.log.includes("open"));
  transport.close(true);
  await server.recorder.until(() => server.recorder.closed.length === 1);
  const [{ code }] = server.recorder.closed;
  expect(code).toBeGreaterThan(4000);
  expect(code).toBeLessThan(4500);
  expect(server.rejects).toEqual([]);
});

test("H31 a poll that is one too many of its network ends with 4008 and the time to come back", async () => {
  const server = await startListener({
    trustedProxies: [parseIpPrefix("127.0.0.1")].flatMap((prefix) => prefix ?? []),
    addressSocketsMax: 1,
  });
  const fetchAs: typeof fetch = (url, init) =>
    realFetch(url, { ...init, headers: { ...init?.headers, "X-Forwarded-For": "198.51.100.7" } });
  const realFetch = globalThis.fetch;
  vi.stubGlobal("fetch", fetchAs);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const first = new Events();
  open(openPolling, server, first);
  await first.until(() => first.log.length === 1);
  const second = new Events();
  open(openPolling, server, second);
  await second.until(() => second.log.length === 1);
  expect(second.log).toEqual(["close 4008 too many from this network; retry in 5000 ms"]);
});
