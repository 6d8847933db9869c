/**
 * RFC 6455 section 5, rule by rule, by raw bytes: what the engine refuses, what it lets pass though it should not, and that neither
 * harms anybody. The rules of the handshake (section 4.2.1) are in handshake.test.ts, sizes in web-socket.test.ts.
 */
import { expect, test } from "vitest";
import {
  exchange,
  frame,
  handshake,
  OPCODE_BINARY,
  OPCODE_CLOSE,
  OPCODE_PING,
  OPCODE_TEXT,
  openRaw,
  RawClient,
} from "./raw-client.ts";
import { startListener } from "./test-listener.ts";

const FIN = 0x80;
const RSV2 = 0x20;
const RSV3 = 0x10;
const NO_BYTES = new Uint8Array(0);
const FIRST = Uint8Array.of(1, 2);
const SECOND = Uint8Array.of(3);

type Case = [name: string, bytes: Uint8Array];

/** A Close frame's payload. */
function closing(code: number, reason: ArrayLike<number> = []): Uint8Array {
  return Uint8Array.from([code >> 8, code & 0xff, ...Array.from(reason)]);
}

/** A binary frame whose length is told in more bytes than it needs. */
function longWinded(payload: Uint8Array, lengthBytes: 2 | 8): Buffer {
  const length = new Uint8Array(lengthBytes);
  length[lengthBytes - 1] = payload.length;
  return Buffer.from([FIN | OPCODE_BINARY, 0x80 | (lengthBytes === 2 ? 126 : 127), ...length, 0, 0, 0, 0, ...payload]);
}

test.each<Case>([
  ["RSV2 is set (5.2)", frame(OPCODE_BINARY, FIRST, FIN | RSV2)],
  ["RSV3 is set (5.2)", frame(OPCODE_BINARY, FIRST, FIN | RSV3)],
  ["RSV1 is set on a control frame (5.2)", frame(OPCODE_PING, NO_BYTES, FIN | 0x40)],
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): Case => [`opcode ${opcode} (5.2)`, frame(opcode)]),
  ["a ping in fragments (5.5)", frame(OPCODE_PING, NO_BYTES, 0)],
  ["a Close frame in fragments (5.5)", frame(OPCODE_CLOSE, closing(1000), 0)],
  ["a ping of 126 bytes (5.5)", frame(OPCODE_PING, new Uint8Array(126))],
  ["a Close frame of 126 bytes (5.5)", frame(OPCODE_CLOSE, closing(1000, new Uint8Array(124).fill(0x61)))],
  ["a continuation of nothing (5.4)", frame(0, FIRST)],
  ["a continuation of nothing that goes on (5.4)", frame(0, FIRST, 0)],
  ["a continuation after a whole message (5.4)", Buffer.concat([frame(OPCODE_BINARY), frame(0, FIRST)])],
])("L6 %s: cut off at once, counted, and seen by nobody", async (_name, bytes) => {
  const { port, recorder, rejects } = await startListener();
  const client = await openRaw(port);
  // What comes behind it is not read any more.
  client.write(Buffer.concat([bytes, frame(OPCODE_BINARY, SECOND)]));
  await client.untilClosed();
  expect(recorder.messages.filter(({ bytes: seen }) => seen.length > 0)).toEqual([]);
  expect(recorder.closed.map(({ code }) => code)).toEqual([1006]);
  expect(rejects).toEqual(["frame"]);
});

test.each<Case>([
  ["of one byte (5.5.1)", Uint8Array.of(3)],
  ...[0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535].map(
    (code): Case => [`with code ${code} (7.4)`, closing(code)],
  ),
  ["whose reason is no UTF-8 (5.5.1)", closing(1000, [0xc3, 0x28])],
  ["whose reason is an overlong form (5.5.1)", closing(1000, [0xc0, 0x80])],
  ["whose reason is half a surrogate pair (5.5.1)", closing(1000, [0xed, 0xa0, 0x80])],
])("L6 a Close frame %s ends the connection, and never as a goodbye", async (_name, payload) => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  client.write(frame(OPCODE_CLOSE, payload));
  await client.untilClosed();
  expect(recorder.closed.length).toBe(1);
  const [{ code }] = recorder.closed;
  expect(code === 1000 || code === 1001 || code >= 4500).toBe(false);
});

test.each([1000, 1001, 1003, 1011, 4000, 4999])("H9 a Close frame with code %i is a client's to send", async (code) => {
  const { port, recorder, rejects } = await startListener();
  const client = await openRaw(port);
  client.write(frame(OPCODE_CLOSE, closing(code, Buffer.from("bye"))));
  await client.untilClosed();
  expect(recorder.closed.map((closed) => closed.code)).toEqual([code]);
  expect(rejects).toEqual([]);
});

// RFC 6455 section 7.4.2 lets libraries use them, and the engine takes them for broken ones.
test.each([3000, 3999])("H9 a Close frame with code %i is 1006: the player may come back", async (code) => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  client.write(frame(OPCODE_CLOSE, closing(code)));
  await client.untilClosed();
  expect(recorder.closed.map((closed) => closed.code)).toEqual([1006]);
});

test("H9 a Close frame without a code is 1005: the player may come back", async () => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  client.write(frame(OPCODE_CLOSE));
  await client.untilClosed();
  expect(recorder.closed.map(({ code }) => code)).toEqual([1005]);
});

/** All messages until the connection says something known, as lists of bytes. */
async function messagesAfter(bytes: Uint8Array): Promise<{ messages: number[][]; client: RawClient }> {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  const last = Uint8Array.of(0xff, 0xff);
  client.write(Buffer.concat([bytes, frame(OPCODE_BINARY, last)]));
  const isLast = ({ bytes: seen }: { bytes: number[] }) => seen.join() === last.join();
  await recorder.until(() => recorder.messages.some(isLast) || recorder.closed.length > 0);
  return { messages: recorder.messages.filter((message) => !isLast(message)).map(({ bytes: seen }) => seen), client };
}

test("H6 a message in fragments with a ping between them arrives whole, and the ping is answered with its own bytes (5.4, 5.5.3)", async () => {
  const ping = frame(OPCODE_PING, Buffer.from("hi"));
  const { messages, client } = await messagesAfter(
    Buffer.concat([frame(OPCODE_BINARY, FIRST, 0), ping, frame(0, NO_BYTES, 0), frame(0, SECOND)]),
  );
  expect(messages).toEqual([[1, 2, 3]]);
  await client.until((text) => text.endsWith("\x8a\x02hi"));
  client.destroy();
});

test("H6 a message that comes byte by byte arrives whole", async () => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  for (const byte of frame(OPCODE_BINARY, FIRST)) client.write(Uint8Array.of(byte));
  await recorder.until(() => recorder.messages.length === 1);
  expect(recorder.messages[0].bytes).toEqual([1, 2]);
  client.destroy();
});

test("H6 a text message in fragments that split a letter is text, and refused as such (5.4)", async () => {
  const { port, recorder, rejects } = await startListener();
  const client = await openRaw(port);
  client.write(Buffer.concat([frame(OPCODE_TEXT, Uint8Array.of(0xc3), 0), frame(0, Uint8Array.of(0xa9))]));
  await client.untilClosed();
  expect(rejects).toEqual(["text"]);
  expect(recorder.closed.map(({ code }) => code)).toEqual([4500]);
});

// What follows the engine does not refuse, though the RFC wants it to. What it makes of it is bytes like any others.

test.each([2, 8] as const)("H6 a length in %i bytes that needs less is taken (5.2 forbids it)", async (lengthBytes) => {
  const { messages, client } = await messagesAfter(longWinded(FIRST, lengthBytes));
  expect(messages).toEqual([[1, 2]]);
  client.destroy();
});

test("H6 a frame without a mask is taken scrambled (5.1 forbids it): the decoder survives it", async () => {
  const { port, recorder, bugs } = await startListener();
  const client = await openRaw(port);
  const unmasked = Buffer.from([FIN | OPCODE_BINARY, 6, 1, 2, 3, 4, 5, 6]);
  client.write(Buffer.concat([unmasked, unmasked, unmasked]));
  client.write(frame(OPCODE_CLOSE, closing(1000)));
  await recorder.until(() => recorder.closed.length + recorder.messages.length > 0);
  client.destroy();
  await recorder.until(() => recorder.closed.length === 1);
  expect(bugs).toEqual([]);
  expect(recorder.messages.length).toBeLessThanOrEqual(3);
});

test("H6 a data frame inside a message in fragments is glued to it (5.4 forbids it): no more bytes than came", async () => {
  const { messages, client } = await messagesAfter(
    Buffer.concat([frame(OPCODE_BINARY, FIRST, 0), frame(OPCODE_BINARY, SECOND), frame(0, FIRST)]),
  );
  expect(messages.flat().length).toBeLessThanOrEqual(5);
  client.destroy();
});

test.each([
  ["a field of 5,000 bytes", handshake({ "X-Long": "x".repeat(5000) })],
  ["150 fields", handshake({}, undefined, "X-Many: 1\r\n".repeat(150))],
  ["a folded field", handshake({}, undefined, "X-Folded: a\r\n b\r\n")],
  ["a field without a colon", handshake({}, undefined, "nonsense\r\n")],
  ["a NUL in a field", handshake({}, undefined, "X-Nul: a\0b\r\n")],
  ["a bare line feed", handshake().replaceAll("\r\n", "\n")],
  ["HTTP/2.0", handshake({}, "GET /ws HTTP/2.0")],
  ["no version", handshake({}, "GET /ws")],
  ["a method of its own", handshake({}, "get /ws HTTP/1.1")],
])("H1 a handshake with %s opens nothing that it should not, and harms nobody", async (name, request) => {
  const { port, recorder, bugs } = await startListener();
  const hostile = await openHostile(port, request);
  const client = await openRaw(port);
  await recorder.until(() => recorder.opened.length > 0);
  expect(bugs).toEqual([]);
  // A long or a folded field is no reason by itself; whatever is accepted is a connection like any other.
  if (recorder.opened.length > 1) expect(hostile.text, name).toMatch(/^HTTP\/1\.1 101 /);
  client.destroy();
  hostile.destroy();
});

/** Sends the request; the answer, if one comes before another client has been served. */
async function openHostile(port: number, request: string): Promise<RawClient> {
  const client = new RawClient(port);
  client.write(request);
  await exchange(port, handshake({ Origin: "https://evil.example" }));
  return client;
}
