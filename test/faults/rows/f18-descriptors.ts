/** F18: more sockets than the process may open. */
import { existsSync } from "node:fs";
import { RawClient } from "../../transport/raw-client.ts";
import { attackerAddress } from "../attackers.ts";
import { atMost, exactly, ifCalm, percentile } from "../figure.ts";
import { msUntil, pause, type Row } from "../row.ts";
import type { ServerProcess } from "../server-process.ts";

/** Descriptors beyond those of the load. */
const SPARE = 200;
const NEWCOMERS = 300;
const ASKERS = 20;
const ASK_EVERY_MS = 300;
const MEASURE_MS = 5000;
const PATIENCE_MS = 1000;
const GET_HEALTH = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

export const descriptors: Row = {
  id: "F18",
  title: "file descriptors used up",
  whyNot: () => (existsSync("/usr/bin/prlimit") ? undefined : "no prlimit"),
  control: { without: "descriptors", misses: ["CPU at the mark"] },
  async run(context) {
    const folder = context.folder();
    const server = await context.server({
      descriptors: context.options.bots + SPARE,
      env: { DATA_DIR: folder },
    });
    await context.load(server);
    const { game: port } = server.ports;
    // Old clients: each asks something small over the socket that it has.
    const askers = Array.from({ length: ASKERS }, (_, i) => new RawClient(port, attackerAddress(i)));
    const calm = await context.calm(server);
    const before = await measure(server, askers);
    context.say("newcomers fill it");
    const newcomers = Array.from({ length: NEWCOMERS }, (_, i) => new RawClient(port, attackerAddress(100 + i)));
    for (const one of newcomers) one.write("GET /ws HTTP/1.1\r\nHost: a\r\n");
    await pause(500);
    const full = await measure(server, askers);
    context.say("they leave");
    for (const one of newcomers) one.destroy();
    // By a socket of its own each time: those that are there would be served anyway.
    const isLetIn = async (): Promise<boolean> => {
      const client = new RawClient(port, attackerAddress(98));
      const status = await healthOver(client);
      client.destroy();
      return status === 200;
    };
    const againMs = await msUntil(isLetIn, 5000, 5);
    const failed = await server.metric('shoal_snapshots_total{result="failed"}');
    for (const one of askers) one.destroy();
    return [
      ifCalm(calm.p99Ms, atMost(2, "CPU at the mark over that before", (full.cpu - before.cpu) * 100, "% of a core")),
      ifCalm(
        calm.p99Ms,
        atMost(1, "round trip of those inside, p99, over that before", full.rttMs - before.rttMs, "ms"),
      ),
      exactly(503, "health, asked from inside", full.status),
      atMost(200, "lets in again after", againMs, "ms"),
      exactly(0, "snapshots that failed", failed),
    ];
  },
};

interface Measured {
  /** Share of a core. */
  readonly cpu: number;
  readonly rttMs: number;
  /** Of the last answer. */
  readonly status: number;
}

async function measure(server: ServerProcess, askers: readonly RawClient[]): Promise<Measured> {
  const startMs = performance.now();
  const cpuBefore = server.cpuSeconds();
  const rttMs: number[] = [];
  let status = 0;
  while (performance.now() - startMs < MEASURE_MS) {
    await Promise.all(
      askers.map(async (one) => {
        const sentMs = performance.now();
        status = await healthOver(one);
        rttMs.push(status > 0 ? performance.now() - sentMs : PATIENCE_MS);
      }),
    );
    await pause(ASK_EVERY_MS);
  }
  const seconds = (performance.now() - startMs) / 1000;
  return { cpu: (server.cpuSeconds() - cpuBefore) / seconds, rttMs: percentile(rttMs, 0.99), status };
}

/** Asked over a socket that was let in before; 0 if there is no answer. */
async function healthOver(client: RawClient): Promise<number> {
  const before = client.text.length;
  client.write(GET_HEALTH);
  const isAnswer = (text: string) => text.indexOf("}", before) > 0;
  await Promise.race([client.until(isAnswer).catch(() => {}), pause(PATIENCE_MS)]);
  return Number(/HTTP\/1\.1 (\d+)/.exec(client.text.slice(before))?.[1] ?? 0);
}
