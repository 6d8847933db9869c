/** Distributions of times as Summaries, by way of an HDR histogram. Knows nothing of what was timed. */
// hdr-histogram-js: the whole distribution in a kilobyte or two, in a format that other tools read.
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from "hdr-histogram-js";
import type { Summary } from "./results.ts";

/** Two digits: 1 % is far below the noise of any machine. */
const DIGITS = 2;
const US_PER_MS = 1000;

/** Of nothing. */
export const EMPTY_SUMMARY: Summary = { count: 0, mean: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 };

/** Of times in ms; below zero (clocks of two processes) counts as zero. Mean and maximum are exact. */
export function summarise(valuesMs: readonly number[]): Summary {
  if (valuesMs.length === 0) return EMPTY_SUMMARY;
  const histogram = newHistogram();
  let sum = 0;
  let max = 0;
  for (const given of valuesMs) {
    const value = given < 0 ? 0 : given;
    histogram.recordValue(Math.round(value * US_PER_MS));
    sum += value;
    if (value > max) max = value;
  }
  return describe(histogram, sum / valuesMs.length, max);
}

/** Several distributions together: percentiles of the whole, not means of percentiles. Without histograms, the first. */
export function mergeSummaries(summaries: readonly Summary[]): Summary {
  const parts = summaries.filter(({ count }) => count > 0);
  if (parts.length === 0) return EMPTY_SUMMARY;
  if (parts.length === 1 || parts.some(({ hdr }) => hdr === undefined)) return parts[0];
  const whole = newHistogram();
  for (const { hdr = "" } of parts) whole.add(decodeFromCompressedBase64(hdr));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const mean = parts.reduce((sum, part) => sum + part.mean * part.count, 0) / count;
  return describe(whole, mean, Math.max(...parts.map((part) => part.max)));
}

function newHistogram(): Histogram {
  return build({ bitBucketSize: 32, autoResize: true, numberOfSignificantValueDigits: DIGITS });
}

function describe(histogram: Histogram, mean: number, max: number): Summary {
  // A bucket's upper edge may lie above the largest value in it.
  const at = (percentile: number) => Math.min(histogram.getValueAtPercentile(percentile) / US_PER_MS, max);
  const hdr = encodeIntoCompressedBase64(histogram);
  return { count: histogram.totalCount, mean, p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max, hdr };
}
