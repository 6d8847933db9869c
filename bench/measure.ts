/**
 * One measurement: a server process and a load process, each on its own cores, watched from outside for a while. The same
 * for Shoal, the floor and the peers.
 */
import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { endProcess, startPinned } from "./pinned.ts";
import type { ServerProbe } from "./probe/preload.ts";
import type { Measurement } from "./results.ts";
import type { Scenario } from "./scenarios.ts";
import { summarise } from "./summary.ts";
import { choosePlayers } from "./swarm/chosen-players.ts";
import type { LoadAnswer, LoadCommand, LoadWindow } from "./swarm/main.ts";

export interface MeasureOptions {
  readonly scenario: Scenario;
  readonly system: string;
  /** Which repetition, from 0; for the record. */
  readonly round: number;
  /** Cores for `taskset`, e.g. "0"; undefined: any. */
  readonly serverCpus?: string;
  readonly loadCpus?: string;
  /** Bytes of a frame that the floor sends: what Shoal sent in the same scenario. */
  readonly floorBytes?: number;
  /** Where a CPU profile of Shoal's window goes; it costs time, so its figures are not for comparing. */
  readonly profilePath?: string;
  onProgress(text: string): void;
}

const START_MS_MAX = 30_000;
const JOIN_MS_MAX = 60_000;
/** Players that decode and check every frame, at most. */
const SAMPLED = 20;
/** A frame this many ticks behind its tick is late. */
const LATE_TICKS = 2;
const ON_THEIR_WAY_MS = 500;
const here = import.meta.dirname;
const PRELOAD = join(here, "probe/preload.ts");

/** Throws Error with words when a process does not start, join or answer in time; leaves no process behind. */
export async function measure(options: MeasureOptions): Promise<Measurement> {
  const { scenario, system, onProgress } = options;
  const processes: ChildProcess[] = [];
  try {
    onProgress("starting the server");
    const freePort = await findFreePort();
    const server = startServer(options, freePort);
    processes.push(server);
    const port = system === "shoal" ? await waitUntilHealthy(server, freePort) : await listeningPort(server, system);
    const idleRss = (await ask<{ rssBytes: number }>(server, { ask: "rss" }, START_MS_MAX)).rssBytes;
    const load = start({ path: join(here, "swarm/main.ts"), cpus: options.loadCpus });
    processes.push(load);
    onProgress(`${scenario.players} players join`);
    const connect = { ask: "connect", system, port, scenario, sampled: SAMPLED } as const;
    await ask<LoadAnswer>(load, connect satisfies LoadCommand, JOIN_MS_MAX);
    onProgress("warming up");
    await pause(scenario.warmupSeconds);
    onProgress(`measuring for ${scenario.seconds} s`);
    server.send({ ask: "start-window" });
    load.send({ ask: "start-window" } satisfies LoadCommand);
    await pause(scenario.seconds);
    const [answer, { probe }] = await Promise.all([
      ask<LoadWindow>(load, { ask: "end-window" }, START_MS_MAX),
      ask<{ probe: ServerProbe }>(server, { ask: "end-window" }, START_MS_MAX),
    ]);
    return toMeasurement(options, probe, idleRss, answer);
  } finally {
    await Promise.all(processes.map((process) => endProcess(process)));
  }
}

function startServer(options: MeasureOptions, port: number): ChildProcess {
  const { scenario, system, serverCpus, floorBytes, profilePath } = options;
  const { tickHz, seed, worldSize, players, rooms, motion } = scenario;
  const shared = { BENCH_SCENARIO: JSON.stringify(scenario), TICK_HZ: String(tickHz), PORT: String(port) };
  const startIt = (path: string, env: Record<string, string>) =>
    start({ path: join(here, path), cpus: serverCpus, env: { ...shared, ...env }, imports: [PRELOAD] });
  if (system === "floor") return startIt("./servers/floor.ts", { FLOOR_BYTES: String(floorBytes ?? 150) });
  if (system !== "shoal") return startIt(`peers/${system}/server.ts`, {});
  return startIt("../server/main.ts", {
    ...(profilePath === undefined ? {} : { BENCH_PROFILE: profilePath }),
    LOG_LEVEL: "warn",
    SEED: String(seed),
    WORLD_SIZE: String(worldSize),
    ROOM_CAPACITY: String(Math.ceil(players / rooms) + 100),
    ROOMS_MAX: String(rooms + 1),
    SPAWN_RANGE: String(Math.floor(worldSize / 2)),
    GAME: motion === "wander" ? "wander" : "pond",
  });
}

interface StartOptions {
  path: string;
  cpus: string | undefined;
  env?: Record<string, string>;
  /** Modules loaded before the process's own code. */
  imports?: readonly string[];
}

function start({ path, cpus, env, imports = [] }: StartOptions): ChildProcess {
  const args = imports.flatMap((module) => ["--import", module]);
  return startPinned({
    args: [...args, path],
    cpus,
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // Windows carry thousands of numbers.
    serialization: "advanced",
  });
}

/** Shoal is started as anyone starts it, so it tells nobody its port: the port is chosen for it. */
function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function waitUntilHealthy(server: ChildProcess, port: number): Promise<number> {
  for (const startMs = performance.now(); performance.now() - startMs < START_MS_MAX; ) {
    const ended = server.exitCode ?? server.signalCode;
    if (ended !== null) throw new Error(`the server ended with ${ended} before it was ready`);
    const isUp = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return port;
    await pause(0.05);
  }
  throw new Error(`the server did not start within ${START_MS_MAX / 1000} s`);
}

async function listeningPort(server: ChildProcess, system: string): Promise<number> {
  const { listening } = await nextMessage<{ listening: number }>(server, "listening", START_MS_MAX);
  if (!(listening > 0)) throw new Error(`${system} listens nowhere`);
  return listening;
}

function ask<Answer>(child: ChildProcess, question: object, timeoutMs: number): Promise<Answer> {
  child.send(question);
  return nextMessage<Answer>(child, Object.values(question).join(" "), timeoutMs);
}

function nextMessage<Message>(child: ChildProcess, what: string, timeoutMs: number): Promise<Message> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
      act();
    };
    const onMessage = (message: unknown) => finish(() => resolve(message as Message));
    const onExit = (code: number | null) => finish(() => reject(new Error(`process ended with ${code}`)));
    const timer = setTimeout(
      () => finish(() => reject(new Error(`no answer within ${timeoutMs / 1000} s (${what.slice(0, 60)})`))),
      timeoutMs,
    );
    child.on("message", onMessage);
    child.on("exit", onExit);
  });
}

function pause(seconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

function toMeasurement(
  { scenario, system, round }: MeasureOptions,
  probe: ServerProbe,
  idleRss: number,
  load: LoadWindow,
): Measurement {
  const { window } = load;
  const { players, tickHz } = scenario;
  const seconds = probe.wallMs / 1000;
  const ticks = Math.max(1, probe.ticks.length);
  const clientTicks = players * ticks;
  // Where nothing moves, Shoal sends four frames a second (SPEC K7).
  const framesPerSecond = scenario.motion === "rest" && system === "shoal" ? 4 : tickHz;
  const framesExpected = Math.round(players * framesPerSecond * seconds);
  const ages = agesOf(window.arrivals, probe, framesPerSecond === tickHz && scenario.churnPerMinute === 0);
  const bytesPerTick = (window.wireBytes / Math.max(1, window.framesReceived)) * (framesPerSecond / tickHz);
  return {
    scenario: scenario.name,
    system,
    players,
    round,
    seconds,
    tickHz,
    server: {
      cpuUserUs: probe.cpuUserUs / clientTicks,
      cpuSystemUs: probe.cpuSystemUs / clientTicks,
      tickMs: summarise(probe.ticks.map(([, , durationMs]) => durationMs)),
      latenessMs: summarise(probe.ticks.map(([, , , latenessMs]) => latenessMs)),
      rssBytes: probe.rssBytes,
      rssBytesPerPlayer: (probe.rssBytes - idleRss) / players,
      allocatedBytesPerSecond: probe.allocatedBytes / seconds,
      gcPauseMsPerSecond: probe.gcPauseMs / seconds,
      gcPausesPerSecond: probe.gcPauses / seconds,
      eventLoopUtilization: probe.eventLoopUtilization,
    },
    load: {
      cpuUserUs: load.cpuUserUs / clientTicks,
      cpuSystemUs: load.cpuSystemUs / clientTicks,
      eventLoopUtilization: load.eventLoopUtilization,
    },
    framesExpected,
    framesReceived: window.framesReceived,
    framesLate: ages.filter((age) => age > (LATE_TICKS * 1000) / tickHz).length,
    bytesPerClientPerSecond: window.wireBytes / players / seconds,
    visibleMean: window.visibleMean,
    bytesPerVisiblePerTick: window.visibleMean > 0 ? bytesPerTick / window.visibleMean : 0,
    deliveredMean: window.deliveredMean,
    bytesPerDeliveredPerTick: window.deliveredMean > 0 ? bytesPerTick / window.deliveredMean : 0,
    ageMs: summarise(ages),
    inputToVisibleMs: summarise([...window.inputToVisibleMs]),
    joinMs: summarise([...window.joinMs]),
    sampled: {
      clients: choosePlayers(players, SAMPLED).size,
      framesDecoded: window.framesDecoded,
      errors: [...window.errors],
    },
  };
}

/**
 * Age of information: from the start of a tick on the server to the arrival of its frame at the client, ms. A frame that never came is as
 * old as the window's end makes it: late frames count, and missing ones count more.
 */
function agesOf(arrivals: readonly number[], probe: ServerProbe, isEveryTickSent: boolean): number[] {
  const starts = new Map(probe.ticks.map(([tick, startMs]) => [tick, startMs]));
  const arrived = new Map<number, number>();
  const ages: number[] = [];
  for (let i = 0; i < arrivals.length; i += 2) {
    const tick = arrivals[i];
    const startMs = starts.get(tick);
    if (startMs === undefined) continue;
    ages.push(arrivals[i + 1] - startMs);
    arrived.set(tick, (arrived.get(tick) ?? 0) + 1);
  }
  if (!isEveryTickSent) return ages;
  const expected = Math.max(0, ...arrived.values());
  const endMs = probe.ticks[probe.ticks.length - 1]?.[1] ?? 0;
  // The window's last ticks may still be on their way.
  for (const [tick, startMs] of starts) {
    if (endMs - startMs < ON_THEIR_WAY_MS) continue;
    for (let missing = expected - (arrived.get(tick) ?? 0); missing > 0; missing--) ages.push(endMs - startMs);
  }
  return ages;
}
