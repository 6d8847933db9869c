/**
 * How often an address may be wrong about the operators' token (SPEC A2). This machine's own addresses count, too: whoever can make a
 * program on it ask for something could guess from there. Knows nothing of what the token is.
 */
import { AddressTable, subscriber } from "../transport/address-table.ts";
import { TokenBucket } from "../transport/token-bucket.ts";

/** So many at once, then as many a minute. */
const FAILURES_PER_MINUTE = 5;
const OWN_MACHINE = "this machine";

export class TokenGuesses {
  readonly #failures: AddressTable<TokenBucket>;
  readonly #nowMs: () => number;

  /** `nowMs`: monotonic. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    const create = () => new TokenBucket(FAILURES_PER_MINUTE, FAILURES_PER_MINUTE / 60, nowMs());
    this.#failures = new AddressTable(create, { keyOf: (address) => subscriber(address) ?? OWN_MACHINE });
  }

  /** How long no token of this address is looked at, right or wrong, s; 0: the next one is. */
  waitS(address: string): number {
    const failures = this.#failures.of(address);
    const now = this.#nowMs();
    if (failures === undefined || failures.has(now)) return 0;
    return Math.max(1, Math.ceil(failures.waitMs(now) / 1000));
  }

  noteFailure(address: string): void {
    this.#failures.of(address)?.take(this.#nowMs());
  }
}
