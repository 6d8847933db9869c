/** Pacing by acknowledgements: its rules one by one, then a client behind a line that is too narrow. */
import { describe, expect, test } from "vitest";
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { Link } from "../../client/sync/link.ts";
import { Replica } from "../../client/sync/replica.ts";
import { seededRandom } from "../../proto/random.ts";
import { Pace } from "../../server/session/pace.ts";
import { ServerHarness, type TestPlayer } from "./server-harness.ts";

const TICK_HZ = 20;

/** A frame each tick where the pace allows it, acknowledged `lag` ticks later. Returns how many went out. */
function run(pace: Pace, lag: number, from: number, ticks: number): number {
  const sent: number[] = [];
  let acked = from - 1;
  for (let tick = from; tick < from + ticks; tick++) {
    const due = sent.findLast((one) => one <= tick - lag);
    if (due !== undefined && due > acked) {
      acked = due;
      pace.acknowledged(acked, sent[sent.length - 1], tick);
    }
    if (tick > pace.freeUntilTick && pace.mustWait(acked, sent[sent.length - 1] ?? -1)) continue;
    sent.push(tick);
    pace.sent(tick);
  }
  return sent.length;
}

describe("pace", () => {
  test("L3 a slow network is no slow client", () => {
    const pace = new Pace(TICK_HZ, 100);
    expect(run(pace, 12, 100, 400)).toBe(400);
    expect(pace.window).toBe(0);
  });

  test("L3 acknowledged 0.4 s later than usual is in time, a tick more limits the frames on their way to 4", () => {
    const pace = new Pace(TICK_HZ, 0);
    pace.acknowledged(98, 100, 100);
    pace.acknowledged(110, 120, 120);
    expect(pace.window).toBe(0);
    pace.acknowledged(111, 122, 122);
    expect(pace.window).toBe(4);
    // All that queued up before must drain.
    expect(pace.freeUntilTick).toBe(-1);
    expect(pace.mustWait(121, 122)).toBe(true);
    expect(pace.mustWait(122, 122)).toBe(false);
  });

  test("L3 the limit halves as long as it does not help, and doubles after a second in time until it is gone", () => {
    const pace = new Pace(TICK_HZ, 0);
    pace.acknowledged(98, 100, 100);
    pace.acknowledged(110, 121, 121);
    const windows = [pace.window];
    for (const acked of [121, 140, 160]) {
      pace.acknowledged(acked, acked + 15, acked + 15);
      windows.push(pace.window);
    }
    expect(windows).toEqual([4, 2, 1, 1]);
    for (let tick = 200; tick < 300; tick++) {
      pace.acknowledged(tick - 2, tick, tick);
      if (pace.window !== windows[windows.length - 1]) windows.push(pace.window);
    }
    expect(windows).toEqual([4, 2, 1, 1, 2, 4, 8, 0]);
  });

  test("L3 a delay that stays becomes the connection's own", () => {
    const pace = new Pace(TICK_HZ, 0);
    run(pace, 2, 100, 20);
    run(pace, 14, 120, 100);
    expect(pace.window).toBeGreaterThan(0);
    run(pace, 14, 220, 800);
    expect(pace.window).toBe(0);
  });

  test("L3 of the connection's own delay a second is granted, not more", () => {
    const pace = new Pace(TICK_HZ, 0);
    pace.acknowledged(60, 100, 100);
    // Two seconds late from the first acknowledgement on: half of that is no excuse.
    expect(pace.window).toBe(4);
  });

  test("L3 L4 who acknowledges nothing of what is out gets nothing more", () => {
    const pace = new Pace(TICK_HZ, 0);
    run(pace, 2, 80, 20);
    pace.acknowledged(100, 101, 102);
    expect(pace.freeUntilTick).toBe(132);
    expect(pace.mustWait(100, 132)).toBe(true);
    // All that was sent is acknowledged: nothing is owed, however long ago that is.
    expect(pace.mustWait(100, 100)).toBe(false);
  });
});

/** A player whose frames come through a line of so many bytes a second, and are acknowledged 50 ms after they came. */
class NarrowPlayer {
  readonly ages: number[] = [];
  frames = 0;
  readonly #server: ServerHarness;
  readonly #player: TestPlayer;
  readonly #replica: Replica;
  readonly #parts = new FrameParts();
  readonly #queue: { atMs: number; bytes: Uint8Array }[] = [];
  readonly #acks: { atMs: number; tick: number }[] = [];
  #link = new Link({ rttMs: 100, jitterMs: 0 }, seededRandom(1));
  #seen = 1;

  constructor(server: ServerHarness, view: { width: number; height: number }) {
    this.#server = server;
    this.#player = server.join("Narrow", { view });
    this.#replica = new Replica(this.#player.welcome);
  }

  get isIn(): boolean {
    return this.#player.connection.isOpen;
  }

  line(bytesPerSecond: number | undefined): void {
    this.#link = new Link({ rttMs: 100, jitterMs: 0, bytesPerSecond }, seededRandom(1));
    this.ages.length = 0;
    this.frames = 0;
  }

  /** After each tick of the server. */
  turn(): void {
    const { nowMs, rooms } = this.#server;
    const { sent } = this.#player.connection;
    for (; this.#seen < sent.length; this.#seen++) {
      const bytes = sent[this.#seen];
      this.#queue.push({ atMs: this.#link.deliverAt(nowMs, bytes.length), bytes });
    }
    while (this.#queue.length > 0 && this.#queue[0].atMs <= nowMs) {
      this.#parts.read(this.#queue.shift()?.bytes ?? new Uint8Array(0));
      this.#replica.apply(this.#parts, nowMs);
      this.frames++;
      this.#acks.push({ atMs: nowMs + 50, tick: this.#replica.tick });
    }
    while (this.#acks.length > 0 && this.#acks[0].atMs <= nowMs)
      this.#player.tell({ ackTick: this.#acks.shift()?.tick });
    this.ages.push((rooms.tick - this.#replica.tick) / TICK_HZ);
  }
}

describe("a line too narrow for every frame", () => {
  const view = { width: 2000, height: 2000 };

  test.each([
    [1500, 2],
    [1000, 2.5],
    [500, 5],
  ])(
    "L3 of %i bytes a second shows no older past than %d s, and all frames come again when it is wide",
    (line, oldest) => {
      const server = new ServerHarness();
      const random = seededRandom(5);
      const crowd = Array.from({ length: 60 }, (_, i) => server.join(`p${i}`, { view }));
      const narrow = new NarrowPlayer(server, view);
      const turn = (seconds: number) => {
        for (let t = 0; t < seconds * TICK_HZ; t++) {
          if (t % 3 === 0) for (const one of crowd) one.steer(Math.floor(random() * 65536), true);
          server.tick(1, ...crowd);
          narrow.turn();
        }
      };
      turn(5);
      narrow.line(line);
      turn(40);
      // Everybody's frames of a second are about 2700 bytes.
      expect(Math.max(...narrow.ages)).toBeLessThan(oldest);
      expect(narrow.frames).toBeGreaterThan(40);
      narrow.line(undefined);
      turn(6);
      narrow.line(undefined);
      turn(2);
      expect(narrow.frames).toBe(2 * TICK_HZ);
      expect(Math.max(...narrow.ages)).toBeLessThanOrEqual(0.1);
      expect(narrow.isIn).toBe(true);
    },
  );
});
