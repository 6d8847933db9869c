/**
 * What players told the operators about others: the newest in memory, all of them in a file if there is a place for it. How many come
 * from one address is bounded, over all of its sessions, so that no player can push the others' reports out. Knows nothing of rooms.
 */
import type { RoomReport } from "../room/report.ts";
import { AddressTable, subscriber } from "../transport/address-table.ts";
import { TokenBucket } from "../transport/token-bucket.ts";
import type { ReportFile } from "./report-file.ts";

/** Kept in memory. */
export const REPORTS_MAX = 200;
/** An address (of IPv6: its /64) has so many at once, then one more each so long. At 30 kB each the files hold those of 46 hours at least. */
const ADDRESS_BURST = 3;
const ADDRESS_REFILL_S = 600;
/** Of the newest, those that came from one address, counted likewise: over days, too, it replaces its own. */
export const REPORTS_PER_ADDRESS_MAX = 20;

export interface StoredReport extends RoomReport {
  /** From 1, in order of arrival; begins anew with the process. */
  readonly number: number;
  /** ISO 8601. */
  readonly time: string;
}

export interface ReportsOptions {
  /** Wall clock, for people. */
  readonly wallMs: () => number;
  /** Monotonic. */
  readonly nowMs: () => number;
  /** Undefined: reports are kept in memory only. */
  readonly file: ReportFile | undefined;
}

export class Reports {
  readonly #wallMs: () => number;
  readonly #nowMs: () => number;
  readonly #quotas: AddressTable<TokenBucket>;
  readonly #file: ReportFile | undefined;
  readonly #newest: StoredReport[] = [];
  #count = 0;

  constructor({ wallMs, nowMs, file }: ReportsOptions) {
    this.#wallMs = wallMs;
    this.#nowMs = nowMs;
    this.#quotas = new AddressTable(() => new TokenBucket(ADDRESS_BURST, 1 / ADDRESS_REFILL_S, nowMs()));
    this.#file = file;
  }

  /** The report as it is kept; or for how long its address has no report, ms. */
  add(report: RoomReport): StoredReport | { readonly retryMs: number } {
    const quota = this.#quotas.of(report.by.address ?? "");
    const now = this.#nowMs();
    if (quota?.take(now) === false) return { retryMs: Math.ceil(quota.waitMs(now)) };
    const stored = { number: ++this.#count, time: new Date(this.#wallMs()).toISOString(), ...report };
    const from = subscriber(report.by.address ?? "");
    const isSame = ({ by }: StoredReport) => subscriber(by.address ?? "") === from;
    if (this.#newest.filter(isSame).length >= REPORTS_PER_ADDRESS_MAX) {
      this.#newest.splice(this.#newest.findIndex(isSame), 1);
    } else if (this.#newest.length === REPORTS_MAX) this.#newest.shift();
    this.#newest.push(stored);
    this.#file?.append(stored);
    return stored;
  }

  /** Oldest first. */
  get newest(): readonly StoredReport[] {
    return this.#newest;
  }

  /** Since the start. */
  get count(): number {
    return this.#count;
  }
}
