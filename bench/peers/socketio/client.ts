/**
 * A Socket.IO client over a raw socket: Engine.IO 4 on WebSocket, packets by the parser of the real client. Packets are
 * MessagePack, so each is one binary message.
 */
import * as msgpackParser from "socket.io-msgpack-parser";
import { writeInputs } from "../rig/inputs.ts";
import { NO_FRAME, type Peer, type PeerClient, type Seen, type Sight } from "../rig/peer.ts";
import { HEADER_BYTES, INPUT_EVENT, RECORD_BYTES, STATE_EVENT, WELCOME_EVENT } from "./records.ts";

const NAMESPACE = "/";
const ENGINE_OPEN = "0".charCodeAt(0);
const ENGINE_PING = "2".charCodeAt(0);
const { CONNECT, EVENT } = msgpackParser.PacketType;
/** Length of what stands before a payload of up to 255 bytes, and of a longer one: both are found when decoding. */
const BIN8 = 0xc4;
const BIN16 = 0xc5;

export const socketioPeer: Peer = {
  mayDrop: true,
  keepsToView: true,
  reserve: async () => ({ path: "/socket.io/?EIO=4&transport=websocket", id: "" }),
  createClient: (_seat, send) => new SocketioClient(send),
};

class SocketioClient implements PeerClient {
  readonly #send: (payload: Uint8Array) => void;
  readonly #encoder = new msgpackParser.Encoder();
  readonly #decoder = new msgpackParser.Decoder();
  #isDecoding = true;
  #ownId = -1;
  #state: Buffer | undefined;

  constructor(send: (payload: Uint8Array) => void) {
    this.#send = send;
    this.#decoder.on("decoded", ({ type, data }: { type: number; data: unknown }) => {
      if (type !== EVENT || !Array.isArray(data)) return;
      const [event, value]: unknown[] = data;
      if (event === WELCOME_EVENT) this.#ownId = Number(value);
      if (event === STATE_EVENT && Buffer.isBuffer(value)) this.#state = value;
    });
  }

  /** Engine.IO speaks first. */
  open(): void {}

  read(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] === ENGINE_OPEN) {
      this.#send(this.#encode({ type: CONNECT, nsp: NAMESPACE }));
      return NO_FRAME;
    }
    if (bytes[start] === ENGINE_PING) throw new Error("a heartbeat, which the load does not answer");
    if (!this.#isDecoding) return readTick(bytes, start);
    this.#state = undefined;
    // A copy: the payload stays part of it until the next frame.
    this.#decoder.add(Buffer.from(bytes.subarray(start, end)));
    return this.#state === undefined ? NO_FRAME : (this.#state as Buffer).readUInt32LE(0);
  }

  look(): Sight | undefined {
    const state = this.#state;
    if (state === undefined) return undefined;
    let own: Seen | undefined;
    const others: Seen[] = [];
    for (let at = HEADER_BYTES; at < state.length; at += RECORD_BYTES) {
      const seen = { x: state.readInt16LE(at + 2), y: state.readInt16LE(at + 4), angle: state[at + 6] };
      if (state.readUInt16LE(at) === this.#ownId) own = seen;
      else others.push(seen);
    }
    return own && { own, others };
  }

  stopDecoding(): void {
    this.#isDecoding = false;
    this.#state = undefined;
  }

  encodeInputs(headings: Uint16Array, isSwimming: boolean): Uint8Array {
    const data = [INPUT_EVENT, Buffer.from(writeInputs(headings, isSwimming))];
    return this.#encode({ type: EVENT, data, nsp: NAMESPACE });
  }

  #encode(packet: object): Uint8Array {
    // A list of one buffer, whatever its types say.
    const [bytes] = this.#encoder.encode(packet) as unknown as readonly Buffer[];
    return bytes;
  }
}

/** Every frame is the same but for the payload: {type: 2, data: ["s", payload], nsp: "/"} with the payload in third place. */
const BEFORE_PAYLOAD = 15;

function readTick(bytes: Uint8Array, start: number): number {
  const at = start + BEFORE_PAYLOAD;
  const head = bytes[at] === BIN8 ? 2 : bytes[at] === BIN16 ? 3 : 0;
  if (head === 0) return NO_FRAME;
  const tick = at + head;
  return bytes[tick] | (bytes[tick + 1] << 8) | (bytes[tick + 2] << 16);
}
