/** Distributions of times: recorded into an HDR histogram, told as a Summary. Knows nothing of what was timed. */
// hdr-histogram-js: constant memory whatever is recorded, and other tools read what it writes.
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from "hdr-histogram-js";
import type { Summary } from "./results.ts";

/** Two digits: 1 % is far below the noise of any machine, and a histogram takes a kilobyte or two in the file. */
const DIGITS = 2;
const US_PER_MS = 1000;

export class Distribution {
  readonly #histogram = newHistogram();
  /** The histogram knows the maximum only to its two digits. */
  #maxMs = 0;
  #sumMs = 0;

  /** Below zero (clocks of two processes) counts as zero. */
  record(ms: number, count = 1): void {
    const value = ms < 0 ? 0 : ms;
    this.#histogram.recordValueWithCount(Math.round(value * US_PER_MS), count);
    this.#sumMs += value * count;
    if (value > this.#maxMs) this.#maxMs = value;
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  summarise(): Summary {
    if (this.count === 0) return EMPTY_SUMMARY;
    return { ...percentiles(this.#histogram), mean: this.#sumMs / this.count, max: this.#maxMs };
  }
}

/** Of nothing. */
export const EMPTY_SUMMARY: Summary = { count: 0, mean: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 };

/** The summary of several distributions together: percentiles of the whole, not means of percentiles. */
export function mergeSummaries(summaries: readonly Summary[]): Summary {
  const parts = summaries.filter(({ count, hdr }) => count > 0 && hdr !== undefined);
  if (parts.length === 0) return EMPTY_SUMMARY;
  if (parts.length === 1) return parts[0];
  const whole = newHistogram();
  for (const { hdr = "" } of parts) whole.add(decodeFromCompressedBase64(hdr));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const mean = parts.reduce((sum, part) => sum + part.mean * part.count, 0) / count;
  return { ...percentiles(whole), mean, max: Math.max(...parts.map((part) => part.max)) };
}

function newHistogram(): Histogram {
  return build({ bitBucketSize: 32, autoResize: true, numberOfSignificantValueDigits: DIGITS });
}

function percentiles(histogram: Histogram): Summary {
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / US_PER_MS;
  return {
    count: histogram.totalCount,
    mean: histogram.mean / US_PER_MS,
    p50: at(50),
    p90: at(90),
    p99: at(99),
    p999: at(99.9),
    max: histogram.maxValue / US_PER_MS,
    hdr: encodeIntoCompressedBase64(histogram),
  };
}
