/** How often one player may speak: a bank of lines that refills with the world's ticks. Reads no clock. */
import { CHAT_BANK, CHAT_REFILL_MS } from "../../proto/limits.ts";

export class ChatQuota {
  readonly #refillTicks: number;
  readonly #tickHz: number;
  /** Tick at which the bank is full again. A line costs `refillTicks` of it. */
  #fullAtTick = 0;

  constructor(tickHz: number) {
    this.#tickHz = tickHz;
    this.#refillTicks = Math.ceil((CHAT_REFILL_MS * tickHz) / 1000);
  }

  /** Takes one line out of the bank. Returns 0, or the milliseconds until there is one again. */
  take(tick: number): number {
    const fullAt = Math.max(this.#fullAtTick, tick) + this.#refillTicks;
    const over = fullAt - tick - CHAT_BANK * this.#refillTicks;
    if (over > 0) return Math.ceil((over * 1000) / this.#tickHz);
    this.#fullAtTick = fullAt;
    return 0;
  }
}
