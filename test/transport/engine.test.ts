/** SPEC H28 and H29: the engine is loaded only when it is the reviewed file; the port and its socket limit. */
import { expect, test } from "vitest";
import { EngineError, loadEngine, verifyBinary } from "../../server/transport/engine.ts";
import { TokenBucket } from "../../server/transport/token-bucket.ts";
import { freePort } from "../setup/free-port.ts";
import { frame, OPCODE_CLOSE, openRaw, RawClient } from "./raw-client.ts";
import { startListener } from "./test-listener.ts";

const LINUX = { platform: "linux", arch: "x64", abi: "127" };

test("H28 this machine's engine passes and loads", async () => {
  const engine = await loadEngine();
  expect(engine.LIBUS_LISTEN_EXCLUSIVE_PORT).toBeGreaterThan(0);
});

test("H28 an altered binary is refused before it is loaded, with what to do", () => {
  const verify = (): void => verifyBinary(LINUX, () => new Uint8Array([1, 2, 3]));
  expect(verify).toThrow(EngineError);
  expect(verify).toThrow(/SHA-256 differs.*npm install/);
});

test("H28 a missing binary, another Node and another platform are named", () => {
  const missing = (): Uint8Array => {
    throw new Error("ENOENT");
  };
  expect(() => verifyBinary(LINUX, missing)).toThrow(/missing.*npm install/);
  expect(() => verifyBinary({ ...LINUX, abi: "137" }, missing)).toThrow(/Node 22.*ABI 137.*npm start/);
  expect(() => verifyBinary({ ...LINUX, arch: "riscv64" }, missing)).toThrow(/no binary for linux on riscv64/);
});

test("H7 a bucket gives its burst at once, then its rate, and never more than its burst", () => {
  const bucket = new TokenBucket(3, 10, 0);
  expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
  expect(bucket.take(99)).toBe(false);
  expect(bucket.take(100)).toBe(true);
  expect([9000, 9000, 9000, 9000].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
});

test("H29 a port that is taken is an error, not a shared port", async () => {
  const { port } = await startListener();
  await expect(startListener({ port })).rejects.toThrow(/cannot listen on 127\.0\.0\.1/);
});

test("H29 at the mark the port closes, and those inside are served on", async () => {
  const { port, listener } = await startListener({ socketsMax: 2 });
  const inside = [new RawClient(port), new RawClient(port)];
  for (const client of inside) {
    client.write("GET /none HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.until((text) => text.startsWith("HTTP/1.1 404 "));
  }
  expect(listener.sockets).toBe(2);
  const outside = new RawClient(port);
  await outside.untilClosed();
  expect(outside.text).toBe("");
  inside[0].write("GET /none HTTP/1.1\r\nHost: a\r\n\r\n");
  await inside[0].until((text) => text.split("HTTP/1.1 404 ").length === 3);
  for (const client of inside) client.destroy();
});

test("H29 when enough have left the port opens again", async () => {
  // A port of our own choice: see ListenSocket for why not 0.
  const { port, listener } = await startListener({ port: await freePort(), socketsMax: 2 });
  const inside = [await openRaw(port), await openRaw(port)];
  expect(listener.sockets).toBe(2);
  for (const client of inside) {
    client.write(frame(OPCODE_CLOSE));
    await client.untilClosed();
  }
  expect(listener.sockets).toBe(0);
  const client = await openRaw(port);
  expect(client.text).toMatch(/^HTTP\/1\.1 101 /);
  client.destroy();
});
