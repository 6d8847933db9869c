/** Messages that are wrong: drawn from seeded numbers, so that a run can be had again. Pure. */
import { shoal } from "../../proto/gen/shoal.js";

const HELLOS = [
  { room: "room-0", join: { look: { name: "Ada", colour: 0xff00ff, gender: 1 } }, view: { width: 900, height: 600 } },
  { join: { look: { name: "" } }, resumeToken: new Uint8Array(16).fill(7), ackTick: 4000 },
].map((one) => shoal.Hello.encode(one).finish());
const FRAMES = [
  { ackTick: 10, inputTick: 11, inputs: [{ steer: { heading: 40_000, swim: true } }, { steer: { heading: 1 } }] },
  { ackTick: 3, events: [{ say: { text: "hello" } }, { whisper: { toId: 3, text: "psst" } }], firstEvent: 1 },
  { view: { left: -300, top: 200, width: 1000, height: 700 }, stamp: 7, lostCells: [1, 2, 300] },
].map((one) => shoal.ClientFrame.encode(one).finish());

export function malformedHello(random: () => number): Uint8Array {
  return mutate(HELLOS, random);
}

export function malformedFrame(random: () => number): Uint8Array {
  return mutate(FRAMES, random);
}

function mutate(good: readonly Uint8Array[], random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  const bytes = Buffer.from(good[below(good.length)]);
  switch (below(6)) {
    case 0: // Bits flipped.
      for (let i = 0; i <= below(4); i++) bytes[below(bytes.length)] ^= 1 << below(8);
      return bytes;
    case 1: // Cut.
      return bytes.subarray(0, below(bytes.length));
    case 2: // Glued to another, whole or not.
      return Buffer.concat([bytes, Buffer.from(good[below(good.length)]).subarray(0, 1 + below(40))]);
    case 3: // A stretch repeated.
      return Buffer.concat([bytes, bytes.subarray(below(bytes.length)), bytes.subarray(below(bytes.length))]);
    case 4: // Bytes put between.
      return Buffer.concat([bytes.subarray(0, 3), randomBytes(1 + below(8), random), bytes.subarray(3)]);
    default:
      return randomBytes(below(128), random);
  }
}

function randomBytes(count: number, random: () => number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));
}
