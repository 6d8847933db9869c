/**
 * The polling endpoint: HTTP requests in, PollingConnections out. For clients behind proxies that break WebSocket, and
 * for HTTP load tools. Headers and answers are in SPEC section H. Knows nothing of protobuf or sessions.
 */
import { randomBytes } from "node:crypto";
import { shoal } from "../../proto/gen/shoal.js";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import type { AddressLimits } from "./address-limits.ts";
import type { Connection, ConnectionHandler } from "./connection.ts";
import type { HttpRequest, HttpResponse } from "./engine.ts";
import { OUTDATED } from "./fault.ts";
import { type BugLog, guardCallback } from "./guard.ts";
import { isOriginAllowed } from "./origin.ts";
import { POLL_BODY_BYTES_MAX, readBody } from "./poll-body.ts";
import { PollResponse } from "./poll-response.ts";
import { farewellBytes, PollingConnection } from "./polling-connection.ts";
import { type OnReject, ORIGIN_REFUSED, type Refusal } from "./refusal.ts";
import { type RequestHeaders, readHeaders } from "./request-headers.ts";

const { CloseCode } = shoal;

export const POLLING_CONNECTIONS_MAX = 2000;
export const POLL_WAIT_MAX_MS = 20_000;
/** 128 bits: an id is all that a poll needs to speak for its client. */
const KEY_BYTES = 16;
const DIGITS = /^[0-9]{1,15}$/;
/** How long a browser may remember that a page of an allowed origin may poll, s. */
const PREFLIGHT_MAX_AGE_S = 86_400;

export interface PollingOptions {
  /** Guarded: does not throw. */
  readonly handler: ConnectionHandler;
  readonly log: BugLog;
  readonly origins: readonly string[];
  /** True time: what clients send in it is limited. */
  readonly nowMs: () => number;
  /** Time that stands while the server does: how long clients wait or are silent. */
  readonly serverNowMs: () => number;
  /** Messages of one client at once. */
  readonly messageBurst: number;
  readonly nextId: () => number;
  readonly onReject: OnReject;
  /** Whose request it is. */
  readonly addressOf: (res: HttpResponse, headers: RequestHeaders) => string;
  readonly limits: AddressLimits;
}

export class PollingEndpoint {
  readonly #options: PollingOptions;
  readonly #connections = new Map<string, PollingConnection>();
  /** The handler, and the end of each connection is told to the limits. */
  readonly #handler: ConnectionHandler;

  constructor(options: PollingOptions) {
    this.#options = options;
    const { handler, limits } = options;
    this.#handler = {
      onOpen: (connection) => handler.onOpen(connection),
      onMessage: (connection, bytes) => handler.onMessage(connection, bytes),
      onClose(connection: Connection, code: number) {
        limits.closed(connection.address, code);
        handler.onClose(connection, code);
      },
    };
  }

  /** Takes a request for the polling path, whatever its method. */
  handleRequest(res: HttpResponse, req: HttpRequest): void {
    const method = req.getMethod();
    const headers = readHeaders(req);
    const origin = headers.get("origin");
    const peer = { kind: "polling", address: this.#options.addressOf(res, headers) } as const;
    if (!isOriginAllowed(origin, headers.get("host"), this.#options.origins)) {
      // Without the header that lets another origin's page read the answer.
      const response = new PollResponse(res, peer, undefined);
      this.#refuse(response, ORIGIN_REFUSED);
      return;
    }
    const response = new PollResponse(res, peer, origin);
    if (method === "post") this.#handlePost(res, response, headers);
    else if (method === "delete") this.#handleDelete(response, headers);
    else if (method === "options") this.#handlePreflight(response);
    else {
      const header = ["Allow", "POST, DELETE, OPTIONS"] as const;
      this.#refuse(response, { reason: "poll-request", status: 405, text: "Poll with POST.", header });
    }
  }

  /** Lets time pass: ends waits that are over and connections that stopped polling. The owner calls it every tick or so. */
  sweep(nowMs: number): void {
    for (const [key, connection] of this.#connections) {
      if (connection.sweep(nowMs)) this.#connections.delete(key);
    }
  }

  /** Connections that are closed, and whose clients have not asked since. */
  get unheardCount(): number {
    let count = 0;
    for (const connection of this.#connections.values()) if (connection.isUnheard) count++;
    return count;
  }

  /** Closes every connection. */
  close(): void {
    for (const connection of this.#connections.values())
      connection.close(CloseCode.CLOSE_CODE_RESTARTING, "server stops");
    this.#connections.clear();
  }

  #handlePost(res: HttpResponse, response: PollResponse, headers: RequestHeaders): void {
    const length = headers.get("content-length") ?? "0";
    if (!DIGITS.test(length)) return this.#refuse(response, badRequest("Send one Content-Length."));
    if (Number(length) > POLL_BODY_BYTES_MAX) return this.#refuse(response, tooLong());
    const handleBody = (body: Uint8Array | null): void => {
      if (body === null) this.#refuse(response, tooLong());
      else if (headers.has("shoal-connection")) this.#handlePoll(response, headers, body);
      else this.#handleOpen(response, headers);
    };
    readBody(
      res,
      guardCallback(this.#options.log, "poll", handleBody, () => response.sendText(500, "internal error\n")),
    );
  }

  #handleOpen(response: PollResponse, headers: RequestHeaders): void {
    const protocol = headers.get("shoal-protocol");
    if (protocol === undefined) {
      return this.#refuse(response, badRequest(`Open with the header shoal-protocol: ${SUBPROTOCOL}`));
    }
    if (protocol !== SUBPROTOCOL) {
      this.#options.onReject(OUTDATED.reason, response.peer, OUTDATED.words);
      return response.sendBytes(409, farewellBytes(OUTDATED.code, OUTDATED.words));
    }
    if (this.#connections.size >= POLLING_CONNECTIONS_MAX) {
      return this.#refuse(response, {
        reason: "poll-full",
        status: 503,
        text: "Too many polling clients: come back later.",
      });
    }
    const { nextId, limits } = this.#options;
    const { address } = response.peer;
    const refusal = limits.judge(address);
    if (refusal !== undefined) return this.#refuse(response, refusal);
    const handler = this.#handler;
    const connection = new PollingConnection({ ...this.#options, id: nextId(), address, handler });
    limits.opened(address);
    const key = randomBytes(KEY_BYTES).toString("base64url");
    this.#connections.set(key, connection);
    handler.onOpen(connection);
    response.sendText(200, key);
  }

  #handlePoll(response: PollResponse, headers: RequestHeaders, body: Uint8Array): void {
    const key = headers.get("shoal-connection") ?? "";
    const connection = this.#connections.get(key);
    if (connection === undefined) return this.#refuseUnknown(response);
    const sequence = headers.get("shoal-sequence") ?? "";
    const wait = headers.get("shoal-wait") ?? "0";
    if (!DIGITS.test(sequence)) return this.#refuse(response, badRequest("shoal-sequence must be a number from 1."));
    if (!DIGITS.test(wait) || Number(wait) > POLL_WAIT_MAX_MS) {
      return this.#refuse(response, badRequest(`shoal-wait must be 0 to ${POLL_WAIT_MAX_MS} ms.`));
    }
    connection.take({ sequence: Number(sequence), waitMs: Number(wait), body }, response);
  }

  /** The client leaves by itself; without this it is missed only after CLIENT_GONE_MS. */
  #handleDelete(response: PollResponse, headers: RequestHeaders): void {
    const key = headers.get("shoal-connection") ?? "";
    const connection = this.#connections.get(key);
    if (connection === undefined) return this.#refuseUnknown(response);
    this.#connections.delete(key);
    connection.close(1000, "client left");
    response.sendText(200, "");
  }

  /** A browser asks before a page of another origin may poll; the origin is allowed, or we would not be here. */
  #handlePreflight(response: PollResponse): void {
    response.sendText(200, "", [
      ["Access-Control-Allow-Methods", "POST, DELETE"],
      ["Access-Control-Allow-Headers", "shoal-protocol, shoal-connection, shoal-sequence, shoal-wait"],
      ["Access-Control-Max-Age", String(PREFLIGHT_MAX_AGE_S)],
    ]);
  }

  /**
   * Also for connections whose farewell went down already: the client may come back. Counted and not limited: nobody guesses
   * 128 bits, and after a restart all players behind one address have ids that are not known any more.
   */
  #refuseUnknown(response: PollResponse): void {
    this.#options.onReject("poll-unknown", response.peer, "no such connection");
    response.sendBytes(410, farewellBytes(CloseCode.CLOSE_CODE_SILENT, "no such connection"));
  }

  #refuse(response: PollResponse, refusal: Refusal): void {
    this.#options.onReject(refusal.reason, response.peer, refusal.text);
    response.refuse(refusal);
  }
}

function badRequest(text: string): Refusal {
  return { reason: "poll-request", status: 400, text };
}

function tooLong(): Refusal {
  return { reason: "poll-request", status: 413, text: `A poll's body holds at most ${POLL_BODY_BYTES_MAX} bytes.` };
}
