/**
 * Loaded into every measured server before its own code (`node --import`), Shoal and peers alike: the same clock and the same
 * figures for all. Whoever ticks publishes { tick, startMs, durationMs, latenessMs } on the diagnostics channel `shoal:tick`
 * (startMs of performance.now()); the runner asks over IPC. Knows nothing of what the server does.
 */
import "./end-with-parent.ts";
import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { PerformanceObserver, performance } from "node:perf_hooks";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

interface TickMessage {
  readonly tick: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly latenessMs: number;
}

/** What one process used and did in one window. Times in ms or us as named. */
export interface ServerProbe {
  readonly wallMs: number;
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly rssBytes: number;
  readonly gcPauses: number;
  readonly gcPauseMs: number;
  /** Bytes allocated on the V8 heap, from its used size between collections. */
  readonly allocatedBytes: number;
  readonly eventLoopUtilization: number;
  /** Per tick: its number, start in ms of the machine's monotonic clock, duration, lateness. */
  readonly ticks: readonly (readonly [tick: number, startMs: number, durationMs: number, latenessMs: number])[];
}

const HEAP_SAMPLE_MS = 20;

/** From this process's performance.now() to the machine's monotonic clock, which all processes share. */
const originMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

// Garbage is no player's memory: it is collected before each look at the process's size, outside the window.
setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** If set, a CPU profile of the window is written there. */
const profilePath = process.env["BENCH_PROFILE"];
const inspector = profilePath === undefined ? undefined : new Session();
inspector?.connect();
inspector?.post("Profiler.enable");

let ticks: [number, number, number, number][] = [];
let gcPauses = 0;
let gcPauseMs = 0;
let allocated = 0;
let usedBefore = 0;
let cpuAtStart = process.cpuUsage();
let loopAtStart = performance.eventLoopUtilization();
let startMs = 0;
let isOpen = false;
let sampler: NodeJS.Timeout | undefined;

subscribe("shoal:tick", (message) => {
  if (!isOpen) return;
  const { tick, startMs: tickMs, durationMs, latenessMs } = message as TickMessage;
  ticks.push([tick, tickMs + originMs, durationMs, latenessMs]);
});

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    gcPauses++;
    gcPauseMs += duration;
  }
}).observe({ entryTypes: ["gc"] });

/** The heap grows by what is allocated and shrinks by collections: sum the growth. */
function sampleHeap(): void {
  const used = getHeapStatistics().used_heap_size;
  if (used > usedBefore) allocated += used - usedBefore;
  usedBefore = used;
}

function open(): void {
  ticks = [];
  gcPauses = 0;
  gcPauseMs = 0;
  allocated = 0;
  usedBefore = getHeapStatistics().used_heap_size;
  startMs = performance.now();
  loopAtStart = performance.eventLoopUtilization();
  cpuAtStart = process.cpuUsage();
  isOpen = true;
  inspector?.post("Profiler.start");
  sampler = setInterval(sampleHeap, HEAP_SAMPLE_MS);
}

function close(): ServerProbe {
  const cpu = process.cpuUsage(cpuAtStart);
  const loop = performance.eventLoopUtilization(loopAtStart);
  const wallMs = performance.now() - startMs;
  clearInterval(sampler);
  inspector?.post("Profiler.stop", (_error, { profile }) => {
    if (profilePath !== undefined) writeFileSync(profilePath, JSON.stringify(profile));
  });
  sampleHeap();
  isOpen = false;
  return {
    wallMs,
    cpuUserUs: cpu.user,
    cpuSystemUs: cpu.system,
    rssBytes: rssWithoutGarbage(),
    gcPauses,
    gcPauseMs,
    allocatedBytes: allocated,
    eventLoopUtilization: loop.utilization,
    ticks,
  };
}

function rssWithoutGarbage(): number {
  collectGarbage();
  return process.memoryUsage.rss();
}

process.on("message", (message: { ask?: string }) => {
  if (message.ask === "start-window") open();
  else if (message.ask === "end-window") process.send?.({ probe: close() });
  else if (message.ask === "rss") process.send?.({ rssBytes: rssWithoutGarbage() });
});
