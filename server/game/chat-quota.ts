/** How often one player may speak, or report: a bank of lines that refills with the world's ticks. Reads no clock. */
import { CHAT_BANK, CHAT_REFILL_MS } from "../../proto/limits.ts";

/** So many at once, then one more each `refillMs`. */
export interface QuotaSize {
  readonly bank: number;
  readonly refillMs: number;
}

export const CHAT: QuotaSize = { bank: CHAT_BANK, refillMs: CHAT_REFILL_MS };

export class ChatQuota {
  readonly #refillTicks: number;
  readonly #tickHz: number;
  readonly #bank: number;
  /** Tick at which the bank is full again. A line costs `refillTicks` of it. */
  #fullAtTick: number;

  /** @param fullAtTick as of a quota that goes on */
  constructor(tickHz: number, { bank, refillMs }: QuotaSize = CHAT, fullAtTick = 0) {
    this.#fullAtTick = fullAtTick;
    this.#tickHz = tickHz;
    this.#bank = bank;
    this.#refillTicks = Math.ceil((refillMs * tickHz) / 1000);
  }

  get fullAtTick(): number {
    return this.#fullAtTick;
  }

  /** Takes one line out of the bank. Returns 0, or the milliseconds until there is one again. */
  take(tick: number): number {
    const fullAt = Math.max(this.#fullAtTick, tick) + this.#refillTicks;
    const over = fullAt - tick - this.#bank * this.#refillTicks;
    if (over > 0) return Math.ceil((over * 1000) / this.#tickHz);
    this.#fullAtTick = fullAt;
    return 0;
  }
}
