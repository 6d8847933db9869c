/**
 * Writes players as SavedPlayer (state.proto), by hand: everyone in a room once a second and within a tick, so it copies what did not change
 * and makes no garbage. Knows nothing of files.
 */
import { type ByteWriter, tag, WIRE_BYTES, WIRE_VARINT } from "../../proto/wire.ts";
import type { Session } from "../session/session.ts";
import type { World } from "../sim/world.ts";

/** Lengths are written before what they measure is: as varints of this many bytes, which every decoder takes. */
const LENGTH_BYTES = 4;
const LENGTH_MAX = 2 ** (7 * LENGTH_BYTES);

const TAG_SLOT = tag(1, WIRE_VARINT);
const TAG_ID = tag(2, WIRE_VARINT);
const TAG_X = tag(3, WIRE_VARINT);
const TAG_Y = tag(4, WIRE_VARINT);
const TAG_HEADING = tag(5, WIRE_VARINT);
const TAG_SPEED = tag(6, WIRE_VARINT);
const TAG_THRUST = tag(7, WIRE_VARINT);
const FIELD_GAME = 8;
const TAG_TOKEN_HASH = tag(9, WIRE_BYTES);
const TAG_LAST_EVENT = tag(10, WIRE_VARINT);
const FIELD_TOLD = 11;
const TAG_ACCOUNT = tag(12, WIRE_BYTES);
const TAG_ACCOUNT_NAME = tag(13, WIRE_BYTES);
const TAG_TOLD_TICK = tag(1, WIRE_VARINT);
const TAG_TOLD_EVENT = tag(2, WIRE_BYTES);
/** Most bytes of the fields that are numbers. */
const NUMBERS_BYTES_MAX = 64;

/** Game.save. */
export type SaveGame = (slot: number, to: ByteWriter) => void;

/** Begins a message inside a message; returns what `endNested` wants. */
export function beginNested(to: ByteWriter, field: number): number {
  to.reserve(1 + LENGTH_BYTES);
  to.varint(tag(field, WIRE_BYTES));
  to.length += LENGTH_BYTES;
  return to.length;
}

export function endNested(to: ByteWriter, start: number): void {
  const length = to.length - start;
  if (length >= LENGTH_MAX) throw new RangeError("a part of the state is too long");
  const { bytes } = to;
  bytes[start - 4] = (length & 0x7f) | 0x80;
  bytes[start - 3] = ((length >>> 7) & 0x7f) | 0x80;
  bytes[start - 2] = ((length >>> 14) & 0x7f) | 0x80;
  bytes[start - 1] = length >>> 21;
}

/** A bytes field. */
export function writeBytes(to: ByteWriter, fieldTag: number, bytes: Uint8Array): void {
  to.reserve(6 + bytes.length);
  to.varint(fieldTag);
  to.varint(bytes.length);
  to.copy(bytes, 0, bytes.length);
}

export class PlayerWriter {
  readonly #world: World;
  readonly #saveGame: SaveGame;

  constructor(world: World, saveGame: SaveGame) {
    this.#world = world;
    this.#saveGame = saveGame;
  }

  /** Writes the player as this field. Of the events that wait, the first `going` go out with the frame of `tick`. */
  write(to: ByteWriter, field: number, session: Session, going: number, tick: number): void {
    const start = beginNested(to, field);
    const { slot } = session;
    const { motion, ids } = this.#world;
    to.reserve(NUMBERS_BYTES_MAX);
    to.varint(TAG_SLOT);
    to.varint(slot);
    to.varint(TAG_ID);
    to.varint(ids[slot]);
    to.varint(TAG_X);
    to.varint(motion.x[slot]);
    to.varint(TAG_Y);
    to.varint(motion.y[slot]);
    to.varint(TAG_HEADING);
    to.varint(motion.heading[slot]);
    if (motion.speed[slot] !== 0) {
      to.varint(TAG_SPEED);
      to.varint(motion.speed[slot]);
    }
    if (motion.thrust[slot] !== 0) {
      to.varint(TAG_THRUST);
      to.varint(1);
    }
    if (session.takenEvent !== 0) {
      to.varint(TAG_LAST_EVENT);
      to.varint(session.takenEvent);
    }
    if (session.savedAccount !== undefined) writeBytes(to, TAG_ACCOUNT, session.savedAccount);
    if (session.savedAccountName !== undefined) writeBytes(to, TAG_ACCOUNT_NAME, session.savedAccountName);
    this.writeGame(to, FIELD_GAME, slot);
    for (const hash of session.tokenHashes) writeBytes(to, TAG_TOKEN_HASH, hash);
    for (const { tick: sentTick, event } of session.eventsSent) writeTold(to, sentTick, event);
    for (let i = 0; i < session.eventsOut.length; i++) writeTold(to, i < going ? tick : 0, session.eventsOut[i]);
    endNested(to, start);
  }

  writeGame(to: ByteWriter, field: number, slot: number): void {
    const start = beginNested(to, field);
    this.#saveGame(slot, to);
    endNested(to, start);
  }
}

function writeTold(to: ByteWriter, tick: number, event: Uint8Array): void {
  const start = beginNested(to, FIELD_TOLD);
  if (tick !== 0) {
    to.reserve(6);
    to.varint(TAG_TOLD_TICK);
    to.varint(tick);
  }
  writeBytes(to, TAG_TOLD_EVENT, event);
  endNested(to, start);
}
