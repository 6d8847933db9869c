/**
 * A client of the JSON relay over a raw socket. The tick's news are complete with a batch, or with the own update, which
 * comes last.
 */
import { NO_FRAME, type Peer, type PeerClient, type Seen, type Sight } from "../rig/peer.ts";
import { formatInputs, type Update } from "./messages.ts";

const ANGLES_PER_RAD = 256 / (2 * Math.PI);
const ID_AT = '{"type":"update","id":'.length;
const BATCH = "[".charCodeAt(0);
const LIFE = Buffer.from('"life":');

export const wsJsonPeer: Peer = {
  mayDrop: false,
  keepsToView: true,
  reserve: async () => ({ path: "/", id: "" }),
  createClient: () => new WsJsonClient(),
};

class WsJsonClient implements PeerClient {
  #isDecoding = true;
  #ownId = -1;
  /** The own id and the comma after it, as in an update. */
  #ownIdBytes: Buffer | undefined;
  #updates: Update[] = [];
  #sight: Sight | undefined;

  open(): void {}

  read(bytes: Uint8Array, start: number, end: number): number {
    const message = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    if (this.#ownIdBytes === undefined) {
      this.#ownId = readWelcome(message.toString());
      this.#ownIdBytes = Buffer.from(`${this.#ownId},`);
      return NO_FRAME;
    }
    if (this.#isDecoding) this.#decode(message.toString());
    if (message[0] !== BATCH && !hasId(message, this.#ownIdBytes)) return NO_FRAME;
    if (this.#isDecoding) this.#finish();
    return Number.parseInt(message.toString("latin1", message.lastIndexOf(LIFE) + LIFE.length), 10);
  }

  look(): Sight | undefined {
    return this.#sight;
  }

  stopDecoding(): void {
    this.#isDecoding = false;
    this.#sight = undefined;
  }

  encodeInputs(headings: Uint16Array, isSwimming: boolean): Uint8Array {
    return Buffer.from(formatInputs(headings, isSwimming));
  }

  /** One update, or a batch of them. */
  #decode(text: string): void {
    const value: Update | Update[] = JSON.parse(text);
    if (Array.isArray(value)) this.#updates = value;
    else this.#updates.push(value);
  }

  #finish(): void {
    const own = this.#updates.find(({ id }) => id === this.#ownId);
    const others = this.#updates.filter((update) => update !== own).map(toSeen);
    this.#updates = [];
    this.#sight = own && { own: toSeen(own), others };
  }
}

function readWelcome(text: string): number {
  const { type, id }: { type: string; id: number } = JSON.parse(text);
  if (type !== "welcome") throw new Error(`${type} instead of a welcome`);
  return id;
}

/** Whether it is the update of `id`, without decoding it. */
function hasId(update: Buffer, id: Buffer): boolean {
  for (let i = 0; i < id.length; i++) if (update[ID_AT + i] !== id[i]) return false;
  return true;
}

function toSeen({ x, y, angle }: Update): Seen {
  return { x, y, angle: Math.round(angle * ANGLES_PER_RAD) & 255 };
}
