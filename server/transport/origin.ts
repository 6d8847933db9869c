/** Which web pages may connect (threat T1). Knows nothing of sockets. */

/**
 * True if a page of `origin` may connect to this server.
 * No origin: not a browser, and other programs can claim any origin, so refusing would protect nobody.
 * An empty `allowed` means the server's own pages only: the origin must be the request's Host over http or https.
 */
export function isOriginAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (allowed.length > 0) return allowed.includes(origin);
  return host !== undefined && host !== "" && (origin === `http://${host}` || origin === `https://${host}`);
}
