/**
 * What a run of the bench leaves behind: the types, and reading and writing them as JSON. A file is checked when it is
 * read, so that comparing with an old or broken one fails in words. Knows nothing of how the numbers were got.
 */
import type { Scenario } from "./scenarios.ts";

/** Raised when a reader of an older file would misread a newer one. */
export const FILE_VERSION = 1;

/** A distribution. All zero when `count` is 0. Times are in ms. */
export interface Summary {
  count: number;
  mean: number;
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
  /** The whole histogram: hdr-histogram-js, compressed base64, in microseconds. */
  hdr?: string;
}

/** CPU time, microseconds; what it is divided by stands where it is used. */
export interface CpuUs {
  cpuUserUs: number;
  cpuSystemUs: number;
}

/** One system under one scenario for one window of time. A client-tick is one player for one tick. */
export interface Measurement {
  scenario: string;
  /** shoal, floor, or a peer's name. */
  system: string;
  players: number;
  /** 0, 1, 2 ...: systems take turns, and those of one round ran next to each other. */
  round: number;
  seconds: number;
  tickHz: number;
  /** The server's process; CPU per client-tick. */
  server: CpuUs & {
    tickMs: Summary;
    latenessMs: Summary;
    rssBytesPerPlayer: number;
    rssBytes: number;
    allocatedBytesPerSecond: number;
    gcPauseMsPerSecond: number;
    gcPausesPerSecond: number;
    eventLoopUtilization: number;
  };
  /** The load's process; CPU per client-tick. */
  load: CpuUs & { eventLoopUtilization: number };
  framesExpected: number;
  framesReceived: number;
  /** Later than 2 ticks. */
  framesLate: number;
  /** On the wire: payload and WebSocket headers. */
  bytesPerClientPerSecond: number;
  /** Other entities inside the view rectangle. */
  visibleMean: number;
  bytesPerVisiblePerTick: number;
  /** Other entities that the client is told of: a server may tell of more than is visible. */
  deliveredMean: number;
  bytesPerDeliveredPerTick: number;
  /** From a tick's start on the server to the arrival of its frame at the client. */
  ageMs: Summary;
  inputToVisibleMs: Summary;
  joinMs: Summary;
  /** The clients that decoded and checked everything. */
  sampled: { clients: number; framesDecoded: number; errors: string[] };
}

/** The same scenario at several player counts or densities, measured by every system that could. */
export interface Series {
  kind: "players" | "density";
  /** Name of the scenario that was varied. */
  base: string;
  /** Names of its variants, from few to many. */
  scenarios: string[];
}

/** One player count that the search tried. */
export interface CapacityProbe {
  players: number;
  tickP99Ms: number;
  /** Ticks made, and frames received, of those due; the lower of the two. */
  held: number;
  loadUtilization: number;
  isHeld: boolean;
}

/** The largest player count that holds the tick rate with tick p99 under the limit. */
export interface Capacity {
  scenario: string;
  system: string;
  /** 0 if not even the smallest was held. */
  players: number;
  /** The smallest that was not held; 0 if the largest tried was. The truth lies between. */
  notHeld: number;
  tickP99LimitMs: number;
  /** The load process was nearly full when the server failed: a stronger load might find more. */
  isLoadLimited: boolean;
  probes: CapacityProbe[];
}

/** One kind of HTTP request, or one way to deliver updates. CPU is the server's, per request or per update. */
export interface HttpMeasurement extends CpuUs {
  name: string;
  what: string;
  connections: number;
  seconds: number;
  /** What `perSecond`, CPU and bytes count. */
  unit: "request" | "update";
  perSecond: number;
  requestsPerSecond: number;
  /** Down, on the wire where the load can see it; 0 where it cannot. */
  bytesPerUnit: number;
  /** From request to answer; count 0 where nothing is requested. */
  latencyMs: Summary;
  /** Answers with another status than expected, broken connections and time-outs. */
  failures: number;
}

/** One hot function by itself. */
export interface MicroMeasurement {
  name: string;
  what: string;
  /** Entities, or entity views, that one call handles. */
  entities: number;
  nsPerEntity: number;
  /** The fastest and the 99th of 100 calls, per entity. */
  nsPerEntityMin: number;
  nsPerEntityP99: number;
  samples: number;
  /** Encoded bytes per entity; 0 where no bytes are made. */
  bytesPerEntity: number;
}

export interface Machine {
  cpu: string;
  cores: number;
  memoryBytes: number;
  platform: string;
  /** A guest on somebody's machine shares its cores: read ratios. */
  hypervisor: string;
}

export interface Parameters {
  quick: boolean;
  /** How often each scenario was to be measured; absent in older files, which hold one number for all. */
  roundsOf?: Record<string, number>;
  seconds: number | undefined;
  players: number | undefined;
  serverCpus: string | undefined;
  loadCpus: string | undefined;
  systems: string[];
  /** As typed, to do it again. */
  command: string;
}

export interface BenchFile {
  version: number;
  name: string;
  /** ISO 8601, UTC. */
  date: string;
  durationSeconds: number;
  machine: Machine;
  /** Commit hash; ends in -dirty if files differed from it. */
  commit: string;
  node: string;
  kernel: string;
  parameters: Parameters;
  scenarios: Scenario[];
  series: Series[];
  measurements: Measurement[];
  capacities: Capacity[];
  http: HttpMeasurement[];
  micro: MicroMeasurement[];
  /** What was meant to be measured and was not, and why. */
  notMeasured: string[];
}

/** The text of a result file. Throws if a number in it is not finite: JSON would turn it into null. */
export function formatResults(file: BenchFile): string {
  const fault = findFault(file, BENCH_FILE, "");
  if (fault !== undefined) throw new Error(`these results cannot be written: ${fault}`);
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** The results in `text`, or what is wrong with it. */
export function parseResults(text: string): BenchFile | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!isRecord(value)) return "is not a result file: its JSON is not an object";
  if (value["version"] !== FILE_VERSION) {
    return `is of version ${JSON.stringify(value["version"])}; this bench reads version ${FILE_VERSION}`;
  }
  const fault = findFault(value, BENCH_FILE, "");
  // The one border: every field that is read was looked at.
  return fault === undefined ? (value as unknown as BenchFile) : `is not a result file: ${fault}`;
}

/** What is wrong with a measurement, undefined if nothing is. */
export function faultOfMeasurement(measurement: Measurement): string | undefined {
  return findFault(measurement, MEASUREMENT, "");
}

/** What a JSON value must be; a list holds the shape of its items, "numbers" is by name, "?" marks what may be absent. */
type Shape =
  | "number"
  | "string"
  | "boolean"
  | "number?"
  | "string?"
  | "numbers?"
  | readonly [Shape]
  | { readonly [key: string]: Shape };

const SUMMARY: Shape = {
  count: "number",
  mean: "number",
  p50: "number",
  p90: "number",
  p99: "number",
  p999: "number",
  max: "number",
  hdr: "string?",
};
const CPU: { [key: string]: Shape } = { cpuUserUs: "number", cpuSystemUs: "number" };
const MEASUREMENT: Shape = {
  scenario: "string",
  system: "string",
  players: "number",
  round: "number",
  seconds: "number",
  tickHz: "number",
  server: {
    ...CPU,
    tickMs: SUMMARY,
    latenessMs: SUMMARY,
    rssBytesPerPlayer: "number",
    rssBytes: "number",
    allocatedBytesPerSecond: "number",
    gcPauseMsPerSecond: "number",
    gcPausesPerSecond: "number",
    eventLoopUtilization: "number",
  },
  load: { ...CPU, eventLoopUtilization: "number" },
  framesExpected: "number",
  framesReceived: "number",
  framesLate: "number",
  bytesPerClientPerSecond: "number",
  visibleMean: "number",
  bytesPerVisiblePerTick: "number",
  deliveredMean: "number",
  bytesPerDeliveredPerTick: "number",
  ageMs: SUMMARY,
  inputToVisibleMs: SUMMARY,
  joinMs: SUMMARY,
  sampled: { clients: "number", framesDecoded: "number", errors: ["string"] },
};
const SCENARIO: Shape = {
  name: "string",
  what: "string",
  players: "number",
  tickHz: "number",
  seconds: "number",
  warmupSeconds: "number",
  seed: "number",
  worldSize: "number",
  view: { width: "number", height: "number" },
  motion: "string",
  inputsPerSecond: "number",
  chatPerMinute: "number",
  churnPerMinute: "number",
  rooms: "number",
};
const PROBE: Shape = {
  players: "number",
  tickP99Ms: "number",
  held: "number",
  loadUtilization: "number",
  isHeld: "boolean",
};
const BENCH_FILE: Shape = {
  version: "number",
  name: "string",
  date: "string",
  durationSeconds: "number",
  machine: { cpu: "string", cores: "number", memoryBytes: "number", platform: "string", hypervisor: "string" },
  commit: "string",
  node: "string",
  kernel: "string",
  parameters: {
    quick: "boolean",
    roundsOf: "numbers?",
    seconds: "number?",
    players: "number?",
    serverCpus: "string?",
    loadCpus: "string?",
    systems: ["string"],
    command: "string",
  },
  scenarios: [SCENARIO],
  series: [{ kind: "string", base: "string", scenarios: ["string"] }],
  measurements: [MEASUREMENT],
  capacities: [
    {
      scenario: "string",
      system: "string",
      players: "number",
      notHeld: "number",
      tickP99LimitMs: "number",
      isLoadLimited: "boolean",
      probes: [PROBE],
    },
  ],
  http: [
    {
      ...CPU,
      name: "string",
      what: "string",
      connections: "number",
      seconds: "number",
      unit: "string",
      perSecond: "number",
      requestsPerSecond: "number",
      bytesPerUnit: "number",
      latencyMs: SUMMARY,
      failures: "number",
    },
  ],
  micro: [
    {
      name: "string",
      what: "string",
      entities: "number",
      nsPerEntity: "number",
      nsPerEntityMin: "number",
      nsPerEntityP99: "number",
      samples: "number",
      bytesPerEntity: "number",
    },
  ],
  notMeasured: ["string"],
};

/** The first place where `value` is not of `shape`, in words. */
function findFault(value: unknown, shape: Shape, path: string): string | undefined {
  if (typeof shape === "string") return findScalarFault(value, shape, path);
  if (isList(shape)) {
    if (!Array.isArray(value)) return `${path} must be a list`;
    return firstFault(value.map((item, i) => () => findFault(item, shape[0], `${path}[${i}]`)));
  }
  if (!isRecord(value)) return `${path || "it"} must be an object`;
  return firstFault(
    Object.entries(shape).map(
      ([key, inner]) =>
        () =>
          findFault(value[key], inner, path === "" ? key : `${path}.${key}`),
    ),
  );
}

function findScalarFault(value: unknown, shape: string, path: string): string | undefined {
  const type = shape.endsWith("?") ? shape.slice(0, -1) : shape;
  if (value === undefined && type !== shape) return undefined;
  if (type === "numbers") {
    if (!isRecord(value)) return `${path} must be an object`;
    return firstFault(
      Object.entries(value).map(
        ([key, one]) =>
          () =>
            findScalarFault(one, "number", `${path}.${key}`),
      ),
    );
  }
  const isRight = type === "number" ? Number.isFinite(value) : typeof value === type;
  return isRight ? undefined : `${path} must be a ${type === "number" ? "finite number" : type}, not ${String(value)}`;
}

function firstFault(checks: (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
