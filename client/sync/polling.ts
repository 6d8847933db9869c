/**
 * The pipe for networks that break WebSocket: HTTP requests, one at a time (SPEC section H). Each carries up what was
 * sent meanwhile and waits a little for what comes down.
 *
 * One at a time because two HTTP requests may overtake each other, and then neither end knows the order any more. So a
 * message from here waits for the answer under way; the wait is short, and while the server sends a frame every tick
 * it is not even reached. Superseding the waiting request instead was weighed and left out: it saves at most half a
 * round trip and needs reordering at both ends.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { CLIENT_GONE_MS } from "../../proto/limits.ts";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { ByteReader, ByteWriter } from "../../proto/wire.ts";
import { type OpenTransport, pathAt, type Transport, type TransportEvents } from "./transport.ts";

const { CloseCode } = shoal;

/** How long the server may hold an answer back when it has nothing to tell; the longest that a message from here waits. */
const WAIT_MS = 250;
/** The server takes bodies up to 16 KiB; what does not fit goes with the next request. */
const BODY_BYTES_MAX = 16384;
/** Statuses whose body is a close code and a reason. */
const STATUS_CONFLICT = 409;
const STATUS_GONE = 410;
const STATUS_TOO_MANY = 429;
const CODE_LOST = 1006;
/** How the reason begins where the server has had enough of this client's network (SPEC H31, H32); who shows reasons knows it by this. */
export const NETWORK_BUSY = "too many from this network";
/** A server that does not say when. */
const RETRY_S = 5;

export const openPolling: OpenTransport = (url, events) => new PollingTransport(url, events);

class PollingTransport implements Transport {
  readonly #url: string;
  readonly #events: TransportEvents;
  readonly #abort = new AbortController();
  /** Messages to send, in order. */
  #outgoing: Uint8Array[] = [];
  /** The server's name for this connection; empty before the open. */
  #key = "";
  #sequence = 0;
  #isClosed = false;

  constructor(url: string, events: TransportEvents) {
    this.#url = pathAt(url, "/poll");
    this.#events = events;
    void this.#run();
  }

  send(bytes: Uint8Array): void {
    if (this.#key !== "" && !this.#isClosed) this.#outgoing.push(bytes);
  }

  close(comesBack = false): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#abort.abort();
    // So that others see this client leave now; if it gets lost the server notices by itself.
    if (this.#key === "" || comesBack) return;
    fetch(this.#url, { method: "DELETE", headers: { "shoal-connection": this.#key }, keepalive: true }).catch(() => {});
  }

  async #run(): Promise<void> {
    // The first await is before the first event: nothing is called from inside the open call.
    const opened = await this.#post({ "shoal-protocol": SUBPROTOCOL }, new Uint8Array(0));
    if (opened === null) return;
    this.#key = new TextDecoder().decode(opened);
    this.#events.onOpen();
    while (!this.#isClosed) {
      this.#sequence += 1;
      const headers = {
        "shoal-connection": this.#key,
        "shoal-sequence": String(this.#sequence),
        "shoal-wait": String(WAIT_MS),
      };
      const answer = await this.#post(headers, this.#takeOutgoing());
      if (answer !== null) this.#deliver(answer);
    }
  }

  /** The answer's body; null when the connection is over, which `onClose` was told. */
  async #post(headers: Record<string, string>, body: Uint8Array): Promise<Uint8Array | null> {
    // A server that vanished without a word never answers.
    const timer = setTimeout(() => this.#abort.abort(), WAIT_MS + CLIENT_GONE_MS);
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers,
        body,
        signal: this.#abort.signal,
        cache: "no-store",
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (this.#isClosed) return null;
      if (response.ok) return bytes;
      if (response.status === STATUS_CONFLICT || response.status === STATUS_GONE) this.#end(...readFarewell(bytes));
      else if (response.status === STATUS_TOO_MANY)
        this.#end(CloseCode.CLOSE_CODE_BUSY, networkBusy(response.headers.get("retry-after")));
      else this.#end(CODE_LOST, `HTTP status ${response.status}`);
    } catch {
      this.#end(CODE_LOST, "request failed");
    } finally {
      clearTimeout(timer);
    }
    return null;
  }

  #deliver(answer: Uint8Array): void {
    const messages = splitMessages(answer);
    if (messages === null) this.#end(CODE_LOST, "broken answer");
    for (const message of messages ?? []) {
      if (!this.#isClosed) this.#events.onMessage(message);
    }
  }

  #takeOutgoing(): Uint8Array {
    const writer = new ByteWriter(256);
    let taken = 0;
    for (const message of this.#outgoing) {
      if (taken > 0 && writer.length + message.length + 5 > BODY_BYTES_MAX) break;
      writer.reserve(message.length + 5);
      writer.varint(message.length);
      writer.copy(message, 0, message.length);
      taken += 1;
    }
    this.#outgoing = this.#outgoing.slice(taken);
    return writer.bytes.subarray(0, writer.length);
  }

  #end(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#events.onClose(code, reason);
  }
}

/** The messages of one answer, or null if it is cut short: a proxy's page, say. */
function splitMessages(answer: Uint8Array): Uint8Array[] | null {
  const reader = new ByteReader();
  reader.open(answer);
  const messages: Uint8Array[] = [];
  try {
    while (reader.at < reader.end) {
      const end = reader.lengthEnd();
      messages.push(answer.subarray(reader.at, end));
      reader.at = end;
    }
  } catch {
    return null;
  }
  return messages;
}

/** A browser hides from a page why a WebSocket was refused; what a poll was told it shows. With a hint as in SPEC S7, of at most 99 s. */
function networkBusy(retryAfter: string | null): string {
  const seconds = retryAfter ?? "";
  const retryS = /^[0-9]{1,2}$/.test(seconds) ? Number(seconds) : RETRY_S;
  return `${NETWORK_BUSY}; retry in ${retryS * 1000} ms`;
}

/** Two bytes of code, then the reason. */
function readFarewell(bytes: Uint8Array): [code: number, reason: string] {
  if (bytes.length < 2) return [CODE_LOST, ""];
  return [(bytes[0] << 8) | bytes[1], new TextDecoder().decode(bytes.subarray(2))];
}
