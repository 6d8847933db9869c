/** SPEC H5 to H10: what a WebSocket connection takes, gives and survives. Raw bytes on real sockets. */
import { expect, test } from "vitest";
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";
import type { Peer } from "../../server/transport/refusal.ts";
import {
  closeFrame,
  exchange,
  frame,
  handshake,
  OPCODE_BINARY,
  OPCODE_CLOSE,
  OPCODE_PING,
  OPCODE_PONG,
  OPCODE_TEXT,
  openRaw,
} from "./raw-client.ts";
import { type Recorder, startListener } from "./test-listener.ts";

const FLOOD = 500_000;

/** The only connection so far, as refusals name it. */
function peerOf({ opened: [{ id, kind, address }] }: Recorder): Peer {
  return { id, kind, address };
}

test("H6 a message of 0 bytes and one of the largest size arrive whole", async () => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  const largest = new Uint8Array(MESSAGE_BYTES_MAX).fill(7);
  client.write(Buffer.concat([frame(OPCODE_BINARY), frame(OPCODE_BINARY, largest)]));
  await recorder.until(() => recorder.messages.length === 2);
  expect(recorder.messages[0].bytes).toEqual([]);
  expect(recorder.messages[1].bytes).toEqual([...largest]);
  client.destroy();
});

/** What the engine takes, so that the client can be told why it goes. */
const CUT_OFF_BYTES = 5120;

test.each([
  ["one byte more", frame(OPCODE_BINARY, new Uint8Array(MESSAGE_BYTES_MAX + 1))],
  ["the most that is read", frame(OPCODE_BINARY, new Uint8Array(CUT_OFF_BYTES))],
  ["one byte more as text", frame(OPCODE_TEXT, new Uint8Array(MESSAGE_BYTES_MAX + 1))],
  [
    "one byte more in fragments",
    Buffer.concat([frame(OPCODE_BINARY, new Uint8Array(MESSAGE_BYTES_MAX), 0), frame(0, new Uint8Array(1))]),
  ],
])("H6 %s closes with 4500 and words, unseen by the handler", async (_name, bytes) => {
  const { port, recorder, refusals } = await startListener();
  const client = await openRaw(port);
  client.write(bytes);
  const words = "message larger than 4096 bytes";
  expect((await client.untilClosed()).endsWith(closeFrame(4500, words))).toBe(true);
  expect(recorder.messages).toEqual([]);
  expect(recorder.closed.map(({ code }) => code)).toEqual([4500]);
  expect(refusals).toEqual([{ reason: "oversize", peer: peerOf(recorder), words }]);
});

const LENGTH_AND_MASK = (...length: number[]) => Buffer.from([0x82, 0xff, ...length, 0, 0, 0, 0]);
test.each([
  ["a length over 5120 bytes", frame(OPCODE_BINARY, new Uint8Array(CUT_OFF_BYTES + 1)).subarray(0, 8)],
  [
    "a fragment's byte over 5120, though more are to come,",
    Buffer.concat([frame(OPCODE_BINARY, new Uint8Array(CUT_OFF_BYTES), 0), frame(0, new Uint8Array(1), 0)]),
  ],
  ["a length of 2^32 + 5", LENGTH_AND_MASK(0, 0, 0, 1, 0, 0, 0, 5)],
  ["a length of 2^62", LENGTH_AND_MASK(0x40, 0, 0, 0, 0, 0, 0, 0)],
  ["a length of 2^63", LENGTH_AND_MASK(0x80, 0, 0, 0, 0, 0, 0, 0)],
])("H6 %s cuts the connection off, and is counted", async (_name, bytes) => {
  const { port, recorder, refusals } = await startListener();
  const client = await openRaw(port);
  client.write(bytes);
  await client.untilClosed();
  expect(recorder.messages).toEqual([]);
  expect(recorder.closed.map(({ code }) => code)).toEqual([1006]);
  expect(refusals).toEqual([{ reason: "oversize", peer: peerOf(recorder), words: "Received too big message" }]);
});

test.each([
  ["H5 a frame that claims to be compressed", "frame", frame(OPCODE_BINARY, new Uint8Array(0), 0xc0)],
  ["L6 a frame of an unknown kind", "frame", frame(3)],
  ["L6 a fragment of nothing", "frame", frame(0, new Uint8Array(1))],
  ["L6 a Close frame with a code that nobody may send", "frame", frame(OPCODE_CLOSE, new Uint8Array([0x03, 0xee]))],
  ["L6 a text message that is no text", "text", frame(OPCODE_TEXT, new Uint8Array([0xff]))],
])("%s cuts the connection off, and is counted", async (_name, reason, bytes) => {
  const { port, recorder, refusals } = await startListener();
  const client = await openRaw(port);
  client.write(bytes);
  await client.untilClosed();
  expect(recorder.messages).toEqual([]);
  expect(recorder.closed.map(({ code }) => code)).toEqual([1006]);
  expect(refusals).toMatchObject([{ reason, peer: peerOf(recorder) }]);
});

test("L6 a refused handshake is told with the sender's address and what was wrong", async () => {
  const { port, refusals } = await startListener();
  await exchange(port, handshake({ Origin: "https://evil.example" }));
  // Not even a handshake: the engine hands this one to another route.
  await exchange(port, handshake({ "Sec-WebSocket-Key": undefined }));
  const peer = { id: undefined, kind: "websocket", address: "127.0.0.1" };
  expect(refusals).toEqual([
    { reason: "origin", peer, words: "Pages of this origin may not connect here." },
    { reason: "key", peer, words: "Sec-WebSocket-Key must be the base64 form of 16 bytes." },
  ]);
});

test("L6 a line that goes and a client that leaves are no refusals", async () => {
  const { port, recorder, rejects } = await startListener();
  const [lost, leaving] = [await openRaw(port), await openRaw(port)];
  lost.destroy();
  leaving.write(frame(OPCODE_CLOSE, new Uint8Array([0x03, 0xe8])));
  await recorder.until(() => recorder.closed.length === 2);
  expect(rejects).toEqual([]);
});

test("H6 a text message closes with 4500", async () => {
  const { port, recorder, refusals } = await startListener();
  const client = await openRaw(port);
  client.write(frame(OPCODE_TEXT, Buffer.from("hello")));
  expect((await client.untilClosed()).endsWith(closeFrame(4500, "text message"))).toBe(true);
  expect(refusals).toEqual([{ reason: "text", peer: peerOf(recorder), words: "text message" }]);
  expect(recorder.messages).toEqual([]);
  expect(recorder.closed.map(({ code }) => code)).toEqual([4500]);
});

test("H7 of half a million frames in one write 200 are handled, and the client is told 4007", async () => {
  const { port, recorder, refusals } = await startListener();
  const client = await openRaw(port);
  client.write(Buffer.concat(Array.from({ length: FLOOD }, () => frame(OPCODE_BINARY))));
  await recorder.until(() => recorder.closed.length === 1);
  await client.untilClosed();
  expect(recorder.messages.length).toBe(200);
  expect(refusals).toEqual([{ reason: "rate", peer: peerOf(recorder), words: "too many messages" }]);
  expect(recorder.closed[0].code).toBe(4007);
});

test("H7 after the burst, messages come back at 120 a second", async () => {
  const { port, recorder, clock } = await startListener();
  const client = await openRaw(port);
  client.write(Buffer.concat(Array.from({ length: 200 }, () => frame(OPCODE_BINARY))));
  await recorder.until(() => recorder.messages.length === 200);
  clock.nowMs += 500;
  client.write(Buffer.concat(Array.from({ length: 61 }, () => frame(OPCODE_BINARY))));
  await recorder.until(() => recorder.closed.length === 1);
  expect(recorder.messages.length).toBe(260);
  expect(recorder.closed[0].code).toBe(4007);
  client.destroy();
});

test.each([
  ["pings", OPCODE_PING],
  ["pongs", OPCODE_PONG],
])("H7 a flood of %s ends with 4007, and the first 20 do not", async (_name, opcode) => {
  const { port, recorder, refusals, clock } = await startListener();
  const client = await openRaw(port);
  client.write(Buffer.concat([...Array.from({ length: 20 }, () => frame(opcode)), frame(OPCODE_BINARY)]));
  await recorder.until(() => recorder.messages.length === 1);
  expect(recorder.closed).toEqual([]);
  clock.nowMs += 1000;
  client.write(Buffer.concat(Array.from({ length: FLOOD }, () => frame(opcode))));
  await client.untilClosed();
  expect(refusals).toEqual([{ reason: "rate", peer: peerOf(recorder), words: "too many pings" }]);
  expect(recorder.closed[0].code).toBe(4007);
  client.destroy();
});

test("H8 a handler that throws costs its connection 1011, is logged, and harms no other", async () => {
  const { port, recorder, bugs } = await startListener();
  recorder.messageHook = (connection, bytes) => {
    if (bytes[0] === 1) throw new Error("game bug");
    connection.send(new Uint8Array([9]));
  };
  recorder.closeHook = () => {
    throw new Error("another bug");
  };
  const bystander = await openRaw(port);
  const client = await openRaw(port);
  client.write(frame(OPCODE_BINARY, new Uint8Array([1])));
  expect((await client.untilClosed()).endsWith(closeFrame(1011, "internal error"))).toBe(true);
  expect(bugs.map(({ fields }) => (fields as { where: string }).where)).toEqual(["onMessage", "onClose"]);
  expect(recorder.closed.map(({ code }) => code)).toEqual([1011]);
  bystander.write(frame(OPCODE_BINARY, new Uint8Array([2])));
  await bystander.until((text) => text.endsWith("\x82\x01\x09"));
  recorder.closeHook = () => {};
  bystander.destroy();
});

test("H8 a handler that throws at the open costs the connection only", async () => {
  const { port, recorder, bugs } = await startListener();
  recorder.openHook = () => {
    throw new Error("game bug");
  };
  const client = await openRaw(port);
  expect((await client.untilClosed()).endsWith(closeFrame(1011, "internal error"))).toBe(true);
  expect(recorder.closed.map(({ code }) => code)).toEqual([1011]);
  expect(bugs.length).toBe(1);
});

test("H9 the client's close code arrives, once, and the connection is harmless from then on", async () => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  client.write(frame(OPCODE_CLOSE, new Uint8Array([0x03, 0xe8])));
  await client.untilClosed();
  const [{ connection, code }] = recorder.closed;
  expect(code).toBe(1000);
  expect(connection.isOpen).toBe(false);
  expect(connection.send(new Uint8Array(1))).toBe("closed");
  expect(connection.bufferedBytes()).toBe(0);
  connection.close(4000, "again");
  expect(recorder.closed.length).toBe(1);
});

test("H9 closing twice, and from inside a callback, tells the client and the handler once", async () => {
  const { port, recorder } = await startListener();
  recorder.messageHook = (connection) => {
    connection.close(4003, "room full");
    connection.close(4000, "again");
    expect(connection.send(new Uint8Array(1))).toBe("closed");
  };
  recorder.closeHook = (connection) => connection.close(4000, "again");
  const client = await openRaw(port);
  client.write(Buffer.concat([frame(OPCODE_BINARY), frame(OPCODE_BINARY)]));
  expect((await client.untilClosed()).endsWith(closeFrame(4003, "room full"))).toBe(true);
  expect(recorder.messages.length).toBe(1);
  expect(recorder.closed.map(({ code }) => code)).toEqual([4003]);
});

test("H9 a line that just goes is 1006", async () => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  await recorder.until(() => recorder.opened.length === 1);
  client.destroy();
  await recorder.until(() => recorder.closed.length === 1);
  expect(recorder.closed[0].code).toBe(1006);
});

test("H10 bytes are the caller's again after send, and a view's neighbours stay home", async () => {
  const { port, recorder } = await startListener();
  recorder.openHook = (connection) => {
    const buffer = new Uint8Array([1, 2, 3, 4]);
    expect(connection.send(buffer.subarray(1, 3))).toBe("sent");
    buffer.fill(0xee);
    expect(connection.send(buffer.subarray(0, 1))).toBe("sent");
  };
  const client = await openRaw(port);
  await client.until((text) => text.endsWith("\x82\x02\x02\x03\x82\x01\xee"));
  client.destroy();
});

test("H10 a client that does not read: messages are dropped, not piled up, and it is told so", async () => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  await recorder.until(() => recorder.opened.length === 1);
  const [connection] = recorder.opened;
  const message = new Uint8Array(16_384);
  let sent = 0;
  // The kernel takes some megabytes first; nothing is read meanwhile, because this loop never yields.
  while (sent < 4096 && connection.send(message) === "sent") sent += 1;
  expect(sent).toBeLessThan(4096);
  expect(connection.bufferedBytes()).toBeGreaterThan(0);
  expect(connection.bufferedBytes()).toBeLessThanOrEqual(65_536 + message.length + 4);
  expect(connection.isOpen).toBe(true);
  client.destroy();
});

test("H10 a connection over its backlog stays open: what was taken arrives, and so does what comes later", async () => {
  const { port, recorder } = await startListener();
  const client = await openRaw(port);
  await recorder.until(() => recorder.opened.length === 1);
  const [connection] = recorder.opened;
  const message = new Uint8Array(16_384);
  let sent = 0;
  while (connection.send(message) === "sent") sent += 1;
  const upgradeBytes = client.received.length;
  // From here on the client reads. Each message has a head of 4 bytes.
  client.write(frame(OPCODE_BINARY, new Uint8Array([1])));
  await recorder.until(() => recorder.messages.length + recorder.closed.length > 0);
  await client.until(() => client.received.length === upgradeBytes + sent * (message.length + 4));
  expect(connection.send(new Uint8Array([7]))).toBe("sent");
  await client.until((text) => text.endsWith("\x82\x01\x07"));
  expect(recorder.closed).toEqual([]);
  client.destroy();
});

test("H10 closing the listener closes every connection once; twice is harmless", async () => {
  const { port, recorder, listener } = await startListener();
  const clients = [await openRaw(port), await openRaw(port)];
  await recorder.until(() => recorder.opened.length === 2);
  listener.close();
  listener.close();
  for (const client of clients) await client.untilClosed();
  expect(recorder.closed.map(({ code }) => code)).toEqual([1006, 1006]);
});
