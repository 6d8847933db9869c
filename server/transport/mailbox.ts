/** Messages waiting for a client's next poll, as they go on the wire: each behind its length. Bounded. Knows no HTTP. */
import { ByteWriter, varintBytes } from "../../proto/wire.ts";

export const MAILBOX_BYTES_MAX = 65536;
export const MAILBOX_MESSAGES_MAX = 256;

/** Start small: most answers are one frame, and there may be 2000 mailboxes. */
const FIRST_CAPACITY = 1024;

export class Mailbox {
  readonly #writer = new ByteWriter(FIRST_CAPACITY);
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Bytes waiting, lengths included. */
  get bytes(): number {
    return this.#writer.length;
  }

  /** Copies a message in; false, and unchanged, when it does not fit. */
  put(message: Uint8Array): boolean {
    const bytes = varintBytes(message.length) + message.length;
    if (this.#count === MAILBOX_MESSAGES_MAX || this.#writer.length + bytes > MAILBOX_BYTES_MAX) return false;
    this.#writer.reserve(bytes + 5);
    this.#writer.varint(message.length);
    this.#writer.copy(message, 0, message.length);
    this.#count += 1;
    return true;
  }

  /** All that waits, in order. Empties the mailbox; the bytes are valid until the next `put`. */
  takeAll(): Uint8Array {
    const all = this.#writer.bytes.subarray(0, this.#writer.length);
    this.#writer.reset();
    this.#count = 0;
    return all;
  }
}
