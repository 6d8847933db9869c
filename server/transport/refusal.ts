/** Requests that never become a connection, and why. The reasons are labels of a metric: a fixed set (threat T18). */
import { type Answer, sendAnswer, textAnswer } from "../http/answer.ts";
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
  // polling
  "poll-request",
  "poll-full",
] as const;

export type RejectReason = (typeof REJECT_REASONS)[number];

/** An HTTP answer that refuses; `text` is for the person who reads it in a terminal. */
export interface Refusal {
  readonly reason: RejectReason;
  readonly status: number;
  readonly text: string;
  /** One more header field that the status asks for: Allow, Upgrade, Sec-WebSocket-Version. */
  readonly header?: readonly [name: string, value: string];
}

/** Refuses and closes the socket: what else came on it must not be taken for another request. */
export function sendRefusal(res: HttpResponse, refusal: Refusal, headers: NonNullable<Answer["headers"]> = []): void {
  const all = refusal.header === undefined ? headers : [...headers, refusal.header];
  sendAnswer(res, textAnswer(refusal.status, refusal.text, all), { closeConnection: true });
}
