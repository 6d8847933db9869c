/**
 * A second connection for the time that the first is silent. It is opened and says nothing: if the first speaks again it
 * is closed, otherwise the client goes on by it, long before the first would be given up. So a line that died without a
 * word (another Wi-Fi, a lost radio cell) costs two seconds, and a server that stood still costs nobody a connection.
 */
import type { Transport } from "./transport.ts";

/** A spare that does not open in this time is replaced: its first packets may have gone where the others went. */
const OPENS_WITHIN_MS = 2500;
/** How long a spare waits once it is open: whatever held both up lets the first one's frames through now. */
const GRACE_MS = 300;

export class SpareLine {
  readonly #open: () => Transport;
  #transport: Transport | undefined;
  #startedMs = Number.NEGATIVE_INFINITY;
  #openMs = Number.NaN;

  /** `open` tells the owner of everything that the pipe tells; the owner tells `opened` and `closed`. */
  constructor(open: () => Transport) {
    this.#open = open;
  }

  /** The first line is silent: a spare is to be had. */
  keep(nowMs: number): void {
    const isWaiting = this.#transport !== undefined && !Number.isNaN(this.#openMs);
    if (isWaiting || nowMs - this.#startedMs < OPENS_WITHIN_MS) return;
    this.drop();
    this.#startedMs = nowMs;
    this.#transport = this.#open();
  }

  /** The spare, which is the caller's from now on, once it has waited long enough; else undefined. */
  take(nowMs: number): Transport | undefined {
    if (!(nowMs - this.#openMs >= GRACE_MS)) return undefined;
    const transport = this.#transport;
    this.#transport = undefined;
    this.drop();
    return transport;
  }

  opened(transport: Transport, nowMs: number): void {
    if (transport === this.#transport) this.#openMs = nowMs;
  }

  closed(transport: Transport): void {
    if (transport !== this.#transport) return;
    this.#transport = undefined;
    this.#openMs = Number.NaN;
  }

  /** Nobody needs one any more. */
  drop(): void {
    this.#transport?.close();
    this.#transport = undefined;
    this.#openMs = Number.NaN;
    this.#startedMs = Number.NEGATIVE_INFINITY;
  }
}
