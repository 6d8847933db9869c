/**
 * What ends a connection for what its client sent, whichever way it is connected: one table of reason, close code and
 * words. Knows nothing of sockets or polls.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { MESSAGE_BYTES_MAX } from "../../proto/limits.ts";
import type { RejectReason } from "./refusal.ts";

const { CloseCode } = shoal;

export interface Fault {
  readonly reason: RejectReason;
  readonly code: number;
  /** For the client and the log; at most 123 bytes. */
  readonly words: string;
}

export const OUTDATED: Fault = {
  reason: "outdated",
  code: CloseCode.CLOSE_CODE_UPGRADE,
  words: "schema changed: please reload",
};

export const OVERSIZE: Fault = {
  reason: "oversize",
  code: CloseCode.CLOSE_CODE_BAD_MESSAGE,
  words: `message larger than ${MESSAGE_BYTES_MAX} bytes`,
};

export const TEXT: Fault = { reason: "text", code: CloseCode.CLOSE_CODE_BAD_MESSAGE, words: "text message" };

export const TOO_MANY_MESSAGES: Fault = {
  reason: "rate",
  code: CloseCode.CLOSE_CODE_RATE,
  words: "too many messages",
};

export const TOO_MANY_POLLS: Fault = { reason: "rate", code: CloseCode.CLOSE_CODE_RATE, words: "too many polls" };

export const TOO_MANY_PINGS: Fault = { reason: "rate", code: CloseCode.CLOSE_CODE_RATE, words: "too many pings" };

export const POLL_ORDER: Fault = {
  reason: "poll-order",
  code: CloseCode.CLOSE_CODE_BAD_MESSAGE,
  words: "poll out of order",
};

/** A poll's body that is not messages, each behind its length. */
export const POLL_BODY: Omit<Fault, "words"> = { reason: "poll-body", code: CloseCode.CLOSE_CODE_BAD_MESSAGE };
