/** Messages as no client would send them: good ones changed, glued and cut, numbers that are none, and plain noise. Seeded. */
import { shoal } from "../../proto/gen/shoal.js";
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";

/** In [0, 1). */
type Random = () => number;

/** What a field of any number may be given: varints at every edge, and floats in fields that are none. */
const VARINTS: readonly number[][] = [
  [0],
  [1],
  [0x7f],
  // 65535 and 65536
  [0xff, 0xff, 0x03],
  [0x80, 0x80, 0x04],
  // 2^31 - 1, 2^31, 2^32 - 1, 2^32
  [0xff, 0xff, 0xff, 0xff, 0x07],
  [0x80, 0x80, 0x80, 0x80, 0x08],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x80, 0x80, 0x80, 0x80, 0x10],
  // 2^53 and its neighbour
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10],
  // 2^63, and all ones: -1 to those who read it with a sign
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  // 0 in ten bytes, and one byte more than a varint has
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
];
const FLOATS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 2 ** 31, 2 ** 53, -1e300];
const TEXTS = ["", "a", "héllo", "\u202e\u0000\ud800", "👩‍👩‍👧", "a\u0300".repeat(200), "x".repeat(3000), "__proto__"];

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)];
}

/** Whole number from 0 to `below` - 1. */
function below(bound: number, random: Random): number {
  return Math.floor(random() * bound);
}

/** A client frame that a server at `tick` may take, and mostly does. */
export function goodFrame(random: Random, tick: number): Uint8Array {
  const inputs = Array.from({ length: below(4, random) }, () => ({
    steer: { heading: below(65_536, random), swim: random() < 0.5 },
  }));
  const events: shoal.ClientEvent.$Properties[] = Array.from(
    { length: random() < 0.2 ? 1 + below(2, random) : 0 },
    () =>
      pick<() => shoal.ClientEvent.$Properties>(
        [
          () => ({ say: { text: pick(TEXTS, random) } }),
          () => ({ shout: { text: pick(TEXTS, random) } }),
          () => ({ whisper: { toId: below(5, random), text: pick(TEXTS, random) } }),
          () => ({ look: { name: pick(TEXTS, random), colour: below(2 ** 24, random), gender: below(4, random) } }),
        ],
        random,
      )(),
  );
  const size = () => below(4096, random);
  return shoal.ClientFrame.encode({
    ackTick: random() < 0.7 ? tick : 0,
    inputTick: tick + 1 + below(5, random),
    inputs,
    view: random() < 0.2 ? { left: size() - 1000, top: size() - 1000, width: size(), height: size() } : undefined,
    events,
    stamp: below(2 ** 31, random),
    lostCells: random() < 0.1 ? [below(60, random), 2 ** 32 - 1] : [],
  }).finish();
}

/** A hello that lets somebody in. */
export function goodHello(random: Random): Uint8Array {
  return shoal.Hello.encode({
    room: pick(["", "pond"], random),
    join: {
      look: { name: pick(["", "Ada", "Bao"], random), colour: below(2 ** 24, random), gender: below(4, random) },
    },
    view: random() < 0.5 ? { width: 800, height: 600 } : undefined,
    resumeToken: random() < 0.1 ? new Uint8Array(16) : new Uint8Array(0),
    ackTick: below(100, random),
  }).finish();
}

/** A field of any number and wire type with any value, whatever the schema says of it. */
function anyField(random: Random, depth: number): number[] {
  const number = pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 15], random);
  const wireType = below(depth > 0 ? 6 : 2, random);
  const head = (number << 3) | wireType;
  if (wireType === 0) return [head, ...pick(VARINTS, random)];
  if (wireType === 1) return [head, ...new Uint8Array(Float64Array.of(pick(FLOATS, random)).buffer)];
  if (wireType === 5) return [head, ...new Uint8Array(Float32Array.of(pick(FLOATS, random)).buffer)];
  if (wireType > 2) return [head];
  const content: number[] = [];
  for (let i = below(5, random); i > 0; i--) content.push(...anyField(random, depth - 1));
  return [
    head,
    ...(content.length < 128 ? [content.length] : [(content.length & 0x7f) | 0x80, content.length >> 7]),
    ...content,
  ];
}

/** 4 KiB of one thing again and again. */
function bomb(random: Random): number[] {
  const unit = pick<readonly number[]>(
    [
      [0x1a, 0x00],
      [0x22, 0x00],
      [0x2a, 0x00],
      [0x2a, 0x02, 0x0a, 0x00],
      [0x38, 0x01],
      [0x73],
      [0x12, 0x00],
      [0x2a, 0x04, 0x0a, 0x00, 0x12, 0x00],
    ],
    random,
  );
  const bytes: number[] = [];
  while (bytes.length + unit.length <= MESSAGE_BYTES_MAX) bytes.push(...unit);
  return bytes;
}

/** What becomes of a good message. `other` is another good one. */
type Harm = (good: Uint8Array, other: Uint8Array, random: Random) => ArrayLike<number>;

const HARMS: readonly Harm[] = [
  (good, _, random) => {
    const bytes = Uint8Array.from(good);
    for (let i = 1 + below(3, random); i > 0; i--) bytes[below(bytes.length, random)] ^= 1 << below(8, random);
    return bytes;
  },
  (good, _, random) => {
    const bytes = Uint8Array.from(good);
    bytes[below(bytes.length, random)] = pick([0, 1, 0x7f, 0x80, 0xff], random);
    return bytes;
  },
  (good, _, random) => good.subarray(0, below(good.length + 1, random)),
  (good, _, random) => good.subarray(below(good.length + 1, random)),
  (good, other) => [...good, ...other],
  (good, other, random) => [
    ...good.subarray(0, below(good.length + 1, random)),
    ...other.subarray(below(other.length + 1, random)),
  ],
  (good, _, random) => {
    const at = below(good.length + 1, random);
    return [...good.subarray(0, at), ...anyField(random, 3), ...good.subarray(at)];
  },
  (good, _, random) => [...good, ...anyField(random, 3)],
  (good, _, random) => {
    const at = below(good.length + 1, random);
    return [...good.subarray(0, at), ...noise(random, 1 + below(8, random)), ...good.subarray(at)];
  },
  (_good, _other, random) => noise(random, below(64, random)),
  (_good, _other, random) => anyField(random, 4),
];

function noise(random: Random, length: number): number[] {
  return Array.from({ length }, () => below(256, random));
}

/** One hostile message, at most as long as the transport lets through. Now and then a good one: they must go on working. */
export function hostileMessage(random: Random, make: () => Uint8Array): Uint8Array {
  const lot = random();
  if (lot < 0.15) return make();
  if (lot < 0.153) return Uint8Array.from(bomb(random));
  const bytes = pick(HARMS, random)(make(), make(), random);
  return Uint8Array.from(bytes).subarray(0, MESSAGE_BYTES_MAX);
}
