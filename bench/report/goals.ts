/** What the project set out to reach, and what a run measured of it. Pure. */
import {
  cpuUs,
  type Figure,
  FLOOR,
  heldWindowsOf,
  isLowerBound,
  isOverrun,
  pooledP99,
  ratioToFloor,
  type Spread,
  spreadOf,
  windowsOf,
} from "../aggregate.ts";
import type { BenchFile, Capacity, Measurement } from "../results.ts";
import { number, percent } from "./format.ts";

export interface Goal {
  readonly figure: string;
  readonly target: string;
  readonly measured: string;
  readonly verdict: "met" | "missed" | "no target" | "not measured";
  /** A peer's figure under the same load, where one was measured. */
  readonly peer: string;
}

interface Rule {
  readonly figure: string;
  /** Empty: shown beside what has one, and not judged. */
  readonly target: string;
  readonly peer?: (file: BenchFile) => string;
  /** What was measured, undefined if it was not. */
  measure(file: BenchFile): { readonly text: string; readonly isMet: boolean } | undefined;
}

const PLAYERS_TARGET = 5000;
const FLOOR_SHARE_TARGET = 0.8;
const AGE_OVER_TICK_MS = 10;
/** Fewer players than this say nothing of what one more takes: what the process needs anyway is larger. */
const MEMORY_PLAYERS_MIN = 4000;
const AGE_PLAYERS_MIN = 1000;
const KB = 1024;

const RULES: readonly Rule[] = [
  {
    figure: "server CPU per client-tick, inputs off (wander)",
    target: "≤ 1.25 × floor",
    measure: (file) => atMost(ratioToFloor(file, "wander", "shoal", cpuUs), 1.25, " × floor"),
    peer: (file) => peerRatio(file, "wander@500", "colyseus-aoi"),
  },
  {
    figure: "server CPU per client-tick, inputs on (wander-inputs)",
    target: "≤ 1.6 × floor",
    measure: (file) => atMost(ratioToFloor(file, "wander-inputs", "shoal", cpuUs), 1.6, " × floor"),
  },
  {
    figure: "players per core at 20 Hz, tick p99 < 50 ms",
    target: "≥ 5,000, or 80 % of the floor",
    measure: measureCapacity,
    peer: (file) => {
      const peer = capacityOf(file, "colyseus-aoi");
      return peer === undefined ? "" : number(peer.players);
    },
  },
  {
    figure: "bytes per visible moving entity and tick, about 50 visible",
    target: "≤ 2.5",
    measure: (file) => atMost(figureOf(file, "wander", bytesPerVisible), 2.5, " B"),
    peer: (file) => peerFigure(file, "wander@500", "colyseus-aoi", bytesPerVisible, " B"),
  },
  {
    figure: "bytes per visible moving entity and tick, about 100 visible",
    target: "≤ 2.0",
    measure: (file) => atMost(figureOf(file, "wander-dense", bytesPerVisible), 2, " B"),
  },
  {
    figure: "bytes per visible resting entity and tick",
    target: "< 0.05",
    measure: (file) => atMost(figureOf(file, "rest", bytesPerVisible), 0.05, " B"),
  },
  {
    figure: "bytes per visible gliding entity and tick, a push every 4 s",
    target: "",
    measure: (file) => atMost(figureOf(file, "coast", bytesPerVisible), Number.POSITIVE_INFINITY, " B"),
  },
  {
    figure: "age of information p99, 1,000 players on loopback",
    target: "≤ 1 tick + 10 ms",
    measure: (file) => {
      const scenario = file.scenarios.find(({ name }) => name === "wander");
      if (scenario === undefined || scenario.players < AGE_PLAYERS_MIN) return undefined;
      const limitMs = 1000 / scenario.tickHz + AGE_OVER_TICK_MS;
      return atMost(ageP99Of(file, "wander", "shoal"), limitMs, " ms");
    },
    peer: (file) => peerText(file, "wander@500", "colyseus-aoi", ageP99Of(file, "wander@500", "colyseus-aoi"), " ms"),
  },
  {
    figure: "memory per player (growth of the process), 4,000 players or more",
    target: "≤ 10 KB",
    measure: (file) => atMost(memoryPerPlayer(file), 10, " KB"),
  },
  {
    figure: "allocation per client-tick, above the floor's (wander)",
    target: "",
    measure: (file) => atMost(allocationOverFloor(file), Number.POSITIVE_INFINITY, " B"),
  },
  {
    figure: "rooms of 100: CPU per client-tick",
    target: "≤ 1.3 × floor",
    measure: (file) => atMost(ratioToFloor(file, "rooms-100", "shoal", cpuUs), 1.3, " × floor"),
    peer: (file) => peerRatio(file, "rooms-100@500", "colyseus-rooms"),
  },
  {
    figure: "rooms of 100: bytes per visible entity and tick",
    target: "≤ half of Colyseus'",
    measure: (file) => {
      const own = figureOf(file, "rooms-100@500", bytesPerVisible);
      const peer = figureOf(file, "rooms-100@500", bytesPerVisible, "colyseus-rooms");
      return peer === undefined ? undefined : atMost(own, peer.median / 2, " B");
    },
    peer: (file) => peerFigure(file, "rooms-100@500", "colyseus-rooms", bytesPerVisible, " B"),
  },
];

export function goals(file: BenchFile): Goal[] {
  return RULES.map(({ figure, target, measure, peer }) => {
    const result = measure(file);
    const judged = target === "" ? "no target" : result?.isMet ? "met" : "missed";
    const verdict = result === undefined ? "not measured" : judged;
    return { figure, target, measured: result?.text ?? "", verdict, peer: peer?.(file) ?? "" };
  });
}

/** The median decides; the rounds are shown where they differ. */
function atMost(spread: Spread | undefined, limit: number, unit: string): ReturnType<Rule["measure"]> {
  if (spread === undefined) return undefined;
  return { text: showSpread(spread, unit), isMet: spread.median <= limit };
}

function showSpread({ median, low, high }: Spread, unit: string): string {
  const range = number(low) === number(high) ? "" : ` (${number(low)} to ${number(high)})`;
  return `${number(median)}${unit}${range}`;
}

function figureOf(file: BenchFile, scenario: string, figure: Figure, system = "shoal"): Spread | undefined {
  return spreadOf(heldWindowsOf(file, scenario, system), figure);
}

function bytesPerVisible(one: Measurement): number {
  return one.bytesPerVisiblePerTick;
}

/** Of all rounds together, between the lowest and the highest of them. */
function ageP99Of(file: BenchFile, scenario: string, system: string): Spread | undefined {
  const spread = figureOf(file, scenario, ({ ageMs }) => ageMs.p99, system);
  return spread && { ...spread, median: pooledP99(heldWindowsOf(file, scenario, system), ({ ageMs }) => ageMs) };
}

function peerRatio(file: BenchFile, scenario: string, peer: string): string {
  return peerText(file, scenario, peer, ratioToFloor(file, scenario, peer, cpuUs), " × floor");
}

function peerFigure(file: BenchFile, scenario: string, peer: string, figure: Figure, unit: string): string {
  return peerText(file, scenario, peer, figureOf(file, scenario, figure, peer), unit);
}

function peerText(file: BenchFile, scenario: string, peer: string, spread: Spread | undefined, unit: string): string {
  if (spread !== undefined) return showSpread(spread, unit);
  return windowsOf(file, scenario, peer).length > 0 ? "overrun" : "";
}

function capacityOf(file: BenchFile, system: string): Capacity | undefined {
  return file.capacities.find((one) => one.system === system && one.scenario === "wander");
}

function measureCapacity(file: BenchFile): ReturnType<Rule["measure"]> {
  const own = capacityOf(file, "shoal");
  if (own === undefined) return undefined;
  const floor = capacityOf(file, FLOOR);
  const isKnown = floor !== undefined && floor.players > 0 && !isLowerBound(floor);
  const share = isKnown ? own.players / floor.players : 0;
  const beside = isKnown
    ? `, ${percent(share)} of the floor`
    : floor
      ? `, floor at least ${number(floor.players)}`
      : "";
  const text = `${isLowerBound(own) ? "at least " : ""}${number(own.players)}${beside}`;
  return { text, isMet: own.players >= PLAYERS_TARGET || share >= FLOOR_SHARE_TARGET };
}

function memoryPerPlayer(file: BenchFile): Spread | undefined {
  const held = file.measurements.filter(
    (one) => one.system === "shoal" && /^wander(@\d+)?$/.test(one.scenario) && !isOverrun(one),
  );
  const most = Math.max(MEMORY_PLAYERS_MIN, ...held.map(({ players }) => players));
  const spread = spreadOf(
    held.filter(({ players }) => players === most),
    ({ server }) => server.rssBytesPerPlayer / KB,
  );
  // A process that did not grow had room left from its start: that is no player's size.
  return spread !== undefined && spread.median > 0 ? spread : undefined;
}

/** The probe and the process allocate, too: the floor's share is theirs. */
function allocationOverFloor(file: BenchFile): Spread | undefined {
  const bytes: Figure = ({ server, players, tickHz }) => server.allocatedBytesPerSecond / (players * tickHz);
  const floor = figureOf(file, "wander", bytes, FLOOR);
  return floor && figureOf(file, "wander", (one) => bytes(one) - floor.median);
}
