/**
 * `POST /leave`: a client that goes says so beside its connection, as browsers may cut a socket off before its close frame is out.
 * SPEC S35. Knows nothing of sessions: the body is a secret that the owner understands.
 */
import { RESUME_TOKEN_BYTES } from "../../proto/limits.ts";
import type { HttpResponse } from "./engine.ts";
import { isOriginAllowed } from "./origin.ts";
import { readBody } from "./poll-body.ts";
import { PollResponse } from "./poll-response.ts";
import { type OnReject, ORIGIN_REFUSED, type Refusal } from "./refusal.ts";
import type { RequestHeaders } from "./request-headers.ts";

export interface GoodbyeRequest {
  readonly method: string;
  readonly headers: RequestHeaders;
  /** Whose it is. */
  readonly address: string;
}

export interface GoodbyeOptions {
  readonly origins: readonly string[];
  readonly onReject: OnReject;
  /** `token`: RESUME_TOKEN_BYTES bytes, valid until it returns. Guarded: does not throw. */
  readonly onGoodbye: (token: Uint8Array) => void;
}

/** Takes a request for the path, whatever its method. One answer for any token: nobody learns which are good. */
export function handleGoodbye(res: HttpResponse, request: GoodbyeRequest, options: GoodbyeOptions): void {
  const { origins, onReject, onGoodbye } = options;
  const { method, headers, address } = request;
  const origin = headers.get("origin");
  const peer = { kind: "http", address } as const;
  const isAllowed = isOriginAllowed(origin, headers.get("host"), origins);
  // Without the header that lets another origin's page read the answer.
  const response = new PollResponse(res, peer, isAllowed ? origin : undefined);
  const refuse = (refusal: Refusal): void => {
    onReject(refusal.reason, peer, refusal.text);
    response.refuse(refusal);
  };
  if (!isAllowed) return refuse(ORIGIN_REFUSED);
  if (method !== "post") {
    return refuse({ reason: "leave-request", status: 405, text: "Leave with POST.", header: ["Allow", "POST"] });
  }
  readBody(res, (body) => {
    if (body?.length !== RESUME_TOKEN_BYTES) {
      return refuse({ reason: "leave-request", status: 400, text: `Send the ${RESUME_TOKEN_BYTES} bytes of a token.` });
    }
    onGoodbye(body);
    response.sendText(200, "");
  });
}
