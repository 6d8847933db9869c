/** Runs in a process of its own: the product's decoder over hostile messages, with the time and memory that each takes. */
import { PerformanceObserver, performance } from "node:perf_hooks";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readClientFrame, readHello } from "../../proto/codec.ts";
import { seededRandom } from "../../proto/random.ts";
import { largest, percentile } from "./figure.ts";
import { HUGE_COUNTS } from "./huge-counts.ts";
import { malformedFrame, malformedHello } from "./malformed.ts";

export interface DecodeOrder {
  readonly kind: "malformed" | "huge-counts";
  readonly count: number;
  readonly seed: number;
}

export interface Decoded {
  readonly count: number;
  readonly thrown: number;
  readonly p99Us: number;
  readonly maxUs: number;
  /** Of malformed messages: the time on a core that the slowest took, and the most that one took during which no garbage was collected. */
  readonly maxCpuUs: number;
  readonly maxCalmUs: number;
  readonly collections: number;
  readonly collectionMaxUs: number;
  /** Of huge counts: the most heap that decoding one took. */
  readonly heapBytes: number;
  /** Which one that was. */
  readonly heapOf: string;
}

const WARM = 2000;
/** One in so many is kept for the percentile. */
const KEPT_MAX = 200_000;
const HEAP_ROUNDS = 10;
/** Decodings that take longer are looked at one by one, and so many of them at most. */
const SLOW_US = 100;
const SLOW_MAX = 10_000;

process.once("message", async (order: DecodeOrder) => {
  process.send?.(order.kind === "malformed" ? await malformed(order) : hugeCounts(order));
  process.disconnect();
});

async function malformed({ count, seed }: DecodeOrder): Promise<Decoded> {
  const collections: { startMs: number; endMs: number }[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      collections.push({ startMs: startTime, endMs: startTime + duration });
  });
  observer.observe({ entryTypes: ["gc"] });
  const slow: { startMs: number; endMs: number }[] = [];
  const random = seededRandom(seed);
  for (let i = 0; i < WARM; i++) decode(i % 2 === 0 ? malformedHello(random) : malformedFrame(random), i % 2 === 0);
  const tookUs: number[] = [];
  let [maxUs, maxCpuUs, maxQuickUs] = [0, 0, 0];
  let thrown = 0;
  for (let i = 0; i < count; i++) {
    const isHello = i % 2 === 0;
    const bytes = isHello ? malformedHello(random) : malformedFrame(random);
    const cpu = process.threadCpuUsage();
    const startMs = performance.now();
    if (!decode(bytes, isHello)) thrown++;
    const endMs = performance.now();
    const us = (endMs - startMs) * 1000;
    if (us > maxUs) [maxUs, maxCpuUs] = [us, cpuUsSince(cpu)];
    if (us > SLOW_US && slow.length < SLOW_MAX) slow.push({ startMs, endMs });
    else maxQuickUs = Math.max(maxQuickUs, us);
    if (tookUs.length < KEPT_MAX) tookUs.push(us);
  }
  // What was collected is told in a later turn.
  await new Promise((done) => setTimeout(done, 100));
  observer.disconnect();
  const calm = slow.filter((one) => !collections.some((gc) => gc.startMs < one.endMs && gc.endMs > one.startMs));
  return {
    ...{ count, thrown, p99Us: percentile(tookUs, 0.99), maxUs, maxCpuUs, heapBytes: 0, heapOf: "" },
    maxCalmUs: Math.max(maxQuickUs, ...calm.map(tookOf)),
    collections: collections.length,
    collectionMaxUs: Math.max(0, ...collections.map(tookOf)),
  };
}

function tookOf({ startMs, endMs }: { startMs: number; endMs: number }): number {
  return (endMs - startMs) * 1000;
}

function cpuUsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

function hugeCounts({ count }: DecodeOrder): Decoded {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const tookUs: number[] = [];
  let heapBytes = 0;
  let heapOf = "";
  let thrown = 0;
  for (const [name, { bytes, isHello }] of Object.entries(HUGE_COUNTS)) {
    for (let i = 0; i < WARM / 10; i++) decode(bytes, isHello);
    for (let i = 0; i < count; i++) {
      const startMs = performance.now();
      if (!decode(bytes, isHello)) thrown++;
      tookUs.push((performance.now() - startMs) * 1000);
    }
    collect();
    const before = getHeapStatistics().used_heap_size;
    for (let i = 0; i < HEAP_ROUNDS; i++) decode(bytes, isHello);
    const each = (getHeapStatistics().used_heap_size - before) / HEAP_ROUNDS;
    if (each > heapBytes) [heapBytes, heapOf] = [each, name];
  }
  const maxUs = largest(tookUs);
  const notLookedAt = { maxCpuUs: 0, maxCalmUs: 0, collections: 0, collectionMaxUs: 0 };
  return { count: tookUs.length, thrown, p99Us: percentile(tookUs, 0.99), maxUs, heapBytes, heapOf, ...notLookedAt };
}

/** False if it threw: a fault is a value. */
function decode(bytes: Uint8Array, isHello: boolean): boolean {
  try {
    if (isHello) readHello(bytes);
    else readClientFrame(bytes);
    return true;
  } catch {
    return false;
  }
}
