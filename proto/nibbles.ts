/**
 * Numbers in half bytes, high half first: how motions travel, where most numbers fit one of 16 codes. Works on the bytes of
 * a ByteWriter and ByteReader; a stretch of nibbles begins and ends on a byte.
 */
import type { ByteReader, ByteWriter } from "./wire.ts";

/** Longest number: 32 bits in groups of 3. */
export const NIBBLES_PER_NUMBER_MAX = 11;

export class NibbleWriter {
  #to: ByteWriter | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #isHigh = true;

  /** Begins a stretch at the writer's end. The caller has reserved room for all that follows until `close`. */
  open(to: ByteWriter): void {
    this.#to = to;
    this.#bytes = to.bytes;
    this.#at = to.length;
    this.#isHigh = true;
  }

  /** One nibble, 0 to 15. */
  put(nibble: number): void {
    if (this.#isHigh) this.#bytes[this.#at] = nibble << 4;
    else this.#bytes[this.#at++] |= nibble;
    this.#isHigh = !this.#isHigh;
  }

  /** An unsigned 32-bit number: 3 bits a nibble, low ones first, the top bit says that more follow. */
  number(value: number): void {
    let rest = value >>> 0;
    while (rest > 7) {
      this.put((rest & 7) | 8);
      rest >>>= 3;
    }
    this.put(rest);
  }

  /** Ends the stretch on a whole byte; a spare half is 0. */
  close(): void {
    if (this.#to !== undefined) this.#to.length = this.#isHigh ? this.#at : this.#at + 1;
  }
}

export class NibbleReader {
  #from: ByteReader | undefined;
  #isHigh = true;

  /** Begins a stretch at the reader's position. */
  open(from: ByteReader): void {
    this.#from = from;
    this.#isHigh = true;
  }

  /** Throws RangeError past the end. */
  take(): number {
    const from = this.#from;
    if (from === undefined || from.at >= from.end) throw new RangeError("nibbles cut short");
    const byte = from.bytes[from.at];
    this.#isHigh = !this.#isHigh;
    if (!this.#isHigh) return byte >> 4;
    from.at++;
    return byte & 15;
  }

  /** What `NibbleWriter.number` wrote. Throws RangeError when it is longer than 32 bits. */
  number(): number {
    let value = 0;
    for (let shift = 0; shift < 33; shift += 3) {
      const nibble = this.take();
      value |= (nibble & 7) << shift;
      if (nibble < 8) return value >>> 0;
    }
    throw new RangeError("number longer than 32 bits");
  }

  /** Ends the stretch: the reader goes on at the next whole byte. */
  close(): void {
    if (this.#from !== undefined && !this.#isHigh) this.#from.at++;
  }
}
