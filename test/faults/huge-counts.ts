/** Messages of at most 4 KiB that ask for as many objects as they can. Pure. */
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";

const LENGTH_PREFIXED = 2;
const START_GROUP = 3;
/** Fields of ClientFrame, Hello and ClientEvent (frame.proto, game.proto). */
const INPUTS = 3;
const VIEW = 4;
const EVENTS = 5;
const LOST_CELLS = 7;
const SAY = 1;
const UNKNOWN = 14;

const fill = (part: readonly number[]) => {
  const bytes = new Uint8Array(Math.floor(MESSAGE_BYTES_MAX / part.length) * part.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = part[i % part.length];
  return bytes;
};
const empty = (field: number) => fill([(field << 3) | LENGTH_PREFIXED, 0]);
/** A length of two bytes in front of what fills the message. */
const packed = (field: number) => {
  const length = MESSAGE_BYTES_MAX - 3;
  return Uint8Array.of((field << 3) | LENGTH_PREFIXED, (length & 127) | 128, length >> 7, ...new Uint8Array(length));
};
const nestedLines = () => {
  const lines = empty(SAY).subarray(0, 4000);
  return Uint8Array.of((EVENTS << 3) | LENGTH_PREFIXED, (lines.length & 127) | 128, lines.length >> 7, ...lines);
};
/** Groups and submessages, each inside the one before. */
const nested = () => fill([(UNKNOWN << 3) | START_GROUP]);

export const HUGE_COUNTS: Readonly<Record<string, { readonly bytes: Uint8Array; readonly isHello: boolean }>> = {
  "2,048 empty inputs": { bytes: empty(INPUTS), isHello: false },
  "2,048 empty events": { bytes: empty(EVENTS), isHello: false },
  "1,024 events with an empty line": {
    bytes: fill([(EVENTS << 3) | LENGTH_PREFIXED, 2, (SAY << 3) | LENGTH_PREFIXED, 0]),
    isHello: false,
  },
  "4,093 packed varints": { bytes: packed(LOST_CELLS), isHello: false },
  "2,048 lost cells, one by one": { bytes: fill([LOST_CELLS << 3, 1]), isHello: false },
  "2,048 views": { bytes: empty(VIEW), isHello: false },
  "an event with 2,000 empty lines": { bytes: nestedLines(), isHello: false },
  "4,096 groups, one in another": { bytes: nested(), isHello: false },
  "2,048 unknown fields": { bytes: empty(UNKNOWN), isHello: false },
  "2,048 joins": { bytes: empty(2), isHello: true },
  "groups in a hello": { bytes: nested(), isHello: true },
};
