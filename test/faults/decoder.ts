/** Runs in a process of its own: the product's decoder over hostile messages, with the time and memory that each takes. */
import { performance } from "node:perf_hooks";
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
  /** Of huge counts: the most heap that decoding one took. */
  readonly heapBytes: number;
  /** Which one that was. */
  readonly heapOf: string;
}

const WARM = 2000;
/** One in so many is kept for the percentile. */
const KEPT_MAX = 200_000;
const HEAP_ROUNDS = 10;

process.once("message", (order: DecodeOrder) => {
  process.send?.(order.kind === "malformed" ? malformed(order) : hugeCounts(order));
  process.disconnect();
});

function malformed({ count, seed }: DecodeOrder): Decoded {
  const random = seededRandom(seed);
  for (let i = 0; i < WARM; i++) decode(i % 2 === 0 ? malformedHello(random) : malformedFrame(random), i % 2 === 0);
  const tookUs: number[] = [];
  let maxUs = 0;
  let thrown = 0;
  for (let i = 0; i < count; i++) {
    const isHello = i % 2 === 0;
    const bytes = isHello ? malformedHello(random) : malformedFrame(random);
    const startMs = performance.now();
    if (!decode(bytes, isHello)) thrown++;
    const us = (performance.now() - startMs) * 1000;
    maxUs = Math.max(maxUs, us);
    if (tookUs.length < KEPT_MAX) tookUs.push(us);
  }
  return { count, thrown, p99Us: percentile(tookUs, 0.99), maxUs, heapBytes: 0, heapOf: "" };
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
  return { count: tookUs.length, thrown, p99Us: percentile(tookUs, 0.99), maxUs: largest(tookUs), heapBytes, heapOf };
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
