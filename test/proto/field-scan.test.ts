/** SPEC S4: what is counted before it is decoded. Messages are built by hand, as no encoder would. */
import { getHeapStatistics } from "node:v8";
import { describe, expect, test } from "vitest";
import { readClientFrame, readHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";

const BROKEN = "broken field";

function field(number: number, wireType: number, ...bytes: number[]): number[] {
  return [(number << 3) | wireType, ...bytes];
}

/** Field `number`, length-delimited. */
function part(number: number, content: readonly number[]): number[] {
  const { length } = content;
  return length < 128
    ? field(number, 2, length, ...content)
    : field(number, 2, (length & 127) | 128, length >> 7, ...content);
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

const ACK = field(1, 0, 1);
const INPUT_TICK = field(2, 0, 1);
const STEER = part(1, field(1, 0, 7));
const SAY = part(1, part(1, [0x61]));

/** The verdict on a client frame of these fields: its words, or undefined if it is taken. */
function verdict(...fields: number[][]): string | undefined {
  const frame = readClientFrame(Uint8Array.from([...ACK, ...INPUT_TICK, ...fields.flat()]));
  return frame.fault === undefined ? undefined : frame.reason;
}

describe("S4 a client frame", () => {
  test.each([
    ["16 inputs", times(16, () => part(3, STEER)), undefined],
    ["17 inputs", times(17, () => part(3, STEER)), "more than 16 inputs"],
    ["8 events", times(8, () => part(5, SAY)), undefined],
    ["9 events", times(9, () => part(5, SAY)), "more than 8 events"],
    [
      "16 lost cells in one field",
      [
        part(
          7,
          times(16, (i) => i),
        ),
      ],
      undefined,
    ],
    [
      "17 lost cells in one field",
      [
        part(
          7,
          times(17, (i) => i),
        ),
      ],
      "more than 16 lost cells",
    ],
    ["16 lost cells in fields of their own", times(16, (i) => field(7, 0, i)), undefined],
    [
      "17 lost cells, some in one field",
      [
        part(
          7,
          times(9, (i) => i),
        ),
        ...times(8, (i) => field(7, 0, i)),
      ],
      "more than 16 lost cells",
    ],
    [
      "everything full",
      [...times(16, () => part(3, STEER)), ...times(8, () => part(5, SAY)), ...times(16, (i) => field(7, 0, i))],
      undefined,
    ],
    ["62 unknown fields", times(62, () => field(15, 0, 1)), undefined],
    ["63 unknown fields", times(63, () => field(15, 0, 1)), "too many fields"],
    ["16 fields in a view", [part(4, times(16, () => field(3, 0, 1)).flat())], undefined],
    ["17 fields in a view", [part(4, times(17, () => field(3, 0, 1)).flat())], "too many fields"],
    ["17 fields in an input", [part(3, times(17, () => STEER).flat())], "too many fields"],
    ["17 fields in an event", [part(5, times(17, () => SAY).flat())], "too many fields"],
    [
      "unknown fields of every plain kind",
      [field(14, 0, 1), field(14, 1, ...times(8, () => 255)), part(14, [1]), field(14, 5, 1, 2, 3, 4)],
      undefined,
    ],
    ["a number of ten bytes", [field(6, 0, ...times(9, () => 0xff), 1)], undefined],
    ["a number of eleven bytes", [field(6, 0, ...times(10, () => 0x80), 0)], BROKEN],
    ["a field number of 0", [field(0, 0, 1)], BROKEN],
    ["a tag of six bytes", [[0x88, 0x80, 0x80, 0x80, 0x80, 0x01, 1]], BROKEN],
    ["a group", [field(14, 3), field(14, 4)], BROKEN],
    ["a group's end", [field(14, 4)], BROKEN],
    ["an unknown wire type", [field(14, 6)], BROKEN],
    ["a length past the end", [field(3, 2, 3, 0x0a)], BROKEN],
    ["a length of 2^32 + 1", [field(3, 2, 0x81, 0x80, 0x80, 0x80, 0x10, 0)], BROKEN],
    ["a length of 2^63", [field(3, 2, ...times(9, () => 0x80), 1)], BROKEN],
    ["half of a 64-bit number", [field(14, 1, 1, 2, 3)], BROKEN],
    ["half of a 32-bit number", [field(14, 5, 1, 2)], BROKEN],
    [
      "events numbered to 2^32",
      [part(5, SAY), part(5, SAY), field(8, 0, 0xff, 0xff, 0xff, 0xff, 0x0f)],
      "event number too high",
    ],
  ])("with %s: %#", (_name, fields, words) => {
    expect(verdict(...fields)).toBe(words);
  });

  test("that our own encoder makes is never refused", () => {
    const full = shoal.ClientFrame.encode({
      ackTick: 2 ** 32 - 1,
      inputTick: 2 ** 31,
      inputs: times(16, () => ({ steer: { heading: 65_535, swim: true } })),
      view: { left: -(2 ** 31), top: 2 ** 31 - 1, width: 2 ** 32 - 1, height: 2 ** 32 - 1 },
      events: times(8, () => ({ whisper: { toId: 2 ** 32 - 1, text: "x".repeat(280) } })),
      stamp: 2 ** 32 - 1,
      lostCells: times(16, () => 2 ** 32 - 1),
      firstEvent: 2 ** 31,
    }).finish();
    expect(full.length).toBeLessThan(MESSAGE_BYTES_MAX);
    expect(readClientFrame(full).fault).toBeUndefined();
    const cut = times(full.length, (end) => readClientFrame(full.subarray(0, end)));
    // Cut between two fields it is another, smaller frame.
    expect(cut.filter(({ fault }) => fault === undefined).length).toBeLessThan(50);
  });
});

test("S2 a hello of 17 fields, or with 17 in its join, is refused", () => {
  const join = part(2, []);
  const reason = (bytes: number[]) => readHello(Uint8Array.from(bytes));
  expect(reason(times(16, () => join).flat()).fault).toBeUndefined();
  expect(reason(times(17, () => join).flat())).toMatchObject({ reason: "too many fields" });
  expect(reason(part(2, times(17, () => part(1, [])).flat()))).toMatchObject({ reason: "too many fields" });
});

/** Bytes of heap for each reading, in the quietest of some windows. */
function heapBytes(bytes: Uint8Array, read: (bytes: Uint8Array) => unknown): number {
  const windows = times(6, () => {
    const before = getHeapStatistics().used_heap_size;
    for (let i = 0; i < 200; i++) read(bytes);
    return (getHeapStatistics().used_heap_size - before) / 200;
  });
  // A collection inside a window makes it negative.
  return windows.filter((size) => size > 0).sort((a, b) => a - b)[1] ?? 0;
}

test.each([
  ["empty inputs", part(3, [])],
  ["empty events", part(5, [])],
  ["events that are two things", part(5, [...part(1, []), ...part(2, [])])],
  ["lost cells", field(7, 0, 1)],
])("F6 4 KiB of %s cost next to no memory", (_name, unit) => {
  const bytes = Uint8Array.from(times(Math.floor(MESSAGE_BYTES_MAX / unit.length), () => unit).flat());
  expect(readClientFrame(bytes).fault).toBe("bad-message");
  expect(heapBytes(bytes, readClientFrame)).toBeLessThan(2048);
});

test("F6 4 KiB of packed numbers, and groups 2,000 deep, cost next to no memory", () => {
  const packed = Uint8Array.from(
    part(
      7,
      times(4000, () => 1),
    ),
  );
  const groups = Uint8Array.from(times(2000, () => field(14, 3)).flat());
  for (const bytes of [packed, groups]) {
    expect(readClientFrame(bytes).fault).toBe("bad-message");
    expect(heapBytes(bytes, readClientFrame)).toBeLessThan(2048);
  }
});
