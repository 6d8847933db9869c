/**
 * Judges a WebSocket handshake: every rule of RFC 6455 section 4.2.1 that the engine leaves to us (it looks at the
 * key's length and no more), our subprotocol, and the page's origin. Pure: headers in, verdict out.
 * SPEC section H has the rules.
 */
import { SUBPROTOCOL, SUBPROTOCOL_PREFIX } from "../../proto/subprotocol.ts";
import { isOriginAllowed } from "./origin.ts";
import { ORIGIN_REFUSED, type Refusal } from "./refusal.ts";
import { hasToken, listItems, type RequestHeaders } from "./request-headers.ts";

/** Base64 of exactly 16 bytes: 22 digits and the padding. Fixed counts, so it cannot backtrack. */
const KEY = /^[A-Za-z0-9+/]{22}==$/;
/** A subprotocol that is safe to echo into a header. */
const SAFE_SUBPROTOCOL = /^[A-Za-z0-9._-]{1,64}$/;

/** `isOutdated`: the client speaks another Shoal schema; open the socket only to say so. */
export type HandshakeVerdict =
  | { readonly isAccepted: true; readonly subprotocol: string; readonly isOutdated: boolean }
  | { readonly isAccepted: false; readonly refusal: Refusal };

/** `method` in any case; `origins` as in `isOriginAllowed`. */
export function judgeHandshake(method: string, headers: RequestHeaders, origins: readonly string[]): HandshakeVerdict {
  const refusal = findFault(method, headers, origins);
  if (refusal !== null) return { isAccepted: false, refusal };
  const subprotocol = chooseSubprotocol(headers.get("sec-websocket-protocol") ?? "");
  if (subprotocol === null) {
    return refuse("subprotocol", 400, `Offer the subprotocol ${SUBPROTOCOL} in Sec-WebSocket-Protocol.`);
  }
  return { isAccepted: true, subprotocol, isOutdated: subprotocol !== SUBPROTOCOL };
}

function findFault(method: string, headers: RequestHeaders, origins: readonly string[]): Refusal | null {
  const host = headers.get("host");
  if (method.toLowerCase() !== "get") {
    return { reason: "method", status: 405, text: "Open a WebSocket with GET.", header: ["Allow", "GET"] };
  }
  if (host === undefined || host === "" || host.includes(",")) {
    return { reason: "host", status: 400, text: "Send exactly one Host." };
  }
  if ((headers.get("content-length") ?? "0") !== "0" || headers.has("transfer-encoding")) {
    return { reason: "body", status: 400, text: "A WebSocket handshake has no body." };
  }
  if (!hasToken(headers.get("upgrade"), "websocket")) {
    return {
      reason: "upgrade",
      status: 426,
      text: "This is a WebSocket endpoint: send Upgrade: websocket.",
      header: ["Upgrade", "websocket"],
    };
  }
  if (!hasToken(headers.get("connection"), "upgrade")) {
    return { reason: "connection", status: 400, text: "Send Connection: Upgrade." };
  }
  if (headers.get("sec-websocket-version") !== "13") {
    return {
      reason: "version",
      status: 426,
      text: "Send Sec-WebSocket-Version: 13.",
      header: ["Sec-WebSocket-Version", "13"],
    };
  }
  if (!KEY.test(headers.get("sec-websocket-key") ?? "")) {
    return { reason: "key", status: 400, text: "Sec-WebSocket-Key must be the base64 form of 16 bytes." };
  }
  if (!isOriginAllowed(headers.get("origin"), host, origins)) {
    return ORIGIN_REFUSED;
  }
  return null;
}

/** Our own subprotocol if offered, else the first of another schema, else null. */
function chooseSubprotocol(offered: string): string | null {
  const items = listItems(offered);
  if (items.includes(SUBPROTOCOL)) return SUBPROTOCOL;
  return items.find((item) => item.startsWith(SUBPROTOCOL_PREFIX) && SAFE_SUBPROTOCOL.test(item)) ?? null;
}

function refuse(reason: Refusal["reason"], status: number, text: string): HandshakeVerdict {
  return { isAccepted: false, refusal: { reason, status, text } };
}
