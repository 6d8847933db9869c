/** What a player says to stay in the room, whatever carries it: a Hello, then acknowledgements. It only looks on. */
import { shoal } from "../../proto/gen/shoal.js";
import { ByteReader, tag, WIRE_VARINT } from "../../proto/wire.ts";

/** Often enough: the server wants to hear of a tick of the last 1.5 s (SPEC L3). */
const ACK_MS = 700;
/** First byte of every ServerFrame; a Welcome begins with its room. */
const TAG_TICK = tag(1, WIRE_VARINT);

export function helloBytes(room: string, view: { width: number; height: number }): Uint8Array {
  return shoal.Hello.encode({ room, join: { look: {} }, view: { left: 0, top: 0, ...view } }).finish();
}

/** Tick of a ServerFrame, 0 for any other message. */
export function tickOf(message: Uint8Array): number {
  if (message[0] !== TAG_TICK) return 0;
  const reader = new ByteReader();
  reader.open(message, 1);
  return reader.varint();
}

export class Acknowledger {
  #tick = 0;
  #saidMs = 0;

  saw(tick: number): void {
    if (tick > this.#tick) this.#tick = tick;
  }

  /** The acknowledgement to send now, undefined if none is due. */
  due(nowMs: number): Uint8Array | undefined {
    if (this.#tick === 0 || nowMs - this.#saidMs < ACK_MS) return undefined;
    this.#saidMs = nowMs;
    return shoal.ClientFrame.encode({ ackTick: this.#tick }).finish();
  }
}
