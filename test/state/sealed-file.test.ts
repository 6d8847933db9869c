/** Files of DATA_DIR: whatever is done to the bytes, they are taken for what they are. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  HEAD_BYTES,
  readJournal,
  readSnapshot,
  SEAL_BYTES,
  STATE_VERSION,
  writeHead,
  writeSeal,
} from "../../server/state/sealed-file.ts";

const MESSAGE = Uint8Array.from({ length: 40 }, (_, i) => i * 7);

function snapshot(): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + SEAL_BYTES + MESSAGE.length);
  writeHead("snapshot", bytes);
  bytes.set(MESSAGE, HEAD_BYTES + SEAL_BYTES);
  writeSeal(bytes, HEAD_BYTES, bytes.length);
  return bytes;
}

function journal(messages: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + messages.reduce((sum, { length }) => sum + SEAL_BYTES + length, 0));
  writeHead("journal", bytes);
  let at = HEAD_BYTES;
  for (const message of messages) {
    const end = at + SEAL_BYTES + message.length;
    bytes.set(message, at + SEAL_BYTES);
    writeSeal(bytes, at, end);
    at = end;
  }
  return bytes;
}

describe("a snapshot", () => {
  test("S20 is read as it was written", () => {
    expect(readSnapshot(snapshot())).toEqual({ message: MESSAGE });
  });

  test("S20 with any one byte changed, or cut anywhere, or with something added, is refused", () => {
    const whole = snapshot();
    for (let i = 0; i < whole.length; i++) {
      const changed = whole.slice();
      changed[i] ^= 0x40;
      expect(readSnapshot(changed), `byte ${i}`).toHaveProperty("fault");
      expect(readSnapshot(whole.subarray(0, i)), `cut at ${i}`).toHaveProperty("fault");
    }
    expect(readSnapshot(Uint8Array.from([...whole, 0]))).toHaveProperty("fault");
  });

  test("S20 of a later version says so", () => {
    const later = snapshot();
    new DataView(later.buffer).setUint32(8, STATE_VERSION + 1, true);
    expect(readSnapshot(later)).toEqual({ fault: expect.stringContaining("later version") });
  });

  test("S20 a journal is no snapshot, nor the other way round", () => {
    expect(readSnapshot(journal([MESSAGE]))).toEqual({ fault: "it is no snapshot of Shoal" });
    expect(readJournal(snapshot())).toEqual({ fault: "it is no journal of Shoal" });
  });
});

describe("a journal", () => {
  const messages = [MESSAGE, MESSAGE.subarray(0, 3), MESSAGE.subarray(5)];

  test("S20 cut anywhere has all messages before the cut", () => {
    const whole = journal(messages);
    expect(readJournal(whole)).toEqual({ messages, isWhole: true });
    let end = HEAD_BYTES;
    const ends = messages.map(({ length }) => (end += SEAL_BYTES + length));
    for (let cut = HEAD_BYTES; cut < whole.length; cut++) {
      const expected = messages.slice(0, ends.filter((at) => at <= cut).length);
      const isWhole = cut === HEAD_BYTES || ends.includes(cut);
      expect(readJournal(whole.subarray(0, cut)), `cut at ${cut}`).toEqual({ messages: expected, isWhole });
    }
  });

  test("S20 with one byte changed has none of what comes from there on, seed 5", () => {
    const whole = journal(messages);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = whole.slice();
        changed[at] ^= change;
        const read = readJournal(changed);
        if ("fault" in read) {
          expect(at).toBeLessThan(HEAD_BYTES);
          return;
        }
        expect(read.isWhole).toBe(false);
        expect(messages.slice(0, read.messages.length)).toEqual(read.messages);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  test("S20 of random bytes is nothing, and no throw, seed 6", () => {
    const head = journal([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(readJournal(Uint8Array.from([...head, ...noise]))).toHaveProperty("messages", []);
        expect(readSnapshot(noise)).toHaveProperty("fault");
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});
