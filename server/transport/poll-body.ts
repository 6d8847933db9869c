/** Collects a request's body, bounded. Knows nothing of what is in it. */
import type { HttpResponse } from "./engine.ts";

/** Several messages of a client that could not poll for a while; each is at most MESSAGE_BYTES_MAX. */
export const POLL_BODY_BYTES_MAX = 16384;

/**
 * Calls `onBody` once: with the whole body, valid until `onBody` returns, or with null as soon as it is too long.
 * Not at all if the client goes away first. The caller has set an abort handler.
 */
export function readBody(res: HttpResponse, onBody: (body: Uint8Array | null) => void): void {
  let collected: Uint8Array<ArrayBuffer> | null = null;
  let length = 0;
  let isDone = false;
  res.onData((chunk, isLast) => {
    if (isDone) return;
    const total = length + chunk.byteLength;
    isDone = isLast || total > POLL_BODY_BYTES_MAX;
    if (total > POLL_BODY_BYTES_MAX) onBody(null);
    else if (isLast && collected === null) onBody(new Uint8Array(chunk));
    else {
      // Chunks are the engine's memory and die with this callback.
      collected ??= new Uint8Array(POLL_BODY_BYTES_MAX);
      collected.set(new Uint8Array(chunk), length);
      length = total;
      if (isLast) onBody(collected.subarray(0, length));
    }
  });
}
