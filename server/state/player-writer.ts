/**
 * Writes players as SavedPlayer (state.proto), by hand: everyone in a room once a second and within a tick, so it copies what did not change
 * and makes no garbage. Knows nothing of files.
 */
import { type ByteWriter, tag, WIRE_BYTES, writeNumber } from "../../proto/wire.ts";
import type { Session } from "../session/session.ts";
import type { World } from "../sim/world.ts";

/** Lengths are written before what they measure is: as varints of this many bytes, which every decoder takes. */
const LENGTH_BYTES = 4;
const LENGTH_MAX = 2 ** (7 * LENGTH_BYTES);

const FIELD_SLOT = 1;
const FIELD_ID = 2;
const FIELD_X = 3;
const FIELD_Y = 4;
const FIELD_HEADING = 5;
const FIELD_SPEED = 6;
const FIELD_THRUST = 7;
const FIELD_GAME = 8;
const FIELD_TOKEN_HASH = 9;
const FIELD_LAST_EVENT = 10;
const FIELD_TOLD = 11;
const FIELD_ACCOUNT = 12;
const FIELD_ACCOUNT_NAME = 13;
const FIELD_TOLD_TICK = 1;
const FIELD_TOLD_EVENT = 2;
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
export function writeBytes(to: ByteWriter, field: number, bytes: Uint8Array): void {
  to.reserve(6 + bytes.length);
  to.varint(tag(field, WIRE_BYTES));
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
    writeNumber(to, FIELD_SLOT, slot);
    writeNumber(to, FIELD_ID, ids[slot]);
    writeNumber(to, FIELD_X, motion.x[slot]);
    writeNumber(to, FIELD_Y, motion.y[slot]);
    writeNumber(to, FIELD_HEADING, motion.heading[slot]);
    writeNumber(to, FIELD_SPEED, motion.speed[slot]);
    writeNumber(to, FIELD_THRUST, motion.thrust[slot] === 0 ? 0 : 1);
    writeNumber(to, FIELD_LAST_EVENT, session.takenEvent);
    if (session.savedAccount !== undefined) writeBytes(to, FIELD_ACCOUNT, session.savedAccount);
    if (session.savedAccountName !== undefined) writeBytes(to, FIELD_ACCOUNT_NAME, session.savedAccountName);
    this.writeGame(to, FIELD_GAME, slot);
    for (const hash of session.tokenHashes) writeBytes(to, FIELD_TOKEN_HASH, hash);
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
  to.reserve(6);
  writeNumber(to, FIELD_TOLD_TICK, tick);
  writeBytes(to, FIELD_TOLD_EVENT, event);
  endNested(to, start);
}
