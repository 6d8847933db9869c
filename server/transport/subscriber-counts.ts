/** How many of something each subscriber has now. Knows nothing of what they are. */
import { subscriber } from "./address-table.ts";

export class SubscriberCounts {
  /** By subscriber, above 0 only: bounded by what is counted. */
  readonly #counts = new Map<string, number>();

  /** 0 for this machine itself, whose addresses do not count. */
  of(address: string): number {
    const key = subscriber(address);
    return key === undefined ? 0 : (this.#counts.get(key) ?? 0);
  }

  add(address: string, change: 1 | -1): void {
    const key = subscriber(address);
    if (key === undefined) return;
    const count = (this.#counts.get(key) ?? 0) + change;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }
}
