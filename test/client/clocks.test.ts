/** Round trips, the input clock and playback under clocks and networks made by hand. */
import { describe, expect, test } from "vitest";
import { InputClock } from "../../client/sync/input-clock.ts";
import { Playback } from "../../client/sync/playback.ts";
import { RoundTrips } from "../../client/sync/round-trips.ts";
import { seededRandom } from "../../proto/random.ts";

const TICK_HZ = 20;
const TICK_MS = 50;

describe("round trips", () => {
  /** Server tick 0 was at local 700 ms; a message goes out at `sentMs`, each way takes its time. */
  const exchange = (trips: RoundTrips, sentMs: number, upMs: number, downMs: number) => {
    const stamp = trips.stamp(sentMs);
    const arrivedMs = sentMs + upMs;
    const tick = Math.ceil((arrivedMs - 700) / TICK_MS);
    const tickMs = 700 + tick * TICK_MS;
    return trips.echoed(stamp, tickMs - arrivedMs, tick, tickMs + downMs);
  };

  test("I7 the round trip leaves the server's waiting out, and the clock is right where both ways are equal", () => {
    const trips = new RoundTrips(TICK_HZ);
    for (let i = 0; i < 20; i++) exchange(trips, 1000 + i * 213, 40, 40);
    expect(trips.rttMs).toBeCloseTo(80, 6);
    expect(trips.offsetMs).toBeCloseTo(700, 6);
    expect(trips.serverTick(6000)).toBeCloseTo((6000 - 700) / TICK_MS, 6);
  });

  test("I7 the fastest round trip tells the clock, however slow the others are", () => {
    const trips = new RoundTrips(TICK_HZ);
    const random = seededRandom(3);
    for (let i = 0; i < 200; i++) exchange(trips, 1000 + i * 200, 20 + random() * 200, 20 + random() * 200);
    expect(Math.abs(trips.offsetMs - 700)).toBeLessThan(40);
  });

  test("I7 a message's arrival is told in server ticks", () => {
    const trips = new RoundTrips(TICK_HZ);
    expect(exchange(trips, 1234, 66, 10)).toBeCloseTo((1234 + 66 - 700) / TICK_MS - 1234 / TICK_MS, 6);
  });

  test("I7 an echo that nobody waits for says nothing", () => {
    const trips = new RoundTrips(TICK_HZ);
    const stamp = trips.stamp(1000);
    expect(trips.echoed(stamp, 10, 5, 1100)).not.toBeNaN();
    expect(trips.echoed(stamp, 10, 5, 1100)).toBeNaN();
    expect(trips.echoed(4000, 10, 5, 1100)).toBeNaN();
  });

  test("I7 the clock never runs backwards while it is corrected", () => {
    const trips = new RoundTrips(TICK_HZ);
    const random = seededRandom(9);
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < 300; i++) {
      const sentMs = 1000 + i * 200;
      exchange(trips, sentMs, random() * 300, random() * 300);
      const tick = trips.serverTick(sentMs + 650);
      expect(tick).toBeGreaterThan(last);
      last = tick;
    }
  });
});

describe("the input clock", () => {
  /** Messages that take `up()` ms to a server whose tick 0 was at local 0; how many would miss their tick. */
  const run = (up: () => number, seconds: number, clock = new InputClock(TICK_HZ)) => {
    let missed = 0;
    let sent = 0;
    let last = Number.NEGATIVE_INFINITY;
    let fastest = 0;
    let slowest = Number.POSITIVE_INFINITY;
    clock.measured(up() / TICK_MS, 0);
    for (let nowMs = 0; nowMs < seconds * 1000; nowMs += 10) {
      const tick = clock.read(nowMs);
      expect(tick).toBeGreaterThanOrEqual(last);
      if (nowMs > 0) {
        fastest = Math.max(fastest, ((tick - last) * TICK_MS) / 10);
        slowest = Math.min(slowest, ((tick - last) * TICK_MS) / 10);
      }
      const isNewTick = Math.floor(tick) > Math.floor(last);
      last = tick;
      if (!isNewTick) continue;
      const arrival = (nowMs + up()) / TICK_MS;
      sent++;
      if (arrival > Math.floor(tick)) {
        missed++;
        clock.measured(Math.ceil(arrival) - nowMs / TICK_MS, nowMs);
      }
      if (sent % 4 === 0) clock.measured(arrival - nowMs / TICK_MS, nowMs);
    }
    return { missed, sent, fastest, slowest, lead: last - (seconds * 1000) / TICK_MS };
  };

  test("I6 inputs arrive in time, and little earlier than they must", () => {
    const { missed, lead } = run(() => 40, 20);
    expect(missed).toBe(0);
    expect(lead * TICK_MS).toBeGreaterThan(40);
    expect(lead * TICK_MS).toBeLessThan(70);
  });

  test("I6 the lead grows with what messages differ by", () => {
    const random = seededRandom(4);
    const { missed, sent, lead } = run(() => 40 + random() * 60, 60);
    expect(missed / sent).toBeLessThan(0.02);
    expect(lead * TICK_MS).toBeGreaterThan(90);
    expect(lead * TICK_MS).toBeLessThan(150);
  });

  test("I6 it changes its lead gently, and never turns back", () => {
    const random = seededRandom(8);
    const clock = new InputClock(TICK_HZ);
    run(() => 20, 10, clock);
    let slow = 0;
    const { fastest, slowest } = run(() => (slow++ < 200 ? 200 + random() * 100 : 20), 90, new InputClock(TICK_HZ));
    expect(fastest).toBeLessThan(1.15);
    expect(slowest).toBeGreaterThan(0.95);
  });
});

describe("a server that stands still", () => {
  test("I6 the input clock goes on with the server's new time after one measurement", () => {
    const clock = new InputClock(TICK_HZ);
    for (let nowMs = 0; nowMs < 20_000; nowMs += 100) {
      clock.measured(2, nowMs);
      clock.read(nowMs);
    }
    // Five seconds without a tick: the server is 100 ticks behind where it would be.
    clock.measured(2 - 100, 25_000);
    clock.read(25_010);
    expect(clock.read(25_020) - 25_020 / TICK_MS).toBeCloseTo(2 - 100 + 18 / TICK_MS, 1);
  });

  test("T5 playback goes on with the server's new time after eight frames", () => {
    const playback = new Playback(TICK_HZ);
    for (let tick = 0; tick < 200; tick++) {
      playback.frameArrived(tick, tick * TICK_MS + 20);
      playback.shownTick(tick * TICK_MS + 25);
    }
    let behind = 0;
    for (let tick = 200; tick < 220; tick++) {
      const atMs = tick * TICK_MS + 20 + 5000;
      playback.frameArrived(tick, atMs);
      behind = tick - playback.shownTick(atMs + 25);
    }
    expect(playback.isStale).toBe(false);
    expect(playback.isExtrapolating).toBe(false);
    expect(behind).toBeGreaterThan(0);
    expect(behind).toBeLessThan(2);
  });
});

describe("a server that skips ticks and says so", () => {
  test.each([4, 8, 14, 24])(
    "T2 T5 after %i skipped ticks the picture is live again within the delay, and never runs back",
    (skipped) => {
      const playback = new Playback(TICK_HZ);
      let last = Number.NEGATIVE_INFINITY;
      let held = 0;
      let fromMs = 0;
      const draw = (untilMs: number, isCounted: boolean) => {
        for (; fromMs < untilMs; fromMs += 10) {
          const shown = playback.shownTick(fromMs);
          expect(shown).toBeGreaterThanOrEqual(last);
          last = shown;
          if (isCounted && (playback.isExtrapolating || playback.isStale)) held++;
        }
      };
      const downMs = 20;
      for (let tick = 0; tick < 400; tick++) {
        const isAfter = tick >= 200;
        const atMs = (tick + (isAfter ? skipped : 0)) * TICK_MS + downMs;
        if (tick > 0) draw(atMs, tick > 200);
        if (tick === 200) playback.skip(skipped);
        playback.frameArrived(tick, atMs);
      }
      // What was drawn on during the pause, at most a quarter of a second, is waited for.
      expect(held * 10).toBeLessThan(400);
      expect(playback.delayMs).toBeLessThan(TICK_MS + 10);
    },
  );

  test("T2 I6 I7 the input clock and the server's clock are that much later", () => {
    const clock = new InputClock(TICK_HZ);
    clock.measured(2, 0);
    const before = clock.read(1000);
    clock.skip(7);
    expect(clock.read(1000)).toBeCloseTo(before - 7, 6);
    const trips = new RoundTrips(TICK_HZ);
    trips.echoed(trips.stamp(1000), 20, 10, 1060);
    const tick = trips.serverTick(2000);
    trips.skip(7);
    expect(trips.serverTick(2000)).toBeCloseTo(tick - 7, 6);
  });
});

describe("playback", () => {
  /** Frames each tick that take `down(tick)` ms from a server whose tick 0 was at local 0; 60 drawings a second. */
  const run = (down: (tick: number) => number, seconds: number, everyTicks = 1) => {
    const playback = new Playback(TICK_HZ);
    const arrivals: { tick: number; atMs: number }[] = [];
    let lastAt = 0;
    for (let tick = 0; tick < seconds * TICK_HZ; tick += everyTicks) {
      lastAt = Math.max(lastAt, tick * TICK_MS + down(tick));
      arrivals.push({ tick, atMs: lastAt });
    }
    let next = 0;
    let last = Number.NEGATIVE_INFINITY;
    let extrapolated = 0;
    let stale = 0;
    let drawn = 0;
    let backwards = 0;
    let fastest = 0;
    for (let nowMs = arrivals[0].atMs; nowMs < lastAt; nowMs += 1000 / 60) {
      while (arrivals[next].atMs <= nowMs) {
        const { tick, atMs } = arrivals[next++];
        playback.frameArrived(tick, atMs);
      }
      const shown = playback.shownTick(nowMs);
      if (nowMs > 5000) {
        if (playback.isExtrapolating) extrapolated++;
        if (playback.isStale) stale++;
        if (shown < last) backwards++;
        fastest = Math.max(fastest, shown - last);
        drawn++;
      }
      last = shown;
    }
    return { playback, extrapolated, stale, drawn, backwards, fastest };
  };

  test("T5 on a good line what is drawn is one tick behind and hardly more", () => {
    const { playback, extrapolated, backwards } = run(() => 10, 20);
    expect(extrapolated).toBe(0);
    expect(backwards).toBe(0);
    expect(playback.delayMs).toBeLessThan(TICK_MS + 10);
  });

  test("T5 the delay follows what frames differ by, and few are drawn from extrapolation", () => {
    const random = seededRandom(6);
    const { playback, extrapolated, drawn, fastest } = run(() => 30 + random() * 40, 60);
    expect(extrapolated / drawn).toBeLessThan(0.01);
    // Frames of 1/60 s, 8 % faster at most.
    expect(fastest).toBeLessThanOrEqual((TICK_HZ / 60) * 1.08 + 1e-9);
    expect(playback.delayMs).toBeGreaterThan(TICK_MS + 25);
    expect(playback.delayMs).toBeLessThan(TICK_MS + 50);
  });

  test("T5 a stall is drawn on for a quarter of a second, then all stands still; nothing runs backwards or fast", () => {
    const { stale, extrapolated, backwards, fastest } = run(
      (tick) => (tick >= 200 && tick < 220 ? (220 - tick) * 50 : 10),
      20,
    );
    expect(extrapolated).toBeGreaterThan(50);
    expect(stale).toBeGreaterThan(30);
    expect(backwards).toBe(0);
    // After a hole of a second the moment shown is where it would have been: one step, no film of the past.
    expect(fastest).toBeLessThan(16);
  });

  test("T5 no network makes the delay longer than 0.6 s", () => {
    const random = seededRandom(2);
    const { playback } = run(() => random() * 3000, 60);
    expect(playback.delayMs).toBe(600);
  });

  test("T5 one hole of a second makes nobody wait longer for what comes after it", () => {
    const { playback } = run((tick) => (tick >= 200 && tick < 220 ? (220 - tick) * 50 : 10), 12);
    expect(playback.delayMs).toBeLessThan(TICK_MS + 15);
  });

  test("T5 frames that come at half the rate are drawn between, too", () => {
    const { extrapolated, drawn } = run(() => 10, 30, 2);
    expect(extrapolated / drawn).toBeLessThan(0.01);
  });
});
