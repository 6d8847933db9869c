/**
 * Protobuf's primitives over a buffer that is reused: what the per-tick paths write and read by hand
 * (https://protobuf.dev/programming-guides/encoding). Everything else goes through the generated codec.
 */

/** Wire types. */
export const WIRE_VARINT = 0;
export const WIRE_BYTES = 2;

/** A field's tag: number and wire type. All tags written by hand fit one byte (number below 16). */
export function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

/** Unsigned form of a signed 32-bit integer; small magnitudes stay small. */
export function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

/** Inverse of `zigzag`. */
export function unzigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}

/** Bytes of an unsigned 32-bit varint. */
export function varintBytes(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
}

/** Writes into one growing buffer; `reset` keeps the buffer. The caller owns the order of the bytes. */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  reset(): void {
    this.length = 0;
  }

  /** Makes room for `count` more bytes. Hot loops call it once for many writes. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes);
    this.bytes = grown;
  }

  /** Unsigned 32-bit varint. The caller has reserved 5 bytes. */
  varint(value: number): void {
    const bytes = this.bytes;
    let at = this.length;
    let rest = value >>> 0;
    while (rest > 0x7f) {
      bytes[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[at++] = rest;
    this.length = at;
  }

  /** Copies `from[start..end)`. Reserves by itself. */
  copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    const bytes = this.bytes;
    let at = this.length;
    // A loop beats set(subarray) below some 100 bytes, and makes no garbage.
    for (let i = start; i < end; i++) bytes[at++] = from[i];
    this.length = at;
  }
}

/**
 * A field that is a number. 0 is left out: that is what an absent field means. So nothing for a repeated field whose elements may be 0. The
 * caller has reserved 6 bytes.
 */
export function writeNumber(to: ByteWriter, field: number, value: number): void {
  if (value === 0) return;
  to.varint(tag(field, WIRE_VARINT));
  to.varint(value);
}

/** Reads what `ByteWriter` or any protobuf library wrote. Throws RangeError past the end: input is hostile. */
export class ByteReader {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;

  /** Starts over on other bytes; the reader keeps a reference and changes nothing. */
  open(bytes: Uint8Array, at = 0, end = bytes.length): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Unsigned 32-bit varint; longer ones (a negative int32 of another library) lose their upper bits. */
  varint(): number {
    const bytes = this.bytes;
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= this.end) throw new RangeError("varint cut short");
      const byte = bytes[this.at++];
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError("varint longer than 10 bytes");
  }

  byte(): number {
    if (this.at >= this.end) throw new RangeError("byte past the end");
    return this.bytes[this.at++];
  }

  /** Reads a length and returns the position behind that many bytes. */
  lengthEnd(): number {
    const end = this.varint() + this.at;
    if (end > this.end) throw new RangeError("length past the end");
    return end;
  }

  /** Skips the value of a field that this reader does not know. */
  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.at += 8;
    else if (wireType === 2) this.at = this.lengthEnd();
    else if (wireType === 5) this.at += 4;
    else throw new RangeError(`wire type ${wireType}`);
    if (this.at > this.end) throw new RangeError("field past the end");
  }
}
