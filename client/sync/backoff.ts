/**
 * When to come back after a lost connection: full jitter, so that clients that were lost together do not return together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter). Pure.
 */

const FIRST_MS = 500;
const CAP_MS = 5000;
/** The longest that a client waits because the server says so. */
const HINT_MAX_MS = 60_000;

/** Close codes from here on mean: do not come back (frame.proto CloseCode). */
const FINAL_CODE_MIN = 4500;
const FINAL_CODE_MAX = 4999;

/** Delay before attempt `attempt` (from 1 after the first loss), ms: uniform up to 0.5, 1, 2, 4, 5, 5 ... seconds. */
export function retryDelayMs(attempt: number, random: () => number): number {
  return random() * Math.min(CAP_MS, FIRST_MS * 2 ** (attempt - 1));
}

/** How a close reason ends in which the server says when to come back. Fixed counts, so it cannot backtrack. */
const HINT = /; retry in (\d{1,5}) ms$/;

/** SPEC S7: the server's own word on when to come back, ms; undefined if it has none. */
export function retryHintMs(reason: string): number | undefined {
  const hint = HINT.exec(reason);
  return hint === null ? undefined : Math.min(Number(hint[1]), HINT_MAX_MS);
}

/** SPEC S7: whether a client that was closed with this code should try again. */
export function isFinal(code: number): boolean {
  return code >= FINAL_CODE_MIN && code <= FINAL_CODE_MAX;
}
