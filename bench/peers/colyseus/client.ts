/**
 * A Colyseus client over a raw socket: matchmaking by HTTP, then the room's protocol, decoded as its SDK does by
 * @colyseus/schema from the description that the server sends.
 */
import { type Decoder, decode, type Iterator, Reflection } from "@colyseus/schema";
import { writeInputs } from "../rig/inputs.ts";
import { NO_FRAME, type Peer, type PeerClient, type Seat, type Seen, type Sight } from "../rig/peer.ts";
import { INPUT_TYPE, ROOM_NAME } from "./names.ts";
import type { PondState } from "./state.ts";

const JOIN_ROOM = 10;
const ROOM_STATE = 14;
const ROOM_STATE_PATCH = 15;
const ROOM_DATA_BYTES = 17;
const INPUT_HEAD = Uint8Array.of(ROOM_DATA_BYTES, INPUT_TYPE);
/** Replaces the first field: the tick, which the server sets first. */
const REPLACE_TICK = 0x80;

export const colyseusPeer: Peer = {
  mayDrop: false,
  keepsToView: true,
  reserve,
  createClient: (seat, send) => new ColyseusClient(seat, send),
};

async function reserve(port: number): Promise<Seat> {
  const response = await fetch(`http://127.0.0.1:${port}/matchmake/joinOrCreate/${ROOM_NAME}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const seat = (await response.json()) as { processId: string; roomId: string; sessionId: string };
  if (!response.ok || !seat.sessionId) throw new Error(`no seat: ${JSON.stringify(seat)}`);
  return { path: `/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`, id: seat.sessionId };
}

class ColyseusClient implements PeerClient {
  readonly #seat: Seat;
  readonly #send: (payload: Uint8Array) => void;
  #decoder: Decoder<PondState> | undefined;
  #tick = 0;

  constructor(seat: Seat, send: (payload: Uint8Array) => void) {
    this.#seat = seat;
    this.#send = send;
  }

  /** The server speaks first. */
  open(): void {}

  read(bytes: Uint8Array, start: number, end: number): number {
    const kind = bytes[start];
    if (kind === ROOM_STATE_PATCH && this.#decoder === undefined) {
      // Where players came or went the patch begins with them, but there is one patch a tick.
      const hasTick = bytes[start + 1] === REPLACE_TICK;
      this.#tick = hasTick ? bytes[start + 2] | (bytes[start + 3] << 8) : this.#tick + 1;
      return this.#tick;
    }
    // The decoder keeps texts, never bytes; but it reads to the end of what it is given.
    const message = bytes.subarray(start, end);
    if (kind === JOIN_ROOM) this.#join(message);
    else if (kind === ROOM_STATE || kind === ROOM_STATE_PATCH) {
      this.#decoder?.decode(message, { offset: 1 });
      this.#tick = this.#decoder?.state.tick ?? this.#tick;
      return this.#tick;
    } else throw new Error(`message of kind ${kind}`);
    return NO_FRAME;
  }

  look(): Sight | undefined {
    if (this.#decoder === undefined) return undefined;
    let own: Seen | undefined;
    const others: Seen[] = [];
    this.#decoder.state.players?.forEach(({ x, y, angle }, id) => {
      if (id === this.#seat.id) own = { x, y, angle };
      else others.push({ x, y, angle });
    });
    return own && { own, others };
  }

  stopDecoding(): void {
    this.#decoder = undefined;
  }

  encodeInputs(headings: Uint16Array, isSwimming: boolean): Uint8Array {
    return Buffer.concat([INPUT_HEAD, writeInputs(headings, isSwimming)]);
  }

  /** Reconnection token, name of the serialiser, then the description of the state. */
  #join(message: Uint8Array): void {
    const it: Iterator = { offset: 1 };
    it.offset += 1 + message[it.offset];
    it.offset += 1 + message[it.offset];
    const length = decode.number(message, it);
    this.#decoder = Reflection.decode<PondState>(message.subarray(0, it.offset + length), it);
    this.#send(Uint8Array.of(JOIN_ROOM));
  }
}
