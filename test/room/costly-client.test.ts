/**
 * The most that one client can make a server do (threat T10): everything that it may ask for, all at once and for five seconds. What a tick
 * does for it is counted, and the others are compared with those of a server whose client asks for nothing beyond its play.
 */
import { expect, test } from "vitest";
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { shoal } from "../../proto/gen/shoal.js";
import {
  EVENTS_PER_FRAME_MAX,
  INPUTS_PER_FRAME_MAX,
  LOST_CELLS_MAX,
  VIEW_CELLS_MAX,
  VIEW_EDGE_MAX,
} from "../../proto/limits.ts";
import { pondGame } from "../../server/game/pond.ts";
import type { CreateGame } from "../../server/room/game.ts";
import { MESSAGES_PER_S } from "../../server/transport/message-rate.ts";
import { ServerHarness, type TestPlayer } from "../session/server-harness.ts";

const SECONDS = 5;
const TICK_HZ = 20;
const MESSAGES_PER_TICK = MESSAGES_PER_S / TICK_HZ;
const EVENT_BURST = 32;
const EVENTS_PER_S = 8;
const OTHERS = 30;
const WORLD = 4096;
const CELL = 160;
/** A frame's 16 KiB of keyframes (SPEC K5) and the last of them, 2 KiB of rest fields, 8 KiB of events (L5), and its head. */
const FRAME_BYTES_MAX = 28 * 1024;
/** Long in bytes, and worth cleaning. */
const LINE = "\u{1F480}ḍ̇e\u0301а".repeat(56);

/** A pond with a crowd spread over it, and one more player: what that one does is counted. */
class Pond {
  readonly others: TestPlayer[];
  readonly costly: TestPlayer;
  readonly server: ServerHarness;
  inputs = 0;
  events = 0;
  #tick = 0;

  constructor() {
    const createGame: CreateGame = (host) => {
      const game = pondGame({ spawnRange: 2000 })(host);
      const { input, event } = game;
      game.input = (slot, what) => {
        if (slot === this.costly.slot) this.inputs++;
        input.call(game, slot, what);
      };
      game.event = (slot, what) => {
        if (slot === this.costly.slot) this.events++;
        event.call(game, slot, what);
      };
      return game;
    };
    this.server = new ServerHarness({ worldSize: WORLD, cellSize: CELL, tickHz: TICK_HZ, createGame });
    const view = { width: VIEW_EDGE_MAX, height: VIEW_EDGE_MAX };
    this.others = Array.from({ length: OTHERS }, (_, i) => this.server.join(`p${i}`, { view }));
    this.costly = this.server.join("Eve", { view });
  }

  /** Where the costly one is as it sees itself, world units. */
  get place(): { x: number; y: number } {
    const { replica, slot } = this.costly;
    return { x: replica.motion.x[slot] / 32, y: replica.motion.y[slot] / 32 };
  }

  /** What came of the costly one's messages in one tick; the crowd turns now and then. */
  tick(messages: readonly shoal.ClientFrame.$Properties[]) {
    const { costly, server, others } = this;
    const before = { inputs: this.inputs, frames: costly.connection.sent.length };
    others.forEach(
      (other, i) => (this.#tick + i) % 10 === 0 && other.steer((i * 7919 + this.#tick * 31) & 65_535, true),
    );
    this.#tick++;
    for (const message of messages) costly.tell(message);
    server.tick(1, ...others, costly);
    const frames = costly.connection.sent.slice(before.frames);
    const parts = new FrameParts();
    return {
      inputs: this.inputs - before.inputs,
      frames: frames.length,
      bytes: Math.max(0, ...frames.map(({ length }) => length)),
      keyframes: frames.reduce((sum, bytes) => {
        parts.read(bytes);
        return sum + parts.keyframes.length / 2;
      }, 0),
    };
  }
}

/** Events that may have been sent by the end of a tick. */
function eventsBy(tick: number): number {
  return tick < 0 ? 0 : EVENT_BURST + Math.floor((EVENTS_PER_S * tick) / TICK_HZ);
}

/** What counts of a tick's messages: the input for the coming tick in the last of them, and the events. */
function play(tick: number) {
  const input = { steer: { heading: (tick * 4001) & 65_535, swim: true } };
  const length = eventsBy(tick) - eventsBy(tick - 1);
  const events = Array.from({ length }, (_, i): shoal.ClientEvent.$Properties => {
    const n = tick + i;
    if (n % 4 === 0) return { shout: { text: LINE } };
    if (n % 4 === 1) return { say: { text: LINE } };
    if (n % 4 === 2) return { look: { name: `Eve ${n}`, colour: n } };
    return { report: { aboutId: 1, words: LINE } };
  });
  return { input, events };
}

/** What of them the nth message of the tick brings. */
function partOf<T>(events: readonly T[], n: number): T[] {
  return events.slice(n * EVENTS_PER_FRAME_MAX, (n + 1) * EVENTS_PER_FRAME_MAX);
}

/** As little as says the same: the one input, and the events. */
function plainMessages(tick: number, inputTick: number): shoal.ClientFrame.$Properties[] {
  const { input, events } = play(tick);
  return Array.from({ length: Math.max(1, Math.ceil(events.length / EVENTS_PER_FRAME_MAX)) }, (_, n) => ({
    inputTick,
    inputs: [input],
    events: partOf(events, n),
  }));
}

/** The same in as many and as large messages as are taken: views that share little with those before, cells lost that are not. */
function costlyMessages(tick: number, inputTick: number, { x, y }: { x: number; y: number }) {
  const { input, events } = play(tick);
  // One more acknowledges.
  return Array.from({ length: MESSAGES_PER_TICK - 1 }, (_, n): shoal.ClientFrame.$Properties => {
    const isLast = n === MESSAGES_PER_TICK - 2;
    const [left, top] = (tick + n) % 2 === 0 ? [x - 64, y - 64] : [x + 64 - VIEW_EDGE_MAX, y + 64 - VIEW_EDGE_MAX];
    const columns = Math.ceil(WORLD / CELL);
    const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
    return {
      inputTick,
      inputs: Array.from({ length: INPUTS_PER_FRAME_MAX }, (_, i) =>
        isLast && i === 0 ? input : { steer: { heading: (n * 1000 + i) & 65_535, swim: i % 2 === 0 } },
      ),
      events: partOf(events, n),
      view: { left, top, width: VIEW_EDGE_MAX, height: VIEW_EDGE_MAX },
      lostCells: Array.from({ length: LOST_CELLS_MAX }, (_, i) =>
        Math.max(0, cell + (i % 4) * columns + Math.floor(i / 4)),
      ),
      stamp: 1 + (tick % 100),
    };
  });
}

test("T10 L5 L6 a client at all its limits costs a tick one input and one frame, stays, is felt by nobody, and goes with one event more", () => {
  const [pond, calm] = [new Pond(), new Pond()];
  const ticks = SECONDS * TICK_HZ;
  const most = { inputs: 0, frames: 0, bytes: 0, keyframes: 0 };
  for (let tick = 0; tick < ticks; tick++) {
    const inputTick = pond.server.rooms.tick + 1;
    const cost = pond.tick(costlyMessages(tick, inputTick, pond.place));
    calm.tick(plainMessages(tick, inputTick));
    most.inputs = Math.max(most.inputs, cost.inputs);
    most.frames = Math.max(most.frames, cost.frames);
    most.bytes = Math.max(most.bytes, cost.bytes);
    most.keyframes = Math.max(most.keyframes, cost.keyframes);
  }
  expect([most.inputs, most.frames]).toEqual([1, 1]);
  expect(most.bytes).toBeLessThanOrEqual(FRAME_BYTES_MAX);
  // Views that change bring some, however often they change within a tick.
  expect(most.keyframes).toBeGreaterThan(0);
  expect(most.keyframes).toBeLessThanOrEqual(VIEW_CELLS_MAX);
  expect(pond.events).toBe(eventsBy(ticks - 1));
  expect(pond.server.counters.cellsLost).toBe(LOST_CELLS_MAX + Math.floor((LOST_CELLS_MAX * (ticks - 1)) / TICK_HZ));
  for (const [i, other] of pond.others.entries()) {
    // But for the Welcome, whose token is random.
    const [seen, expected] = [other, calm.others[i]].map(({ connection }) => connection.sent.slice(1));
    expect(seen.length).toBe(expected.length);
    expect(seen.filter((bytes, at) => Buffer.compare(bytes, expected[at]) !== 0)).toEqual([]);
  }
  expect(pond.costly.connection.closed).toBeUndefined();
  const event = { say: { text: LINE } };
  pond.tick([{ events: Array.from({ length: 2 }, () => event) }]);
  expect(pond.costly.connection.closed?.code).toBe(shoal.CloseCode.CLOSE_CODE_RATE);
});
