/**
 * A queue whose contents arrive when a Link says: what a wire is to those at its ends. Clock and timers are passed in. Knows
 * nothing of what is sent.
 */
import type { Link } from "./link.ts";
import type { Timers } from "./timers.ts";

/** Bytes that may wait in one direction; more is not taken. */
export const WAITING_BYTES_MAX = 4 * 1024 * 1024;

/** A timer may fire this much early, ms: sums of fractions round. */
const EARLY_MS = 1e-6;

interface Waiting {
  atMs: number;
  readonly bytes: number;
  readonly arrive: () => void;
}

export class DelayLine {
  waitingBytes = 0;
  readonly #now: () => number;
  readonly #timers: Timers;
  readonly #waiting: Waiting[] = [];
  #link: Link | undefined;
  #timer: unknown;

  constructor(now: () => number, timers: Timers) {
    this.#now = now;
    this.#timers = timers;
  }

  /** Without a link everything arrives at once. What waits starts over on the new link: it never arrives earlier than that lets it. */
  setLink(link: Link | undefined): void {
    this.#link = link;
    const now = this.#now();
    for (const item of this.#waiting) item.atMs = link?.deliverAt(now, item.bytes) ?? now;
    this.#disarm();
    this.#arm();
  }

  /** Calls `arrive` when it is time, in the order of the calls: at once where nothing delays it. False if too much waits. */
  push(bytes: number, arrive: () => void): boolean {
    if (this.waitingBytes + bytes > WAITING_BYTES_MAX) return false;
    if (this.#link === undefined && this.#waiting.length === 0) {
      arrive();
      return true;
    }
    const now = this.#now();
    this.#waiting.push({ atMs: this.#link?.deliverAt(now, bytes) ?? now, bytes, arrive });
    this.waitingBytes += bytes;
    this.#arm();
    return true;
  }

  /** Nothing that waits arrives any more. */
  clear(): void {
    this.#waiting.length = 0;
    this.waitingBytes = 0;
    this.#disarm();
  }

  #arm(): void {
    if (this.#timer !== undefined || this.#waiting.length === 0) return;
    this.#timer = this.#timers.set(() => this.#deliver(), Math.max(0, this.#waiting[0].atMs - this.#now()));
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
  }

  #deliver(): void {
    this.#timer = undefined;
    try {
      while (this.#waiting.length > 0 && this.#waiting[0].atMs <= this.#now() + EARLY_MS) {
        const { bytes, arrive } = this.#waiting[0];
        this.#waiting.shift();
        this.waitingBytes -= bytes;
        arrive();
      }
    } finally {
      // A throw of the receiver is its own; the next message must come all the same.
      this.#arm();
    }
  }
}
