/**
 * A look at a message's tags and lengths before anything is made of it. Protobuf libraries make an object or an array element of every
 * repeated field that comes, and one byte on the wire may become 200 on the heap; so fields are counted first. It runs for every
 * message and allocates nothing. Knows nothing of what the fields mean.
 */
import { WIRE_BYTES, WIRE_VARINT } from "./wire.ts";

const WIRE_FIXED64 = 1;
const WIRE_FIXED32 = 5;
const VARINT_BYTES_MAX = 10;
const TAG_MAX = 2 ** 32 - 1;

/** What a message may have. */
export interface Shape {
  /** Fields in all, known or not. */
  readonly fieldsMax: number;
  /** At most 4. */
  readonly repeated: readonly RepeatedField[];
  /** Numbers, below 32, of the fields that hold messages: bit n for field n. Each of them has the shape `part`. */
  readonly parts: number;
  readonly part: Shape | undefined;
}

export interface RepeatedField {
  readonly field: number;
  /** At most 127. */
  readonly max: number;
  /** Elements are varints and may come many to a field. */
  readonly isPacked: boolean;
  /** What to say if there are more. */
  readonly words: string;
}

/** What is wrong with the fields in `bytes[start..end)`, in words that quote nothing of it; undefined if they may be decoded. */
export function findExcess(bytes: Uint8Array, start: number, end: number, shape: Shape): string | undefined {
  let fields = 0;
  // Eight bits for each repeated field: an array would be garbage.
  let counts = 0;
  for (let at = start; at < end; ) {
    const tagEnd = varintEnd(bytes, at, end);
    const tag = varintAt(bytes, at, tagEnd);
    if (tagEnd < 0 || tag > TAG_MAX || tag < 8) return "broken field";
    if (++fields > shape.fieldsMax) return "too many fields";
    const field = tag >>> 3;
    const wireType = tag & 7;
    const valueStart = wireType === WIRE_BYTES ? varintEnd(bytes, tagEnd, end) : tagEnd;
    at = valueEnd(bytes, tagEnd, end, wireType);
    if (at < 0 || at > end) return "broken field";
    for (let i = 0; i < shape.repeated.length; i++) {
      const { field: repeated, max, isPacked, words } = shape.repeated[i];
      if (repeated !== field) continue;
      const more = isPacked && wireType === WIRE_BYTES ? countVarints(bytes, valueStart, at) : 1;
      if (((counts >>> (8 * i)) & 0xff) + more > max) return words;
      counts += more << (8 * i);
    }
    if (shape.part === undefined || wireType !== WIRE_BYTES || field > 31 || ((shape.parts >>> field) & 1) === 0)
      continue;
    const excess = findExcess(bytes, valueStart, at, shape.part);
    if (excess !== undefined) return excess;
  }
  return undefined;
}

/** Position behind the value that begins at `at`; negative, or above `end`, if there is none. Groups are none: proto3 has no such fields. */
function valueEnd(bytes: Uint8Array, at: number, end: number, wireType: number): number {
  if (wireType === WIRE_VARINT) return varintEnd(bytes, at, end);
  if (wireType === WIRE_FIXED64) return at + 8;
  if (wireType === WIRE_FIXED32) return at + 4;
  if (wireType !== WIRE_BYTES) return -1;
  const lengthEnd = varintEnd(bytes, at, end);
  return lengthEnd < 0 ? -1 : lengthEnd + varintAt(bytes, at, lengthEnd);
}

/** Position behind the varint at `at`, -1 if it does not end in time. */
function varintEnd(bytes: Uint8Array, at: number, end: number): number {
  const last = Math.min(end, at + VARINT_BYTES_MAX);
  for (let i = at; i < last; i++) if (bytes[i] < 0x80) return i + 1;
  return -1;
}

/** Rounded above 2^53, which is more than anything here may be. */
function varintAt(bytes: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = end - 1; i >= at; i--) value = value * 128 + (bytes[i] & 0x7f);
  return value;
}

function countVarints(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (bytes[i] < 0x80) count++;
  return count;
}
