/** What is counted of the state that is kept; server/metrics.ts tells it. */

/** What became of a snapshot; the values of `shoal_snapshots_total{result}`. */
export const SNAPSHOT_RESULTS = ["ok", "failed", "skipped"] as const;
export type SnapshotResult = (typeof SNAPSHOT_RESULTS)[number];

export interface StateCounters {
  readonly snapshots: Record<SnapshotResult, number>;
  journalErrors: number;
  /** Of the newest good snapshot: its bytes, and when it was taken, ms since 1970; 0 if there is none. */
  snapshotBytes: number;
  snapshotWallMs: number;
  /** How long it took last to write all rooms down, within a tick, ms. */
  checkpointMs: number;
}

export function createStateCounters(): StateCounters {
  const snapshots = { ok: 0, failed: 0, skipped: 0 };
  return { snapshots, journalErrors: 0, snapshotBytes: 0, snapshotWallMs: 0, checkpointMs: 0 };
}
