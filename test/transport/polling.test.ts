/** SPEC H11 to H22: opening a polling connection, messages both ways, and requests that are none. */
import { describe, expect, test } from "vitest";
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { MAILBOX_BYTES_MAX, MAILBOX_MESSAGES_MAX } from "../../server/transport/mailbox.ts";
import { POLLING_CONNECTIONS_MAX } from "../../server/transport/polling.ts";
import type { Peer } from "../../server/transport/refusal.ts";
import { delimited, EMPTY, farewell, openPoller, post } from "./poller.ts";
import { exchange, RawClient } from "./raw-client.ts";
import { startListener, type TestListener } from "./test-listener.ts";

/** The only connection so far, as refusals name it. */
function peerOf({ recorder: { opened } }: TestListener): Peer {
  const [{ id, kind, address }] = opened;
  return { id, kind, address };
}

describe("opening", () => {
  test("H11 an open with our schema is answered with an id of 128 random bits", async () => {
    const server = await startListener();
    const [one, two] = [await openPoller(server), await openPoller(server)];
    expect(one.key).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(two.key).not.toBe(one.key);
    expect(server.recorder.opened).toMatchObject([
      { kind: "polling", address: "127.0.0.1", isOpen: true },
      { kind: "polling", address: "127.0.0.1", isOpen: true },
    ]);
  });

  test("H11 another schema is answered 409 with the code to reload", async () => {
    const { port, recorder, rejects } = await startListener();
    const headers = { "shoal-protocol": "shoal.000000000000" };
    const answer = await post(`http://127.0.0.1:${port}/poll`, { headers });
    expect(answer).toEqual({ status: 409, bytes: farewell(4501, "schema changed: please reload") });
    expect(rejects).toEqual(["outdated"]);
    expect(recorder.opened).toEqual([]);
  });

  test("H11 an open without a schema is refused", async () => {
    const { port, rejects } = await startListener();
    expect((await post(`http://127.0.0.1:${port}/poll`, {})).status).toBe(400);
    expect(rejects).toEqual(["poll-request"]);
  });

  test("H4 a foreign page may not poll, and the own host's may", async () => {
    const { port, rejects } = await startListener();
    const request = (origin: string): string =>
      `POST /poll HTTP/1.1\r\nHost: pond.example\r\nOrigin: ${origin}\r\nshoal-protocol: ${SUBPROTOCOL}\r\nContent-Length: 0\r\n\r\n`;
    const refused = await exchange(port, request("https://evil.example"));
    expect(refused).toMatch(/^HTTP\/1\.1 403 /);
    expect(refused).not.toContain("Access-Control-Allow-Origin");
    expect(rejects).toEqual(["origin"]);
    const client = new RawClient(port);
    client.write(request("https://pond.example"));
    expect(await client.until((received) => received.includes("\r\n\r\n"))).toMatch(/^HTTP\/1\.1 200 OK/);
    client.destroy();
  });

  test("H12 a page of another, allowed origin passes the browser's preflight and may read the answers", async () => {
    const { port } = await startListener({ origins: ["https://games.example"] });
    const preflight = await fetch(`http://127.0.0.1:${port}/poll`, {
      method: "OPTIONS",
      headers: { Origin: "https://games.example" },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("https://games.example");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("shoal-sequence");
    const headers = { Origin: "https://games.example", "shoal-protocol": SUBPROTOCOL };
    const opened = await fetch(`http://127.0.0.1:${port}/poll`, { method: "POST", headers });
    expect(opened.headers.get("access-control-allow-origin")).toBe("https://games.example");
  });

  test("H22 the table of polling clients is bounded, and a place is free again when one leaves", async () => {
    const server = await startListener({ socketsMax: 5000 });
    const url = `http://127.0.0.1:${server.port}/poll`;
    const headers = { "shoal-protocol": SUBPROTOCOL };
    const first = await openPoller(server);
    for (let i = 1; i < POLLING_CONNECTIONS_MAX; i++) await post(url, { headers });
    expect((await post(url, { headers })).status).toBe(503);
    expect(server.rejects).toEqual(["poll-full"]);
    await fetch(url, { method: "DELETE", headers: { "shoal-connection": first.key } });
    expect((await post(url, { headers })).status).toBe(200);
  });
});

describe("messages", () => {
  test("H13 a poll's messages arrive in order and its answer holds what is waiting, in order", async () => {
    const server = await startListener();
    const { recorder } = server;
    const poller = await openPoller(server);
    recorder.messageHook = (connection, bytes) => connection.send(bytes.map((byte) => byte + 1));
    const answer = await poller.poll({ messages: [[1], [], [2, 3]] });
    expect(recorder.messages.map(({ bytes }) => bytes)).toEqual([[1], [], [2, 3]]);
    expect(answer).toEqual({ status: 200, bytes: [1, 2, 0, 2, 3, 4] });
    expect(await poller.poll()).toEqual(EMPTY);
  });

  test("H13 bytes are the caller's again after send", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const buffer = new Uint8Array([1, 2, 3]);
    server.recorder.opened[0].send(buffer.subarray(1));
    buffer.fill(9);
    expect(await poller.poll()).toEqual({ status: 200, bytes: [2, 2, 3] });
  });

  test("H6 the largest message is taken; one byte more closes with 4500", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const largest = Array.from({ length: MESSAGE_BYTES_MAX }, (_, i) => i & 0xff);
    expect(await poller.poll({ messages: [largest] })).toEqual(EMPTY);
    expect(server.recorder.messages[0].bytes).toEqual(largest);
    const answer = await poller.poll({ messages: [[...largest, 0]] });
    expect(answer).toEqual({ status: 410, bytes: farewell(4500, "message larger than 4096 bytes") });
    expect(server.refusals).toEqual([
      { reason: "oversize", peer: peerOf(server), words: "message larger than 4096 bytes" },
    ]);
    expect(server.recorder.messages.length).toBe(1);
    expect(server.recorder.closed.map(({ code }) => code)).toEqual([4500]);
  });

  test.each([
    ["cut in a message", [3, 1, 2]],
    ["cut in a length", [0x80]],
    ["an endless length", Array.from({ length: 20 }, () => 0xff)],
    ["a length of 2^32 - 1", [0xff, 0xff, 0xff, 0xff, 0x0f, 1]],
  ])("H13 a body that is %s closes with 4500", async (_name, body) => {
    const server = await startListener();
    const poller = await openPoller(server);
    const answer = await poller.poll({ body: Uint8Array.from(body) });
    expect(answer.status).toBe(410);
    expect(answer.bytes.slice(0, 2)).toEqual([4500 >> 8, 4500 & 0xff]);
    expect(server.refusals).toMatchObject([{ reason: "poll-body", peer: peerOf(server) }]);
    expect(server.recorder.messages).toEqual([]);
  });

  test("H7 200 messages are taken at once, more close with 4007", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const answer = await poller.poll({ messages: Array.from({ length: 201 }, () => []) });
    expect(answer).toEqual({ status: 410, bytes: farewell(4007, "too many messages") });
    expect(server.refusals).toEqual([{ reason: "rate", peer: peerOf(server), words: "too many messages" }]);
    expect(server.recorder.messages.length).toBe(200);
  });

  test("H35 120 empty polls are answered at once, then 60 a second; one more closes with 4007, and what it brings is not read", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    for (let i = 0; i < 120; i++) expect(await poller.poll()).toEqual(EMPTY);
    server.clock.nowMs += 1000;
    for (let i = 0; i < 60; i++) expect(await poller.poll()).toEqual(EMPTY);
    const answer = await poller.poll({ messages: [[1]] });
    expect(answer).toEqual({ status: 410, bytes: farewell(4007, "too many polls") });
    expect(server.refusals).toEqual([{ reason: "rate", peer: peerOf(server), words: "too many polls" }]);
    expect(server.recorder.messages).toEqual([]);
  });

  test("H35 a poll for each frame of a world at 60 Hz never empties the bucket, nor do 100 at once after a stall", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    for (let i = 0; i < 300; i++) {
      server.clock.nowMs += 1000 / 60;
      expect(await poller.poll()).toEqual(EMPTY);
    }
    for (let i = 0; i < 100; i++) expect(await poller.poll()).toEqual(EMPTY);
    expect(server.rejects).toEqual([]);
  });

  test("H8 a handler that throws costs its connection 1011", async () => {
    const server = await startListener();
    server.recorder.messageHook = () => {
      throw new Error("game bug");
    };
    const poller = await openPoller(server);
    const bystander = await openPoller(server);
    expect(await poller.poll({ messages: [[1]] })).toEqual({ status: 410, bytes: farewell(1011, "internal error") });
    expect(server.bugs.length).toBe(1);
    expect(await bystander.poll()).toEqual(EMPTY);
  });

  test("H14 a repeated, a skipped or an early sequence number closes with 4500", async () => {
    for (const sequence of [0, 1, 3]) {
      const server = await startListener();
      const poller = await openPoller(server);
      expect(await poller.poll()).toEqual(EMPTY);
      const answer = await poller.poll({ sequence, messages: [[1]] });
      expect(answer).toEqual({ status: 410, bytes: farewell(4500, "poll out of order") });
      expect(server.refusals).toEqual([{ reason: "poll-order", peer: peerOf(server), words: "poll out of order" }]);
      expect(server.recorder.messages).toEqual([]);
      expect(server.recorder.closed.map(({ code }) => code)).toEqual([4500]);
    }
  });

  test("L6 what comes after the close is not refused once more", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    server.recorder.opened[0].send(new Uint8Array([3]));
    // What waits goes down first, so the client learns of the close with the poll after.
    expect(await poller.poll({ sequence: 7 })).toEqual({ status: 200, bytes: [1, 3] });
    expect(await poller.poll({ sequence: 7, body: Uint8Array.from([9]) })).toEqual({
      status: 410,
      bytes: farewell(4500, "poll out of order"),
    });
    expect(server.rejects).toEqual(["poll-order"]);
  });

  test("H15 the mailbox is full at its number of messages: more are dropped, those inside still go down", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const [connection] = server.recorder.opened;
    for (let i = 0; i < MAILBOX_MESSAGES_MAX; i++) expect(connection.send(new Uint8Array([i]))).toBe("sent");
    expect(connection.send(new Uint8Array([1]))).toBe("dropped");
    expect((await poller.poll()).bytes.length).toBe(2 * MAILBOX_MESSAGES_MAX);
    expect(connection.send(new Uint8Array([1]))).toBe("sent");
  });

  test("H15 the mailbox is full at its number of bytes, to the byte", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const [connection] = server.recorder.opened;
    // 3 bytes of length each.
    expect(connection.send(new Uint8Array(32_765))).toBe("sent");
    expect(connection.send(new Uint8Array(32_766))).toBe("dropped");
    expect(connection.send(new Uint8Array(32_765))).toBe("sent");
    expect(connection.bufferedBytes()).toBe(MAILBOX_BYTES_MAX);
    expect(connection.send(new Uint8Array(0))).toBe("dropped");
    expect((await poller.poll()).bytes.length).toBe(MAILBOX_BYTES_MAX);
    expect(connection.bufferedBytes()).toBe(0);
  });
});

describe("requests that are none", () => {
  const headers = (fields: string): string => `POST /poll HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;
  test.each([
    ["GET", "GET /poll HTTP/1.1\r\nHost: a\r\n\r\n", 405],
    ["two lengths", headers("Content-Length: 0\r\nContent-Length: 5\r\n"), 400],
    ["a body over 16 KiB by its length", headers("Content-Length: 16385\r\n"), 413],
    [
      "a body over 16 KiB by chunks",
      `${headers("Transfer-Encoding: chunked\r\n")}4001\r\n${"x".repeat(16_385)}\r\n0\r\n\r\n`,
      413,
    ],
  ])("H21 %s is refused, counted, and the socket closed", async (_name, request, status) => {
    const { port, refusals } = await startListener();
    expect(await exchange(port, request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(refusals).toMatchObject([{ reason: "poll-request", peer: { kind: "polling", address: "127.0.0.1" } }]);
  });

  test.each([
    ["no sequence", { "shoal-sequence": "" }],
    ["a sequence that is no number", { "shoal-sequence": "-1" }],
    ["a wait that is no number", { "shoal-wait": "1e3" }],
    ["a wait over 20 s", { "shoal-wait": "20001" }],
  ])("H21 %s is refused, and the connection stays as it was", async (_name, changes) => {
    const server = await startListener();
    const poller = await openPoller(server);
    const fields = { "shoal-connection": poller.key, "shoal-sequence": "1", ...changes };
    expect((await post(`http://127.0.0.1:${server.port}/poll`, { headers: fields })).status).toBe(400);
    expect(await poller.poll()).toEqual(EMPTY);
  });

  test("H21 a body of exactly 16 KiB is taken, in however many pieces it comes", async () => {
    const server = await startListener();
    const poller = await openPoller(server);
    const messages = Array.from({ length: 4 }, () => new Array<number>(4093).fill(1));
    const body = Buffer.concat([delimited(messages), delimited([[1], [1]])]);
    expect(body.length).toBe(16_384);
    const client = new RawClient(server.port);
    client.write(
      `POST /poll HTTP/1.1\r\nHost: a\r\nshoal-connection: ${poller.key}\r\nshoal-sequence: 1\r\nContent-Length: 16384\r\nExpect: 100-continue\r\n\r\n`,
    );
    await client.until((received) => received.startsWith("HTTP/1.1 100 "));
    client.write(body.subarray(0, 5000));
    client.write(body.subarray(5000));
    await client.until((received) => received.includes("HTTP/1.1 200 OK"));
    expect(server.recorder.messages.map(({ bytes }) => bytes.length)).toEqual([4093, 4093, 4093, 4093, 1, 1]);
    client.destroy();
  });
});
