/** The model of a connection in trouble: pure numbers, so every bound is checked exactly. */
import { describe, expect, test } from "vitest";
import {
  type Conditions,
  isTroubleName,
  Link,
  LinkPair,
  TROUBLE_PROFILES,
  troubleProfile,
} from "../../client/sync/link.ts";
import { seededRandom } from "../../proto/random.ts";

const names = Object.keys(TROUBLE_PROFILES);
const TICK_MS = 50;
const BYTES = 100;

/** Arrivals of a message each tick, for so many ticks. */
function arrivals(conditions: Conditions, ticks: number, seed = 1): { sentMs: number; atMs: number }[] {
  const link = new Link(conditions, seededRandom(seed));
  return Array.from({ length: ticks }, (_, tick) => {
    const sentMs = tick * TICK_MS;
    return { sentMs, atMs: link.deliverAt(sentMs, BYTES) };
  });
}

describe("a link", () => {
  test.each(names)("with the same seed gives the same arrivals in %s, and with another seed others", (name) => {
    const conditions = troubleProfile(name);
    expect(arrivals(conditions, 2000, 7)).toEqual(arrivals(conditions, 2000, 7));
    if (name !== "lan") expect(arrivals(conditions, 2000, 8)).not.toEqual(arrivals(conditions, 2000, 7));
  });

  test.each(names)("keeps order in %s", (name) => {
    const link = new Link(troubleProfile(name), seededRandom(3));
    const random = seededRandom(4);
    let nowMs = 0;
    let beforeMs = 0;
    for (let i = 0; i < 20_000; i++) {
      // Bursts and pauses.
      nowMs += random() < 0.5 ? 0 : random() * 20;
      const atMs = link.deliverAt(nowMs, random() * 1000);
      expect(atMs).toBeGreaterThanOrEqual(Math.max(beforeMs, nowMs));
      beforeMs = atMs;
    }
  });

  test.each(names)("delays by half the round trip, more or less by half the jitter, in %s", (name) => {
    const { rttMs, jitterMs }: Conditions = troubleProfile(name);
    // What waits for others or for the end of an outage is another matter.
    const delays = arrivals({ rttMs, jitterMs }, 5000).map(({ sentMs, atMs }) => atMs - sentMs);
    const low = (rttMs - jitterMs) / 2;
    const high = (rttMs + jitterMs) / 2;
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(low - 1e-6);
    expect(Math.max(...delays)).toBeLessThanOrEqual(high + 1e-6);
    // The whole range is used, evenly.
    expect(Math.min(...delays)).toBeLessThanOrEqual(low + jitterMs * 0.02 + 1e-6);
    expect(Math.max(...delays)).toBeGreaterThanOrEqual(high - jitterMs * 0.02 - 1e-6);
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    expect(Math.abs(mean - rttMs / 2)).toBeLessThanOrEqual(jitterMs * 0.03 + 1e-6);
  });

  test("carries no more bytes than its line does, and the first one waits for nobody", () => {
    const link = new Link({ rttMs: 100, jitterMs: 0, bytesPerSecond: 64_000 }, seededRandom(1));
    expect(link.deliverAt(1000, 640)).toBeCloseTo(1000 + 10 + 50, 6);
    // 128 kB at once take two seconds, one message after the other.
    for (let i = 1; i <= 200; i++) expect(link.deliverAt(2000, 640)).toBeCloseTo(2000 + i * 10 + 50, 6);
    // When all that has gone out the line is free again.
    expect(link.deliverAt(5000, 64)).toBeCloseTo(5000 + 1 + 50, 6);
  });

  test("lets nothing arrive inside a stall, and all of it together at its end", () => {
    const stalls = { everyMs: 1000, lastsMs: 300, phase: 0.5 };
    const link = new Link({ rttMs: 20, jitterMs: 0, stalls }, seededRandom(1));
    const atMs = Array.from({ length: 200 }, (_, i) => link.deliverAt(i * 10, BYTES));
    const isInside = (ms: number) => (ms + 500) % 1000 < 300;
    expect(atMs.filter(isInside)).toEqual([]);
    // Sent from 490 to 790 they would arrive from 500 to 800.
    expect(atMs.slice(49, 80)).toEqual(new Array(31).fill(800));
    expect(atMs[48]).toBe(490);
    expect(atMs[80]).toBe(810);
    // And again a period later.
    expect(atMs.slice(149, 180)).toEqual(new Array(31).fill(1800));
  });

  test("stalls for as much of the time as told, whatever the seed", () => {
    for (const seed of [1, 2, 3]) {
      const late = arrivals(TROUBLE_PROFILES["far-4g"], 20_000, seed).filter(({ sentMs, atMs }) => atMs - sentMs > 101);
      expect(late.length / 20_000).toBeGreaterThan(0.02);
      expect(late.length / 20_000).toBeLessThan(0.035);
    }
  });

  test("two links do not stall together", () => {
    const ends = [1, 2, 3, 4, 5].map((seed) => {
      const first = arrivals(TROUBLE_PROFILES["far-4g"], 400, seed).find(({ sentMs, atMs }) => atMs - sentMs > 101);
      return Math.round(first?.atMs ?? 0);
    });
    expect(new Set(ends).size).toBe(5);
  });

  test("passes a stall that ends in a hole only after both", () => {
    const stalls = { everyMs: 1000, lastsMs: 300, phase: 0.1 };
    const holes = { everyMs: 1000, lastsMs: 400, phase: 0.3 };
    const link = new Link({ rttMs: 0, jitterMs: 0, stalls, holes }, seededRandom(1));
    expect(link.deliverAt(99, 0)).toBe(99);
    expect(link.deliverAt(150, 0)).toBe(700);
    expect(link.deliverAt(701, 0)).toBe(701);
  });

  test("outages without an end are refused", () => {
    const half = { everyMs: 10, lastsMs: 5 };
    expect(() => new Link({ rttMs: 0, jitterMs: 0, stalls: half, holes: half }, seededRandom(1))).toThrow(RangeError);
    expect(() => new Link({ rttMs: 0, jitterMs: 0, stalls: half }, seededRandom(1))).not.toThrow();
  });
});

describe("a connection's links", () => {
  test("share their holes, and stall each for itself", () => {
    const holes = { everyMs: 10_000, lastsMs: 2000 };
    const stalls = { everyMs: 10_000, lastsMs: 2000 };
    const firstLate = (link: Link) => {
      for (let ms = 0; ; ms++) if (link.deliverAt(ms, 0) > ms) return ms;
    };
    const inHoles = new LinkPair({ rttMs: 0, jitterMs: 0, holes }, seededRandom(5), 0);
    expect(firstLate(inHoles.up)).toBe(firstLate(inHoles.down));
    const inStalls = new LinkPair({ rttMs: 0, jitterMs: 0, stalls }, seededRandom(5), 0);
    expect(firstLate(inStalls.up)).not.toBe(firstLate(inStalls.down));
  });

  test("are cut after the time told, half as much less or more, or never", () => {
    const cuts = Array.from({ length: 100 }, (_, seed) => {
      return new LinkPair({ rttMs: 1, jitterMs: 0, dropAfterMs: 1000 }, seededRandom(seed), 5000).dropAtMs;
    });
    expect(Math.min(...cuts)).toBeGreaterThanOrEqual(5500);
    expect(Math.max(...cuts)).toBeLessThan(6500);
    expect(Math.max(...cuts) - Math.min(...cuts)).toBeGreaterThan(800);
    expect(new LinkPair(TROUBLE_PROFILES.lan, seededRandom(1), 5000).dropAtMs).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("profiles", () => {
  test("go by name, and an unknown name is answered with the known ones", () => {
    expect(troubleProfile("far-4g")).toMatchObject({ rttMs: 150, jitterMs: 50 });
    const words = 'there is no trouble "5g"; there are lan, wifi, 4g, far-4g, 3g, train';
    expect(() => troubleProfile("5g")).toThrow(new RangeError(words));
    expect(() => troubleProfile("constructor")).toThrow(RangeError);
    expect(isTroubleName("lan")).toBe(true);
    expect(isTroubleName("toString")).toBe(false);
  });
});
