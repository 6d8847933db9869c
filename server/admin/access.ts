/**
 * Who may ask the operators' port at all. It can end players' sessions, so it must not be reachable by a web page that is
 * open in the operator's own browser: not by a form or fetch of another site (Origin, content type), nor by a name of
 * another site that resolves to this machine (DNS rebinding; Host). Pure: headers in, a refusal out.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isLoopback as isLoopbackAddress, parseIpAddress } from "../transport/ip-address.ts";

export interface AccessRules {
  /** The address that the port listens on. */
  readonly host: string;
  /** What each request must bear; undefined: this machine's own users are trusted. */
  readonly token: string | undefined;
}

/** Why a request is not answered, in words for who sent it. */
export interface AccessRefusal {
  readonly status: number;
  readonly words: string;
  readonly header?: readonly [name: string, value: string];
  /** A token was borne, and is not the one. */
  readonly isGuess?: boolean;
}

const JSON_TYPE = /^application\/json\s*(;|$)/i;
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether only this machine reaches a port that listens there. */
export function isLoopback(host: string): boolean {
  const address = parseIpAddress(host);
  return address === undefined ? host === "localhost" : isLoopbackAddress(address);
}

/** `isWrite`: the request changes something. Undefined: it may go on. */
export function judgeAccess(
  headers: IncomingHttpHeaders,
  isWrite: boolean,
  { host, token }: AccessRules,
): AccessRefusal | undefined {
  // A browser says Origin with everything but plain reads, and Sec-Fetch-Site with everything; "none" is the address bar.
  const site = headers["sec-fetch-site"] ?? "none";
  if (headers.origin !== undefined || site !== "none") {
    return { status: 403, words: "web pages have no business here" };
  }
  // Elsewhere the names are the operator's own, and the token is what no page can know.
  if (isLoopback(host) && !isOwnName(headers.host ?? "", host)) {
    return { status: 403, words: "the Host header names another machine" };
  }
  if (token !== undefined && !bears(headers.authorization, token)) {
    const header = ["WWW-Authenticate", "Bearer"] as const;
    const isGuess = bearerOf(headers.authorization) !== "";
    return { status: 401, words: "Authorization: Bearer and the ADMIN_TOKEN are needed", header, isGuess };
  }
  if (isWrite && !JSON_TYPE.test(headers["content-type"] ?? "")) {
    return { status: 415, words: "the body must be JSON: Content-Type: application/json" };
  }
  return undefined;
}

/** With any port: it may be forwarded. */
function isOwnName(hostHeader: string, host: string): boolean {
  const name = hostHeader.replace(/:\d{1,5}$/, "").toLowerCase();
  return LOOPBACK_NAMES.has(name) || name === host;
}

/** Compares hashes: equally long whatever came, and in equal time. */
function bears(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(bearerOf(authorization)), digest(token));
}

/** The token that a request bears; empty: none that could be one. */
export function bearerOf(authorization: string | undefined): string {
  return /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? "")?.[1] ?? "";
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
