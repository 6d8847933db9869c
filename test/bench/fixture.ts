/** Made-up results of a run with peers: every part of a result file, and every system doing what it typically does. */
import { judgeProbe } from "../../bench/capacity.ts";
import { readBenchOptions } from "../../bench/cli.ts";
import { makePlan, roundsOf } from "../../bench/plan.ts";
import type { BenchFile, Capacity, Measurement } from "../../bench/results.ts";
import type { Scenario } from "../../bench/scenarios.ts";
import { summarise } from "../../bench/summary.ts";
import { seededRandom } from "../../proto/random.ts";

/** CPU of a client-tick in us (user, system), bytes per visible entity, players that fill a core. */
const SYSTEMS: Readonly<Record<string, readonly [user: number, system: number, bytes: number, full: number]>> = {
  shoal: [1.7, 6.4, 1.62, 6400],
  floor: [0.7, 6.3, 1.62, 7600],
  "colyseus-aoi": [44, 8, 8.6, 760],
  "colyseus-rooms": [5.2, 7.4, 9.4, 3900],
  socketio: [39, 14, 13.8, 900],
  "ws-json": [51, 12, 31, 640],
  "ws-json-batch": [30, 9, 26, 1100],
};

export interface FixtureOptions {
  seed?: number;
  /** Multiplies Shoal's CPU and bytes. */
  cpu?: number;
  bytes?: number;
  /** Multiplies everybody's CPU: another machine. */
  machine?: number;
  args?: readonly string[];
}

export function benchFile({
  seed = 1,
  cpu = 1,
  bytes = 1,
  machine = 1,
  args = ["--peers"],
}: FixtureOptions = {}): BenchFile {
  const random = seededRandom(seed);
  const options = readBenchOptions(args, ["wander", "rooms-100"]);
  if (typeof options === "string") throw new Error(options);
  const plan = makePlan(options);
  const measurements = [...plan.rounds, ...plan.sweepRounds].flatMap(({ scenario, round, systems }) =>
    systems
      .filter((system) => system in SYSTEMS)
      .map((system) => {
        const own = system === "shoal";
        return measurementOf({
          scenario,
          system,
          round,
          random,
          factors: [machine * (own ? cpu : 1), own ? bytes : 1],
        });
      }),
  );
  return {
    version: 1,
    name: "fixture",
    date: "2026-01-02T03:04:05.000Z",
    durationSeconds: 2712,
    machine: { cpu: "Example CPU", cores: 2, memoryBytes: 8 * 2 ** 30, platform: "linux x64", hypervisor: "yes" },
    commit: "0123456789abcdef0123456789abcdef01234567",
    node: "v22.0.0",
    kernel: "6.1.0",
    parameters: {
      quick: false,
      roundsOf: roundsOf(plan),
      seconds: undefined,
      players: undefined,
      serverCpus: "0",
      loadCpus: "1",
      systems: [...plan.systems],
      command: "npm run bench -- --peers",
    },
    scenarios: [...plan.scenarios],
    series: [...plan.series],
    measurements,
    capacities: plan.searches
      .filter(({ system }) => system in SYSTEMS)
      .map(({ scenario, system }) => capacityOf(scenario, system, random)),
    http: [
      httpOf("GET /healthz", "health check", 50, 18_500, [3.6, 6.4], 221),
      httpOf("GET /metrics", "page for Prometheus", 50, 1630, [400, 84], 12_994),
      httpOf("GET /", "the page, from memory", 50, 18_000, [3.8, 6.1], 1567),
      httpOf("WebSocket upgrade", "TCP connection, handshake, close", 50, 9056, [7.1, 30.8], 0),
      { ...httpOf("push", "WebSocket: 500 players", 500, 10_000, [2.1, 6.9], 78), unit: "update" },
      { ...httpOf("long polling", "answers wait for news: 500 players", 500, 9958, [13.5, 11.7], 269), unit: "update" },
      { ...httpOf("short polling", "a request a tick: 500 players", 500, 9987, [14.9, 10.9], 273), unit: "update" },
    ],
    micro: [
      {
        name: "grid move",
        what: "moves",
        entities: 2000,
        nsPerEntity: 6.6,
        nsPerEntityMin: 5.6,
        nsPerEntityP99: 15.5,
        samples: 2000,
        bytesPerEntity: 0,
      },
      {
        name: "fragment encode",
        what: "bytes",
        entities: 2000,
        nsPerEntity: 46,
        nsPerEntityMin: 44,
        nsPerEntityP99: 64,
        samples: 2000,
        bytesPerEntity: 0.7,
      },
    ],
    notMeasured: ["wander@1500 / ws-json: overrun in wander@750 already"],
  };
}

interface Of {
  scenario: Scenario;
  system: string;
  round: number;
  random: () => number;
  factors: readonly [cpu: number, bytes: number];
}

function measurementOf({ scenario, system, round, random, factors }: Of): Measurement {
  const [user, kernel, perVisible, full] = SYSTEMS[system];
  const { players, tickHz, seconds, worldSize, view } = scenario;
  const noise = () => 1 + (random() - 0.5) * 0.02;
  const inRoom = players / scenario.rooms;
  const visible = scenario.rooms > 1 ? inRoom - 1 : (inRoom * view.width * view.height) / worldSize ** 2;
  const load = players / full;
  const tickMs = 19 * load * (load > 1 ? load ** 3 : 1);
  const moves = scenario.motion === "rest" ? 0.01 : 1;
  const bytesPerTick = perVisible * visible * moves * factors[1] + 6;
  const held = load > 1.2 ? 1 / load : 1;
  const ticks = Math.round(seconds * tickHz * held);
  const about = (middle: number, spread: number, count: number) =>
    summarise(Array.from({ length: count }, () => middle * (1 - spread / 2 + spread * random() ** 4 * 4)));
  return {
    scenario: scenario.name,
    system,
    players,
    round,
    seconds,
    tickHz,
    server: {
      cpuUserUs: user * factors[0] * noise() * (0.4 + (0.6 * visible) / 50),
      cpuSystemUs: kernel * factors[0] * noise(),
      tickMs: about(tickMs, 0.4, ticks),
      latenessMs: about(1, 1, ticks),
      rssBytesPerPlayer: 7200 * noise(),
      rssBytes: 80e6 + 7200 * players,
      allocatedBytesPerSecond: 2e6,
      gcPauseMsPerSecond: 0.8,
      gcPausesPerSecond: 1.5,
      eventLoopUtilization: Math.min(1, load),
    },
    load: { cpuUserUs: 2, cpuSystemUs: 5, eventLoopUtilization: Math.min(1, players / 9000) },
    framesExpected: players * tickHz * seconds,
    framesReceived: Math.round(players * tickHz * seconds * held),
    framesLate: 0,
    bytesPerClientPerSecond: bytesPerTick * tickHz * held,
    visibleMean: visible,
    bytesPerVisiblePerTick: bytesPerTick / visible,
    deliveredMean: visible * 1.6,
    bytesPerDeliveredPerTick: bytesPerTick / visible / 1.6,
    ageMs: about(3 + tickMs, 0.8, 4000),
    inputToVisibleMs: about(60, 0.5, 200),
    joinMs: about(40, 1, 200),
    sampled: { clients: 20, framesDecoded: 4000, errors: [] },
  };
}

function capacityOf(scenario: Scenario, system: string, random: () => number): Capacity {
  const players = SYSTEMS[system][3];
  const probes = [players, Math.round(players * 1.05)].map((count) =>
    judgeProbe(measurementOf({ scenario: { ...scenario, players: count }, system, round: 0, random, factors: [1, 1] })),
  );
  const notHeld = probes[1].players;
  return { scenario: scenario.name, system, players, notHeld, tickP99LimitMs: 50, isLoadLimited: false, probes };
}

function httpOf(
  name: string,
  what: string,
  connections: number,
  perSecond: number,
  [cpuUserUs, cpuSystemUs]: readonly [number, number],
  bytesPerUnit: number,
): BenchFile["http"][number] {
  return {
    name,
    what,
    connections,
    seconds: 4,
    unit: "request",
    perSecond,
    requestsPerSecond: perSecond,
    cpuUserUs,
    cpuSystemUs,
    bytesPerUnit,
    latencyMs: summarise(name === "push" ? [] : [1, 2, 3, 9]),
    failures: 0,
  };
}
