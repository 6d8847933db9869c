/**
 * HTTP under load, and what one delivered update costs the server by each way that delivers it. Runs in the load's
 * process; the servers run in their own.
 */
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import type { HttpMeasurement } from "../results.ts";
import { worldSizeFor } from "../scenarios.ts";
import { EMPTY_SUMMARY, summarise } from "../summary.ts";
import { type LoadOptions, startLoad } from "./load.ts";
import { Poller } from "./poller.ts";
import { startPush } from "./push.ts";
import { ShoalProcess, subtract } from "./shoal-process.ts";

export interface HttpBenchOptions {
  serverCpus: string | undefined;
  /** Length of each window. */
  seconds: number;
  /** Players who are served by push and by polling. */
  players: number;
  onProgress(text: string): void;
}

const CONNECTIONS = 50;
const TICK_HZ = 20;
const TICK_MS = 1000 / TICK_HZ;
const VIEW = { width: 1477, height: 830 };
const ROOM = "bench";
/** As the page's client does it. */
const LONG_WAIT_MS = 250;
const WARMUP_SECONDS = 1;
/** Everybody joins, and the server's code gets hot. */
const JOIN_SECONDS = 2.5;
/** A message's WebSocket header, bytes: up to 125 bytes of payload, and up to 64 KiB (RFC 6455 section 5.2). */
const SHORT_HEADER = 2;
const LONG_HEADER = 4;

const UPGRADE = {
  Upgrade: "websocket",
  Connection: "Upgrade",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "c2hvYWwgYmVuY2ggIDE2Yg==",
  "Sec-WebSocket-Protocol": SUBPROTOCOL,
};

export async function runHttpBenches(options: HttpBenchOptions): Promise<HttpMeasurement[]> {
  const { players, seconds } = options;
  const on = `${players} players, ${TICK_HZ} updates a second to each`;
  // Benches that leave sessions behind get a server of their own: nobody pays for another's.
  const benches: Bench[][] = [
    [
      requests("GET /healthz", "health check", ({ url }) => `${url}/healthz`),
      requests("GET /metrics", "page for Prometheus, operators' port", ({ metricsUrl }) => metricsUrl),
      requests("GET /", "the page, from memory", ({ url }) => `${url}/`),
      requests("WebSocket upgrade", "TCP connection, handshake, close", ({ url }) => `${url}/ws`, { upgrade: UPGRADE }),
    ],
    [{ name: "push", what: `WebSocket: ${on}`, measure: measurePush }],
    [{ name: "long polling", what: `answers wait for news: ${on}`, measure: polling(LONG_WAIT_MS) }],
    [{ name: "short polling", what: `a request a tick: ${on}`, measure: polling(0) }],
  ];
  const results: HttpMeasurement[] = [];
  for (const sharing of benches) {
    const server = await ShoalProcess.start(options.serverCpus, serverSettings(players));
    try {
      for (const { name, what, measure } of sharing) {
        options.onProgress(name);
        results.push(await measure({ server, name, what, players, seconds }));
      }
    } finally {
      await server.stop();
    }
  }
  return results;
}

interface Measured {
  server: ShoalProcess;
  name: string;
  what: string;
  players: number;
  seconds: number;
}

interface Bench {
  name: string;
  what: string;
  measure(of: Measured): Promise<HttpMeasurement>;
}

/** What of the server is asked. */
type UrlOf = (server: ShoalProcess) => string;

function requests(name: string, what: string, urlOf: UrlOf, load: Partial<LoadOptions> = {}): Bench {
  return { name, what, measure: (of) => measureRequests(of, urlOf, load) };
}

function polling(waitMs: number): Bench["measure"] {
  return (of) => measurePolling(of, waitMs);
}

/** The reference scenario's world; whoever looks on has about 50 others in view. */
function serverSettings(players: number): Record<string, string> {
  const worldSize = worldSizeFor(players, 50);
  return {
    TICK_HZ: String(TICK_HZ),
    WORLD_SIZE: String(worldSize),
    SPAWN_RANGE: String(Math.floor(worldSize / 2)),
    ROOM_CAPACITY: String(Math.max(players, CONNECTIONS) + 100),
    GAME: "wander",
    SEED: "7",
  };
}

function createPoller(waitMs: number): Poller {
  return new Poller({ room: ROOM, view: VIEW, waitMs, nowMs: () => performance.now() });
}

/** As fast as answers come, so latency is that of a full server. */
async function measureRequests(of: Measured, urlOf: UrlOf, how: Partial<LoadOptions>): Promise<HttpMeasurement> {
  const { server, name, what, seconds } = of;
  const total = seconds + WARMUP_SECONDS;
  const load = startLoad({ url: urlOf(server), connections: CONNECTIONS, seconds: total, ...how });
  const used = await window(server, { seconds, warmupSeconds: WARMUP_SECONDS }, load);
  await load.done;
  const count = Math.max(1, used.latencyMs.length);
  return {
    name,
    what,
    connections: CONNECTIONS,
    seconds: used.seconds,
    unit: "request",
    perSecond: used.latencyMs.length / used.seconds,
    requestsPerSecond: used.latencyMs.length / used.seconds,
    cpuUserUs: used.cpuUserUs / count,
    cpuSystemUs: used.cpuSystemUs / count,
    bytesPerUnit: used.bytes / count,
    latencyMs: summarise(used.latencyMs),
    failures: load.failures,
  };
}

async function measurePolling(of: Measured, waitMs: number): Promise<HttpMeasurement> {
  const { server, name, what, players, seconds } = of;
  const load = startLoad({
    url: `${server.url}/poll`,
    connections: players,
    seconds: seconds + JOIN_SECONDS,
    createPoller: () => createPoller(waitMs),
    // A long poll's beat is the server's.
    beatMs: waitMs > 0 ? 0 : TICK_MS,
  });
  const used = await window(server, { seconds, warmupSeconds: JOIN_SECONDS }, load);
  await load.done;
  const updates = Math.max(1, used.frames);
  return {
    name,
    what,
    connections: players,
    seconds: used.seconds,
    unit: "update",
    perSecond: used.frames / used.seconds,
    requestsPerSecond: used.latencyMs.length / used.seconds,
    cpuUserUs: used.cpuUserUs / updates,
    cpuSystemUs: used.cpuSystemUs / updates,
    bytesPerUnit: used.bytes / updates,
    latencyMs: summarise(used.latencyMs),
    failures: load.failures,
  };
}

async function measurePush({ server, name, what, players, seconds }: Measured): Promise<HttpMeasurement> {
  const load = await startPush({ url: server.url, room: ROOM, view: VIEW, players });
  const used = await window(server, { seconds, warmupSeconds: JOIN_SECONDS }, { latencyMs: [], bytes: 0 });
  load.close();
  const updates = Math.max(1, used.frames);
  const bytes = used.frameBytes / updates;
  return {
    name,
    what,
    connections: players,
    seconds: used.seconds,
    unit: "update",
    perSecond: used.frames / used.seconds,
    requestsPerSecond: 0,
    cpuUserUs: used.cpuUserUs / updates,
    cpuSystemUs: used.cpuSystemUs / updates,
    bytesPerUnit: bytes + (bytes < 126 ? SHORT_HEADER : LONG_HEADER),
    latencyMs: EMPTY_SUMMARY,
    failures: load.failures,
  };
}

interface Times {
  seconds: number;
  warmupSeconds: number;
}

/** What the server used and the load saw between a moment when all runs and one `seconds` later. */
async function window(
  server: ShoalProcess,
  { seconds, warmupSeconds }: Times,
  load: { latencyMs: number[]; bytes: number },
) {
  await pause(warmupSeconds);
  const before = await server.totals();
  const startMs = performance.now();
  const first = load.latencyMs.length;
  const bytesBefore = load.bytes;
  await pause(seconds);
  const used = subtract(await server.totals(), before);
  const latencyMs = load.latencyMs.slice(first);
  return { ...used, latencyMs, bytes: load.bytes - bytesBefore, seconds: (performance.now() - startMs) / 1000 };
}

function pause(seconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}
