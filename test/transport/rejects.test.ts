/** SPEC L6 at the door of a whole server: what the transport refuses is counted in /metrics, and logged with a limit. */
import { expect, onTestFinished, test } from "vitest";
import { type App, startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLog } from "../../server/log.ts";
import { LINES_PER_SECOND_MAX } from "../../server/log-limiter.ts";
import { systemClock } from "../../server/loop.ts";
import { exchange, frame, handshake, OPCODE_BINARY, OPCODE_PING, OPCODE_TEXT, openRaw } from "./raw-client.ts";

/** A server whose clock stands still, so that all happens in one second; and its log lines. */
async function start(): Promise<{ app: App; lines: Record<string, unknown>[] }> {
  const result = readConfig({ HOST: "127.0.0.1", PORT: "0" }, { seed: 1 });
  if ("errors" in result) throw new Error(result.errors.join());
  const lines: Record<string, unknown>[] = [];
  const log = await createLog("warn", { write: (line) => lines.push(JSON.parse(line)) });
  const clock = { now: () => 1000, after: systemClock.after };
  const app = await startApp({ config: result.config, log, clock });
  onTestFinished(() => app.close());
  return { app, lines };
}

async function rejectsOf(app: App, reason: string): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${app.adminPort}/metrics`)).text();
  return Number(new RegExp(`^shoal_rejects_total{reason="${reason}"} (\\d+)$`, "m").exec(page)?.[1]);
}

test.each([
  ["text", "text message", frame(OPCODE_TEXT)],
  ["oversize", "message larger than 4096 bytes", frame(OPCODE_BINARY, new Uint8Array(4097))],
  ["oversize", "Received too big message", frame(OPCODE_BINARY, new Uint8Array(60_000))],
  ["frame", "Received invalid WebSocket frame", frame(3)],
  ["rate", "too many pings", Buffer.concat(Array.from({ length: 21 }, () => frame(OPCODE_PING)))],
])("L6 a connection that ends for %s (%s) is counted and logged with who it was", async (reason, msg, bytes) => {
  const { app, lines } = await start();
  const client = await openRaw(app.port);
  client.write(bytes);
  await client.untilClosed();
  expect(await rejectsOf(app, reason)).toBe(1);
  expect(lines).toMatchObject([{ kind: reason, connection: 1, transport: "websocket", address: "127.0.0.1", msg }]);
});

test("L6 a hundred of a kind in one second are all counted, and ten are logged", async () => {
  const { app, lines } = await start();
  for (let i = 0; i < 100; i++) await exchange(app.port, handshake({ Origin: "https://evil.example" }));
  expect(await rejectsOf(app, "origin")).toBe(100);
  expect(lines.length).toBe(LINES_PER_SECOND_MAX);
  expect(lines[0]).toMatchObject({ kind: "origin", transport: "websocket", address: "127.0.0.1" });
});
