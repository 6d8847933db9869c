import { describe, expect, test } from "vitest";
import { CellReader } from "../../client/sync/cell-reader.ts";
import { turnOfCode, turnOfEscape, writeTurn } from "../../proto/cells.ts";
import { motionArrays, motionRules } from "../../proto/motion.ts";
import { NibbleReader, NibbleWriter } from "../../proto/nibbles.ts";
import { ByteReader, ByteWriter, unzigzag, zigzag } from "../../proto/wire.ts";

/** What a stretch of nibbles reads as, and how many bytes it took. */
function roundTrip(write: (to: NibbleWriter) => void) {
  const bytes = new ByteWriter(64);
  const writer = new NibbleWriter();
  writer.open(bytes);
  write(writer);
  writer.close();
  const from = new ByteReader();
  from.open(bytes.bytes, 0, bytes.length);
  const nibbles = new NibbleReader();
  nibbles.open(from);
  return { nibbles, from, length: bytes.length };
}

describe("cell grammar", () => {
  test("C5 the example of SPEC reads as SPEC says", () => {
    const motion = motionArrays(10);
    const reader = new CellReader({ rules: motionRules(20, 640, 640), motion, columns: 2, cellSize: 320 });
    reader.open(0);
    reader.rosters.get(0)?.push(4, 9, 7);
    for (const slot of [4, 9, 7]) reader.cellOf[slot] = 0;
    const from = new ByteReader();
    from.open(Uint8Array.of(0x03, 0x01, 0x02, 0x82));
    reader.update(0, 1, from);
    expect(reader.rosters.get(0)).toEqual([4, 9]);
    expect([motion.heading[4] >> 8, motion.heading[9] >> 8]).toEqual([1, 256 - 6]);
    expect(from.at).toBe(4);
  });

  test("C5 every heading change from -14 to 13 takes one or two nibbles, and no other does", () => {
    for (let change = -128; change < 128; change++) {
      let isNear = false;
      const { nibbles, length } = roundTrip((to) => {
        isNear = writeTurn(to, change);
      });
      expect(isNear, `${change}`).toBe(change !== 0 && change >= -14 && change <= 13);
      if (!isNear) {
        expect(length).toBe(0);
        continue;
      }
      const code = nibbles.take();
      expect(code === 15 ? turnOfEscape(nibbles.take()) : turnOfCode(code)).toBe(change);
      expect(code === 15).toBe(Math.abs(change) > 7);
    }
  });

  test("C5 nibble numbers and zigzag carry 32 bits, cut short they throw", () => {
    for (const value of [0, 1, 7, 8, 63, 64, 65535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
      const { nibbles, from } = roundTrip((to) => to.number(value));
      expect(nibbles.number()).toBe(value);
      nibbles.close();
      expect(from.at).toBe(from.end);
    }
    for (const value of [0, -1, 1, 2 ** 31 - 1, -(2 ** 31)]) expect(unzigzag(zigzag(value))).toBe(value);
    const { nibbles } = roundTrip((to) => to.put(15));
    nibbles.take();
    nibbles.take();
    expect(() => nibbles.take()).toThrow(RangeError);
  });

  test("C5 what no server writes throws instead of reading on", () => {
    const cases: [string, number[]][] = [
      ["a place that is not there", [1, 1, 3]],
      ["a skip past the roster", [2, 0xf1, 0x90]],
      ["an update cut short", [2]],
      ["an arrival with a slot out of range", [4, 1, 20]],
      ["a varint of eleven bytes", [1, ...new Array(11).fill(0xff)]],
    ];
    for (const [name, bytes] of cases) {
      const reader = new CellReader({
        rules: motionRules(20, 640, 640),
        motion: motionArrays(10),
        columns: 2,
        cellSize: 320,
      });
      reader.open(0);
      reader.rosters.get(0)?.push(4, 9, 7);
      const from = new ByteReader();
      from.open(Uint8Array.from(bytes));
      expect(() => reader.update(0, 1, from), name).toThrow(RangeError);
    }
  });
});
