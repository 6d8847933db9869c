/**
 * Carries out a plan and collects the results. One measurement that fails is noted and the others go on. Knows nothing
 * of processes and sockets: what measures is passed in.
 */
import { FLOOR } from "./aggregate.ts";
import { judgeProbe, searchCapacity } from "./capacity.ts";
import type { MeasureOptions } from "./measure.ts";
import { OWN, type Plan, type Round, type Search } from "./plan.ts";
import { formatDuration, type Progress } from "./progress.ts";
import {
  type BenchFile,
  type CapacityProbe,
  faultOfMeasurement,
  type HttpMeasurement,
  type Measurement,
  type MicroMeasurement,
} from "./results.ts";
import { type Scenario, withPlayers } from "./scenarios.ts";

export interface Instruments {
  measure(options: MeasureOptions): Promise<Measurement>;
  measureHttp(onProgress: (text: string) => void): Promise<HttpMeasurement[]>;
  measureMicro(onProgress: (text: string) => void): Promise<MicroMeasurement[]>;
  nowMs(): number;
}

export interface RunOptions {
  plan: Plan;
  instruments: Instruments;
  progress: Progress;
  serverCpus: string | undefined;
  loadCpus: string | undefined;
  /** Nothing new begins that would end later than so long after the start; undefined is no limit. */
  limitMs: number | undefined;
}

export type RunResults = Pick<
  BenchFile,
  "measurements" | "capacities" | "http" | "micro" | "notMeasured" | "durationSeconds"
> & {
  /** What was tried and failed, of Shoal or the floor: a peer that fails is the peer's affair. */
  failures: string[];
};

/** Starting and ending two processes and connecting the players, ms; replaced by what is seen. */
const OVERHEAD_MS = 5000;
const HTTP_MS = 35_000;
const MICRO_MS = 6000;
/** A search tries about so many counts, each with a shorter window. */
const SEARCH_PROBES = 8;
const SEARCH_SECONDS = 6;
const SEARCH_WARMUP_SECONDS = 2;
const SEARCH_PRECISION = 1.06;
const SEARCH_BOUNDS = { low: 500, high: 8000 };
/** WebSocket header of a server's message, bytes: up to 125 bytes of payload, and up to 64 KiB (RFC 6455 section 5.2). */
const SHORT_HEADER = 2;
const LONG_HEADER = 4;
const SHORT_FRAME = 128;
/** A system that makes fewer of its ticks than this is spared larger player counts. */
const OVERRUN = 0.5;

export async function run(options: RunOptions): Promise<RunResults> {
  const runner = new Runner(options);
  const { plan } = options;
  for (const round of plan.rounds) await runner.round(round);
  if (plan.isSuite) {
    await runner.http();
    await runner.micro();
  }
  for (const round of plan.sweepRounds) await runner.round(round);
  for (const search of plan.searches) await runner.search(search);
  return runner.results();
}

class Runner {
  readonly #options: RunOptions;
  readonly #startMs: number;
  readonly #totalMs: number;
  readonly #results: RunResults = {
    measurements: [],
    capacities: [],
    http: [],
    micro: [],
    notMeasured: [],
    failures: [],
    durationSeconds: 0,
  };
  /** By scenario family and system: the window in which it was overrun. */
  readonly #overruns = new Map<string, Scenario>();
  #overheadMs = OVERHEAD_MS;
  #doneMs = 0;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#startMs = options.instruments.nowMs();
    const { plan } = options;
    const rounds = [...plan.rounds, ...plan.sweepRounds];
    this.#totalMs =
      rounds.reduce((sum, { scenario, systems }) => sum + systems.length * windowMs(scenario, OVERHEAD_MS), 0) +
      (plan.isSuite ? HTTP_MS + MICRO_MS : 0) +
      plan.searches.length * searchMs();
  }

  results(): RunResults {
    const durationSeconds = Math.round((this.#options.instruments.nowMs() - this.#startMs) / 1000);
    return { ...this.#results, durationSeconds };
  }

  /** All systems of a round or none: a figure without the floor's beside it says little. */
  async round({ scenario, round, systems }: Round): Promise<void> {
    const expectedMs = windowMs(scenario, this.#overheadMs);
    const able = systems.filter((system) => {
      const overrun = this.#overruns.get(familyOf(scenario, system));
      const isHopeless = overrun !== undefined && overrun.players < scenario.players;
      if (isHopeless) this.#note(`${scenario.name} / ${system}`, `overrun in ${overrun.name} already`);
      return !isHopeless;
    });
    if (!this.#hasTime(able.length * expectedMs, `${scenario.name} / ${able.join(", ")}, round ${round + 1}`)) return;
    for (const system of able) {
      const label = `${scenario.name} / ${system}, round ${round + 1}`;
      const startMs = this.#options.instruments.nowMs();
      const measurement = await this.#attempt(label, expectedMs, (onProgress) =>
        this.#measure({ scenario, system, round, onProgress }),
      );
      if (measurement === undefined) {
        this.#failed(label, system);
        continue;
      }
      this.#results.measurements.push(measurement);
      const spentMs = this.#options.instruments.nowMs() - startMs;
      this.#overheadMs = (this.#overheadMs + Math.max(0, spentMs - windowMs(scenario, 0))) / 2;
      if (judgeProbe(measurement).held < OVERRUN) this.#overruns.set(familyOf(scenario, system), scenario);
    }
  }

  async http(): Promise<void> {
    if (!this.#hasTime(HTTP_MS, "HTTP")) return;
    const http = await this.#attempt("HTTP and polling", HTTP_MS, (onProgress) =>
      this.#options.instruments.measureHttp(onProgress),
    );
    if (http === undefined) this.#failed("HTTP and polling");
    else this.#results.http.push(...http);
  }

  async micro(): Promise<void> {
    if (!this.#hasTime(MICRO_MS, "micro benches")) return;
    const micro = await this.#attempt("micro benches", MICRO_MS, (onProgress) =>
      this.#options.instruments.measureMicro(onProgress),
    );
    if (micro === undefined) this.#failed("micro benches");
    else this.#results.micro.push(...micro);
  }

  async search({ scenario, system }: Search): Promise<void> {
    const label = `largest player count / ${system}`;
    if (!this.#hasTime(searchMs(), label)) return;
    const capacity = await this.#attempt(label, searchMs(), (onProgress) =>
      searchCapacity({
        scenario: scenario.name,
        system,
        ...this.#bounds(scenario, system),
        most: SEARCH_BOUNDS.high,
        precision: SEARCH_PRECISION,
        probe: (players) => this.#probe({ scenario, system, players, onProgress }),
      }),
    );
    if (capacity === undefined) this.#failed(label, system);
    else this.#results.capacities.push(capacity);
  }

  /** The sweep has been there already: the search begins between what was held and what was not. */
  #bounds(scenario: Scenario, system: string): { low: number; high: number } {
    const probes = this.#results.measurements
      .filter((one) => one.system === system && one.scenario.split("@")[0] === scenario.name)
      .map(judgeProbe);
    const held = probes.filter(({ isHeld }) => isHeld).map(({ players }) => players);
    const low = held.length > 0 ? Math.max(...held) : SEARCH_BOUNDS.low;
    const failed = probes.filter(({ isHeld, players }) => !isHeld && players > low).map(({ players }) => players);
    return { low, high: failed.length > 0 ? Math.min(...failed) : SEARCH_BOUNDS.high };
  }

  async #probe(of: {
    scenario: Scenario;
    system: string;
    players: number;
    onProgress(text: string): void;
  }): Promise<CapacityProbe> {
    const { system, players, onProgress } = of;
    const scenario = {
      ...withPlayers(of.scenario, players),
      seconds: SEARCH_SECONDS,
      warmupSeconds: SEARCH_WARMUP_SECONDS,
    };
    onProgress(`${players} players`);
    try {
      return judgeProbe(await this.#measure({ scenario, system, round: 0, onProgress }));
    } catch (error) {
      // A server that does not even get its players in does not hold them.
      onProgress(`${players} players: ${words(error)}`);
      return { players, tickP99Ms: 0, held: 0, loadUtilization: 0, isHeld: false };
    }
  }

  async #measure(options: MeasureOptions): Promise<Measurement> {
    const { serverCpus, loadCpus, instruments } = this.#options;
    const floorBytes = options.system === FLOOR ? this.#frameBytes(options.scenario.name) : undefined;
    const measurement = await instruments.measure({ ...options, serverCpus, loadCpus, floorBytes });
    const fault = faultOfMeasurement(measurement);
    if (fault !== undefined) throw new Error(fault);
    return measurement;
  }

  /** What a frame of Shoal's held on average when it was last measured in this scenario: the floor sends the same. */
  #frameBytes(scenario: string): number | undefined {
    const last = this.#results.measurements.findLast((one) => one.system === "shoal" && one.scenario === scenario);
    if (last === undefined || last.framesReceived === 0) return undefined;
    const wireBytes = (last.bytesPerClientPerSecond * last.players * last.seconds) / last.framesReceived;
    return Math.round(wireBytes - (wireBytes < SHORT_FRAME ? SHORT_HEADER : LONG_HEADER));
  }

  async #attempt<T>(
    label: string,
    expectedMs: number,
    work: (onProgress: (text: string) => void) => Promise<T>,
  ): Promise<T | undefined> {
    const { progress } = this.#options;
    progress.step(label, Math.min(this.#doneMs / this.#totalMs, 0.99));
    this.#doneMs += expectedMs;
    try {
      return await work((text) => progress.detail(text));
    } catch (error) {
      progress.say(`${label} failed: ${words(error)}`);
      this.#note(label, words(error));
      return undefined;
    }
  }

  #failed(label: string, system = "shoal"): void {
    if (OWN.includes(system)) this.#results.failures.push(label);
  }

  #hasTime(neededMs: number, what: string): boolean {
    const { limitMs, instruments } = this.#options;
    const elapsedMs = instruments.nowMs() - this.#startMs;
    if (limitMs === undefined || elapsedMs + neededMs <= limitMs) return true;
    this.#note(what, `no time left of ${formatDuration(limitMs)}`);
    return false;
  }

  #note(what: string, why: string): void {
    const line = `${what}: ${why}`;
    if (!this.#results.notMeasured.includes(line)) this.#results.notMeasured.push(line);
  }
}

/** Sizes of one scenario are a family: wander, wander@500, wander/25. */
function familyOf({ name }: Scenario, system: string): string {
  return `${name.split(/[@/]/)[0]} ${system}`;
}

function windowMs({ seconds, warmupSeconds }: Scenario, overheadMs: number): number {
  return (seconds + warmupSeconds) * 1000 + overheadMs;
}

function searchMs(): number {
  return SEARCH_PROBES * ((SEARCH_SECONDS + SEARCH_WARMUP_SECONDS) * 1000 + OVERHEAD_MS);
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
