/**
 * What the transport refuses, and why: requests that never become a connection, and input that ends one. The reasons are
 * labels of a metric: a fixed set (threat T18).
 */
import { type Answer, sendAnswer, textAnswer } from "../http/answer.ts";
import type { Connection } from "./connection.ts";
import type { HttpResponse } from "./engine.ts";

export const REJECT_REASONS = [
  // WebSocket handshake
  "method",
  "host",
  "body",
  "upgrade",
  "connection",
  "version",
  "key",
  "subprotocol",
  // either way in
  "origin",
  "outdated",
  "address-waits",
  "address-sockets",
  "address-rate",
  "address-arrivals",
  // polling
  "poll-request",
  "poll-full",
  "poll-unknown",
  // a goodbye beside the connection
  "leave-request",
  // input of a connection, either way
  "oversize",
  "rate",
  // of a WebSocket
  "text",
  "frame",
  // of a polling client
  "poll-order",
  "poll-body",
] as const;

export type RejectReason = (typeof REJECT_REASONS)[number];

/** Who sent what was refused, for a log line. Without `id`: never became a connection. */
export interface Peer {
  /** `http`: neither, or not known yet. */
  readonly kind: Connection["kind"] | "http";
  readonly address: string;
  readonly id?: number;
}

/** Told of each refusal, to count and log it. `words` never hold what the client sent. */
export type OnReject = (reason: RejectReason, peer: Peer, words: string) => void;

/** An HTTP answer that refuses; `text` is for the person who reads it in a terminal. */
export interface Refusal {
  readonly reason: RejectReason;
  readonly status: number;
  readonly text: string;
  /** One more header field that the status asks for: Allow, Upgrade, Sec-WebSocket-Version, Retry-After. */
  readonly header?: readonly [name: string, value: string];
}

/** For pages that `isOriginAllowed` lets nothing do. */
export const ORIGIN_REFUSED: Refusal = {
  reason: "origin",
  status: 403,
  text: "Pages of this origin may not connect here.",
};

/** The other end's IP address as text. */
export function remoteAddress(res: HttpResponse): string {
  return Buffer.from(res.getRemoteAddressAsText()).toString();
}

/** Refuses and closes the socket: what else came on it must not be taken for another request. */
export function sendRefusal(res: HttpResponse, refusal: Refusal, headers: NonNullable<Answer["headers"]> = []): void {
  const all = refusal.header === undefined ? headers : [...headers, refusal.header];
  sendAnswer(res, textAnswer(refusal.status, refusal.text, all), { closeConnection: true });
}
