/**
 * A client that polls, behind the same Connection as a socket. Polls come in order, one after another; each brings
 * messages up and takes messages down (SPEC section H). Knows the answers it owes, but no URLs, headers or table.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { CLIENT_GONE_MS, MESSAGE_BYTES_MAX } from "../../proto/limits.ts";
import { ByteReader } from "../../proto/wire.ts";
import type { Connection, ConnectionHandler, SendResult } from "./connection.ts";
import { type Fault, OVERSIZE, POLL_BODY, POLL_ORDER, TOO_MANY_MESSAGES, TOO_MANY_POLLS } from "./fault.ts";
import { Mailbox } from "./mailbox.ts";
import { MESSAGES_PER_S, POLL_BURST, POLLS_PER_S } from "./message-rate.ts";
import type { PollResponse } from "./poll-response.ts";
import type { OnReject } from "./refusal.ts";
import { TokenBucket } from "./token-bucket.ts";

const { CloseCode } = shoal;
const NO_BYTES = new Uint8Array(0);

export interface PollingConnectionOptions {
  readonly id: number;
  readonly address: string;
  /** Guarded: does not throw. */
  readonly handler: ConnectionHandler;
  /** True time: for rates. */
  readonly nowMs: () => number;
  /** Time that stands while the server does: for silence and waits. */
  readonly serverNowMs: () => number;
  readonly messageBurst: number;
  readonly onReject: OnReject;
}

/** What a client's poll asks. */
export interface Poll {
  /** 1 for the first, then one more each time. */
  readonly sequence: number;
  /** How long the answer may wait for a message; 0 is short polling. */
  readonly waitMs: number;
  /** Messages, each behind its length. Valid until `take` returns. */
  readonly body: Uint8Array;
}

interface Waiting {
  readonly response: PollResponse;
  readonly untilMs: number;
}

export class PollingConnection implements Connection {
  readonly id: number;
  readonly kind = "polling";
  readonly address: string;
  readonly #handler: ConnectionHandler;
  readonly #nowMs: () => number;
  readonly #serverNowMs: () => number;
  readonly #onReject: OnReject;
  readonly #messages: TokenBucket;
  readonly #polls: TokenBucket;
  readonly #mailbox = new Mailbox();
  readonly #reader = new ByteReader();
  #sequence = 0;
  /** The long poll that waits for a message. While there is one the mailbox is empty. */
  #waiting: Waiting | null = null;
  /** When a poll last came or stopped waiting. */
  #heardMs: number;
  /** What the client is told once the mailbox is empty; null while open. */
  #farewell: Uint8Array | null = null;
  #hasToldFarewell = false;

  constructor(options: PollingConnectionOptions) {
    this.id = options.id;
    this.address = options.address;
    this.#handler = options.handler;
    this.#nowMs = options.nowMs;
    this.#serverNowMs = options.serverNowMs;
    this.#onReject = options.onReject;
    this.#heardMs = options.serverNowMs();
    this.#messages = new TokenBucket(options.messageBurst, MESSAGES_PER_S, options.nowMs());
    this.#polls = new TokenBucket(POLL_BURST, POLLS_PER_S, options.nowMs());
  }

  get isOpen(): boolean {
    return this.#farewell === null;
  }

  send(bytes: Uint8Array): SendResult {
    if (!this.isOpen) return "closed";
    if (!this.#mailbox.put(bytes)) return "dropped";
    this.#endWaiting();
    return "sent";
  }

  bufferedBytes(): number {
    return this.isOpen ? this.#mailbox.bytes : 0;
  }

  /** Messages already handed over still go down; the code follows with the poll after them. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.#farewell = farewellBytes(code, reason);
    this.#endWaiting();
    this.#handler.onClose(this, code);
  }

  /** Closed, and its client does not know. */
  get isUnheard(): boolean {
    return !this.isOpen && !this.#hasToldFarewell;
  }

  /** Takes the next poll; `response` is answered now or, if the poll waits, later. */
  take(poll: Poll, response: PollResponse): void {
    // Before the one that waits is answered: it hears of the close, too.
    if (!this.#polls.take(this.#nowMs())) this.#refuse(TOO_MANY_POLLS);
    this.#endWaiting();
    this.#heardMs = this.#serverNowMs();
    if (poll.sequence !== this.#sequence + 1) this.#refuse(POLL_ORDER);
    this.#sequence = poll.sequence;
    this.#receive(poll.body);
    if (poll.waitMs === 0 || !this.#mailbox.isEmpty || !this.isOpen) this.#answer(response);
    else this.#wait(response, poll.waitMs);
  }

  /** Lets time pass. True once nothing is left to tell: the owner forgets the connection then. */
  sweep(nowMs: number): boolean {
    if (this.#waiting !== null && nowMs >= this.#waiting.untilMs) this.#endWaiting();
    const isGone = this.#waiting === null && nowMs - this.#heardMs >= CLIENT_GONE_MS;
    if (isGone) this.close(CloseCode.CLOSE_CODE_SILENT, "no poll for too long");
    return this.#hasToldFarewell || isGone;
  }

  #receive(body: Uint8Array): void {
    const reader = this.#reader;
    reader.open(body);
    try {
      while (this.isOpen && reader.at < reader.end) {
        const end = reader.lengthEnd();
        if (!this.#messages.take(this.#nowMs())) this.#refuse(TOO_MANY_MESSAGES);
        else if (end - reader.at > MESSAGE_BYTES_MAX) this.#refuse(OVERSIZE);
        else this.#handler.onMessage(this, body.subarray(reader.at, end));
        reader.at = end;
      }
    } catch (error) {
      // The handler is guarded: what is thrown here is the reader's verdict.
      if (!(error instanceof RangeError)) throw error;
      this.#refuse({ ...POLL_BODY, words: error.message });
    }
    reader.open(NO_BYTES);
  }

  /** Nothing that comes after the close is refused, and so counted, once more: the client may not know of it yet. */
  #refuse({ reason, code, words }: Fault): void {
    if (!this.isOpen) return;
    this.#onReject(reason, this, words);
    this.close(code, words);
  }

  #wait(response: PollResponse, waitMs: number): void {
    this.#waiting = { response, untilMs: this.#serverNowMs() + waitMs };
    // The client left: messages that come now stay in the mailbox for its next poll.
    response.onAborted = () => {
      if (this.#waiting?.response !== response) return;
      this.#waiting = null;
      this.#heardMs = this.#serverNowMs();
    };
  }

  #endWaiting(): void {
    if (this.#waiting === null) return;
    const { response } = this.#waiting;
    this.#waiting = null;
    this.#heardMs = this.#serverNowMs();
    this.#answer(response);
  }

  #answer(response: PollResponse): void {
    if (this.#farewell === null || !this.#mailbox.isEmpty) {
      response.sendBytes(200, this.#mailbox.takeAll());
    } else {
      this.#hasToldFarewell = true;
      response.sendBytes(410, this.#farewell);
    }
  }
}

/** Body of an answer that ends a connection: two bytes of code, then the reason, like a WebSocket Close frame. */
export function farewellBytes(code: number, reason: string): Uint8Array {
  const text = new TextEncoder().encode(reason);
  const bytes = new Uint8Array(2 + text.length);
  bytes[0] = code >> 8;
  bytes[1] = code & 0xff;
  bytes.set(text, 2);
  return bytes;
}
