/**
 * The grammar of cell updates and keyframe records (SPEC section C): what the server's encoder writes and the
 * client's replica reads, number by number. Knows nothing of frames, sockets or games.
 */
import { HEADING_STEPS, type MotionArrays, POSITION_STEPS } from "./motion.ts";
import type { NibbleWriter } from "./nibbles.ts";
import type { ByteReader, ByteWriter } from "./wire.ts";

/** Headings travel in 1/256 turn: 1.4 degrees, finer than the eye tells on a swimming tadpole. */
const HEADING_WIRE_BITS = 8;
const HEADING_SHIFT = Math.log2(HEADING_STEPS) - HEADING_WIRE_BITS;
const HEADING_WIRE_MASK = (1 << HEADING_WIRE_BITS) - 1;

/** An entity stays in its cell until it is this far outside, world units: no flicker along the edge. */
export const CELL_BORDER = 16;

/** Records tell coordinates from here on, left of and above the cell's corner: a shadow may be just outside the border. */
const RECORD_ORIGIN_STEPS = (CELL_BORDER + 1) * POSITION_STEPS;

/** Largest cell edge, world units: keeps a coordinate inside a cell, borders included, in two varint bytes. */
export const CELL_SIZE_MAX = 16384 / POSITION_STEPS - 2 * (CELL_BORDER + 1);
/** Smallest cell edge, world units: 256 cells hold the largest view (VIEW_CELLS_MAX, VIEW_EDGE_MAX). */
export const CELL_SIZE_MIN = 160;

/** First number of an update: which parts follow, in this order. */
export const HAS_LEAVES = 1;
export const HAS_MOTIONS = 2;
export const HAS_ARRIVALS = 4;
export const HAS_CHECKSUM = 8;

/** Ticks between two checksums of one cell, as far as it has updates: 3.2 s at 20 Hz. A power of two. */
const CHECK_TICKS = 64;

/** SPEC C12: whether the update of this cell in this tick ends with a checksum. */
export function isChecked(cell: number, tick: number): boolean {
  return ((cell + tick) & (CHECK_TICKS - 1)) === 0;
}

/** SPEC C12: 16 bits over everything that viewers hold of a cell, after its update. */
export function checksum(roster: readonly number[], m: MotionArrays): number {
  let sum = roster.length;
  for (let i = 0; i < roster.length; i++) {
    const slot = roster[i];
    sum = mix(sum, slot);
    sum = mix(sum, m.x[slot]);
    sum = mix(sum, m.y[slot]);
    sum = mix(sum, (m.heading[slot] << 1) | m.thrust[slot]);
    sum = mix(sum, m.speed[slot]);
  }
  return (sum ^ (sum >>> 16)) & 0xffff;
}

/** One round of FNV-1a, on whole numbers instead of bytes, with the high bits folded down. */
function mix(sum: number, value: number): number {
  const product = Math.imul(sum ^ value, 0x01000193);
  return product ^ (product >>> 15);
}

/** Motion codes, a nibble each: 0 unchanged, 1 to 14 a heading change of -7 to 7 without 0, 15 an escape. */
export const CODE_UNCHANGED = 0;
export const CODE_ESCAPE = 15;
const TURN_NEAR = 7;
/** What follows an escape: the rest of the roster is unchanged; a number of entities is; corrections of one entity. */
export const ESCAPE_REST = 0;
export const ESCAPE_SKIP = 1;
export const ESCAPE_FIX = 2;
/** 3 to 15: a heading change of -14 to -8 and 8 to 13. */
const ESCAPE_TURN = 3;
/** The bits of a correction. */
export const FIX_HEADING = 1;
export const FIX_THRUST = 2;
export const FIX_POSITION = 4;
export const FIX_SPEED = 8;

/** A heading on the wire, 0 to 255, nearest to the given steps. */
export function headingToWire(steps: number): number {
  return ((steps + (1 << (HEADING_SHIFT - 1))) >> HEADING_SHIFT) & HEADING_WIRE_MASK;
}

/** Heading steps of a wire heading. */
export function headingFromWire(wire: number): number {
  return (wire & HEADING_WIRE_MASK) << HEADING_SHIFT;
}

/** Most bytes that `writeRecord` writes. */
export const RECORD_BYTES_MAX = 20;

/**
 * Writes one entity whole: slot << 1 | coasting, x and y from the record origin, and the wire heading, or the whole heading
 * and the speed if coasting. Under thrust `m` must hold a wire heading. The caller has reserved RECORD_BYTES_MAX.
 */
export function writeRecord(to: ByteWriter, slot: number, m: MotionArrays, cellX: number, cellY: number): void {
  const coasting = m.thrust[slot] === 0;
  to.varint((slot << 1) | (coasting ? 1 : 0));
  to.varint(m.x[slot] - cellX + RECORD_ORIGIN_STEPS);
  to.varint(m.y[slot] - cellY + RECORD_ORIGIN_STEPS);
  to.varint(coasting ? m.heading[slot] : m.heading[slot] >> HEADING_SHIFT);
  if (coasting) to.varint(m.speed[slot]);
}

/**
 * Reads what `writeRecord` wrote into `m` and returns the slot.
 * Throws RangeError when the slot is not below the arrays' length. `cruiseSpeed` is what thrust means.
 */
export function readRecord(
  from: ByteReader,
  m: MotionArrays,
  cellX: number,
  cellY: number,
  cruiseSpeed: number,
): number {
  const head = from.varint();
  const slot = head >>> 1;
  if (slot >= m.x.length) throw new RangeError(`slot ${slot} of ${m.x.length}`);
  m.x[slot] = from.varint() + cellX - RECORD_ORIGIN_STEPS;
  m.y[slot] = from.varint() + cellY - RECORD_ORIGIN_STEPS;
  const heading = from.varint();
  m.heading[slot] = (head & 1) === 1 ? heading : headingFromWire(heading);
  m.thrust[slot] = 1 - (head & 1);
  m.speed[slot] = (head & 1) === 1 ? from.varint() : cruiseSpeed;
  return slot;
}

/** Writes a heading change in wire steps as one or two nibbles; false when it is too far for that, and nothing is written. */
export function writeTurn(to: NibbleWriter, change: number): boolean {
  // From a heading between two wire steps to the nearer one: no code of its own.
  if (change === 0) return false;
  if (change >= -TURN_NEAR && change <= TURN_NEAR) {
    to.put(change < 0 ? change + TURN_NEAR + 1 : change + TURN_NEAR);
    return true;
  }
  if (change < -2 * TURN_NEAR || change >= 2 * TURN_NEAR) return false;
  to.put(CODE_ESCAPE);
  to.put(change < 0 ? change + 2 * TURN_NEAR + ESCAPE_TURN : change - 1 + ESCAPE_TURN);
  return true;
}

/** The heading change of a code from 1 to 14. */
export function turnOfCode(code: number): number {
  return code > TURN_NEAR ? code - TURN_NEAR : code - TURN_NEAR - 1;
}

/** The heading change of a nibble from 3 on behind an escape. */
export function turnOfEscape(nibble: number): number {
  const step = nibble - ESCAPE_TURN;
  return step < TURN_NEAR ? step - 2 * TURN_NEAR : step + 1;
}
