/** Hostile bytes at the front door (faults F4 and F6, threat T12). FUZZ_S=60 tries for so many seconds, `npm run fuzz` a million times. */
import { expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { fuzzMessages } from "./message-fuzz.ts";
import { ServerHarness } from "./server-harness.ts";

const COUNT = 10_000;
const MESSAGES_A_SECOND = 15_000;
const seconds = Number(process.env["FUZZ_S"] ?? 0);
const seeds =
  seconds > 0 ? Array.from({ length: Math.ceil((seconds * MESSAGES_A_SECOND) / COUNT) }, (_, i) => i + 1) : [1, 2];

test.each(seeds)("S4 L6 seed %i: no message harms the server, the others or the world", (seed) => {
  const { taken, refused, framesRead, complaints } = fuzzMessages({ seed, count: COUNT });
  expect(complaints).toEqual([]);
  // Something was tried, and somebody played meanwhile.
  expect(taken).toBeGreaterThan(COUNT / 5);
  expect(refused).toBeGreaterThan(COUNT / 5);
  expect(framesRead).toBeGreaterThan(1000);
});

const NUMBERS = [0, 1, 65_535, 65_536, 2 ** 24 - 1, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 53, -0, -1];
const SIGNED = [0, -1, 2 ** 31 - 1, -(2 ** 31), 1e9, -1e9];

/** A frame with one number in each of its fields that hold numbers; undefined where an encoder would not write it. */
const fields: readonly [string, (value: number) => shoal.ClientFrame.$Properties, readonly number[]][] = [
  ["ack_tick", (ackTick) => ({ ackTick }), NUMBERS],
  ["input_tick", (inputTick) => ({ inputTick, inputs: [{ steer: { heading: 1, swim: true } }] }), NUMBERS],
  ["heading", (heading) => ({ inputTick: 3, inputs: [{ steer: { heading, swim: true } }] }), NUMBERS],
  ["view.left", (left) => ({ view: { left, top: 0, width: 800, height: 600 } }), SIGNED],
  ["view.top", (top) => ({ view: { left: 0, top, width: 800, height: 600 } }), SIGNED],
  ["view.width", (width) => ({ view: { left: 0, top: 0, width, height: 600 } }), NUMBERS],
  ["view.height", (height) => ({ view: { left: 0, top: 0, width: 800, height } }), NUMBERS],
  ["stamp", (stamp) => ({ ackTick: 1, stamp }), NUMBERS],
  ["lost_cells", (cell) => ({ ackTick: 1, lostCells: [cell, cell] }), NUMBERS],
  ["first_event", (firstEvent) => ({ firstEvent, events: [{ shout: { text: "hello" } }] }), NUMBERS],
  ["whisper.to_id", (toId) => ({ firstEvent: 1, events: [{ whisper: { toId, text: "hello" } }] }), NUMBERS],
  ["look.colour", (colour) => ({ firstEvent: 1, events: [{ look: { name: "Eve", colour } }] }), NUMBERS],
  ["look.gender", (gender) => ({ firstEvent: 1, events: [{ look: { name: "Eve", gender } }] }), NUMBERS],
];

test.each(fields)(
  "S4 T12 %s with any number leaves the world finite and the others in peace",
  (_name, frameOf, values) => {
    for (const value of values) {
      const server = new ServerHarness({ worldSize: 1024 });
      const [ada, eve] = ["Ada", "Eve"].map((name) => server.join(name));
      server.tick(2, ada, eve);
      const before = shoal.Entity.encode(ada.replica.entity(ada.slot) ?? {}).finish();
      eve.tell(frameOf(value));
      // A number that the world may not have must not come into it later, either.
      server.tick(30, ada);
      if (eve.connection.isOpen) eve.read();
      expect(server.failures).toEqual([]);
      expect(ada.connection.isOpen).toBe(true);
      const { motion, live, liveCount } = server.rooms.get("pond")?.world ?? {
        motion: ada.replica.motion,
        live: [],
        liveCount: 0,
      };
      for (const slot of live.slice(0, liveCount)) {
        for (const number of [motion.x[slot], motion.y[slot], motion.heading[slot], motion.speed[slot]]) {
          expect(Number.isFinite(number)).toBe(true);
        }
        expect(motion.x[slot]).toBeGreaterThanOrEqual(0);
        expect(motion.x[slot]).toBeLessThanOrEqual(1024 * 32);
      }
      expect(shoal.Entity.encode(ada.replica.entity(ada.slot) ?? {}).finish()).toEqual(before);
    }
  },
);
