/**
 * One polling client behind one autocannon connection: says what the next request is and takes its answer (SPEC H11 to
 * H18). Knows nothing of sockets and pace.
 */
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { ByteReader, ByteWriter } from "../../proto/wire.ts";
import { Acknowledger, helloBytes, tickOf } from "./player.ts";

export interface PollerOptions {
  room: string;
  view: { width: number; height: number };
  /** How long an answer may wait for news; 0 is short polling. */
  waitMs: number;
  nowMs(): number;
}

export interface PollRequest {
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export class Poller {
  /** Answers that were no 200. */
  failures = 0;
  readonly #options: PollerOptions;
  readonly #acks = new Acknowledger();
  #key = "";
  #sequence = 0;
  /** Of the answer that is coming in, something was seen. */
  #hasSeen = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** The next request; each is sent exactly once. */
  next(): PollRequest {
    if (this.#key === "") return { headers: { "shoal-protocol": SUBPROTOCOL }, body: Buffer.alloc(0) };
    const { room, view, waitMs, nowMs } = this.#options;
    this.#sequence++;
    const headers = {
      "shoal-connection": this.#key,
      "shoal-sequence": String(this.#sequence),
      "shoal-wait": String(waitMs),
    };
    const message = this.#sequence === 1 ? helloBytes(room, view) : this.#acks.due(nowMs());
    return { headers, body: message === undefined ? Buffer.alloc(0) : delimited(message) };
  }

  /** Bytes of an answer's body as they came: the ticks to acknowledge are read from them. */
  saw(bytes: Buffer): void {
    // A long answer comes in pieces, and only the first is sure to begin with a message; the next answer tells a tick again.
    if (this.#hasSeen || this.#sequence === 0) return;
    this.#hasSeen = true;
    const reader = new ByteReader();
    reader.open(bytes);
    try {
      while (reader.at < reader.end) {
        const end = reader.lengthEnd();
        this.#acks.saw(tickOf(bytes.subarray(reader.at, end)));
        reader.at = end;
      }
    } catch (error) {
      // Cut by the end of the piece.
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** A whole answer. Its text is of no use beyond the open: autocannon reads bytes as UTF-8. */
  took(status: number, text: string): void {
    this.#hasSeen = false;
    if (status === 200 && this.#key === "") this.#key = text;
    else if (status !== 200) {
      this.failures++;
      // Begin anew rather than repeat the mistake.
      this.#key = "";
      this.#sequence = 0;
    }
  }
}

function delimited(message: Uint8Array): Buffer {
  const writer = new ByteWriter(message.length + 5);
  writer.varint(message.length);
  writer.copy(message, 0, message.length);
  return Buffer.from(writer.bytes.subarray(0, writer.length));
}
