/**
 * Hostile bytes in, checked values out: what a server reads from clients. A fault is a value, not a throw, and found before
 * objects are made of it where that costs more than the bytes did. Ranges of the game's own fields are the game's to check. Knows
 * nothing of sessions.
 */
import { findExcess, type Shape } from "./field-scan.ts";
import { shoal } from "./gen/shoal.js";
import {
  AUTH_TOKEN_BYTES_MAX,
  EVENTS_PER_FRAME_MAX,
  INPUTS_PER_FRAME_MAX,
  LOST_CELLS_MAX,
  RESUME_TOKEN_BYTES,
  ROOM_NAME,
  ROOM_NAME_DEFAULT,
} from "./limits.ts";

/** Input ticks stay below it: after years of play at 60 Hz. */
const INPUT_TICK_MAX = 2 ** 32;
/** Event numbers stay below it. */
const EVENT_NUMBER_MAX = 2 ** 32;

/** View, Join, Input, ClientEvent: whatever a game makes of them, nobody means to say more at once. */
const PART: Shape = { fieldsMax: 16, repeated: [], parts: 0, part: undefined };
/** Twice each field. */
const HELLO: Shape = { fieldsMax: 16, repeated: [], parts: (1 << 2) | (1 << 3), part: PART };
/** All its repeated fields full and each of the others twice make 50. */
const CLIENT_FRAME: Shape = {
  fieldsMax: 64,
  repeated: [
    { field: 3, max: INPUTS_PER_FRAME_MAX, isPacked: false, words: `more than ${INPUTS_PER_FRAME_MAX} inputs` },
    { field: 5, max: EVENTS_PER_FRAME_MAX, isPacked: false, words: `more than ${EVENTS_PER_FRAME_MAX} events` },
    { field: 7, max: LOST_CELLS_MAX, isPacked: true, words: `more than ${LOST_CELLS_MAX} lost cells` },
  ],
  parts: (1 << 3) | (1 << 4) | (1 << 5),
  part: PART,
};

/** A message that must not be acted on. `reason` fits a close frame and never quotes the message. */
export interface Fault {
  readonly fault: "bad-message" | "bad-room";
  readonly reason: string;
}

/** A hello that can be acted on. */
export interface CheckedHello {
  readonly fault?: undefined;
  readonly room: string;
  readonly join: shoal.Join.$Shape;
  readonly view: shoal.View.$Properties | undefined;
  /** Empty, or RESUME_TOKEN_BYTES. Valid as long as the message. */
  readonly resumeToken: Uint8Array;
  readonly ackTick: number;
  /** Empty, or what says who the player is; nothing of it is checked but its length. */
  readonly authToken: string;
}

/** A client frame whose counts and numbers are in order; its inputs and events have a known kind each. */
export interface CheckedClientFrame {
  readonly fault?: undefined;
  readonly ackTick: number;
  readonly inputTick: number;
  readonly inputs: readonly shoal.Input.$Shape[];
  /** A view without a size sees nothing. */
  readonly view: shoal.View.$Properties | undefined;
  readonly events: readonly shoal.ClientEvent.$Shape[];
  /** Number of the first event, 0 if the client does not count. */
  readonly firstEvent: number;
  /** 0 if there is none. */
  readonly stamp: number;
  readonly lostCells: readonly number[];
}

/** Reads the first message of a client (SPEC S2). */
export function readHello(bytes: Uint8Array): CheckedHello | Fault {
  const excess = findExcess(bytes, 0, bytes.length, HELLO);
  if (excess !== undefined) return bad(excess);
  const hello = attempt(() => shoal.Hello.decode(bytes));
  if (hello === undefined) return bad("hello does not decode");
  // An empty message decodes, too: a hello says at least who joins.
  if (!hello.join) return bad("hello without join");
  const room = hello.room || ROOM_NAME_DEFAULT;
  if (!ROOM_NAME.test(room)) return { fault: "bad-room", reason: "room names are 1 to 32 of a-z, 0-9 and -" };
  if (hello.view && !hasSize(hello.view)) return bad("view without a size");
  const { resumeToken, authToken } = hello;
  if (resumeToken.length > 0 && resumeToken.length !== RESUME_TOKEN_BYTES) return bad("resume token of a wrong length");
  // As UTF-16 it is never longer than as bytes, and a token that could be good is ASCII.
  if (authToken.length > AUTH_TOKEN_BYTES_MAX) return bad(`auth token of more than ${AUTH_TOKEN_BYTES_MAX} bytes`);
  return { room, join: hello.join, view: hello.view ?? undefined, resumeToken, ackTick: hello.ackTick, authToken };
}

/** Reads any later message of a client (SPEC S4). */
export function readClientFrame(bytes: Uint8Array): CheckedClientFrame | Fault {
  // Nothing to say is not a frame: clients say which tick they hold.
  if (bytes.length === 0) return bad("empty message");
  const excess = findExcess(bytes, 0, bytes.length, CLIENT_FRAME);
  if (excess !== undefined) return bad(excess);
  const frame = attempt(() => shoal.ClientFrame.decode(bytes));
  if (frame === undefined) return bad("client frame does not decode");
  const { inputs, events } = frame;
  if (inputs.length > 0 && frame.inputTick === 0) return bad("inputs without a tick");
  if (frame.inputTick + inputs.length > INPUT_TICK_MAX) return bad("input tick too high");
  for (const input of inputs) if (input.kind === undefined) return bad("input of no known kind");
  for (const event of events) if (event.kind === undefined) return bad("event of no known kind");
  if (frame.firstEvent + events.length > EVENT_NUMBER_MAX) return bad("event number too high");
  return {
    ackTick: frame.ackTick,
    inputTick: frame.inputTick,
    inputs: inputs as readonly shoal.Input.$Shape[],
    view: frame.view ?? undefined,
    events: events as readonly shoal.ClientEvent.$Shape[],
    firstEvent: frame.firstEvent,
    stamp: frame.stamp,
    lostCells: frame.lostCells,
  };
}

/** Whether anything can be seen of it. */
export function hasSize(view: shoal.View.$Properties): boolean {
  return (view.width ?? 0) > 0 && (view.height ?? 0) > 0;
}

function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

function bad(reason: string): Fault {
  return { fault: "bad-message", reason };
}
