/**
 * What players told the operators about others: the newest in memory, all of them in a file if there is a place for it. No
 * player can push the others' reports out. Knows nothing of rooms.
 */
import type { RoomReport } from "../room/report.ts";
import type { ReportFile } from "./report-file.ts";

/** Kept in memory. */
export const REPORTS_MAX = 200;
/** Of them, those that came from one address: a flood of reports replaces its own. */
export const REPORTS_PER_ADDRESS_MAX = 20;

export interface StoredReport extends RoomReport {
  /** From 1, in order of arrival; begins anew with the process. */
  readonly number: number;
  /** ISO 8601. */
  readonly time: string;
}

export class Reports {
  readonly #wallMs: () => number;
  readonly #file: ReportFile | undefined;
  readonly #newest: StoredReport[] = [];
  #count = 0;

  /** `file` undefined: reports are kept in memory only. */
  constructor(wallMs: () => number, file: ReportFile | undefined) {
    this.#wallMs = wallMs;
    this.#file = file;
  }

  add(report: RoomReport): StoredReport {
    const stored = { number: ++this.#count, time: new Date(this.#wallMs()).toISOString(), ...report };
    const isSame = ({ by }: StoredReport) => by.address === report.by.address;
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
