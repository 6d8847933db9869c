/** A request's header fields as plain data, so that the checks on them need no engine. */
import type { HttpRequest } from "./engine.ts";

/** Lower-case names; a field sent more than once has its values joined by ", " (RFC 9110 section 5.3). */
export type RequestHeaders = ReadonlyMap<string, string>;

/**
 * Copies the fields out of a request, which is only readable inside its callback. Joining is a defence as well: the
 * engine's own `getHeader` sees the first of two Origins or keys only; joined, they are no valid value any more.
 */
export function readHeaders(req: HttpRequest): RequestHeaders {
  const headers = new Map<string, string>();
  req.forEach((name, value) => {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  });
  return headers;
}

/** True if the comma-separated list holds `token`, in any case. `token` is lower case. */
export function hasToken(list: string | undefined, token: string): boolean {
  return list !== undefined && listItems(list).some((item) => item.toLowerCase() === token);
}

/** The items of a comma-separated list, trimmed. Linear in its length: no regular expression runs over it. */
export function listItems(list: string): string[] {
  return list.split(",").map((item) => item.trim());
}
