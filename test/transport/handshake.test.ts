/** SPEC H1 to H5: who gets a WebSocket. Every case is raw bytes on a real socket. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { judgeHandshake } from "../../server/transport/handshake.ts";
import { closeFrame, exchange, handshake, openRaw } from "./raw-client.ts";
import { startListener } from "./test-listener.ts";

const ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\n";

test("H1 a correct handshake is accepted, with the key's digest and our subprotocol", async () => {
  const { port, recorder, rejects } = await startListener();
  const client = await openRaw(port);
  expect(client.text.startsWith(ACCEPTED)).toBe(true);
  // Key and digest are the example of RFC 6455 section 1.3.
  expect(client.text).toContain("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
  expect(client.text).toContain(`Sec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n`);
  await recorder.until(() => recorder.opened.length === 1);
  expect(recorder.opened[0]).toMatchObject({ kind: "websocket", address: "127.0.0.1", isOpen: true });
  expect(rejects).toEqual([]);
  client.destroy();
});

test.each([
  ["Upgrade in capitals", { Upgrade: "WebSocket" }],
  ["Connection with other tokens and no spaces", { Connection: "keep-alive,UPGRADE" }],
  ["Connection with empty tokens", { Connection: ", ,upgrade," }],
  ["our subprotocol behind others", { "Sec-WebSocket-Protocol": `chat,  shoal.000000000000 ,${SUBPROTOCOL}` }],
  ["Content-Length: 0", { "Content-Length": "0" }],
])("H1 %s is accepted", async (_name, changes) => {
  const { port } = await startListener();
  const client = await openRaw(port, changes);
  expect(client.text.startsWith(ACCEPTED)).toBe(true);
  expect(client.text).toContain(`Sec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n`);
  client.destroy();
});

const key = "Sec-WebSocket-Key";
const keyText = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
test.each([
  ["POST", handshake({}, "POST /ws HTTP/1.1"), 405, "method"],
  ["a second Host", handshake({}, undefined, "Host: other.example\r\n"), 400, "host"],
  ["a body by Content-Length", `${handshake({ "Content-Length": "3" })}abc`, 400, "body"],
  ["a body by Transfer-Encoding", `${handshake({ "Transfer-Encoding": "chunked" })}0\r\n\r\n`, 400, "body"],
  ["no Upgrade", handshake({ Upgrade: undefined }), 426, "upgrade"],
  ["Upgrade to something else", handshake({ Upgrade: "websockets" }), 426, "upgrade"],
  ["no Connection", handshake({ Connection: undefined }), 400, "connection"],
  ["Connection that only looks alike", handshake({ Connection: "upgraded, xupgrade" }), 400, "connection"],
  ["Connection of 3000 commas", handshake({ Connection: ",".repeat(3000) }), 400, "connection"],
  ["no version", handshake({ "Sec-WebSocket-Version": undefined }), 426, "version"],
  ["version 8", handshake({ "Sec-WebSocket-Version": "8" }), 426, "version"],
  ["version 130", handshake({ "Sec-WebSocket-Version": "130" }), 426, "version"],
  ["two versions", handshake({}, undefined, "Sec-WebSocket-Version: 13\r\n"), 426, "version"],
  ["no key", handshake({ [key]: undefined }), 400, "key"],
  ["a key of 15 bytes", handshake({ [key]: "AAAAAAAAAAAAAAAAAAAA" }), 400, "key"],
  ["a key of 17 bytes", handshake({ [key]: "AAAAAAAAAAAAAAAAAAAAAAA=" }), 400, "key"],
  ["a key of 18 bytes", handshake({ [key]: "AAAAAAAAAAAAAAAAAAAAAAAA" }), 400, "key"],
  ["a key of 24 letters that are not base64", handshake({ [key]: "dGhlIHNhbXBsZSBub25j_-==" }), 400, "key"],
  ["two keys", handshake({}, undefined, keyText), 400, "key"],
  ["no subprotocol", handshake({ "Sec-WebSocket-Protocol": undefined }), 400, "subprotocol"],
  ["a foreign subprotocol", handshake({ "Sec-WebSocket-Protocol": "chat, xshoal.1" }), 400, "subprotocol"],
  [
    "a subprotocol that would not be safe to echo",
    handshake({ "Sec-WebSocket-Protocol": 'shoal."x"' }),
    400,
    "subprotocol",
  ],
  [
    "a subprotocol of 3000 bytes",
    handshake({ "Sec-WebSocket-Protocol": `shoal.${"x".repeat(3000)}` }),
    400,
    "subprotocol",
  ],
])("H1 %s is refused, counted, and the socket closed", async (_name, request, status, reason) => {
  const { port, recorder, rejects } = await startListener();
  const answer = await exchange(port, request);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  // A sentence for whoever reads it in a terminal.
  expect(answer).toMatch(/\r\n\r\n[A-Z].*\.?\n$/);
  expect(rejects).toEqual([reason]);
  expect(recorder.opened).toEqual([]);
});

test("H1 the engine itself refuses HTTP/1.0 and a missing Host", async () => {
  const { port, recorder } = await startListener();
  expect(await exchange(port, handshake({}, "GET /ws HTTP/1.0"))).toMatch(/^HTTP\/1\.1 505 /);
  expect(await exchange(port, handshake({ Host: undefined }))).toMatch(/^HTTP\/1\.1 400 /);
  expect(recorder.opened).toEqual([]);
});

test("H2 a version other than 13 is told which one is spoken", async () => {
  const { port } = await startListener();
  expect(await exchange(port, handshake({ "Sec-WebSocket-Version": "12" }))).toContain(
    "\r\nSec-WebSocket-Version: 13\r\n",
  );
});

test("H3 a client of another schema is accepted, told to reload with 4501, and the handler never hears of it", async () => {
  const { port, recorder, rejects } = await startListener();
  const client = await openRaw(port, { "Sec-WebSocket-Protocol": "chat, shoal.0123456789ab" });
  const text = await client.untilClosed();
  expect(text).toContain("Sec-WebSocket-Protocol: shoal.0123456789ab\r\n");
  expect(text.endsWith(`\r\n\r\n${closeFrame(4501, "schema changed: please reload")}`)).toBe(true);
  expect(rejects).toEqual(["outdated"]);
  expect(recorder.opened).toEqual([]);
  expect(recorder.closed).toEqual([]);
});

test.each([
  "http://evil.example",
  "https://pond.example.evil.example",
  "https://evilpond.example",
  "https://pond.example:8443",
  "https://pond.example/",
  "HTTPS://POND.EXAMPLE",
  "ws://pond.example",
  "file://",
  "null",
  "",
])("H4 origin %j is refused with 403 when only the own host is allowed", async (origin) => {
  const { port, rejects, recorder } = await startListener();
  expect(await exchange(port, handshake({ Origin: origin }))).toMatch(/^HTTP\/1\.1 403 /);
  expect(rejects).toEqual(["origin"]);
  expect(recorder.opened).toEqual([]);
});

test.each([["http://pond.example"], ["https://pond.example"], [undefined]])(
  "H4 origin %j is the own host's or no page's",
  async (origin) => {
    const { port } = await startListener();
    const client = await openRaw(port, { Origin: origin });
    expect(client.text.startsWith(ACCEPTED)).toBe(true);
    client.destroy();
  },
);

test("H4 with a list, exactly its origins are allowed, and the own host no more", async () => {
  const { port } = await startListener({ origins: ["https://games.example"] });
  const client = await openRaw(port, { Origin: "https://games.example" });
  expect(client.text.startsWith(ACCEPTED)).toBe(true);
  client.destroy();
  expect(await exchange(port, handshake({ Origin: "https://pond.example" }))).toMatch(/^HTTP\/1\.1 403 /);
});

test("H4 two origins are none of the allowed", async () => {
  const { port } = await startListener();
  const request = handshake({ Origin: "https://pond.example" }, undefined, "Origin: https://pond.example\r\n");
  expect(await exchange(port, request)).toMatch(/^HTTP\/1\.1 403 /);
});

test("H5 no extension is agreed to", async () => {
  const { port } = await startListener();
  const client = await openRaw(port, { "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits" });
  expect(client.text.startsWith(ACCEPTED)).toBe(true);
  expect(client.text).not.toContain("Extensions");
  client.destroy();
});

const HEADER_NAMES = [
  "host",
  "upgrade",
  "connection",
  "sec-websocket-version",
  "sec-websocket-key",
  "sec-websocket-protocol",
  "origin",
  "content-length",
];

test("H1 no header, however odd, throws or is taken for what it is not", () => {
  const correct: [string, string][] = [
    ["host", "pond.example"],
    ["upgrade", "websocket"],
    ["connection", "Upgrade"],
    ["sec-websocket-version", "13"],
    ["sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="],
    ["sec-websocket-protocol", SUBPROTOCOL],
    ["origin", "https://pond.example"],
  ];
  expect(judgeHandshake("get", new Map(correct), []).isAccepted).toBe(true);
  const value = fc.oneof(
    fc.string({ maxLength: 4096 }),
    fc.constantFrom("", ",", " ", "__proto__", ",".repeat(4096), "shoal.", "shoal.\r\nX: y"),
  );
  fc.assert(
    fc.property(fc.constantFrom(...HEADER_NAMES), value, (name, odd) => {
      const verdict = judgeHandshake("get", new Map([...correct, [name, odd]]), []);
      if (verdict.isAccepted) expect(verdict.subprotocol).toMatch(/^shoal\.[\w.-]*$/);
    }),
    { seed: 6455, numRuns: 5000 },
  );
});
