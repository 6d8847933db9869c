/** F18: more sockets than the process may open. */
import { existsSync } from "node:fs";
import { shoal } from "../../../proto/gen/shoal.js";
import { frame, OPCODE_BINARY, OPCODE_PING, RawClient } from "../../transport/raw-client.ts";
import { attackerAddress, joinAttacker } from "../attackers.ts";
import { atMost, exactly, percentile } from "../figure.ts";
import { msUntil, pause, type Row } from "../row.ts";
import type { ServerProcess } from "../server-process.ts";

/** Descriptors beyond those of the load. */
const SPARE = 200;
const NEWCOMERS = 300;
const PINGERS = 20;
const PING_EVERY_MS = 300;
const MEASURE_MS = 5000;
const WORD = frame(OPCODE_BINARY, shoal.ClientFrame.encode({ stamp: 5 }).finish());
const GET_HEALTH = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

export const descriptors: Row = {
  id: "F18",
  title: "file descriptors used up",
  whyNot: () => (existsSync("/usr/bin/prlimit") ? undefined : "no prlimit"),
  control: { without: "descriptors" },
  async run(context) {
    const folder = context.folder();
    const server = await context.server({
      descriptors: context.options.bots + SPARE,
      env: { DATA_DIR: folder },
    });
    await context.load(server);
    const { game: port } = server.ports;
    const pingers = await Promise.all(
      Array.from({ length: PINGERS }, (_, i) => joinAttacker(port, attackerAddress(i), "pingers")),
    );
    const inside = new RawClient(port, attackerAddress(99));
    await context.calm(server);
    const before = await measure(server, pingers);
    context.say("newcomers fill it");
    const newcomers = Array.from({ length: NEWCOMERS }, (_, i) => new RawClient(port, attackerAddress(100 + i)));
    for (const one of newcomers) one.write("GET /ws HTTP/1.1\r\nHost: a\r\n");
    await pause(500);
    const full = await measure(server, pingers);
    const status = await healthOver(inside);
    context.say("they leave");
    for (const one of newcomers) one.destroy();
    const againMs = await msUntil(async () => (await server.health(200)).status === 200, 5000, 5);
    const failed = await server.metric('shoal_snapshots_total{result="failed"}');
    for (const one of [...pingers, inside]) one.destroy();
    return [
      atMost(2, "CPU at the mark over that before", (full.cpu - before.cpu) * 100, "% of a core"),
      atMost(1, "round trip of those inside, p99, over that before", full.rttMs - before.rttMs, "ms"),
      exactly(503, "health, asked from inside", status),
      atMost(200, "lets in again after", againMs, "ms"),
      exactly(0, "snapshots that failed", failed),
    ];
  },
};

async function measure(server: ServerProcess, pingers: readonly RawClient[]): Promise<{ cpu: number; rttMs: number }> {
  const startMs = performance.now();
  const cpuBefore = server.cpuSeconds();
  const rttMs: number[] = [];
  while (performance.now() - startMs < MEASURE_MS) {
    await Promise.all(
      pingers.map(async (one, i) => {
        const payload = Buffer.from(`ping${i} ${performance.now()}`);
        const sentMs = performance.now();
        // A ping is no word of a player: who says nothing is given up.
        one.write(Buffer.concat([frame(OPCODE_PING, payload), WORD]));
        const isBack = await Promise.race([
          one.until((text) => text.includes(payload.toString())).then(() => true),
          pause(1000),
        ]);
        rttMs.push(isBack === true ? performance.now() - sentMs : 1000);
      }),
    );
    await pause(PING_EVERY_MS);
  }
  const seconds = (performance.now() - startMs) / 1000;
  return { cpu: (server.cpuSeconds() - cpuBefore) / seconds, rttMs: percentile(rttMs, 0.99) };
}

/** Asked by a socket that was let in before. */
async function healthOver(client: RawClient): Promise<number> {
  const before = client.text.length;
  client.write(GET_HEALTH);
  await Promise.race([client.until((text) => text.includes("\r\n\r\n", before)), pause(1000)]);
  return Number(/HTTP\/1\.1 (\d+)/.exec(client.text.slice(before))?.[1] ?? 0);
}
